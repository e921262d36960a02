"""Grading a class: honest points, nothing twice, and a run that was stopped goes on."""

import csv
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from minirnn.course import bank, classroom, dev, engine, formats, gradescope, report
from minirnn.course.classroom import Grades, grade_class
from minirnn.course.submissions import Submission, collect
from minirnn.errors import UserError

ROOT = Path(__file__).parents[2]
NAMES = ["count_bigrams", "rnn_step"]


def chosen():
    return [bank.find(name) for name in NAMES]


def solution(name):
    return bank.find(name).solution().encode()


def a_class():
    mistake = dev.as_submission(bank.find("rnn_step"), "bias_forgotten").encode()
    return [
        Submission("ada", {name: solution(name) for name in NAMES}),
        Submission("ben", {"rnn_step": mistake}, {"count_bigrams": ("unreadable", "It is a link.")}),
        Submission("=cmd|evil", {"rnn_step": bank.find("rnn_step").stub().encode()}, notes=["a note"]),
    ]


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("grades")
    return folder, grade_class(a_class(), chosen(), folder, jobs=2, seed="tests")


def test_points_verdicts_and_misconceptions(graded):
    _, grades = graded
    rows = {
        learner: {name: (r.points, formats.verdict(r), r.mistake) for name, r in row.items()}
        for learner, row in grades.results.items()
    }
    full = {exercise.id: exercise.points for exercise in chosen()}
    assert rows["ada"] == {name: (full[name], "passed", "") for name in NAMES}
    assert rows["ben"]["count_bigrams"] == (0, "unreadable", "")
    points, verdict, mistake = rows["ben"]["rnn_step"]
    assert 0 < points < full["rnn_step"] and (verdict, mistake) == ("wrong", "bias_forgotten")
    assert rows["=cmd|evil"] == {"count_bigrams": (0, "missing", ""), "rnn_step": (0, "not begun", "")}


def test_every_rung_runs_when_graded_and_the_hash_is_that_of_the_file(graded):
    import hashlib

    _, grades = graded
    result = grades.results["ada"]["rnn_step"]
    assert result.hidden == 0 and any(rung.graded for rung in result.rungs)
    assert result.sha256 == hashlib.sha256(solution("rnn_step")).hexdigest()


def test_the_same_file_is_graded_once_and_a_second_run_grades_nothing(tmp_path, monkeypatch):
    twice = [
        Submission("a", {"rnn_step": solution("rnn_step")}),
        Submission("b", {"rnn_step": solution("rnn_step")}),
    ]
    said = []
    exercises = [bank.find("rnn_step")]
    first = grade_class(twice, exercises, tmp_path, report=lambda *what: said.append(what))
    assert said == [(1, 1, "rnn_step")]
    monkeypatch.setattr(
        classroom, "_graded", lambda todo, *_: iter(()) if not todo else pytest.fail("graded again")
    )
    again = grade_class(twice, exercises, tmp_path)
    assert again.seed == first.seed and again.results == first.results


def test_another_seed_or_another_file_is_graded_again(tmp_path):
    exercises = [bank.find("count_bigrams")]
    one = [Submission("a", {"count_bigrams": solution("count_bigrams")})]
    other = [Submission("a", {"count_bigrams": solution("count_bigrams") + b"\n"})]
    for submissions, seed, files in ((one, "1", 1), (one, "2", 2), (other, "2", 3), (one, "1", 3)):
        grade_class(submissions, exercises, tmp_path, seed=seed)
        assert len(list((tmp_path / "results").iterdir())) == files


def test_an_interrupted_run_goes_on(tmp_path):
    def stop(done, total, what):
        raise KeyboardInterrupt

    submissions = [
        Submission(str(i), {"count_bigrams": solution("count_bigrams") + b"\n" * i}) for i in range(4)
    ]
    exercises = [bank.find("count_bigrams")]
    with pytest.raises(KeyboardInterrupt):
        grade_class(submissions, exercises, tmp_path, report=stop)
    finished = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "results").iterdir()}
    assert len(finished) >= 1
    broken = next((tmp_path / "results").iterdir())
    broken.write_text('{"half a res', encoding="utf-8")  # as if the machine had died in the middle of it
    grades = grade_class(submissions, exercises, tmp_path)
    assert all(row["count_bigrams"].passed for row in grades.results.values()) and len(grades.results) == 4
    for name, written in finished.items():
        if name != broken.name:
            assert (tmp_path / "results" / name).stat().st_mtime_ns == written


