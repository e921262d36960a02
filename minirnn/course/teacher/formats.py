"""Grades as other programs read them: csv, json, junit, gradescope, markdown.

    csv         one row for each learner and exercise, with the columns that grade books know
    json        grades.json: everything, down to each rung
    junit       one test suite for each learner and exercise, for continuous integration
    gradescope  one results.json for each learner, as that service shows it
    markdown    a table of the class, and feedback for each learner

A learner's texts are data: a cell that a spreadsheet would run as a formula is made a text, and nothing of
theirs reaches XML or Markdown unescaped, or steers a terminal. What is no text is written out in escapes.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from minirnn.base.files import write_atomic
from minirnn.base.strict_json import json_text
from minirnn.base.wording import printable, valid_text
from minirnn.course import bank
from minirnn.course.grading.engine import Result, Rung
from minirnn.course.teacher.classroom import Grades, filenames

COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
    "verdict",
    "misconception",
    "sha256",
)
FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # a cell that begins so is run, or may be
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def verdict(result: Result) -> str:
    """In one word how a file did: "passed", or why its first failing rung failed."""
    failed = result.first_failure
    return "passed" if failed is None else failed.status


def possible(result: Result) -> int:
    """The points there were to earn."""
    return sum(rung.points for rung in result.rungs)


def title(rung: Rung) -> str:
    """The name of a rung as people read it."""
    return rung.name.removeprefix("test_").replace("_", " ")


def feedback(result: Result, rung: Rung) -> str:
    """What a learner is told about one rung, in plain lines."""
    if rung.passed:
        return ""
    lines = [rung.message]
    if rung.where:
        lines.append(rung.where)
    lines += ["  ".join(f"{cell:>12}" for cell in row) for row in rung.table]
    if result.diagnosis and rung is result.first_failure:
        lines.append(result.diagnosis)
    return printable("\n".join(lines))


def write_csv(grades: Grades, folder: Path) -> list[Path]:
    """grades.csv, in UTF-8 with the mark by which Excel knows it."""
    stream = io.StringIO()
    table = csv.DictWriter(stream, COLUMNS, restval="", lineterminator="\r\n")
    table.writeheader()
    for learner, row in grades.results.items():
        for name, result in row.items():
            values = {
                "assignment": name,
                "student_id": learner,
                "raw_score": result.points,
                "late_submission_penalty": 0,
                "score": result.points,
                "max_score": possible(result),
                "verdict": verdict(result),
                "misconception": result.mistake,
                "sha256": result.sha256,
            }
            table.writerow({key: _cell(value) for key, value in values.items()})
    write_atomic(folder / "grades.csv", "\ufeff" + valid_text(stream.getvalue()))
    return [folder / "grades.csv"]


def _cell(value: Any) -> Any:
    return "'" + value if isinstance(value, str) and value.lstrip(" \xa0")[:1] in FORMULA else value


def write_json(grades: Grades, folder: Path) -> list[Path]:
    """grades.json."""
    return [grades.save(folder)]


def write_junit(grades: Grades, folder: Path) -> list[Path]:
    """junit.xml."""
    top = ElementTree.Element("testsuites", name="minirnn")
    for learner, row in grades.results.items():
        for name, result in row.items():
            failed = [rung for rung in result.rungs if not rung.passed]
            suite = ElementTree.SubElement(
                top,
                "testsuite",
                name=_xml(f"{learner}/{name}"),
                tests=str(len(result.rungs)),
                failures=str(len(failed)),
                errors="0",
                skipped="0",
                time=f"{result.seconds:.3f}",
            )
            for rung in result.rungs:
                case = ElementTree.SubElement(
                    suite, "testcase", classname=_xml(f"{learner}.{name}"), name=title(rung), time="0"
                )
                if not rung.passed:
                    failure = ElementTree.SubElement(
                        case, "failure", type=_xml(rung.status), message=_xml(rung.message)
                    )
                    failure.text = _xml(feedback(result, rung))
    ElementTree.indent(top)
    text = ElementTree.tostring(top, encoding="unicode", xml_declaration=False)
    write_atomic(folder / "junit.xml", f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n')
    return [folder / "junit.xml"]


def _xml(text: str) -> str:
    return NOT_XML.sub("?", valid_text(text))


def gradescope(results: dict[str, Result], notes: Iterable[str] = ()) -> dict[str, Any]:
    """One learner's results as Gradescope takes them: every rung a test, all visible, so that totals show."""
    tests = []
    solved = f"{sum(result.passed for result in results.values())} of {len(results)} exercises solved."
    for number, (name, result) in enumerate(results.items(), 1):
        for place, rung in enumerate(result.rungs, 1):
            tests.append(
                {
                    "name": f"{name}: {title(rung)}",
                    "number": f"{number}.{place}",
                    "score": rung.points if rung.passed else 0,
                    "max_score": rung.points,
                    "status": "passed" if rung.passed else "failed",
                    "output": feedback(result, rung),
                    "output_format": "text",
                    "visibility": "visible",
                }
            )
    return {
        "score": sum(result.points for result in results.values()),
        "output": printable("\n".join([solved, *notes])),
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
        "extra_data": {"sha256": {name: result.sha256 for name, result in results.items()}},
    }


