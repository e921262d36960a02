"""The form of a lesson: is it as long as a lesson should be, and is everything there and in its place?

What a page cannot be built with, the builder says. Here are the rules for a page that can be built but would
serve its readers badly: each is a function that gives a sentence for each place where it is broken.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

from minirnn.base.errors import UserError
from minirnn.course import bank
from minirnn.course.site import lesson_pages, lessons
from minirnn.course.site.lessons import DIRECTIVE, Page
from minirnn.course.site.notebook import NOTE
from minirnn.course.site.text import head
from minirnn.course.site.text.blocks import HEADING, Block, cut, fenced

WORDS = range(2000, 2801)  # of main text
PARTS, CAN, CHECKS = range(3, 6), range(2, 5), 4
FIGURES, TABLES, PREDICTIONS, LINES = 7, 5, 6, 15  # at most; lines of an open cell of code
REMEMBER, ASKED, DIFFER = "What to remember", "Check yourself", "Where papers and programs differ"
END = (REMEMBER, ASKED, "What comes next", DIFFER, "Read on")


def check_lesson(root: Path, lesson: bank.Lesson) -> list[str]:
    """What is wrong with the form of a lesson, a sentence each; it is run if it has changed."""
    for page in lessons.load(root, [lesson]):
        if isinstance(page, UserError):
            return [str(page)]
        try:
            lesson_pages.markdown(root, page)
            found = list(problems(page))
        except UserError as error:
            return [str(error)]
        return [f"lessons/{page.path.name}: {sentence}" for sentence in found]
    return []


def problems(page: Page) -> Iterator[str]:
    """All rules, applied to a lesson that has run."""
    blocks = [block for cell in page.cells if cell.kind == "text" for block in cut(cell.text)]
    yield from _length(blocks)
    yield from _counts(page, blocks)
    yield from _code(page)
    yield from _numbers(page)
    yield from _parts(page, blocks)
    yield from _middle(blocks)
    yield from _end(blocks)
    yield from _checks(blocks)
    yield from _exercises(page.lesson, blocks)
    yield from _manifest(page.lesson, blocks)


def _title(block: Block) -> str:
    """Of a heading of the second level."""
    found = HEADING.fullmatch(block.text)
    return found["title"] if found and block.level == 2 else ""


def _main(blocks: list[Block]) -> Iterator[Block]:
    """What stands before the end."""
    return itertools.takewhile(lambda block: _title(block) != REMEMBER, blocks)


def words_open(blocks: list[Block]) -> int:
    """The words of the main text that stand open: without folds, reasons, exercises and tables."""
    total = 0
    for block in _main(blocks):
        text = block.text
        if block.kind in ("exercise", "part"):
            continue
        if block.kind == "predict":
            text = re.sub(r"\?\?\? predict \w+|- \([ x]\)", " ", text.partition("\n\n")[0])
        elif block.kind == "text":
            text = _open(text)
        text = re.sub(r"\$\$.*?\$\$|```.*?```|\]\([^)]*\)", " ", text, flags=re.DOTALL)
        total += sum(1 for word in text.split() if re.search(r"\w", word))
    return total


def _open(text: str) -> str:
    """Text without its folds, directives and rows of tables; the text of notes stays."""
    kept, folded = [], False
    for line in text.split("\n"):
        if line.strip() and not line.startswith("    "):
            folded = line.startswith("???")
        if not folded and not DIRECTIVE.fullmatch(line) and not line.startswith("|"):
            note = NOTE.fullmatch(line)
            kept.append((note["title"] or "") if note else line)
    return "\n".join(kept)


def _length(blocks: list[Block]) -> Iterator[str]:
    count = words_open(blocks)
    if count not in WORDS:
        yield f"length: {count:,} words of main text, expected {WORDS[0]:,} to {WORDS[-1]:,}."


def _counts(page: Page, blocks: list[Block]) -> Iterator[str]:
    shown = [output.kind for outputs in page.outputs.values() for output in outputs]
    drawn = "\n".join(block.text for block in _main(blocks) if block.kind == "text")
    typed = len(re.findall(r"^\|[ :|-]*-[ :|-]*\|$", drawn, re.MULTILINE))
    predicted = sum(block.kind == "predict" for block in blocks)
    for what, count, most in (
        ("figures", shown.count("figure"), FIGURES),
        ("tables", shown.count("table") + typed, TABLES),
        ("predictions", predicted, PREDICTIONS),
    ):
        if count > most:
            yield f"{what}: {count}, expected at most {most}."
    names = [block.text.split()[2] for block in blocks if block.kind == "predict"]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"predictions: two are called {name}."
    if re.search(r'^\?\?\?\+? question\b|^\?\?\?\+? \w+ "Predict', drawn, re.MULTILINE):
        yield "predictions: a fold asks for one; `??? predict` lets the reader answer."


def _code(page: Page) -> Iterator[str]:
    for cell in page.cells:
        count = sum(1 for line in cell.text.split("\n") if line.strip())
        if cell.kind == "code" and count > LINES:
            yield f"code: cell {cell.number} has {count} lines, expected at most {LINES}; or `# %% fold`."


def _numbers(page: Page) -> Iterator[str]:
    """A year at the beginning of a line, with a full stop after it, makes a list in Markdown."""
    for cell in page.cells:
        if cell.kind == "text":
            for at, (line, code) in enumerate(zip(cell.text.split("\n"), fenced(cell.text), strict=True)):
                if not code and (found := re.match(r" *(\d{2,}\.) ", line)):
                    yield f"lists: line {cell.line + at} begins with {found[1]}, which makes a list of it."


def _parts(page: Page, blocks: list[Block]) -> Iterator[str]:
    places = [place for place, block in enumerate(blocks) if block.kind == "part"]
    if len(places) not in PARTS:
        yield f"parts: {len(places)}, expected {PARTS[0]} to {PARTS[-1]}."
    if places[:1] != [0] or page.cells[0].kind != "text":
        yield "parts: the first one begins in the first line of the lesson."
    for place in places[1:]:
        after = [block for block in blocks[place + 1 :] if block.kind != "text" or block.text.strip()]
        if not after or not _title(after[0]):
            yield f"parts: {blocks[place].text} does not stand before a heading `##`."


def _middle(blocks: list[Block]) -> Iterator[str]:
    text = "\n".join(block.text for block in blocks if block.kind == "text")
    if (count := len(re.findall(r"^!!! sofar$", text, re.MULTILINE))) != 1:
        yield f"so far: {count} notes `!!! sofar`, expected one in the middle."


def _end(blocks: list[Block]) -> Iterator[str]:
    headings = [_title(block) for block in blocks if _title(block)]
    found = headings[headings.index(REMEMBER) :] if REMEMBER in headings else headings[-1:]
    wanted = [title for title in END if title != DIFFER or DIFFER in found]
    if found != wanted:
        yield f"end: the last headings are {', '.join(found)}; expected {', '.join(wanted)}."
    text = "\n".join(block.text for block in blocks)
    if "{{ keypoints }}" not in text.partition(f"## {REMEMBER}")[2].partition("\n## ")[0]:
        yield "end: {{ keypoints }} does not stand under What to remember."
    last = [line for line in text.split("\n") if line.strip() and not line.startswith("    ")][-1:]
    if not last or not last[0].startswith("??? teacher"):
        yield "end: the fold `??? teacher` is not the last thing."


def _checks(blocks: list[Block]) -> Iterator[str]:
    section, asked, elsewhere = "", [], 0
    for block in blocks:
        section = _title(block) or section
        folds = re.findall(r"^\?\?\? check\b.*\n((?:(?: {4}.*)?(?:\n|$))*)", block.text, re.MULTILINE)
        asked += folds if section == ASKED else []
        elsewhere += len(folds) * (section != ASKED)
    if len(asked) != CHECKS or elsewhere:
        yield f"checks: {len(asked)} folds `??? check` under {ASKED}, and {elsewhere} elsewhere, expected 4."
    if any(not answer.strip() for answer in asked):
        yield "checks: one has no answer."


def _exercises(lesson: bank.Lesson, blocks: list[Block]) -> Iterator[str]:
    shown = [block.text.split()[2] for block in blocks if block.kind == "exercise"]
    expected = [exercise.id for exercise in lesson.exercises if not exercise.instead_of]
    if shown != expected:
        yield f"exercises: the page has {', '.join(shown)}; the manifest has {', '.join(expected)}."


def _manifest(lesson: bank.Lesson, blocks: list[Block]) -> Iterator[str]:
    for key in ("objectives", "keypoints"):
        if not head.texts(lesson, key):
            yield f"manifest: `{key}` is missing."
    if len(can := head.texts(lesson, "can")) not in CAN:
        yield f"manifest: `can` has {len(can)} entries, expected {CAN[0]} to {CAN[-1]}."
    headings = {found["title"] for block in blocks if (found := HEADING.fullmatch(block.text))}
    for track, titles in lesson.fields.get("left_out", {}).items():
        for title in titles:
            if title not in headings:
                yield f"manifest: {track} leaves out {title!r}, which is no heading."
