"""The skeleton of an exercise: four filled-in files that pass the check, and an entry in the manifest."""

import re
from pathlib import Path

from minirnn.base.errors import UsageError
from minirnn.base.files import write_atomic
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


def new_exercise(path: str) -> Path:
    """Make a filled-in skeleton for LESSON/EXERCISE, and its entry in the manifest. Raises UsageError."""
    lesson, _, name = path.strip("/").partition("/")
    place = bank.root()
    if not bank.ID.fullmatch(lesson) or not re.fullmatch(r"[a-z][a-z0-9_]{2,31}", name):
        raise UsageError(f"{path!r} is not of the form scan/my_exercise, in small letters.")
    found = next((each for each in bank.load(place) if each.id == lesson), None)
    if found is None:
        raise UsageError(f"There is no lesson {lesson!r} in {bank.MANIFEST}: add a [[lesson]] there first.")
    if found.planned:
        advice = f"take away its `written = false` in {bank.MANIFEST} first."
        raise UsageError(f"The lesson {lesson} is not begun: {advice}")
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


def _with_entry(text: str, lesson: str, name: str) -> str:
    """The manifest with an entry for a new exercise at the end of its lesson."""
    entry = ENTRY.replace("NAME", name)
    start = text.index(f'id = "{lesson}"')
    following = text.find("\n[[lesson]]\n", start)
    if following < 0:
        return text.rstrip("\n") + "\n\n" + entry
    return text[:following].rstrip("\n") + "\n\n" + entry + text[following:]
