"""Skeletons: of an exercise, four filled-in files that pass the check; of a lesson, a page that is too short.

Each has its entry in the manifest.
"""

import re
from pathlib import Path

from minirnn.base.errors import UsageError
from minirnn.base.files import write_atomic
from minirnn.base.wording import command, nearest
from minirnn.course import bank

ENTRY = """[[lesson.exercise]]
id = "NAME"
title = "The mean of a list"
minutes = 5
difficulty = 1
importance = 3
points = 5
uses = "python"
"""

LESSON = """question = "What is the question of this lesson?"
objectives = ["Say what $x_t$ is."]
keypoints = ["A number that halves at each step is $2^{-t}$ after $t$ steps."]
can = ["Halve a number in Python: `x / 2`.", "Read a power: $2^{-3}$ is one eighth."]
symbols = [["$x_t$", "`x`", "the number after step t"]]
requires = []
gpu = false
"""


def new_lesson(name: str) -> tuple[Path, Path]:
    """Make the page of a planned lesson, with one exercise, to be written over. Raises UsageError.

    What the plan says in the manifest stays; what a lesson needs beside it is filled in.
    """
    place = bank.root()
    found = _in_manifest(place, name)
    path = place / "lessons" / f"{found.name}.py"
    if not found.planned or path.exists():
        raise UsageError(f"The lesson {name} is begun already.")
    manifest = place / bank.MANIFEST
    before, entry, after = _entry(manifest.read_text(encoding="utf-8"), name)
    kept = [line for line in entry.rstrip("\n").split("\n") if not re.match(r"written\b", line)]
    missing = [line for line in LESSON.splitlines() if line.partition(" = ")[0] not in found.fields]
    filled = "\n".join([*kept, *missing]) + "\n"
    write_atomic(manifest, before + filled + ("\n" + after if after else ""))
    bank.course.cache_clear()
    exercise = f"{name}_mean"[-32:].lstrip("_0123456789")
    folder = new_exercise(f"{name}/{exercise}")
    text = (place / "lessons" / "_skeleton" / "lesson.py").read_text(encoding="utf-8")
    write_atomic(path, text.replace("NAME", exercise))
    return path, folder


def new_exercise(path: str) -> Path:
    """Make a filled-in skeleton for LESSON/EXERCISE, and its entry in the manifest. Raises UsageError."""
    lesson, _, name = path.strip("/").partition("/")
    place = bank.root()
    if not bank.ID.fullmatch(lesson) or not re.fullmatch(r"[a-z][a-z0-9_]{2,31}", name):
        raise UsageError(f"{path!r} is not of the form scan/my_exercise, in small letters.")
    found = _in_manifest(place, lesson)
    if found.planned:
        advice = f"`{command()} dev new lesson {lesson}` begins it."
        raise UsageError(f"The lesson {lesson} is not written yet: {advice}")
    if name in {exercise.id for exercise in bank.exercises()}:
        raise UsageError(f"There is an exercise {name!r} already: ids are unique over the whole course.")
    folder = place / "exercises" / found.name / name
    if folder.exists():
        raise UsageError(f"{folder} exists already.")
    folder.mkdir(parents=True)
    for part in sorted((place / "exercises" / "_skeleton").iterdir()):
        text = part.read_text(encoding="utf-8")
        write_atomic(folder / part.name.replace("NAME", name), text.replace("NAME", name))
    manifest = place / bank.MANIFEST
    write_atomic(manifest, _with_entry(manifest.read_text(encoding="utf-8"), lesson, name))
    bank.course.cache_clear()
    return folder


def _in_manifest(place: Path, name: str) -> bank.Lesson:
    """The lesson of that id, planned or not. Raises UsageError."""
    known = {each.id: each for each in bank.load(place)}
    if name in known:
        return known[name]
    advice = nearest(name, known) or f"add a [[lesson]] to {bank.MANIFEST.as_posix()} first."
    raise UsageError(f"There is no lesson {name!r}: {advice}")


def _with_entry(text: str, lesson: str, name: str) -> str:
    """The manifest with an entry for a new exercise at the end of its lesson."""
    before, mine, after = _entry(text, lesson)
    return before + mine.rstrip("\n") + "\n\n" + ENTRY.replace("NAME", name) + ("\n" + after if after else "")


def _entry(text: str, lesson: str) -> tuple[str, str, str]:
    """The manifest before the entry of a lesson (and its exercises), that entry, and what comes after."""
    start = text.index(f'id = "{lesson}"')
    end = text.find("[[lesson]]\n", start)
    return (text[:start], text[start:], "") if end < 0 else (text[:start], text[start:end], text[end:])