def write_gradescope(grades: Grades, folder: Path) -> list[Path]:
    """gradescope/<learner>.json."""
    paths = []
    for learner, name in filenames(grades.results).items():
        path = folder / "gradescope" / f"{name}.json"
        path.parent.mkdir(exist_ok=True)
        data = gradescope(grades.results[learner], grades.notes.get(learner, []))
        write_atomic(path, json_text(data, indent=1) + "\n")
        paths.append(path)
    return paths


def write_markdown(grades: Grades, folder: Path) -> list[Path]:
    """grades.md, and feedback/<learner>.md."""
    names = grades.exercises
    lines = ["# Grades", "", "| learner | points | " + " | ".join(names) + " |"]
    lines.append("| --- | ---: | " + " | ".join("---" for _ in names) + " |")
    for learner, row in grades.results.items():
        total = f"{sum(r.points for r in row.values())}/{sum(map(possible, row.values()))}"
        cells = [f"{row[name].points}/{possible(row[name])} {verdict(row[name])}" for name in names]
        lines.append(f"| {escaped(learner)} | {total} | " + " | ".join(cells) + " |")
    paths = [folder / "grades.md"]
    if grades.passed_over:
        lines += ["", "Passed over:", "", *(f"- {escaped(each)}" for each in grades.passed_over)]
    write_atomic(paths[0], valid_text("\n".join(lines) + "\n"))
    for learner, name in filenames(grades.results).items():
        path = folder / "feedback" / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        text = _for_learner(learner, grades.results[learner], grades.notes.get(learner, []))
        write_atomic(path, valid_text(text))
        paths.append(path)
    return paths


def _for_learner(learner: str, row: dict[str, Result], notes: list[str]) -> str:
    total = f"{sum(r.points for r in row.values())} of {sum(map(possible, row.values()))} points"
    lines = [f"# {escaped(learner)}: {total}", ""]
    lines += [f"- {escaped(note)}" for note in notes] + ([""] if notes else [])
    titles = {exercise.id: exercise.title for exercise in bank.exercises()}
    for name, result in row.items():
        lines += [f"## {titles.get(name, name)} ({name}): {result.points} of {possible(result)} points", ""]
        for rung in result.rungs:
            lines.append(f"- {title(rung)}: {'passed' if rung.passed else 'not passed'} ({rung.points})")
        if (failed := result.first_failure) is not None:
            lines += ["", *("    " + line for line in feedback(result, failed).splitlines())]
        if result.sha256:
            lines += ["", f"Graded file: sha256 {result.sha256[:16]}"]
        lines.append("")
    return "\n".join(lines)


def escaped(text: str) -> str:
    """A learner's text inside a line of Markdown, also where that lets HTML through."""
    marked = re.sub(r"([\\`*_{}\[\]|#~!$])", r"\\\1", " ".join(text.split()))
    return marked.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


FORMATS: dict[str, Callable[[Grades, Path], list[Path]]] = {
    "csv": write_csv,
    "json": write_json,
    "junit": write_junit,
    "gradescope": write_gradescope,
    "markdown": write_markdown,
}
