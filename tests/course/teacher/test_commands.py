"""`minirnn teach` as a teacher types it: exit codes, one sentence for what is wrong, files where they go."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from minirnn.course import bank

ROOT = Path(__file__).parents[3]


def teach(*arguments, cwd):
    return subprocess.run(
        [sys.executable, "-P", "-m", "minirnn", "teach", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        timeout=600,
    )


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A folder in which a class was graded."""
    place = tmp_path_factory.mktemp("teaching")
    solution = bank.find("next_pairs").solution()
    (place / "class" / "ada").mkdir(parents=True)
    (place / "class" / "ada" / "next_pairs.py").write_text(solution, encoding="utf-8")
    with zipfile.ZipFile(place / "class" / "ben.zip", "w") as archive:
        archive.writestr("next_pairs.py", "import os\nos._exit(0)\n")
    (place / "class" / "cem").mkdir()
    (place / "class" / "cem" / "next_pairs.ipynb").write_text("{}", encoding="utf-8")
    (place / "class" / "dan").mkdir()
    (place / "class" / "dan" / "Next-Pairs (2).py").write_text(solution, encoding="utf-8")
    (place / "class" / "dan" / "data.csv").write_text("1", encoding="utf-8")
    (place / "class" / "roster.csv").write_text("ada", encoding="utf-8")
    formats = "csv,json,junit,gradescope,markdown"
    done = teach("grade", "class", "-j", 2, "--format", formats, "--only", "next_pairs", cwd=place)
    assert done.returncode == 0, done.stderr
    return place, done


def test_grade_writes_every_format_and_says_the_points(graded):
    place, done = graded
    full = bank.find("next_pairs").points
    assert f"{full} of {full}  ada" in done.stdout and f"0 of {full}  ben" in done.stdout
    for name in (
        "grades.csv",
        "grades.json",
        "junit.xml",
        "grades.md",
        "gradescope/ada.json",
        "feedback/ben.md",
    ):
        assert (place / "grades" / name).is_file(), name
    assert "Stopped: your code ended Python" in (place / "grades" / "feedback" / "ben.md").read_text("utf-8")


def test_grade_says_what_it_chose_and_what_it_passed_over(graded):
    place, done = graded
    full = bank.find("next_pairs").points
    assert "4 submissions, 1 exercises." in done.stdout
    assert "Passed over: roster.csv" in done.stdout
    assert f"0 of {full}  cem\n" in done.stdout and "cem/next_pairs.ipynb: a notebook" in done.stdout
    assert f"{full} of {full}  dan\n" in done.stdout and "graded dan/Next-Pairs (2).py" in done.stdout
    data = json.loads((place / "grades" / "grades.json").read_text("utf-8"))
    assert "Passed over: dan/data.csv." in data["notes"]["dan"]
    assert any("roster.csv" in each for each in data["passed_over"])


def test_grading_again_grades_nothing_and_changes_nothing(graded):
    place, _ = graded
    before = json.loads((place / "grades" / "grades.json").read_text("utf-8"))
    done = teach("grade", "class", "--only", "next_pairs", cwd=place)
    assert done.returncode == 0 and "graded (" not in done.stderr
    assert json.loads((place / "grades" / "grades.json").read_text("utf-8")) == before


def test_report_hides_names_unless_asked(graded):
    place, _ = graded
    assert teach("report", cwd=place).returncode == 0
    page = (place / "grades" / "report.html").read_text("utf-8")
    assert "Learner 1" in page and ">ada<" not in page
    assert teach("report", "grades", "--out", "named.md", "--names", cwd=place).returncode == 0
    assert "| ada |" in (place / "named.md").read_text("utf-8")


def test_pack_and_plan(graded):
    place, _ = graded
    assert teach("pack", "--gradescope", "up", "--only", "next_pairs", cwd=place).returncode == 0
    assert zipfile.is_zipfile(place / "up" / "autograder.zip")
    done = teach("plan", "--minutes", 90, "--track", "school", cwd=place)
    assert done.returncode == 0 and "| 0:00 | 0:05 | opening |" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["grade", "nowhere"], "nowhere is neither a folder nor a zip file"),
        (["grade", "class", "--format", "pdf"], "Unknown format 'pdf': use csv, json, junit"),
        (["grade", "class", "-j", "0"], "-j must be 1 or more"),
        (["grade", "class", "--only", "next_pear"], "did you mean next_pairs?"),
        (["report", "--out", "page.pdf"], "the report is a .html or a .md file"),
        (["plan", "--minutes", "20"], "20 minutes are too short"),
        (["plan", "--track", "nursery"], "There is no track 'nursery'"),
        (["pack"], "Missing option"),
        (["grade"], "Missing argument"),
    ],
)
def test_wrong_use_is_one_sentence_and_code_2(graded, arguments, sentence):
    done = teach(*arguments, cwd=graded[0])
    assert done.returncode == 2 and sentence in done.stderr and "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_report_without_grades_is_code_1(tmp_path):
    done = teach("report", tmp_path, cwd=tmp_path)
    assert done.returncode == 1 and "run `teach grade` first" in done.stderr
