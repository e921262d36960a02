"""The pages that are made from data: the map of the course, the exercises, the results."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from minirnn.base.errors import UserError
from minirnn.course import bank
from minirnn.course.figures import said
from minirnn.course.results import FOLDER, result_name
from minirnn.course.results import path as result_path
from minirnn.course.site import lessons, timetables
from minirnn.course.site.directives import linked, teaching_and_exercises
from minirnn.course.site.shown import both, figure, numbers, pair
from minirnn.course.site.text import head
from minirnn.course.teacher.plan import suited

TRACKS = {
    "school": "no calculus, no torch: lists of numbers, and Python in the page",
    "university": "everything, with derivations and torch",
}
USES = {"python": "in the page", "numpy": "in the page, with numpy", "torch": "on your computer"}
SPREAD = {"median", "min", "max", "seeds", "mean", "std"}
# What needs a machine that not everybody has: listed also before it is measured. Name -> the question.
AWAITED = {
    "scan-gpu": "How fast is the scan on a GPU?",
    "train-gpu": "How low does each preset get on a GPU, in the same time?",
}
ROWS = 40  # of a table of results; the file has them all
TABLE = re.compile(r'--8<-- "assets/tables/((?P<result>[\w-]+)/(?P<keys>[\w.-]+))\.txt"')


def all_pages(root: Path) -> dict[str, str]:
    """All of them: name in docs/ -> text."""
    written = {lesson.id for lesson in lessons.written(root)}
    made = {
        "course.md": course(root, written),
        "exercises.md": exercises(root, written),
        "results.md": results(root),
        "assets/symbols.txt": symbols(root),
        **timetables.all_timetables(root, written),
        **all_tables(root),
    }
    for path in sorted((root / FOLDER).glob("*.json")):
        made[f"assets/results/{path.name}"] = path.read_text(encoding="utf-8")
        image = root / "docs" / "images" / f"{result_name(path)}.svg"
        if image.is_file():
            made |= {f"assets/results/{name}": drawn for name, drawn in pair(image).items()}
    return made


def course(root: Path, written: set[str]) -> str:
    """The map: every lesson with its question, what one can do after it, what it needs and how long it is."""
    all_lessons = bank.load(root)
    titles = {lesson.id: lesson.title for lesson in all_lessons}
    parts = ["# The map of the course", _tracks(all_lessons)]
    for lesson in all_lessons:
        title = _link(lesson.id, lesson.title, written)
        needs = [_link(each, titles.get(each, each), written) for each in lesson.fields.get("requires", [])]
        line = ["to come" if lesson.planned else teaching_and_exercises(lesson)]
        line += ["elective"] if lesson.fields.get("elective") else []
        line += [f"{track} track" for track in lesson.fields.get("tracks", [])]
        line += [f"after {', '.join(needs)}"] if needs else []
        objectives = "\n".join(f"- {text}" for text in lesson.fields.get("objectives", []))
        parts += [
            f"## {lesson.number:02} {title} {{ #{lesson.id} }}",
            f"{lesson.fields.get('question', '')}\n{{ .lesson-question }}",
            f"{' · '.join(line)}\n{{ .lesson-facts }}",
            f"After it you can:\n\n{objectives}" if objectives else "",
        ]
    return _joined(parts)


def _tracks(all_lessons: tuple[bank.Lesson, ...]) -> str:
    lines = ["| track | who it is for | lessons | teaching | exercises |", "|---|---|---|---|---|"]
    for track, who in TRACKS.items():
        mine = [each for each in all_lessons if track in each.fields.get("tracks", []) and not each.planned]
        teaching = sum(lesson.teaching.get(track, 0) for lesson in mine)
        minutes = sum(exercise.minutes for lesson in mine for exercise in suited(lesson, track))
        numbers = ", ".join(f"{lesson.number:02}" for lesson in mine)
        lines.append(f"| {track} | {who} | {numbers} | {_hours(teaching)} | {_hours(minutes)} |")
    return "\n".join(lines)


def exercises(root: Path, written: set[str]) -> str:
    """All exercises by lesson: what each takes and where it is."""
    parts = [
        "# Exercises",
        "Each stands in its lesson, where it is needed. Those that need no torch can be solved there, in the "
        "page; all of them on your computer, with the same checks and the same words. For some the page "
        "fetches numpy first, once.",
    ]
    for lesson in bank.load(root):
        if not lesson.exercises:
            continue
        lines = ["| exercise | minutes | points | difficulty | where |", "|---|---|---|---|---|"]
        for exercise in lesson.exercises:
            title = _link(lesson.id, exercise.title, written, f"#exercise-{exercise.id}")
            lines.append(
                f"| {title} `{exercise.id}` | {exercise.minutes} | {exercise.points} "
                f"| {exercise.difficulty} of 5 | {USES[exercise.uses]} |"
            )
        parts += [f"## {lesson.number:02} {lesson.title}", "\n".join(lines)]
    return _joined(parts)


def symbols(root: Path) -> str:
    """The signs of all lessons, with the lesson where each is new: rows for the glossary's table."""
    rows: dict[tuple[str, str], list[str]] = {}
    for lesson in bank.load(root):
        for sign, code, meaning in head.symbols(lesson):
            rows.setdefault((sign, code), [sign, code, meaning, f"{{{{ number {lesson.id} }}}}"])
    table = head.symbol_table(["", "", "", ""], list(rows.values())).split("\n", 2)[2]
    return linked(root, table, "lessons/", str(bank.MANIFEST))


