"""Submissions as learning platforms name them, and as people upload them."""

import zipfile

import pytest

from minirnn.base.errors import UsageError
from minirnn.course import bank
from minirnn.course.teacher.submissions import collect, exercise_of

IDS = ["rnn_step", "combine"]


def tree(place, files):
    for name, text in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return place


def found(place):
    return {s.learner: {name: data.decode() for name, data in s.files.items()} for s in collect(place, IDS)}


@pytest.mark.parametrize(
    ("files", "learners"),
    [
        (
            {"ada/rnn_step.py": "1", "ben/deep/er/combine.py": "2"},
            {"ada": {"rnn_step": "1"}, "ben": {"combine": "2"}},
        ),
        ({"Ada Byron_1234_assignsubmission_file_/rnn_step.py": "1"}, {"Ada Byron": {"rnn_step": "1"}}),
        (
            {
                "Ada Byron_1234_assignsubmission_file_rnn_step.py": "1",
                "Ada Byron_1234_assignsubmission_file_combine.py": "2",
            },
            {"Ada Byron": {"rnn_step": "1", "combine": "2"}},
        ),
        (
            {"byronada_LATE_1234_5678_rnn_step.py": "1", "byronada_1234_5679_combine-2.py": "2"},
            {"byronada": {"rnn_step": "1", "combine": "2"}},
        ),
        (
            {
                "Ada Byron_1234_assignsubmission_file_/rnn_step.py": "1",
                "Ada Byron_99_assignsubmission_file_/rnn_step.py": "2",
                "Ben_77_assignsubmission_file_/rnn_step.py": "3",
            },
            {
                "Ada Byron (1234)": {"rnn_step": "1"},
                "Ada Byron (99)": {"rnn_step": "2"},
                "Ben": {"rnn_step": "3"},
            },
        ),
        ({"submission_77/rnn_step.py": "1"}, {"submission_77": {"rnn_step": "1"}}),
        (
            {"ada/__MACOSX/rnn_step.py": "x", "ada/.git/rnn_step.py": "x", "ada/rnn_step.py": "1"},
            {"ada": {"rnn_step": "1"}},
        ),
        ({"ada.py": "x", "ben/rnn_step.py": "1"}, {"ada": {}, "ben": {"rnn_step": "1"}}),
    ],
)
def test_layouts(tmp_path, files, learners):
    assert found(tree(tmp_path, files)) == learners


def test_zips_inside_and_one_zip_of_all(tmp_path):
    place = tmp_path / "class"
    place.mkdir()
    with zipfile.ZipFile(place / "ada.zip", "w") as archive:
        archive.writestr(f"work/{bank.find('rnn_step').filename}", "1")
    (place / "Ben_55_assignsubmission_file_").mkdir()
    with zipfile.ZipFile(place / "Ben_55_assignsubmission_file_" / "mine.zip", "w") as archive:
        archive.writestr("combine.py", "2")
    assert found(place) == {"ada": {"rnn_step": "1"}, "Ben": {"combine": "2"}}
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("Ada_1_assignsubmission_file_/rnn_step.py", "1")
        archive.writestr("Ben_2_assignsubmission_file_/combine.py", "2")
    assert found(tmp_path / "all.zip") == {"Ada": {"rnn_step": "1"}, "Ben": {"combine": "2"}}


def test_of_several_files_the_last_copy_is_graded_and_the_teacher_is_told(tmp_path):
    tree(tmp_path, {"ada/rnn_step.py": "old", "ada/rnn_step (2).py": "new", "ada/rnn_step (1).py": "middle"})
    (submission,) = collect(tmp_path, IDS)
    assert submission.files == {"rnn_step": b"new"}
    assert "3 different files" in submission.notes[0] and "(2)" in submission.notes[0]


def test_a_readable_file_goes_before_a_link(tmp_path):
    tree(tmp_path, {"ada/a/rnn_step.py": "1", "secret": "x"})
    (tmp_path / "ada" / "rnn_step.py").symlink_to(tmp_path / "secret")
    (tmp_path / "secret").rename(tmp_path / "ada" / "secret")
    (submission,) = collect(tmp_path, IDS)
    assert submission.files == {"rnn_step": b"1"} and not submission.problems


@pytest.mark.parametrize(
    ("name", "exercise"),
    [
        ("rnn_step.py", "rnn_step"),
        ("rnn_step.PY", "rnn_step"),
        ("my_rnn_step.py", ""),
        ("rnn_step.txt", ""),
        ("step.py", ""),
    ],
)
def test_exercise_of(name, exercise):
    assert exercise_of(name, frozenset(IDS)) == exercise


def test_nothing_to_grade_is_said(tmp_path):
    with pytest.raises(UsageError, match="is empty"):
        collect(tmp_path, IDS)
    with pytest.raises(UsageError, match="neither a folder nor a zip"):
        collect(tmp_path / "nowhere", IDS)
