"""Grading a class: honest points, nothing twice, and a run that was stopped goes on."""

import csv
import dataclasses
import json
import re
import shutil
import subprocess
import sys
import zipfile
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from unittest import mock
from xml.etree import ElementTree

import pytest

from minirnn.base.errors import UserError
from minirnn.course import bank
from minirnn.course.author import check as dev
from minirnn.course.grading import box, engine
from minirnn.course.teacher import classroom, formats, gradescope, report
from minirnn.course.teacher.classroom import Grades, grade_class
from minirnn.course.teacher.submissions import Submission, collect, take_one

ROOT = Path(__file__).parents[3]
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
    assert "died, twice" in grades.results["die"]["count_bigrams"].rungs[0].message
    assert_tried_again(submissions, tmp_path, monkeypatch)


def assert_tried_again(submissions, folder, monkeypatch):
    """What was no fault of the file is not kept: the next run grades it, and only it."""
    monkeypatch.setattr(classroom, "_grade_one", grade_one)
    said = []
    exercises = [bank.find("count_bigrams")]
    grades = grade_class(submissions, exercises, folder, report=lambda *what: said.append(what))
    assert said == [(3, 3, "count_bigrams")]
    assert all(row["count_bigrams"].passed for row in grades.results.values())


@pytest.mark.parametrize(
    "said_of_it",
    [
        "Stopped: Python itself crashed (SIGKILL).",
        "Stopped: your code took more than 50 seconds: it waited, or the machine is overloaded.",
    ],
)
def test_a_file_that_the_machine_stopped_is_graded_again(tmp_path, said_of_it):
    """It was short of memory or of time, which says nothing about the file."""
    exercises, submissions = [bank.find("count_bigrams")], [Submission("ada", {"count_bigrams": b"x = 1"})]
    first = grade_class(submissions, exercises, tmp_path)
    (path,) = (tmp_path / "results").iterdir()
    data = json.loads(path.read_text("utf-8"))
    data["rungs"][0] |= {"status": "crashed", "message": said_of_it}
    path.write_text(json.dumps(data), encoding="utf-8")
    said = []
    again = grade_class(submissions, exercises, tmp_path, report=lambda *what: said.append(what))
    assert said and again.results["ada"]["count_bigrams"].rungs == first.results["ada"]["count_bigrams"].rungs


def test_a_file_that_never_ends_costs_only_itself(tmp_path, monkeypatch):
    files = {name: solution("count_bigrams") + f"# {name}\n".encode() for name in ("ada", "ben")}
    files["loop"] = b"def count_bigrams(text):\n    while True:\n        pass\n"
    submissions = [Submission(name, {"count_bigrams": files[name]}) for name in ("ada", "loop", "ben")]
    monkeypatch.setattr(classroom, "_grade_one", stop_one_soon)
    grades = grade_class(submissions, [bank.find("count_bigrams")], tmp_path, jobs=2)
    results = {learner: row["count_bigrams"] for learner, row in grades.results.items()}
    verdicts = {learner: formats.verdict(result) for learner, result in results.items()}
    assert verdicts == {"ada": "passed", "loop": "timeout", "ben": "passed"}
    assert results["loop"].points == 0 and results["ada"].points == results["ben"].points > 0


def stop_one_soon(place, exercise, data, seed):
    """In a worker: a small limit for the file that loops alone, so that the other marks hang on no clock."""
    with mock.patch.dict(box.SECONDS, {"python": 0.1} if b"while True" in data else {}):
        return grade_one(place, exercise, data, seed)


def test_a_worker_that_dies_before_all_are_handed_out_costs_nothing(tmp_path, monkeypatch):
    class Broken(ProcessPoolExecutor):
        def submit(self, function, place, *arguments):
            if self._max_workers == 2 and arguments[1].endswith(b"# ben\n"):
                raise BrokenProcessPool
            return super().submit(function, place, *arguments)

    monkeypatch.setattr(classroom, "ProcessPoolExecutor", Broken)
    submissions = [
        Submission(name, {"count_bigrams": solution("count_bigrams") + f"# {name}\n".encode()})
        for name in ("ada", "ben")
    ]
    grades = grade_class(submissions, [bank.find("count_bigrams")], tmp_path, jobs=2)
    assert all(row["count_bigrams"].passed for row in grades.results.values())


def test_a_grader_that_raises_costs_only_one_file_and_is_named(tmp_path, monkeypatch):
    submissions = [
        Submission(name, {"count_bigrams": solution("count_bigrams") + f"# {name}\n".encode()})
        for name in ("ada", "raise", "zoe")
    ]
    monkeypatch.setattr(classroom, "_grade_one", raise_at_one)
    grades = grade_class(submissions, [bank.find("count_bigrams")], tmp_path, jobs=2)
    verdicts = {learner: formats.verdict(row["count_bigrams"]) for learner, row in grades.results.items()}
    assert verdicts == {"ada": "passed", "raise": "grader stopped", "zoe": "passed"}
    result = grades.results["raise"]["count_bigrams"]
    assert "TypeError: of a grader" in result.rungs[0].message and result.points == 0
    assert Grades.load(tmp_path) == grades
    assert_tried_again(submissions, tmp_path, monkeypatch)