def test_a_worker_that_dies_costs_only_its_own_file(tmp_path, monkeypatch):
    submissions = [
        Submission(name, {"count_bigrams": solution("count_bigrams") + name.encode().join([b"# ", b"\n"])})
        for name in ("die", "ada", "ben")
    ]
    monkeypatch.setattr(classroom, "_grade_one", die_at_one)
    grades = grade_class(submissions, [bank.find("count_bigrams")], tmp_path, jobs=2)
    verdicts = {learner: formats.verdict(row["count_bigrams"]) for learner, row in grades.results.items()}
    assert verdicts == {"die": "grader stopped", "ada": "passed", "ben": "passed"}


def die_at_one(place, exercise, data, seed):
    import os

    if b"# die" in data:
        os._exit(1)
    grade_one(place, exercise, data, seed)


grade_one = classroom._grade_one


def test_grades_are_read_back_and_a_broken_file_is_named(graded, tmp_path):
    folder, grades = graded
    assert Grades.load(folder) == grades
    with pytest.raises(UserError, match="run `teach grade` first"):
        Grades.load(tmp_path)
    (tmp_path / "grades.json").write_text("{", encoding="utf-8")
    with pytest.raises(UserError, match="cannot be read as grades"):
        Grades.load(tmp_path)


def test_csv(graded, tmp_path):
    formats.write_csv(graded[1], tmp_path)
    text = (tmp_path / "grades.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == 6 and set(rows[0]) == set(formats.COLUMNS)
    ada = next(row for row in rows if row["student_id"] == "ada" and row["assignment"] == "rnn_step")
    assert ada["score"] == ada["max_score"] == str(bank.find("rnn_step").points)
    # A spreadsheet must not run a name as a formula.
    assert {row["student_id"] for row in rows} == {"ada", "ben", "'=cmd|evil"}


def test_junit(graded, tmp_path):
    formats.write_junit(graded[1], tmp_path)
    suites = ElementTree.parse(tmp_path / "junit.xml").getroot()
    failures = {suite.get("name"): int(suite.get("failures")) for suite in suites}
    assert failures["ada/rnn_step"] == 0 and failures["ben/rnn_step"] > 0
    for suite in suites:
        assert len(suite) == int(suite.get("tests"))
        assert sum(case.find("failure") is not None for case in suite) == int(suite.get("failures"))


def test_junit_survives_characters_that_xml_forbids(tmp_path):
    grades = grade_class([Submission("bad\x00\x1b]]>", {})], [bank.find("rnn_step")], tmp_path)
    formats.write_junit(grades, tmp_path)
    assert ElementTree.parse(tmp_path / "junit.xml").getroot()[0].get("name") == "bad??]]>/rnn_step"


def test_what_a_learner_raised_steers_no_terminal(tmp_path):
    (tmp_path / "class" / "ada").mkdir(parents=True)
    source = "def rnn_step(*_):\n    raise ValueError('\\x1b[31mred')\n"
    (tmp_path / "class" / "ada" / "rnn_step.py").write_text(source, encoding="utf-8")
    grades = grade_class(collect(tmp_path / "class", ["rnn_step"]), [bank.find("rnn_step")], tmp_path / "out")
    for name in ("gradescope", "junit", "markdown"):
        for path in formats.FORMATS[name](grades, tmp_path / "out"):
            assert "\x1b" not in path.read_text(encoding="utf-8")
            assert "\\u001b" not in path.read_text(encoding="utf-8")
    assert "[31mred" in (tmp_path / "out" / "feedback" / "ada.md").read_text(encoding="utf-8")


def test_gradescope_format(graded, tmp_path):
    paths = formats.write_gradescope(graded[1], tmp_path)
    assert len(paths) == 3
    ben = json.loads((tmp_path / "gradescope" / "ben.json").read_text(encoding="utf-8"))
    check_gradescope(ben)
    assert ben["score"] == graded[1].results["ben"]["rnn_step"].points


def check_gradescope(data):
    """What the service's specification asks for."""
    assert data["score"] == sum(test["score"] for test in data["tests"])
    for test in data["tests"]:
        assert 0 <= test["score"] <= test["max_score"]
        assert test["status"] in ("passed", "failed") and test["visibility"] == "visible"
        assert isinstance(test["name"], str) and isinstance(test["output"], str)


def test_markdown_and_feedback(graded, tmp_path):
    formats.write_markdown(graded[1], tmp_path)
    page = (tmp_path / "grades.md").read_text(encoding="utf-8")
    assert "=cmd\\|evil" in page and page.count("\n| ") == 5
    feedback = (tmp_path / "feedback" / "ben.md").read_text(encoding="utf-8")
    assert "You left b out" in feedback and "Graded file: sha256" in feedback
    assert "return " not in feedback, "no code of the reference"


def test_report_counts_and_hides_names(graded):
    page = report.as_markdown(report.tables(graded[1]))
    assert "| 1 | rnn_step | bias forgotten | You left b out." in page
    assert "| rnn_step | 1 of 3 | 1 |" in page
    for name in ("ada", "ben", "evil"):
        assert not re.search(rf"\b{name}\b", page)
    assert report.as_markdown(report.tables(graded[1])) == page, "the same pseudonyms every time"
    named = report.as_html(report.tables(graded[1], names=True))
    assert "=cmd|evil" in named and "<script" not in named and "http" not in named


def test_median_and_quartiles(tmp_path):
    results = {}
    for learner, passed in (("a", 0), ("b", 1), ("c", 6)):
        result = classroom.without_file(bank.find("rnn_step"), "s", "wrong", "no")
        for rung in result.rungs[:passed]:
            rung.status = "passed"
        results[learner] = {"rnn_step": result}
    points = sorted(row["rnn_step"].points for row in results.values())
    page = report.as_markdown(report.tables(Grades("s", ["rnn_step"], results)))
    assert f"Median {points[1]} of {bank.find('rnn_step').points}" in page


def service(tmp_path, submission, only="rnn_step"):
    """A folder laid out as Gradescope does, with the pack in source/."""
    archive = gradescope.pack(tmp_path / "upload", [only], "a-seed")
    root = tmp_path / "autograder"
    for name in ("source", "submission", "results"):
        (root / name).mkdir(parents=True)
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(root / "source")
        modes = {info.filename: info.external_attr >> 16 for info in packed.infolist()}
    assert modes["run_autograder"] & 0o111 and modes["setup.sh"] & 0o111
    for name, data in submission.items():
        (root / "submission" / name).write_bytes(data)
    return root


def run_autograder(root, **environment):
    import os

    done = subprocess.run(
        ["bash", str(root / "source" / "run_autograder")],
        env={**os.environ, "AUTOGRADER_ROOT": str(root), "AUTOGRADER_PYTHON": sys.executable, **environment},
        cwd=root,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    data = json.loads((root / "results" / "results.json").read_text(encoding="utf-8"))
    if "tests" in data:
        check_gradescope(data)
    return data


def test_autograder_grades_a_submission(tmp_path):
    data = run_autograder(service(tmp_path, {"rnn_step.py": solution("rnn_step")}))
    assert data["score"] == bank.find("rnn_step").points


def test_autograder_without_a_file(tmp_path):
    data = run_autograder(service(tmp_path, {}))
    assert data["score"] == 0 and "no file of that name" in data["tests"][0]["output"]


def test_autograder_that_crashes_in_the_middle_leaves_what_it_had(tmp_path):
    root = service(
        tmp_path, {"rnn_step.py": solution("rnn_step"), "rnn_unroll.py": b"x = 1"}, only="01_vanilla_rnn"
    )
    engine_file = root / "source" / "minirnn" / "course" / "engine.py"
    crash = (
        "\n_grade = grade\ndef grade(exercise, *a, **k):\n    import os\n"
        "    if exercise.id == 'rnn_unroll':\n        os._exit(9)\n    return _grade(exercise, *a, **k)\n"
    )
    engine_file.write_text(engine_file.read_text(encoding="utf-8") + crash, encoding="utf-8")
    data = run_autograder(root)
    assert data["score"] == bank.find("rnn_step").points
    unroll = [test for test in data["tests"] if test["name"].startswith("rnn_unroll")]
    assert unroll and all("stopped before" in test["output"] for test in unroll)


def test_autograder_that_cannot_even_start(tmp_path):
    root = service(tmp_path, {})
    (root / "source" / "minirnn" / "course" / "gradescope.py").write_text("raise SystemExit(3)\n")
    assert run_autograder(root)["score"] == 0


def test_the_pack_holds_only_what_was_chosen(tmp_path):
    with zipfile.ZipFile(gradescope.pack(tmp_path, ["rnn_step"], "s")) as archive:
        names = archive.namelist()
    assert "exercises/01_vanilla_rnn/rnn_step/test_rnn_step.py" in names
    assert not [n for n in names if n.startswith("exercises/") and "/rnn_step/" not in n]
    assert not [n for n in names if "__pycache__" in n]


def test_collect_and_grade_together(tmp_path):
    for learner in ("ada", "ben"):
        (tmp_path / "class" / learner).mkdir(parents=True)
        (tmp_path / "class" / learner / "rnn_step.py").write_bytes(solution("rnn_step"))
    grades = grade_class(collect(tmp_path / "class", NAMES), chosen(), tmp_path / "out")
    assert [row["rnn_step"].passed for row in grades.results.values()] == [True, True]
    assert grades.seed != engine.PRACTICE
