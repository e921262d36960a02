"""Python in the page grades as the command line does, also strange files; and what its zip holds.

That it says the same of each exercise's own files is in tests/course/test_python_exercises.py and
test_numpy_exercises.py.
"""

import dataclasses
import hashlib
import io
import json
import sys
from pathlib import Path

import pytest

from minirnn.base.errors import UsageError, UserError
from minirnn.course import bank
from minirnn.course.author import check as dev
from minirnn.course.grading import diagnosis, engine
from minirnn.course.grading.box import Box
from minirnn.course.grading.boxes import Lent
from minirnn.course.learner import feedback, terminal
from minirnn.course.site import in_page as page
from minirnn.course.site import page_files
from tests.course import fair

ROOT = Path(__file__).parents[2]
HERE = fair.HERE
STRANGE = {
    "raises": "def {}(*args):\n    print('so far')\n    return [][3]\n",
    "ends": "import sys\n\ndef {}(*args):\n    sys.exit(3)\n",
    "asks": "def {}(*args):\n    return input()\n",
    "gives a function": "def {0}(*args):\n    return {0}\n",
    "gives a long number": "def {}(*args):\n    return 10 ** 5000\n",
    "is another function": "def other():\n    pass\n",
    "is no Python": "def {}(:\n",
    "is empty": "",
    "changes its arguments": "def {}(first, *_):\n    getattr(first, 'clear', list)()\n    return {{}}\n",
    "imports the reference": "import minirnn.scan\n\ndef {}(*args):\n    pass\n",
    "fails when read": "1 / 0\n",
}


@pytest.fixture(scope="module")
def boxes():
    """One process for all files of a kind, as `dev check` has it."""
    open_ = {}

    def make(uses):
        if uses not in open_:
            open_[uses] = Box(uses)
        return Lent(open_[uses])

    yield make
    for box in open_.values():
        box.close()


@pytest.mark.parametrize("case", STRANGE)
@pytest.mark.parametrize("name", ["count_bigrams", "clip_gradients"])
def test_strange_files_too(name, case, boxes, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO())  # as in the page, which has no keyboard for a program
    exercise = bank.find(name)
    source = STRANGE[case].format(exercise.function)
    ours, theirs = (
        page.Check(exercise, len).grade(source),
        engine.grade(exercise, source.encode(), boxes=boxes),
    )
    assert fair.told(ours.to_dict()) == fair.told(theirs.to_dict())
    assert not ours.passed


def test_it_covers_all_exercises_without_torch():
    written = [exercise for lesson in bank.load(ROOT) for exercise in lesson.exercises]
    assert {each.id for each in HERE} == {each.id for each in written if each.uses != "torch"}
    assert {exercise.uses for exercise in HERE if exercise.lesson == "sequences"} == {"python"}
    assert "torch" not in {exercise.uses for exercise in HERE}


def test_blocks_are_the_lines_of_the_command_line():
    exercise = bank.find("hillis_steele")
    source = "print('reading')\n" + dev.as_submission(exercise, diagnosis.mistake_names(exercise)[0])
    result = page.Check(exercise, len).grade(source)
    plain = io.StringIO()
    feedback.show_verdict(terminal.Plain(plain), exercise, result)
    blocks = page.described(exercise, result)["blocks"]
    rows = [row for block in blocks if block["kind"] == "table" for row in block["content"][1:]]
    lines = [block["content"] for block in blocks if block["kind"] != "table"]
    said = [line.strip().removeprefix("| ") for line in plain.getvalue().splitlines() if line]
    in_tables = [line for line in said if ", yours " in line]
    assert rows and len(in_tables) == len(rows)
    assert [row[-1] for row in rows] == ["differs" if "<- differs" in line else "" for line in in_tables]
    assert lines == [line for line in said if line not in in_tables]
    assert {block["kind"] for block in blocks} == {"line", "quote", "printed", "table"}


def test_what_is_printed_comes_back_and_the_page_stays_clean(capsys):
    source = "import sys\n\ndef count_bigrams(text):\n    print('out')\n    print('err', file=sys.stderr)\n"
    result = page.Check(bank.find("count_bigrams"), len).grade(source)
    assert result.printed.startswith("out\nerr\n")
    assert capsys.readouterr() == ("", "")


def test_what_is_printed_has_a_limit():
    source = "print('x' * 1_000_000)\n\ndef count_bigrams(text):\n    return {}\n"
    assert len(page.Check(bank.find("count_bigrams"), len).grade(source).printed) == page.KEPT


ENDLESS = """
calls = 0

def count_bigrams(text):
    global calls
    calls += 1
    print("call", calls)
    while calls == 2:
        pass
    return {"b": {"a": 1}}
"""


def test_before_each_call_the_page_knows_what_to_say_if_it_never_ends():
    exercise = bank.find("count_bigrams")
    stopped = engine.grade(exercise, ENDLESS.encode(), seconds=0.5)  # a box, and a loop without an end

    class Stop(BaseException):
        pass

    said = []

    def tell(text):
        said.append(text)
        if "call 2" in text:
            raise Stop  # the page would end the worker some seconds later

    with pytest.raises(Stop):
        page.check(exercise.id, ENDLESS, tell)
    outcome = json.loads(next(text for text in said if "call 2" in text))
    stopped.first_failure.message = stopped.first_failure.message.replace("0.5", "5")
    assert outcome == page.described(exercise, stopped)
    assert outcome["status"] == "timeout" and outcome["rung"] == "test_one_pair"