def raise_at_one(place, exercise, data, seed):
    def grade(*_, **__):
        raise TypeError("of a grader")

    usual = engine.grade
    engine.grade = grade if b"# raise" in data else usual
    try:
        return grade_one(place, exercise, data, seed)
    finally:
        engine.grade = usual


NUMBERS = ["float('nan')", "float('inf')", "np.longdouble(2)", "np.float32(2)", "1j", "'\\udceb'", "10**400"]


def test_what_a_file_returns_never_ends_the_class_and_all_is_json(tmp_path):
    odd = "import numpy as np\n\n\ndef rnn_step(x, h, W, U, b):\n    return {} + 0 * h\n"
    source = "def rnn_step(*_):\n    print('\\udceb')\n    raise ValueError('\\udceb')\n"
    submissions = [Submission(number, {"rnn_step": odd.format(number).encode()}) for number in NUMBERS]
    submissions += [Submission("raises", {"rnn_step": source.encode()})]
    submissions += [Submission("right", {"rnn_step": solution("rnn_step")})]
    grades = grade_class(submissions, [bank.find("rnn_step")], tmp_path, jobs=2)
    passed = {learner: row["rnn_step"].passed for learner, row in grades.results.items()}
    assert passed == {**dict.fromkeys(NUMBERS, False), "raises": False, "right": True}
    for name in formats.FORMATS:
        formats.FORMATS[name](grades, tmp_path)
    for path in tmp_path.rglob("*.json"):
        json.loads(path.read_text("utf-8"), parse_constant=lambda text: pytest.fail(f"{text} is not JSON"))
        assert not re.search(r"(?<!\\)\\ud[89a-f]", path.read_text("utf-8")), "no half of a pair"


def test_all_that_decides_about_points_is_in_the_name_of_a_result(tmp_path):
    """Among it what only the manifest says: `uses` chooses the random numbers and the box."""
    exercise = bank.find("rnn_step")
    folder = shutil.copytree(exercise.folder, tmp_path / exercise.folder.parent.name / "rnn_step")
    copied = dataclasses.replace(exercise, folder=folder)
    keys = [
        classroom._exercise_hash(each) for each in (exercise, dataclasses.replace(exercise, uses="torch"))
    ]
    for name in ("test_rnn_step.py", "exercise.py", "mistakes.py"):
        keys.append(classroom._exercise_hash(copied))
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write("# changed\n")
    keys.append(classroom._exercise_hash(copied))
    assert keys[0] == keys[2] and len(set(keys)) == len(keys) - 1


