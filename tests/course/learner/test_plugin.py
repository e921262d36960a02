"""Plain pytest in a workspace: the verdicts and the words of `check`, and no learner's file imported."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from minirnn.course import bank
from minirnn.course.grading import engine
from minirnn.course.learner import feedback, progress
from tests.course.tiny import RIGHT, SQUARED, write

ROOT = Path(__file__).parents[3]


def run_pytest(desk, *args):
    """(exit code, output) of pytest in that folder."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-v", *args],
        cwd=desk, env=environment, capture_output=True, encoding="utf-8", timeout=300,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def verdicts(output):
    """{item: verdict} of what pytest -v prints."""
    return dict(re.findall(r"^(\S+\.py::.*?) (PASSED|FAILED|ERROR)", output, re.MULTILINE))


def test_the_verdicts_are_those_of_check(desk):
    write(desk, "double", SQUARED)
    write(desk, "running_sum", RIGHT["running_sum"])
    code, output = run_pytest(desk)
    expected = {}
    for exercise in bank.exercises():
        result = engine.grade(exercise, (desk / exercise.filename).read_bytes())
        for rung in result.rungs:
            verdict = "PASSED" if rung.passed else "FAILED"
            expected[f"{exercise.filename}::{feedback.words(rung.name)}"] = verdict
    assert verdicts(output) == expected and code == 1
    assert expected["00_first/double.py::type"] == "PASSED" and len(expected) == 5
    # The words are those of check, the misconception among them, and no traceback is.
    assert "Called: double(x=[3, 5])\nThe result is 9 at [0], expected 6.\n" in output
    assert "    You take the square. Twice three is six, and three squared is nine.\n" in output
    assert "01_second/halve.py is not written yet: write halve here." in output
    assert "Traceback" not in output and "plugin.py" not in output
    states = progress.load(desk).states
    assert (states["double"].attempts, states["double"].points) == (1, 1) and states["running_sum"].solved


def test_one_file_or_one_rung_and_from_below(desk):
    write(desk, "double", RIGHT["double"])
    code, output = run_pytest(desk, "00_first/double.py")
    names = {"00_first/double.py::type": "PASSED", "00_first/double.py::all values": "PASSED"}
    assert code == 0 and verdicts(output) == names
    code, output = run_pytest(desk / "00_first", "double.py::all values")
    assert code == 0 and list(verdicts(output).values()) == ["PASSED"]


@pytest.mark.parametrize("source", ["raise SystemExit(0)\n", "def double(x:\n", "import os\nos._exit(0)\n"])
def test_the_file_is_never_imported(desk, source):
    write(desk, "double", source)
    code, output = run_pytest(desk, "00_first/double.py")
    assert code == 1 and set(verdicts(output).values()) == {"FAILED"}


def test_a_file_that_is_no_exercise_is_pytests_own_business(desk):
    (desk / "test_mine.py").write_text("def test_it():\n    pass\n", encoding="utf-8")
    code, output = run_pytest(desk, "test_mine.py")
    assert code == 0 and verdicts(output) == {"test_mine.py::test_it": "PASSED"}


def test_options_of_the_reader_do_not_reach_the_rungs(desk, monkeypatch):
    monkeypatch.setenv("PYTEST_ADDOPTS", "-x --maxfail=1")
    write(desk, "double", "def double(x):\n    return 3\n")
    result = engine.grade(bank.find("double"), (desk / "00_first" / "double.py").read_bytes())
    assert [rung.status for rung in result.rungs] == ["wrong", "wrong"]
    assert os.environ["PYTEST_ADDOPTS"] == "-x --maxfail=1"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("progress.json", "{", r"progress.json is broken \(line 1"),
        ("../bank/lessons/course.toml", "[[lesson", "course.toml is broken"),
    ],
)
def test_what_is_broken_is_one_sentence(desk, name, text, words):
    (desk / name).write_text(text, encoding="utf-8")
    code, output = run_pytest(desk)
    assert code == 4 and re.fullmatch(rf"ERROR: .*{words}.*\n\n?", output)


def test_an_exercise_that_this_workspace_does_not_have_yet_says_so(desk):
    found = progress.load(desk)
    del found.states["double"]
    found.save()
    code, output = run_pytest(desk, "00_first/double.py")
    assert code == 1 and "double is not in this workspace yet: `minirnn update` brings it" in output
    assert "Traceback" not in output
