"""The manifest: which lessons and exercises there are, and in which order.

    lessons/course.toml            a [[lesson]] for each, and in it a [[lesson.exercise]] for each exercise
    lessons/NN_scan.py             a lesson
    exercises/NN_scan/combine/     an exercise: exercise.py

A lesson is known by its id. Its number is its place in the manifest, from 00: files and folders carry it in
front of the id, and in a text it is written in (mentions.py).

The bank comes with a clone of the project, not with the installed package: no answer is ever importable.
"""

import json
import os
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from minirnn.base.errors import UsageError, UserError
from minirnn.base.files import read_text
from minirnn.base.wording import command, nearest
from minirnn.course.exercise_files import USES, Exercise

MANIFEST = Path("lessons") / "course.toml"
DRY_RUN = Path("benchmarks") / "results" / "dry-run.json"  # has the minutes that a lesson's teaching takes
ID = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Part:
    """A part of a lesson, after which a class may stop, as the dry run found it.

    minutes: of teaching, for each track; 0 where a track leaves it out. exercises: those that stand in it,
    each with the minutes of teaching before it, from the beginning of the part.
    """

    title: str
    minutes: dict[str, int]
    exercises: dict[str, dict[str, int]]


@dataclass(frozen=True)
class Lesson:
    """One lesson of the manifest; `fields` holds all of its keys.

    teaching: minutes, for each track. number: its place among all lessons, written or not. parts: in order;
    one without a title for a lesson that is not cut; none without a dry run.
    """

    id: str
    title: str
    fields: dict[str, Any] = field(repr=False)
    exercises: tuple[Exercise, ...] = ()
    teaching: dict[str, int] = field(default_factory=dict)
    number: int = 0
    parts: tuple[Part, ...] = ()

    @property
    def name(self) -> str:
        """How its file and its folders are called: NN_scan."""
        return f"{self.number:02}_{self.id}"

    @property
    def planned(self) -> bool:
        """Whether the manifest says that it is still to be written."""
        return self.fields.get("written") is False

    @property
    def formerly(self) -> list[str]:
        """The names that its page, and folders in old workspaces, had before."""
        return list(self.fields.get("formerly", []))


def root() -> Path:
    """The project's folder, where the bank lies. Raises UsageError if only the package is installed."""
    place = Path(os.environ.get("MINIRNN_BANK") or Path(__file__).resolve().parents[2])
    if not (place / MANIFEST).is_file():
        raise UsageError(
            "The exercises come with a clone of the project, not with the installed package: "
            "clone it, and use `python3 course.py` there."
        )
    return place


@cache
def course() -> tuple[Lesson, ...]:
    """The lessons that there are, in order; not those that are only planned. Raises UserError."""
    return tuple(lesson for lesson in load(root()) if not lesson.planned)


def load(place: Path) -> tuple[Lesson, ...]:
    """All lessons of the bank in that folder, also the planned ones.

    Raises UserError, with one sentence, for a broken manifest.
    """
    path = place / MANIFEST
    try:
        tables = _tables(path, tomllib.loads(read_text(path)), "lesson", "the course")
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{path} is broken: {error}.") from None
    if not tables:
        raise UserError(f"{path} holds no [[lesson]].")
    lessons: list[Lesson] = []
    seen, known_minutes = set(), _teaching(place)
    for table in tables:
        lesson = str(_get(path, table, "id", str, "a lesson"))
        if not ID.fullmatch(lesson):
            raise UserError(
                f"{path}: the id {lesson!r} of a lesson is not small letters; its number is its place here."
            )
        if lesson in {each.id for each in lessons}:
            raise UserError(f"{path} has two lessons with the id {lesson!r}.")
        title = str(_get(path, table, "title", str, lesson))
        teaching, parts = known_minutes.get(lesson, ({}, ()))
        made = Lesson(lesson, title, table, (), teaching, len(lessons), parts)
        exercises = []
        for entry in _tables(path, table, "exercise", lesson):
            if made.planned:
                raise UserError(f"{path}: {lesson} has exercises, so take away its `written = false`.")
            name = str(_get(path, entry, "id", str, f"an exercise of {lesson}"))
            if name in seen:
                raise UserError(f"{path} has two exercises with the id {name!r}.")
            seen.add(name)
            numbers = {
                key: _get(path, entry, key, int, name)
                for key in ("minutes", "difficulty", "importance", "points")
            }
            uses = _get(path, entry, "uses", str, name)
            if uses not in USES:
                raise UserError(f"{path}: {name} uses {uses!r}, expected one of {', '.join(USES)}.")
            said = _get(path, entry, "title", str, name)
            folder = place / "exercises" / made.name / name
            same = _get(path, {"instead_of": "", **entry}, "instead_of", str, name)
            exercise = Exercise(name, lesson, said, **numbers, uses=uses, folder=folder, instead_of=same)
            # This very list: its texts may name lessons that come later.
            exercises.append(replace(exercise, lessons=lessons))
        known = {exercise.id for exercise in exercises} | {""}
        for each in exercises:
            if each.instead_of not in known:
                raise UserError(
                    f"{path}: {each.id} is instead of {each.instead_of!r}, which {lesson} has not."
                )
        lessons.append(replace(made, exercises=tuple(exercises)))
    return tuple(lessons)


