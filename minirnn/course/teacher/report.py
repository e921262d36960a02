"""A report for the teacher: where the class stands, what stopped it, who is stuck.

Four tables: exercise by exercise, how many passed each rung; the misconceptions by count; the learners who
passed nothing beyond a stub in an exercise they began; points and their median. Names are replaced by
pseudonyms unless asked for, the same in every report of one run, so it can be shown to a class.
"""

import hashlib
import random
import statistics
from collections import Counter
from html import escape

from minirnn.base.wording import valid_text
from minirnn.course import bank
from minirnn.course.grading import diagnosis
from minirnn.course.grading.engine import Result
from minirnn.course.teacher.classroom import Grades
from minirnn.course.teacher.formats import escaped, possible, title, verdict

NOT_BEGUN = ("missing", "not begun")
STUCK = 1 / 3  # of the class or more fail first at this rung: worth a word in front of all
Table = tuple[str, str, list[str], list[list[str]]]  # title, sentence, header, rows


def pseudonyms(grades: Grades) -> dict[str, str]:
    """learner -> "Learner 07", in an order that tells nothing about the names."""
    order = sorted(grades.results)
    order_seed = hashlib.sha256(valid_text("/".join([grades.seed, *order])).encode()).hexdigest()
    random.Random(order_seed).shuffle(order)
    width = len(str(len(order)))
    return {learner: f"Learner {i:0{width}}" for i, learner in enumerate(order, 1)}


def tables(grades: Grades, names: bool = False) -> list[Table]:
    """All that the report shows."""
    known = {learner: learner for learner in grades.results} if names else pseudonyms(grades)
    return [
        _overview(grades),
        _rungs(grades),
        _misconceptions(grades),
        _stuck(grades, known),
        _points(grades, known),
    ]


def _results(grades: Grades, name: str) -> list[Result]:
    return [row[name] for row in grades.results.values()]


def _begun(result: Result) -> bool:
    return verdict(result) not in NOT_BEGUN


def _overview(grades: Grades) -> Table:
    rows = []
    for name in grades.exercises:
        results = _results(grades, name)
        begun = [result for result in results if _begun(result)]
        median = statistics.median(result.points for result in results)
        first = Counter(title(rung) for r in begun if (rung := r.first_failure) is not None)
        stop, count = first.most_common(1)[0] if first else ("", 0)
        talk = "yes" if count >= STUCK * len(results) else ""
        rows.append(
            [
                name,
                f"{sum(r.passed for r in results)} of {len(results)}",
                f"{len(results) - len(begun)}",
                f"{median:g} of {possible(results[0])}",
                f"{stop} ({count})" if stop else "",
                talk,
            ]
        )
    header = ["exercise", "solved", "not begun", "median points", "most often stopped at", "talk about it"]
    return (
        "Exercises",
        f"{len(grades.results)} learners. Stopped at: the first rung not passed.",
        header,
        rows,
    )


def _rungs(grades: Grades) -> Table:
    rows = []
    for name in grades.exercises:
        results = [result for result in _results(grades, name) if _begun(result)]
        for place, rung in enumerate(_results(grades, name)[0].rungs):
            passed = sum(result.rungs[place].passed for result in results)
            first = sum(result.first_failure is result.rungs[place] for result in results)
            rows.append([name, title(rung), f"{passed} of {len(results)}", str(first)])
    sentence = "Of those who began the exercise."
    return "Rungs", sentence, ["exercise", "rung", "passed", "first failure of"], rows


def _misconceptions(grades: Grades) -> Table:
    counts = Counter(
        (name, result.mistake)
        for name in grades.exercises
        for result in _results(grades, name)
        if result.mistake
    )
    rows = []
    for (name, mistake), count in counts.most_common():
        message = " ".join(diagnosis.mistakes_doc(bank.find(name), mistake).split())
        rows.append([str(count), name, mistake.replace("_", " "), message])
    sentence = "Recognised from what the learner's function returned."
    return "Misconceptions", sentence, ["learners", "exercise", "misconception", "what they were told"], rows


def _stuck(grades: Grades, known: dict[str, str]) -> Table:
    rows = []
    for learner in sorted(grades.results, key=known.__getitem__):
        begun = {name: r for name, r in grades.results[learner].items() if _begun(r)}
        stuck = [
            name
            for name, result in begun.items()
            if not result.passed and 2 * result.points < possible(result)
        ]
        if stuck:
            rows.append([known[learner], str(len(stuck)), ", ".join(stuck)])
    rows.sort(key=lambda row: -int(row[1]))
    sentence = "Began an exercise and have less than half of its points."
    return "Who is stuck", sentence, ["learner", "exercises", "which"], rows


def _points(grades: Grades, known: dict[str, str]) -> Table:
    totals = {learner: sum(r.points for r in row.values()) for learner, row in grades.results.items()}
    best = sum(possible(result) for result in next(iter(grades.results.values()), {}).values())
    rows = [
        [known[learner], str(total)] for learner, total in sorted(totals.items(), key=lambda p: known[p[0]])
    ]
    values = list(totals.values())
    middle = f"{statistics.median(values):g}" if values else "none"
    spread = ""
    if len(values) > 1:
        low, _, high = statistics.quantiles(values, n=4, method="inclusive")
        spread = f", the middle half from {low:g} to {high:g}"
    return "Points", f"Median {middle} of {best}{spread}.", ["learner", "points"], rows


def as_markdown(parts: list[Table]) -> str:
    """The report in Markdown."""
    lines = ["# How the class stands", ""]
    for name, sentence, header, rows in parts:
        lines += [f"## {name}", "", sentence, ""]
        if rows:
            lines += ["| " + " | ".join(header) + " |", "| " + " | ".join("---" for _ in header) + " |"]
            said = [escaped if column == "learner" else _cell for column in header]
            lines += [
                "| " + " | ".join(how(cell) for how, cell in zip(said, row, strict=True)) + " |"
                for row in rows
            ]
        else:
            lines.append("None.")
        lines.append("")
    return valid_text("\n".join(lines))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


STYLE = """
body {font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem}
body {color: #1a1a1a; background: #fff}
table {border-collapse: collapse; margin: .5rem 0 2rem}
th, td {border-bottom: 1px solid #bbb; padding: .25rem .75rem; text-align: left; vertical-align: top}
@media (prefers-color-scheme: dark) {body {color: #eee; background: #161616} th, td {border-color: #555}}
"""


def as_html(parts: list[Table]) -> str:
    """The report in HTML: one file, nothing from elsewhere."""
    lines = ['<!doctype html><html lang="en"><head><meta charset="utf-8">']
    lines += ['<meta name="viewport" content="width=device-width, initial-scale=1">']
    lines += [
        f"<title>How the class stands</title><style>{STYLE}</style></head><body><h1>How the class stands</h1>"
    ]
    for name, sentence, header, rows in parts:
        lines.append(f"<h2>{escape(name)}</h2><p>{escape(sentence)}</p>")
        if not rows:
            lines.append("<p>None.</p>")
            continue
        head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n" for row in rows
        )
        lines.append(f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>")
    return valid_text("\n".join([*lines, "</body></html>", ""]))