def test_a_call_that_ends_stops_the_clock():
    said = []
    page.check("combine", bank.find("combine").solution(), said.append)
    assert len(said) > 4 and said[1::2] == [""] * (len(said) // 2)
    assert all(json.loads(text)["status"] == "timeout" for text in said[::2])


def test_the_mistakes_do_not_move_the_clock(monkeypatch):
    monkeypatch.setattr(diagnosis, "_outcomes", {})
    exercise, said = bank.find("count_bigrams"), []
    page.check(exercise.id, dev.as_submission(exercise, "pair_reversed"), said.append)
    cold = len(said)
    page.check(exercise.id, dev.as_submission(exercise, "pair_reversed"), said.append)
    assert len(said) == 2 * cold


# What the page loads


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    return fair.unpack(tmp_path_factory.mktemp("course"))


def test_no_solution_is_in_the_zip(unpacked):
    for exercise in HERE:
        folder = unpacked / exercise.folder.relative_to(ROOT)
        there = dataclasses.replace(exercise, folder=folder)
        assert there.stub() == exercise.stub() == there.solution()
        assert (there.function, there.parameters) == (exercise.function, exercise.parameters)
        names = [name for name in diagnosis.mistake_names(exercise) if not name.startswith("right_")]
        assert diagnosis.mistake_names(there) == names
        assert [diagnosis.mistakes_doc(there, name) for name in names] == [
            diagnosis.mistakes_doc(exercise, name) for name in names
        ]
    there = {path.name for path in unpacked.glob("exercises/*/*")}
    assert there == {each.id for each in HERE} and not list(unpacked.rglob("*.pyc"))


def test_the_zip_is_the_same_each_time():
    assert page_files.pack(ROOT) == page_files.pack(ROOT)


@pytest.fixture
def root(tmp_path):
    for name in ("exercises", "lessons", "minirnn"):
        (tmp_path / name).symlink_to(ROOT / name)
    folder = tmp_path / "node_modules" / "pyodide"
    folder.mkdir(parents=True)
    (folder / "package.json").write_text('{"version": "314.0.7"}')
    wheel = {"file_name": "numpy-2-wasm32.whl", "sha256": hashlib.sha256(b"wheel").hexdigest()}
    (folder / "pyodide-lock.json").write_text(json.dumps({"packages": {"numpy": wheel}}))
    return tmp_path


def index(root):
    page_files.write(root)
    return json.loads((root / "docs/assets/python/exercises.json").read_text())


def test_without_a_copy_numpy_comes_from_its_public_address(root):
    made = index(root)
    assert made["packages"] == "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/"
    assert list(made["exercises"]) == [exercise.id for exercise in HERE]
    combine = bank.find("combine")
    assert made["exercises"]["combine"] == {
        "filename": combine.filename,
        "function": "combine",
        "uses": combine.uses,
        "stub": combine.stub(),
    }
    packed = (root / "docs/assets/python/minirnn.zip").read_bytes()
    assert made["zip"] == f"minirnn.zip?{hashlib.sha256(packed).hexdigest()[:12]}"


def test_a_copy_of_numpy_is_used_if_it_is_the_right_one(root):
    copy = root / "docs/assets/pyodide/numpy-2-wasm32.whl"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(b"wheel")
    assert index(root)["packages"] == ""
    copy.write_bytes(b"another")
    with pytest.raises(UserError, match=r"numpy-2-wasm32\.whl is not the file"):
        page_files.write(root)


def test_nothing_is_written_that_is_there(root):
    page_files.write(root)
    files = sorted((root / "docs/assets/python").iterdir())
    before = [file.stat().st_mtime_ns for file in files]
    page_files.write(root)
    assert [file.stat().st_mtime_ns for file in files] == before and len(files) == 2


def test_numpy_is_fetched_and_checked(root, monkeypatch):
    asked = []

    def answers(data):
        def urlopen(url, timeout):
            asked.append(url)
            return io.BytesIO(data)

        return urlopen

    monkeypatch.setattr("urllib.request.urlopen", answers(b"another"))
    with pytest.raises(UserError, match="is not the file that pyodide-lock"):
        page_files.fetch_numpy(root)
    assert not list((root / "docs").rglob("*.whl")) if (root / "docs").is_dir() else True
    monkeypatch.setattr("urllib.request.urlopen", answers(b"wheel"))
    assert page_files.fetch_numpy(root).read_bytes() == b"wheel"
    assert asked[1] == "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/numpy-2-wasm32.whl"
    assert index(root)["packages"] == ""


def test_without_npm_one_is_told_what_to_do(root):
    (root / "node_modules/pyodide/pyodide-lock.json").unlink()
    with pytest.raises(UsageError, match="npm ci"):
        page_files.write(root)
