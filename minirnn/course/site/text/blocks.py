"""The text of a lesson cut into blocks, so that some of them can be put into a box.

A veil begins after a prediction and ends at the next heading, prediction, exercise or part: until the reader
has guessed, the page hides what is in it. A section that a track leaves out is in a box of its own, from its
heading to the next that is not below it. What is indented belongs to one block, so no box begins or ends
within a note or a fold.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from minirnn.course.site.lessons import DIRECTIVE
from minirnn.course.site.text import predictions

HEADING = re.compile(r"(?P<marks>#{2,6}) (?P<title>.*?)(?P<attributes> *\{[^}]*\})? *")
PART = re.compile(r'\{\{ *part "(?P<title>[^"]+)" *\}\}')
ENDS = ("heading", "predict", "exercise", "part")  # what ends a veil


@dataclass(frozen=True)
class Block:
    """kind: text, or one of ENDS. line: that of its first line in the cell.

    level: of a heading. name: of a prediction.
    """

    kind: str
    text: str
    line: int = 0
    level: int = 0
    name: str = ""


def fenced(text: str) -> list[bool]:
    """For each line, whether it is code in a fence (or the fence itself)."""
    inside, fence = [], ""
    for line in text.split("\n"):
        mark = re.match(r"\s*(```+|~~~+)", line)
        inside.append(bool(fence or mark))
        if mark:
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
    return inside


def cut(text: str) -> Iterator[Block]:
    """The blocks of a cell of text: headings, predictions, exercises, parts, and what is between them."""
    lines, code = text.split("\n"), fenced(text)
    kept: list[str] = []
    begin = at = 0
    while at < len(lines):
        line, kind, end = lines[at], "", at + 1
        if not code[at] and not line.startswith((" ", "\t")):
            if heading := HEADING.fullmatch(line):
                kind = "heading"
            elif PART.fullmatch(line.strip()):
                kind = "part"
            elif predictions.START.fullmatch(line):
                kind = "predict"
                while end < len(lines) and (not lines[end].strip() or lines[end].startswith("    ")):
                    end += 1
            elif (found := DIRECTIVE.fullmatch(line)) and found["words"].split()[:1] == ["exercise"]:
                kind = "exercise"
        if not kind:
            kept.append(line)
        else:
            if kept:
                yield Block("text", "\n".join(kept), begin)
            level = len(heading["marks"]) if kind == "heading" and heading else 0
            yield Block(kind, "\n".join(lines[at:end]).rstrip("\n"), at, level)
            kept, begin = [], end
        at = end
    if kept:
        yield Block("text", "\n".join(kept), begin)


def boxed(blocks: list[Block], kept_by: Mapping[str, list[str]]) -> Iterator[str]:
    """The text of the blocks, in boxes. kept_by: for a heading that some tracks leave out, the others."""
    only, veiled = 0, False  # the level of the section that is in a box
    for block in blocks:
        if veiled and block.kind in ENDS:
            yield "</div>"
            veiled = False
        if only and (block.kind == "part" or 0 < block.level <= only):
            yield "</div>"
            only = 0
        if block.kind == "heading":
            heading = HEADING.fullmatch(block.text)
            assert heading
            tracks = kept_by.get(heading["title"])
            if tracks and not only:
                yield f'<div class="only" data-only="{" ".join(tracks)}" markdown="1">'
                only = block.level
                yield _with_badge(heading, tracks)
                continue
        yield block.text
        if block.kind == "predict":
            yield f'<div class="veil" id="veil-{block.name}" markdown="1">'
            veiled = True
    yield from ["</div>"] * (veiled + bool(only))


def _with_badge(heading: re.Match[str], tracks: list[str]) -> str:
    """The heading with the tracks that it is for; the contents and the address do without them."""
    title, given = heading["title"], (heading["attributes"] or "").strip(" {}")
    label = re.sub(r"[\"'`$*\\]", "", title)
    mine = given if "#" in given else f"#{anchor(title)} {given}".rstrip()
    said = " and ".join(track.capitalize() for track in tracks)
    badge = f'<span class="badge" data-search-exclude="true">{said}</span>'
    return f'{heading["marks"]} {title} {badge} {{ {mine} data-toc-label="{label}" }}'


def anchor(title: str) -> str:
    """The address of a heading, as Markdown makes it."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())