def test_every_module_of_the_grader_decides_about_points_too(monkeypatch):
    program = "import sys, minirnn.course.grading.engine\n"
    program += (
        "print(*(m.__file__ for n, m in sys.modules.items() if n.startswith('minirnn.course.')), sep='\\n')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    read, real = set(), Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: (read.add(path.name), real(path))[1])
    classroom._exercise_hash(bank.find("rnn_step"))
    grader = {Path(file).name for file in done.stdout.split("\n") if file.strip()}
    assert {"engine.py", "exercise_files.py", "checks.py", "values.py"} < grader <= read
    by_path = {"child.py", "limits.py", "rules.py", "theirs.py", "wire.py"}
    assert by_path < read, "what the learner's process loads by path"


def test_what_belongs_to_a_learner_who_left_is_removed_and_nothing_else(tmp_path):
    both = [Submission("ada", {}, notes=["a note"]), Submission("Ben/Lee", {})]
    for submissions in (both, both[:1]):
        grades = grade_class(submissions, [bank.find("rnn_step")], tmp_path)
        for name in formats.FORMATS:
            formats.FORMATS[name](grades, tmp_path)
        (tmp_path / "feedback" / "of the teacher.md").write_text("kept")
    pages = sorted(
        path.name for folder in ("feedback", "gradescope") for path in (tmp_path / folder).iterdir()
    )
    assert pages == ["ada.json", "ada.md", "of the teacher.md"]


def test_files_of_learners_never_collide():
    learners = ["ada", "Ada", "con", "a/b", "a b", "x" * 300, "x" * 301, "Zoë", "\udceb", "..", "𠀀" * 90]
    names = classroom.filenames(learners)
    assert len({name.casefold() for name in names.values()}) == len(learners)
    for name in names.values():
        assert re.fullmatch(r"[\w-]+", name) and len(name.encode()) < 200 and name.lower() != "con"


def test_two_submissions_of_one_name_are_refused(tmp_path):
    with pytest.raises(ValueError, match="two submissions are of 'ada'"):
        grade_class([Submission("ada"), Submission("ada")], [bank.find("rnn_step")], tmp_path)


def die_at_one(place, exercise, data, seed):
    import os

    if b"# die" in data:
        os._exit(1)
    return grade_one(place, exercise, data, seed)


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
    text = (tmp_path / "grades.csv").read_text(encoding="utf-8-sig")
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


NASTY = "[x](javascript:y) <script>z</script> *a* |b| &amp; _c_ # `d`\n- e"


def test_a_name_is_text_in_every_format(tmp_path):
    submissions = [
        Submission(NASTY, notes=[NASTY]),
        Submission("Zo\udceb", notes=["Zo\udceb"]),
        Submission("＝cmd"),
        Submission(" =cmd"),
        Submission("Zoë"),
    ]
    grades = grade_class(submissions, [bank.find("rnn_step")], tmp_path, passed_over=[NASTY])
    for name in formats.FORMATS:
        formats.FORMATS[name](grades, tmp_path)
    parts = report.tables(grades, names=True)
    assert "<script>z" not in report.as_html(parts)
    pages = [report.as_markdown(parts)]
    pages += [path.read_text("utf-8") for path in (tmp_path / "feedback").iterdir()]
    pages.append((tmp_path / "grades.md").read_text("utf-8"))
    for page in pages:
        assert "[x](" not in page.replace("\\[", "") and page.encode()
        assert "<script>z" not in page
    for page in (pages[0], pages[-1]):
        lines = [line for line in page.splitlines() if "javascript" in line and line.startswith("|")]
        assert lines and all(len(re.findall(r"(?<!\\)\|", line)) in (3, 4) for line in lines)
        assert all(mark in lines[0] for mark in (r"\*a\*", r"\|b\|", "&amp;amp;", r"\_c\_", r"\`d\`", r"\# "))
    assert (tmp_path / "grades.csv").read_bytes().startswith(b"\xef\xbb\xbfassignment,")
    rows = list(csv.DictReader((tmp_path / "grades.csv").read_text("utf-8-sig").splitlines(keepends=True)))
    assert {row["student_id"].strip("' ")[:4] for row in rows} == {"[x](", "Zo\\u", "＝cmd", "=cmd", "Zoë"}
    assert {"'＝cmd", "' =cmd"} <= {row["student_id"] for row in rows}


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


def test_the_autograder_chooses_as_teach_grade_does_and_says_so(tmp_path):
    """By one function; what is said of a class must be said of its learners, too."""
    right, wrong = solution("rnn_step"), b"def rnn_step(*_):\n    return 0\n"
    root = service(tmp_path, {"rnn_step.py": right, "notes.txt": b""})
    (root / "submission" / "old").mkdir()
    (root / "submission" / "old" / "rnn_step.py").write_bytes(wrong)
    data = run_autograder(root)
    assert data["score"] == bank.find("rnn_step").points
    assert "2 different files; graded rnn_step.py, not old/rnn_step.py" in data["output"]
    assert "Passed over: notes.txt" in data["output"]
    (root / "class").mkdir()
    (root / "submission").rename(root / "class" / "ada")
    (ada,) = collect(root / "class", ["rnn_step"])
    assert ada.files == take_one(root / "class" / "ada", ["rnn_step"]).files == {"rnn_step": right}


def test_autograder_that_crashes_in_the_middle_leaves_what_it_had(tmp_path):
    root = service(
        tmp_path, {"rnn_step.py": solution("rnn_step"), "rnn_unroll.py": b"x = 1"}, only="vanilla_rnn"
    )
    engine_file = root / "source" / "minirnn" / "course" / "grading" / "engine.py"
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
    (root / "source" / "minirnn" / "course" / "teacher" / "gradescope.py").write_text("raise SystemExit(3)\n")
    assert run_autograder(root)["score"] == 0


def test_the_pack_holds_only_what_was_chosen(tmp_path):
    with zipfile.ZipFile(gradescope.pack(tmp_path, ["rnn_step"], "s")) as archive:
        names = archive.namelist()
    assert bank.find("rnn_step").test_file.relative_to(bank.root()).as_posix() in names
    assert not [n for n in names if n.startswith("exercises/") and "/rnn_step/" not in n]
    assert not [n for n in names if "__pycache__" in n]


def test_collect_and_grade_together(tmp_path):
    for learner in ("ada", "ben"):
        (tmp_path / "class" / learner).mkdir(parents=True)
        (tmp_path / "class" / learner / "rnn_step.py").write_bytes(solution("rnn_step"))
    grades = grade_class(collect(tmp_path / "class", NAMES), chosen(), tmp_path / "out")
    assert [row["rnn_step"].passed for row in grades.results.values()] == [True, True]
    assert grades.seed != engine.PRACTICE
