"""benchmarks/site_speed.py: the course that it makes, and its verdict on invented times."""

import importlib
from pathlib import Path

import pytest

from minirnn.course import bank
from minirnn.course.site import lessons
from tests.course.tiny import dry_run, make_bank

LESSON = "# %% [markdown]\n# {{ exercise double }}\n# {{ exercise running_sum }}\n"


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks"))
    return importlib.import_module("site_speed")


def test_each_copy_is_a_lesson_with_exercises_of_its_own(script, tmp_path):
    root = make_bank(tmp_path)
    (root / "lessons/00_first.py").write_text(LESSON, "utf-8")
    dry_run(root, first={"school": 25})
    script.multiply(root, 3)
    assert [lesson.id for lesson in lessons.written(root)] == ["first", "first_1", "first_2"]
    first, _, *copies = bank.load(root)  # the second has no file yet, and no copy
    for number, copy in zip((1, 2), copies, strict=True):
        assert copy.title == first.title and copy.teaching == {"school": 25}
        assert [each.id for each in copy.exercises] == [f"{each.id}_{number}" for each in first.exercises]
        text = (root / "lessons" / f"{copy.name}.py").read_text("utf-8")
        assert text == LESSON.replace(" }}", f"_{number} }}}}")
        for old, new in zip(first.exercises, copy.exercises, strict=True):
            assert (new.solution(), new.readme()) == (old.solution(), old.readme())
            assert new.test_file.read_text("utf-8") == old.test_file.read_text("utf-8")


def test_the_bars(script):
    assert script.verdict({"from nothing": 59.9, "nothing changed": 5.0}) == {
        "from nothing: less than 60 s": True,
        "nothing changed: less than 5 s": False,
    }
