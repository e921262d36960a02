"""The timetables that stand in pages: computed when the site is built, never written by hand.

A page includes the file of a name that says it all:

    --8<-- "assets/timetables/school-1x90.txt"                     the track school, one day of 90 minutes
    --8<-- "assets/timetables/university-1x240-after-scan.txt"     for a class that has had the lesson of that
                                                                   id, and those before it
    --8<-- "assets/timetables/university-2x360-of-scan-lru.txt"    of these lessons alone
"""

from __future__ import annotations

import re
from pathlib import Path

from minirnn.base.errors import UserError
from minirnn.course import bank
from minirnn.course.teacher import plan

FOLDER = "assets/timetables"
NAME = re.compile(
    rf'--8<-- "{FOLDER}/((?P<track>\w+)-(?P<days>\d+)x(?P<minutes>\d+)(?:-after-(?P<after>\w+))?'
    r'(?:-of-(?P<only>[\w-]+))?\.txt)"'
)


def all_timetables(root: Path, written: set[str]) -> dict[str, str]:
    """Those that the pages in docs/ include: name in docs/ -> text. Raises UserError naming the page.

    written: the ids of the lessons that have a page.
    """
    made: dict[str, str] = {}
    for page in sorted((root / "docs").glob("*/*.md")):
        for found in NAME.finditer(page.read_text(encoding="utf-8")):
            try:
                text = timetable(root, written, **found.groupdict())
            except UserError as error:
                raise UserError(f"{page.relative_to(root)}, {found[1]}: {error}") from None
            made[f"{FOLDER}/{found[1]}"] = text
    return made


def timetable(
    root: Path,
    written: set[str],
    track: str,
    days: str,
    minutes: str,
    after: str | None = None,
    only: str | None = None,
) -> str:
    """One of them in Markdown, with links as from a page in a folder of docs/.

    A lesson that is being written, and had no dry run, is in none: nobody knows its minutes.
    """
    course = tuple(lesson for lesson in bank.load(root) if not lesson.planned and lesson.teaching)
    known = tuple(lesson.id for lesson in course)
    known = known[: known.index(bank.find_lesson(after, course).id) + 1] if after else ()
    among = tuple(only.split("-")) if only else ()
    made = plan.make_plan(course, track, int(minutes), int(days), known, among)
    parts = []
    for day in range(1, made.slots[-1].day + 1):
        lines = ["| from | to | what |", "| ---: | ---: | --- |"]
        for slot in made.slots:
            if slot.day == day:
                what = _what(slot, written)
                lines.append(f"| {plan.clock(slot.begin)} | {plan.clock(slot.end)} | {what} |")
        parts += [f"### Day {day}"] if int(days) > 1 else []
        parts.append("\n".join(lines))
    if made.later:
        early = [
            f"{_link(f'{each.lesson}#exercise-{each.id}', each.title, written)} ({each.minutes} min)"
            for each in made.later
        ]
        parts.append(f"For those who are early, in this order: {'; '.join(early)}.")
    asked = f"minirnn teach plan --minutes {minutes} --track {track}"
    asked += f" --days {days}" if int(days) > 1 else ""
    asked += f" --known {','.join(known)}" if known else ""
    asked += f" --only {','.join(among)}" if among else ""
    parts.append(f"Made by `{asked}`\n{{ .lesson-facts }}")
    return "\n\n".join(parts) + "\n"


def _what(slot: plan.Slot, written: set[str]) -> str:
    """A line of the timetable, with a link to what it is about."""
    if not slot.place:
        return f"*{slot.text}*"
    text, go_on = slot.text.removesuffix(plan.GO_ON), slot.text.endswith(plan.GO_ON)
    after = plan.GO_ON * go_on
    if slot.kind == "exercise":
        return f"**Exercise:** {_link(slot.place, text.rpartition(' (')[0], written)}{after}"
    return _link(slot.place, text, written) + after


def _link(place: str, title: str, written: set[str]) -> str:
    lesson, mark, part = place.partition("#")
    return f"[{title}](../lessons/{lesson}.md{mark}{part})" if lesson in written else title
