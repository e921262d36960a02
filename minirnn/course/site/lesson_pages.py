"""A lesson that has run, written down: the page with its figures, the notebook, the script.

Directives, one by one, are expanded here, for the page and for the notebook. Files are written only when
their content changes, so that a server that watches them does not build for ever.
"""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from html import escape
from pathlib import Path

from minirnn.base.errors import UserError
from minirnn.base.plots import narrow_path, recoloured
from minirnn.course import bank
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
from minirnn.course.site.lessons import CACHE, DIRECTIVE, Cell, Output, Page
from minirnn.course.site.text import predictions
from minirnn.course.site.text.blocks import Block, boxed, cut, fenced
from minirnn.course.site.text.foot import foot
from minirnn.course.site.text.head import head
from minirnn.course.site.text.parts import mark, titles

PAGES = Path("docs") / "lessons"
WIDGETS = Path(__file__).parents[3] / "docs" / "widgets"
API = ("scan", "layers", "blocks", "lm", "newton", "tasks", "pretrained")  # pages of docs/api
SIDES = re.compile(r'\b(width|height)="([\d.]+)pt"')
NUMBER = re.compile(r"[-+]?\.?\d")
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
    script = bank.in_words(page.path.read_text(encoding="utf-8"), bank.load(root))
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


def pair(path: Path) -> dict[str, str]:
    """A figure as drawn, for pages and for phones -> the same for light and for dark pages."""
    return {
        f"{each.stem}-{scheme}.svg": recoloured(each.read_text(encoding="utf-8"), dark=scheme == "dark")
        for each in (path, narrow_path(path))
        for scheme in ("light", "dark")
    }


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
            blocks += [Block("text", _fenced(cell.text, "python")), Block("text", _shown(kept, outputs))]
        else:
            blocks.append(Block("text", _shown(kept, outputs, code=cell.text)))
    scripts = [f'<script type="module" src="../../{script}"></script>' for script in dict.fromkeys(scripts)]
    made = [head(root, page.lesson), *boxed(blocks, kept_by(page.lesson)), foot(root, page.lesson), *scripts]
    return "\n\n".join(text for text in made if text.strip()) + "\n"


def _all_used(page: Page) -> None:
    """Raises UserError for a value that was told but that no text asks for."""
    text = "\n".join(cell.text for cell in page.cells if cell.kind == "text")
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
            return f"{_fenced(code, 'python', title=path)}\n{_api_link(path)}".rstrip()
        case ["source", path, *names]:
            code = f"{_fenced(source(root, path, names, where), 'python')}\n{_api_link(path)}".rstrip()
            return f'??? code "{path}"\n\n' + textwrap.indent(code, "    ")
        case ["exercise", name]:
            return _exercise(page, find(page, name, where), scripts)
        case ["widget", name, *settings]:
            if name not in (known := widgets()):
                raise UserError(f"{where}: there is no widget {name!r}: known are {', '.join(known)}.")
            scripts.append(f"widgets/{name}.js")
            attributes = "".join(f" {attribute(setting, where)}" for setting in settings)
            return f'<div class="widget"><minirnn-{name}{attributes}></minirnn-{name}></div>'
        case _:
            raise UserError(f"{where}: unknown directive `{{{{ {' '.join(words)} }}}}`.")


@cache
def widgets() -> list[str]:
    """The interactive figures: each has a file of its name that defines its element."""
    return sorted(
        path.stem
        for path in WIDGETS.glob("*.js")
        if f'define("minirnn-{path.stem}"' in path.read_text(encoding="utf-8")
    )


def _exercise(page: Page, exercise: bank.Exercise, scripts: list[str]) -> str:
    """An exercise; with that which asks the same of lists, if there is one, as two tabs."""

    def one(each: bank.Exercise, kind: str = "") -> str:
        in_page = bool(page.lesson.fields.get("runs_in_page")) and each.uses != "torch"
        scripts.extend(["python/exercise.js"] * in_page)
        return exercise_text(each, in_page, kind)

    with_lists = [each for each in page.lesson.exercises if each.instead_of == exercise.id]
    asked = "\n".join(cell.text for cell in page.cells)
    if not with_lists or f"{{{{ exercise {with_lists[0].id} }}}}" in asked:
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


def exercise_text(exercise: bank.Exercise, in_page: bool, kind: str = "") -> str:
    """An exercise as part of a page: statement, where to write, hints; no solution. kind: lists or arrays."""
    readme = exercise.readme(drawn=True)
    data = f' data-kind="{kind}"' if kind else ""
    parts = [
        f'<div class="exercise"{data} markdown="1">',
        f"### Exercise: {exercise.title} {{ #exercise-{exercise.id} }}",
        f"{facts(exercise)}\n{{ .exercise-facts }}",
        statement(exercise),
    ]
    if in_page:
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
    return "\n\n".join([*parts, "</div>"])


