"""A lesson that has run, written down: the page with its figures, the notebook, the script.

Directives, one by one, are expanded here, for the page and for the notebook. Files are written only when
their content changes, so that a server that watches them does not build for ever.
"""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from html import escape
from pathlib import Path

from minirnn.base.errors import UserError
from minirnn.base.wording import nearest
from minirnn.course import bank
from minirnn.course.exercise_files import Exercise
from minirnn.course.mentions import in_words
from minirnn.course.site import notebook
from minirnn.course.site.directives import (
    VALUE,
    attribute,
    facts,
    find,
    linked,
    listed,
    minutes,
    source,
    statement,
    valued,
)
from minirnn.course.site.lessons import CACHE, DIRECTIVE, Cell, Page
from minirnn.course.site.shown import code_block, pair, shown
from minirnn.course.site.text import predictions
from minirnn.course.site.text.blocks import Block, boxed, cut, fenced
from minirnn.course.site.text.foot import foot
from minirnn.course.site.text.head import head
from minirnn.course.site.text.parts import mark, titles

PAGES = Path("docs") / "lessons"
WIDGETS = Path(__file__).parents[3] / "docs" / "widgets"
API = ("scan", "layers", "blocks", "lm", "newton", "tasks", "pretrained")  # pages of docs/api
DIRECTIVES = ("exercise", "keypoints", "minutes", "objectives", "part", "source", "value", "widget")
HINTS = ("an idea", "the place", "almost the code")
WHICH = "The same exercise twice: with lists, and with numpy. Do one; it counts once."
MOVED = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="canonical" href="../{id}/">
<meta name="robots" content="noindex">
<script>location.replace("../{id}/" + location.search + location.hash)</script>
<meta http-equiv="refresh" content="0; url=../{id}/">
</head>
<body>
<h1>{title}</h1>
<p>This lesson has a <a href="../{id}/">new address</a>.</p>
</body>
</html>
"""  # the script keeps the part of the page that was asked for; without it the refresh does the work


def write(root: Path, page: Page) -> None:
    """Write docs/lessons/<id>.md and what lies in the folder beside it. Raises UserError."""
    name, folder = page.lesson.id, root / PAGES / page.lesson.id
    text = markdown(root, page)
    folder.mkdir(parents=True, exist_ok=True)
    script = in_words(page.path.read_text(encoding="utf-8"), bank.load(root))
    files = {f"{name}.py": script, f"{name}.ipynb": notebook.make(root, page)}
    for outputs in page.outputs.values():
        for output in outputs:
            if output.kind == "figure":
                files |= pair(root / CACHE / page.lesson.name / output.content["file"])
    for file, content in files.items():
        write_changed(folder / file, content)
    for old in folder.iterdir():
        if old.name not in files:
            old.unlink()
    write_changed(root / PAGES / f"{name}.md", text)
    for before in page.lesson.formerly:
        moved = MOVED.format(id=name, title=escape(page.lesson.title))
        write_changed(root / PAGES / before / "index.html", moved)


def sweep(root: Path, chosen: list[bank.Lesson]) -> None:
    """Remove the pages of lessons that are no more, and what lies where one has moved away."""
    pages = {name for lesson in chosen for name in (lesson.id, f"{lesson.id}.md")}
    moved = {old for lesson in chosen for old in lesson.formerly}
    for path in (root / PAGES).glob("*") if (root / PAGES).is_dir() else ():
        if path.is_dir() and path.name in moved:
            for file in path.iterdir():
                if file.name != "index.html":
                    file.unlink()
        elif path.name not in pages:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def write_changed(path: Path, text: str) -> None:
    """Write a file if it does not hold this text already."""
    if not path.is_file() or path.read_bytes() != text.encode("utf-8"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))


def markdown(root: Path, page: Page) -> str:
    """The page in Markdown: its head from the manifest, then the cells with what they showed."""
    _all_used(page)
    blocks: list[Block] = []
    scripts: list[str] = []
    parts = iter(range(1, len(titles(page.cells)) + 1))
    for cell in page.cells:
        outputs, kept = page.outputs.get(cell.number, []), root / CACHE / page.lesson.name
        if cell.kind == "text":
            blocks += expand(root, page, cell, scripts, parts)
        elif cell.kind == "code":
            blocks += [Block("text", code_block(cell.text, "python")), Block("text", shown(kept, outputs))]
        else:
            blocks.append(Block("text", shown(kept, outputs, code=cell.text)))
    scripts = [f'<script type="module" src="../../{script}"></script>' for script in dict.fromkeys(scripts)]
    made = [head(root, page.lesson), *boxed(blocks, kept_by(page.lesson)), foot(root, page.lesson), *scripts]
    return "\n\n".join(text for text in made if text.strip()) + "\n"


def _all_used(page: Page) -> None:
    """Raises UserError for a value that was told but that no text asks for."""
    texts = [cell.text for cell in page.cells if cell.kind == "text"]
    text = "\n".join([*texts, *page.lesson.fields.get("keypoints", [])])
    used = {found["name"] for found in VALUE.finditer(text)}
    used |= set(re.findall(r"^ *curve: *(\w+)", text, re.MULTILINE))
    if unused := sorted(page.told.keys() - used):
        raise UserError(f"lessons/{page.path.name} tells {unused[0]}, but no text asks for it.")


def kept_by(lesson: bank.Lesson) -> dict[str, list[str]]:
    """For each heading that some tracks of the lesson leave out, the tracks that do not."""
    tracks, left = lesson.fields.get("tracks", []), lesson.fields.get("left_out", {})
    named = {title for track in left for title in left[track]}
    return {title: [track for track in tracks if title not in left.get(track, [])] for title in named}


def expand(root: Path, page: Page, cell: Cell, scripts: list[str], parts: Iterator[int]) -> list[Block]:
    """The text of a cell as blocks, their directives done.

    scripts: gets the modules that the page needs. parts: the number of each part, as it comes.
    """
    lines = cell.text.split("\n")
    for number, (line, code) in enumerate(zip(lines, fenced(cell.text), strict=True)):
        where = page.where(cell, number)
        if not code:
            if line.startswith("# "):
                raise UserError(f"{where}: the title comes from lessons/course.toml; headings start at `##`.")
            lines[number] = valued(page, linked(root, line, "", where), where)
    return [_expanded(root, page, cell, block, scripts, parts) for block in cut("\n".join(lines))]


def _expanded(
    root: Path, page: Page, cell: Cell, block: Block, scripts: list[str], parts: Iterator[int]
) -> Block:
    """The block with its directives done."""
    where, lines = page.where(cell, block.line), block.text.split("\n")
    if block.kind == "predict":
        asked = predictions.parse(lines, where)
        text = predictions.on_page(asked, page.lesson.id, page.told, where)
        return replace(block, text=text, name=asked.name)
    if block.kind == "part":
        return replace(block, text=mark(page.lesson, titles(page.cells), next(parts)))
    for number, (line, code) in enumerate(zip(lines, fenced(block.text), strict=True), block.line):
        where = page.where(cell, number)
        if predictions.START.fullmatch(line) and not code:
            predictions.parse([line], where)  # which says that it must not be indented
        found = None if code else DIRECTIVE.fullmatch(line)
        if found:
            text = _directive(root, page, found["words"].split(), where, scripts)
            if found["indent"] and "<div" in text:
                raise UserError(f"{where}: {line.strip()} must not be indented.")
            lines[number - block.line] = textwrap.indent(text, found["indent"])
        elif line.strip() == "!!! sofar" and not code:
            lines[number - block.line] = line.rstrip() + ' "So far"'
    return replace(block, text="\n".join(lines))


def _directive(root: Path, page: Page, words: list[str], where: str, scripts: list[str]) -> str:
    match words:
        case ["objectives" | "keypoints" as key]:
            return listed(page, key, where)
        case ["minutes"]:
            return minutes(root, page, where)
        case ["source", "open", path, *names]:
            code = source(root, path, names, where)
            return f"{code_block(code, 'python', title=path)}\n{_api_link(path)}".rstrip()
        case ["source", path, *names]:
            code = f"{code_block(source(root, path, names, where), 'python')}\n{_api_link(path)}".rstrip()
            return f'??? code "{path}"\n\n' + textwrap.indent(code, "    ")
        case ["exercise", name]:
            return _exercise(page, find(page, name, where), where, scripts)
        case ["widget", name, *settings]:
            if name not in (known := widgets()):
                raise UserError(f"{where}: there is no widget {name!r}: known are {', '.join(known)}.")
            scripts.append(f"widgets/{name}.js")
            attributes = "".join(f" {attribute(setting, where)}" for setting in settings)
            return f'<div class="widget"><minirnn-{name}{attributes}></minirnn-{name}></div>'
        case _:
            raise UserError(f"{where}: unknown directive `{{{{ {' '.join(words)} }}}}`: {_advice(words)}")


def _advice(words: list[str]) -> str:
    """What to do about a directive that is none."""
    kind = words[0] if words else ""
    if kind in DIRECTIVES:
        return f"docs/write-a-lesson.md shows how {kind} is written."
    return nearest(kind, DIRECTIVES) or f"known are {', '.join(DIRECTIVES)}."


@cache
def widgets() -> list[str]:
    """The interactive figures: each has a file of its name that defines its element."""
    return sorted(
        path.stem
        for path in WIDGETS.glob("*.js")
        if f'define("minirnn-{path.stem}"' in path.read_text(encoding="utf-8")
    )


def _exercise(page: Page, exercise: Exercise, where: str, scripts: list[str]) -> str:
    """An exercise; with that which asks the same of lists, if there is one, as two tabs."""
    if exercise.instead_of:
        tab = f"{exercise.id} stands in a tab of {exercise.instead_of}"
        raise UserError(f"{where}: {tab}: write {{{{ exercise {exercise.instead_of} }}}}.")

    def one(each: Exercise, kind: str = "") -> str:
        scripts.extend(["python/exercise.js"] * each.runs_in_page)
        return exercise_text(each, kind)

    with_lists = [each for each in page.lesson.exercises if each.instead_of == exercise.id]
    if not with_lists:
        return one(exercise)
    return "\n\n".join(
        [
            '<div class="tabs-exercise" data-kinds="lists arrays" markdown="1">',
            f'<p class="tabs-which">{WHICH}</p>',
            one(with_lists[0], "lists"),
            one(exercise, "arrays"),
            "</div>",
        ]
    )


def _api_link(path: str) -> str:
    part = Path(path).with_suffix("").parts[1]
    return f"[More of this in the reference](../api/{part}.md){{ .source-link }}" if part in API else ""


def exercise_text(exercise: Exercise, kind: str = "") -> str:
    """An exercise as part of a page: statement, where to write, hints; no solution. kind: lists or arrays.

    Where it can be solved in the page, the page also holds its debrief, for whoever has solved it to see.
    """
    readme = exercise.readme(drawn=True)
    data = f' data-kind="{kind}"' if kind else ""
    parts = [
        f'<div class="exercise"{data} markdown="1">',
        f"### Exercise: {exercise.title} {{ #exercise-{exercise.id} }}",
        f"{facts(exercise)}\n{{ .exercise-facts }}",
        statement(exercise),
    ]
    if exercise.runs_in_page:
        fallback = "To write and check it here, in the page, JavaScript is needed."
        tag = f'minirnn-exercise data-id="{exercise.id}" data-uses="{exercise.uses}"'
        parts.append(f"<div><{tag}>{fallback}</minirnn-exercise></div>")
    parts.append(
        f"On your computer: `minirnn check {exercise.id} --watch`, and write in `{exercise.filename}`\n"
        "{ .exercise-start }"
    )
    for number, hint in enumerate(readme["hints"], 1):
        title = f"Hint {number}: {HINTS[min(number, len(HINTS)) - 1]}"
        parts.append(f'??? tip "{title}"\n\n' + textwrap.indent(hint, "    "))
    if exercise.runs_in_page:
        tag = '<template class="debrief" data-search-exclude markdown="1">'
        parts.append(f"{tag}\n\n{readme['debrief']}\n\n</template>")
    return "\n\n".join([*parts, "</div>"])
