"""The parts of a lesson: where a class may stop for today. Pages, timetables and the dry run name the same.

    {{ part "Two machines make one" }}

stands on a line of its own before a heading of the second level; the first is the first line of the lesson.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from minirnn.course import bank
from minirnn.course.site.lessons import Cell
from minirnn.course.site.text.blocks import PART, fenced


def titles(cells: Iterable[Cell]) -> list[str]:
    """Of all parts, in order."""
    found = []
    for cell in cells:
        if cell.kind == "text":
            lines = zip(cell.text.split("\n"), fenced(cell.text), strict=True)
            found += [part["title"] for line, code in lines if not code and (part := PART.fullmatch(line))]
    return found


def mark(lesson: bank.Lesson, all_titles: list[str], number: int) -> str:
    """What stands on the page where a part begins, for links `#part-2`; with minutes, if they are known."""
    said = [f"Part {number} of {len(all_titles)}", escape(all_titles[number - 1])]
    if [part.title for part in lesson.parts] == all_titles:
        said += [_minutes(lesson.parts[number - 1].minutes)]
    spans = " ".join(f"<span>{text}</span>" for text in said)
    return f'<div class="part" id="part-{number}">{spans}</div>'


def _minutes(each: dict[str, int]) -> str:
    """20 minutes; if the tracks differ, those of each, and lesson.css shows those of the chosen one."""
    if len(set(each.values())) == 1:
        return f"{min(each.values())} minutes"
    taken = (
        f'<span data-minutes="{track}">{n} <span class="which">({track})</span></span>'
        for track, n in each.items()
    )
    return ' <span class="which">or</span> '.join(taken) + " minutes"