def _teaching(place: Path) -> dict[str, tuple[dict[str, int], tuple[Part, ...]]]:
    """The minutes of teaching by lesson and track, and the parts; none for a lesson that had no dry run."""
    try:
        lessons = json.loads((place / DRY_RUN).read_text(encoding="utf-8"))["lessons"]
        return {
            lesson: (
                record["teaching"],
                tuple(
                    Part(each["title"], each["minutes"], each["exercises"])
                    for each in record.get("by part", [])
                ),
            )
            for lesson, record in lessons.items()
        }
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError):
        advice = "remove it, and make it again with `python benchmarks/dry_run.py`"
        raise UserError(f"{place / DRY_RUN} is broken: {advice}.") from None


def exercises() -> list[Exercise]:
    """All exercises of the course, in order."""
    return [exercise for lesson in course() for exercise in lesson.exercises]


def find(name: str) -> Exercise:
    """The exercise of that id; a path such as NN_scan/combine.py will do. Raises UsageError."""
    known = {exercise.id: exercise for exercise in exercises()}
    if (wanted := _id(name)) in known:
        return known[wanted]
    if lesson := _lesson_of(wanted, course()):
        mine = ", ".join(exercise.id for exercise in lesson.exercises)
        raise UsageError(f"{lesson.id} is a lesson: name one of its exercises, {mine}.")
    raise UsageError(f"There is no exercise {name!r}: {nearest(wanted, known) or '`list` shows them all.'}")


def find_lesson(name: str, lessons: tuple[Lesson, ...]) -> Lesson:
    """The lesson of that id; its file, such as NN_scan.py, will do.

    Raises UsageError, also for one of them that is only planned.
    """
    wanted, known = _id(name), [each.id for each in lessons if not each.planned]
    if lesson := _lesson_of(wanted, lessons):
        return _begun(lesson)
    for each in lessons:
        if wanted in {exercise.id for exercise in each.exercises}:
            raise UsageError(f"{wanted} is an exercise: name a lesson, such as its own, {each.id}.")
    advice = nearest(wanted, known) or f"known are {', '.join(known)}."
    raise UsageError(f"There is no lesson {name!r}: {advice}")


def find_either(name: str) -> Lesson | Exercise:
    """The lesson or the exercise of that id, or with that file. Raises UsageError as the two above."""
    wanted, every = _id(name), {exercise.id: exercise for exercise in exercises()}
    if lesson := _lesson_of(wanted, load(root())):
        return _begun(lesson)
    if wanted in every:
        return every[wanted]
    known = [*(each.id for each in course()), *every]
    advice = nearest(wanted, known) or f"{MANIFEST.as_posix()} has them all."
    raise UsageError(f"There is no lesson or exercise {name!r}: {advice}")


def _id(name: str) -> str:
    """Of an id or a path."""
    return Path(name.replace("\\", "/")).name.removesuffix(".py").replace("-", "_")


def _lesson_of(wanted: str, lessons: Iterable[Lesson]) -> Lesson | None:
    return next((each for each in lessons if wanted in (each.id, each.name)), None)


def _begun(lesson: Lesson) -> Lesson:
    """The lesson. Raises UsageError if it is only planned."""
    if lesson.planned:
        advice = f"`{command()} dev new lesson {lesson.id}` begins it."
        raise UsageError(f"The lesson {lesson.id} is not written yet: {advice}")
    return lesson


def _tables(path: Path, table: dict[str, Any], key: str, where: str) -> list[dict[str, Any]]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise UserError(f"{path}: `{key}` of {where} is {value!r}, expected tables.")
    return value


def _get(path: Path, table: dict[str, Any], key: str, kind: type, where: str) -> Any:
    value = table.get(key)
    if type(value) is not kind:
        said = "is missing" if value is None else f"is {value!r}"
        raise UserError(f"{path}: `{key}` of {where} {said}, expected {kind.__name__}.")
    return value