def _fenced(code: str, language: str, title: str = "") -> str:
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall(r"`{3,}", code))])
    title = f' title="{title}"' if title else ""
    return f"{fence}{{ .{language}{title} }}\n{code.rstrip()}\n{fence}"


def _shown(kept: Path, outputs: Sequence[Output], code: str = "") -> str:
    """What a cell showed. code: of a folded cell; a link below its last figure, or all, opens it."""
    last = max((n for n, output in enumerate(outputs) if output.kind == "figure"), default=-1)
    parts = [_output(kept, output, code if n == last else "") for n, output in enumerate(outputs)]
    if code and last < 0:
        parts.append(f'<div class="figure-links">{_code_link(code)}</div>')
    return "\n\n".join(parts)


def _output(kept: Path, output: Output, code: str = "") -> str:
    content = output.content
    if output.kind == "text":
        return _fenced(content["text"], "text .output") if content["text"].strip() else ""
    if output.kind == "table":
        return numbers(content["table"], content["caption"])
    path = kept / content["file"]
    caption = f"<span>{escape(content['caption'])}</span>" if content["caption"] else ""
    links = ""
    if content["table"]:
        links = _link("data", "numbers", numbers(content["table"], label="The numbers in this figure"))
    return figure(
        both(path.stem, path, escape(content["alt"])), caption, links + (_code_link(code) if code else "")
    )


def figure(images: str, caption: str, links: str) -> str:
    """Images with one line below them: the caption, and what opens more."""
    # A drawing for phones that is as wide as that for pages: there one scrolls it.
    sizes = re.findall(r'(?<= width=")\d+', images)
    wide = ' crowded" tabindex="0' if len(set(sizes)) == 1 else ""
    # Each tag on a line of its own: Markdown loses count of what is open otherwise.
    line = caption + (f'\n<div class="figure-links">\n{links}\n</div>' if links else "")
    line = f"<figcaption>\n{line}\n</figcaption>\n" if line else ""
    return f'<figure class="picture{wide}">\n{images}\n{line}</figure>'


def _link(kind: str, word: str, html: str) -> str:
    # No Markdown: that would need all around it to be Markdown too.
    return f'<details class="{kind}"><summary>{word}</summary>\n{html}\n</details>'


def _code_link(code: str) -> str:
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    html = highlight(code.rstrip(), PythonLexer(), HtmlFormatter(cssclass="highlight", wrapcode=True))
    return _link("code", "code", f"<div data-search-exclude>{html}</div>")


def both(stem: str, path: Path, alt: str) -> str:
    """A figure for light and for dark pages and for phones (`pair`) as HTML.

    stem: the address without -light.svg. path: of the figure as drawn.
    """
    # Known before it is loaded, so that the text below does not jump.
    size, narrow_size = (_size(each) for each in (path, narrow_path(path)))
    return "\n".join(
        f'<picture><source media="(max-width: 35em)" srcset="{stem}-narrow-{scheme}.svg" {narrow_size}>'
        f'<img src="{stem}-{scheme}.svg#only-{scheme}" alt="{alt}" {size} loading="lazy"></picture>'
        for scheme in ("light", "dark")
    )


def _size(path: Path) -> str:
    sides = SIDES.findall(path.read_text(encoding="utf-8"))[:2]
    return " ".join(f'{side}="{round(float(length))}"' for side, length in sides)


def numbers(rows: list[list[str]], caption: str = "", label: str = "Numbers") -> str:
    """Rows, the first of which is the header, as HTML that scrolls and is not searched.

    Columns without any number are words, set to the left as the first is.
    """
    columns = [cells for _, *cells in zip(*rows, strict=True)]
    kinds = ["", *("" if any(map(NUMBER.match, each)) else ' class="words"' for each in columns[1:])]
    first, *others = (
        [f"{kind}>{escape(cell)}" for cell, kind in zip(row, kinds, strict=True)] for row in rows
    )
    head = "".join(f'<th scope="col"{cell}</th>' for cell in first)
    body = "".join("<tr>" + "".join(f"<td{cell}</td>" for cell in row) + "</tr>\n" for row in others)
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    table = f'<table class="plain">{title}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table>'
    role = f'role="group" aria-label="{escape(caption or label)}" tabindex="0" data-search-exclude'
    return f'<div class="numbers" {role}>{table}</div>'