def _link(lesson: str, title: str, written: set[str], anchor: str = "") -> str:
    return f"[{title}](lessons/{lesson}.md{anchor})" if lesson in written else title


def _hours(minutes: int) -> str:
    return f"{minutes // 60} h {minutes % 60:02d}"


def _joined(parts: list[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def results(root: Path) -> str:
    """What was measured, from benchmarks/results: question, picture, verdict, numbers, command."""
    parts = [
        "---\nsearch:\n  boost: 0.5\n---",
        "# Results",
        "Every number here was measured by a script of the project, on the machine named beside it. The "
        "command under it measures it again.",
    ]
    known: set[str] = set()
    for path in sorted((root / FOLDER).glob("*.json")):
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise UserError(f"{path} is broken: {error}.") from None
        # The same was measured on several machines: the first has the short anchor.
        parts += _result(root, path, data, anchor=path.stem if result_name(path) in known else "")
        known.add(result_name(path))
    for name, question in AWAITED.items():
        if name not in known:
            title = _title(_doc(root, name) or question)
            parts += [
                f"## {title} {{ #{name} }}",
                "**Not yet measured.** It needs a computer with an NVIDIA GPU. There, this measures it:",
                f"```\npython benchmarks/{name.replace('-', '_')}.py\n```",
            ]
    return _joined(parts)


def all_tables(root: Path) -> dict[str, str]:
    """The tables of results that pages in docs/ include, in Markdown: name in docs/ -> text.

    A page includes a table by the name of the result and the keys that lead to it, in which a hyphen stands
    for what is no letter or digit:

        --8<-- "assets/tables/many-devices/arithmetic.time.txt"

    Raises UserError naming the page where there is no such result or no such table.
    """
    made: dict[str, str] = {}
    for page in sorted((root / "docs").glob("*.md")):
        for found in TABLE.finditer(page.read_text(encoding="utf-8")):
            try:
                table: Any = json.loads(result_path(root, found["result"]).read_text(encoding="utf-8"))
                for name in found["keys"].split("."):
                    table = {re.sub(r"\W+", "-", key): value for key, value in table.items()}[name]
            except (UserError, KeyError) as error:
                raise UserError(f"docs/{page.name} includes {found[1]}.txt: no {error}") from None
            made[f"assets/tables/{found[1]}.txt"] = _markdown(table)
    return made


def _markdown(rows: list[dict[str, Any]]) -> str:
    columns = list(dict.fromkeys(key for row in rows for key in row))
    lines = [columns, ["---"] * len(columns)]
    lines += [[_cell(row.get(column, "")) for column in columns] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _doc(root: Path, name: str) -> str | None:
    """What the script says that writes the result of that name."""
    script = _script(root, name)
    return ast.get_docstring(ast.parse(script.read_text(encoding="utf-8"))) if script else None


def _title(text: str) -> str:
    """The first sentence, on one line."""
    return " ".join(re.split(r"(?<=[?.])(?:\s|$)", text.strip())[0].rstrip(".").split())


def _result(root: Path, path: Path, data: dict[str, Any], anchor: str) -> list[str]:
    name = result_name(path)
    script, doc = _script(root, name), _doc(root, name)
    title = _title(doc or name.replace("-", " ").capitalize())
    machine = data.pop("machine", {})
    verdict = data.pop("verdict", None)
    data.pop("arithmetic", None)  # not measured: it is shown on the page that it belongs to
    if anchor and (host := machine.get("gpu") or machine.get("cpu")):
        title += f" ({host})"
    parts = [f"## {title} {{ #{anchor or name} }}"]
    image = root / "docs" / "images" / f"{name}.svg"
    if image.is_file():
        drawn = image.read_text(encoding="utf-8")
        alt = re.search(r"<desc>(.*?)</desc>", drawn, re.DOTALL)
        words = " ".join((alt[1] if alt else title).split())
        pictures = both(f"../assets/results/{image.stem}", image, words)
        parts.append(figure(pictures, "", ""))
    if isinstance(verdict, Mapping):
        parts.append(numbers([["what was to be seen", "seen"], *_statements(verdict)]))
    parts.append(_fold("The numbers", "\n".join(_tables("", data))))
    if doc:
        parts.append(_fold("How it is measured", f'<pre tabindex="0">{escape(doc)}</pre>'))
    keys = ("cpu", "gpu", "cores", "torch", "date", "commit")
    facts = [f"{key} {machine[key]}" for key in keys if machine.get(key)]
    remade = f"`python {script.relative_to(root).as_posix()}` · " if script else ""
    parts.append(f"{remade}[the file](assets/results/{path.name}) · {' · '.join(facts)}\n{{ .lesson-facts }}")
    return parts


def _statements(verdict: Mapping[str, Any], about: str = "") -> Iterator[list[str]]:
    """Each statement with yes or no; those of a part begin with its name."""
    for key, value in verdict.items():
        if isinstance(value, Mapping):
            yield from _statements(value, f"{about}{key}: ")
        else:
            yield [about + key, _cell(value)]


def _fold(title: str, html: str) -> str:
    return f'<details class="info"><summary>{title}</summary>\n{html}\n</details>'


def _script(root: Path, name: str) -> Path | None:
    """The script that writes the result of that name."""
    folder = "benchmarks/reproduce" if name.startswith("reproduce-") else "benchmarks"
    path = root / folder / f"{name.removeprefix('reproduce-').replace('-', '_')}.py"
    return path if path.is_file() else None


def _tables(title: str, value: Any) -> Iterator[str]:
    """A JSON value as tables: dicts of plain values are rows of one, deeper ones have their own."""
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        value = {str(number): each for number, each in enumerate(value, 1)}
    if not isinstance(value, Mapping):
        return
    flat = {key: _cell(each) for key, each in value.items() if _plain(each)}
    deep = {key: each for key, each in value.items() if not _plain(each)}
    inner = list(deep.values())
    if inner and all(isinstance(each, Mapping) and all(map(_plain, each.values())) for each in inner):
        columns = list(dict.fromkeys(key for each in inner for key in each))
        rows = [[key, *(_cell(each.get(column, "")) for column in columns)] for key, each in deep.items()]
        yield numbers([["", *columns], *rows[:ROWS]], title + _cut(rows))
        deep = {}
    if flat:
        yield numbers([["", "value"], *map(list, flat.items())], title)
    for key, each in deep.items():
        yield from _tables(f"{title}: {key}" if title else str(key), each)


def _cut(rows: list[Any]) -> str:
    return f" (the first {ROWS} of {len(rows)} rows)" if len(rows) > ROWS else ""


def _plain(value: Any) -> bool:
    """Does it fit into one cell? Numbers, words, short lists of them, and a median with its spread."""
    if isinstance(value, Mapping):
        return "median" in value and set(value) <= SPREAD
    if isinstance(value, list):
        return not any(isinstance(each, (Mapping, list)) for each in value)
    return True


def _cell(value: Any) -> str:
    if isinstance(value, Mapping):
        ends = [said(value[key]) for key in ("min", "max") if key in value]
        return said(value["median"]) + (f" ({' to '.join(ends)})" if ends else "")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(said(each) for each in value[:8]) + (", ..." if len(value) > 8 else "")
    return said(value)
