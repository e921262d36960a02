"""No submission earns what it did not earn, stops the others, or leaves anything behind."""

import os
import stat
import tempfile
import time
import zipfile
from pathlib import Path

import pytest

from minirnn.course import bank
from minirnn.course.grading import box, engine
from minirnn.course.grading.failures import LONGEST
from minirnn.course.teacher.classroom import grade_class
from minirnn.course.teacher.submissions import collect
from tests.course.hostile import ATTACKS, BYTES, VALUES

FILES = {
    name: (
        source.replace("SOLUTION", repr(str(bank.find("rnn_step").folder / "exercise.py"))).encode(),
        right,
    )
    for name, (source, right) in (ATTACKS | VALUES).items()
} | BYTES
LIMIT, SHORT = 2.0, 0.5  # seconds of a processor for a call, and for one that is to meet that limit
LONG = 20.0  # for one that is to meet the limit of memory: a slow machine needs seconds to hand it all out
SLOW = "slow, but each call within its limit"  # its calls take half a second each, by the clock on the wall


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Where the boxes of this test lie."""
    folder = tmp_path / "boxes"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(box, "WAIT", 3.0)  # the files that sleep would sleep for ten times the limit
    monkeypatch.setattr(
        box, "PATIENCE", 0.5
    )  # and so would the grader, with a file that closes what it reads
    return folder


def processes_left(folder: Path) -> set[str]:
    """Processes that run in a box of this folder, or ran there before it was removed."""
    left = set()
    for entry in Path("/proc").glob("[0-9]*") if os.path.isdir("/proc") else ():
        try:
            place = os.readlink(entry / "cwd")
        except OSError:
            continue
        if place.startswith(str(folder)):
            left.add(entry.name)
    return left


def test_there_are_many():
    assert len(FILES) >= 40


@pytest.mark.parametrize("name", FILES)
def test_gets_a_verdict_and_nothing_else(name, place):
    data, right = FILES[name]
    exercise = bank.find("rnn_step")
    limit = 1.0 if name == SLOW else SHORT if "timeout" in right else LONG if "memory" in right else LIMIT
    started = time.monotonic()
    result = engine.grade(exercise, data, graded=True, seconds=limit)
    took = time.monotonic() - started
    assert result.first_failure.status in right, result.first_failure
    assert result.points <= 1, [(rung.name, rung.status) for rung in result.rungs]
    assert result.first_failure.message
    assert took < 60
    assert not list(place.iterdir())
    assert not [*place.parent.parent.glob("**/left-behind"), *Path("/dev/shm").glob("*left-behind*")]
    assert not processes_left(place)
    assert len(result.printed) <= 70_000


def test_one_bad_file_does_not_stop_the_others(tmp_path):
    exercise = bank.find("rnn_step")
    place = tmp_path / "class"
    bad = {name: FILES[name][0] for name in ("os._exit at import", "segmentation fault by faulthandler")}
    bad["endless loop"] = b"while True: print('x' * 10**6)"  # which is stopped sooner than one that is silent
    for name, data in bad.items():
        folder = place / name.replace(" ", "_")
        folder.mkdir(parents=True)
        (folder / "rnn_step.py").write_bytes(data)
    for learner in ("ada", "zoe"):
        (place / learner).mkdir()
        (place / learner / "rnn_step.py").write_text(exercise.solution(), encoding="utf-8")
    grades = grade_class(collect(place, ["rnn_step"]), [exercise], tmp_path / "out", jobs=2, seed="s")
    points = {learner: row["rnn_step"].points for learner, row in grades.results.items()}
    assert points["ada"] == points["zoe"] == exercise.points
    assert sum(points.values()) == 2 * exercise.points


def one(place: Path) -> "tuple[dict[str, bytes], dict[str, tuple[str, str]]]":
    (submission,) = collect(place, ["rnn_step"])
    return submission.files, submission.problems


def test_folder_instead_of_a_file(tmp_path):
    (tmp_path / "ada" / "rnn_step.py").mkdir(parents=True)
    files, problems = one(tmp_path)
    assert not files and problems["rnn_step"][0] == "unreadable" and "folder" in problems["rnn_step"][1]


def test_links_are_not_followed(tmp_path):
    (tmp_path / "class" / "ada").mkdir(parents=True)
    (tmp_path / "secret.py").write_text("secret")
    (tmp_path / "class" / "ada" / "rnn_step.py").symlink_to(tmp_path / "secret.py")
    (tmp_path / "class" / "ben").symlink_to(tmp_path)
    for submission in collect(tmp_path / "class", ["rnn_step"]):
        assert not submission.files
        assert "link" in str(submission.problems or submission.notes)


def test_a_pipe_does_not_hang(tmp_path):
    (tmp_path / "ada").mkdir()
    os.mkfifo(tmp_path / "ada" / "rnn_step.py")
    files, problems = one(tmp_path)
    assert not files and "regular" in problems["rnn_step"][1]


def make_zip(path: Path, members: dict[str, bytes], mode: int = 0o100644) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.external_attr, info.compress_type = mode << 16, zipfile.ZIP_DEFLATED
            archive.writestr(info, data)


@pytest.mark.parametrize("name", ["../../rnn_step.py", "/rnn_step.py", "C:/rnn_step.py", "..\\rnn_step.py"])
def test_zip_slip(tmp_path, name):
    make_zip(tmp_path / "class" / "ada.zip", {name: b"x = 1"})
    files, problems = one(tmp_path / "class")
    assert not files and "out of the folder" in problems["rnn_step"][1]
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["ada.zip", "class"]


def test_zip_with_a_link(tmp_path):
    make_zip(tmp_path / "class" / "ada.zip", {"rnn_step.py": b"/etc/passwd"}, stat.S_IFLNK | 0o777)
    files, problems = one(tmp_path / "class")
    assert not files and "link" in problems["rnn_step"][1]


def test_zip_bomb(tmp_path):
    make_zip(tmp_path / "class" / "ada.zip", {"rnn_step.py": b"#" * 300_000_000, "other.bin": b"\0" * 10**8})
    files, _ = one(tmp_path / "class")
    assert len(files["rnn_step"]) <= LONGEST + 1
    result = engine.grade(bank.find("rnn_step"), files["rnn_step"], graded=True)
    assert result.points == 0 and result.first_failure.status == "unreadable"


@pytest.mark.parametrize("data", [b"PK\x03\x04 broken", b"", b"no zip at all"])
def test_broken_zip_is_a_submission_without_files(tmp_path, data):
    (tmp_path / "ada.zip").write_bytes(data)
    (tmp_path / "ben").mkdir()
    (tmp_path / "ben" / "rnn_step.py").write_text("x = 1")
    ada, ben = collect(tmp_path, ["rnn_step"])
    assert not ada.files and ben.files


def test_truncated_zip_says_so(tmp_path):
    make_zip(tmp_path / "whole.zip", {"rnn_step.py": os.urandom(5000)})
    data = bytearray((tmp_path / "whole.zip").read_bytes())
    data[60:2000] = bytes(1940)
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "ada.zip").write_bytes(data)
    (submission,) = collect(tmp_path / "class", ["rnn_step"])
    assert not submission.files and "broken" in str(submission.problems or submission.notes)
