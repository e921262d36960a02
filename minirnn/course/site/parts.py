"""The parts of a lesson: where a class may stop for today. Pages, timetables and the dry run name the same.

    {{ part "Two machines make one" }}

stands on a line of its own before a heading of the second level; the first is the first line of the lesson.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from minirnn.course.site.blocks import PART, fenced
from minirnn.course.site.lessons import Cell


def titles(cells: Iterable[Cell]) -> list[str]:
    """Of all parts, in order."""
    found = []
    for cell in cells:
        if cell.kind == "text":
            lines = zip(cell.text.split("\n"), fenced(cell.text), strict=True)
            found += [part["title"] for line, code in lines if not code and (part := PART.fullmatch(line))]
    return found


def mark(all_titles: list[str], number: int, minutes: int | None = None) -> str:
    """What stands on the page where a part begins, for links `#part-2`."""
    said = [f"Part {number} of {len(all_titles)}", all_titles[number - 1]]
    said += [f"{minutes} minutes"] if minutes else []
    spans = " ".join(f"<span>{escape(text)}</span>" for text in said)
    return f'<div class="part" id="part-{number}">{spans}</div>'
