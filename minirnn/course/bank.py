"""The exercises as they lie on disk, and the manifest that orders them.

    lessons/course.toml                        which lessons and exercises there are, in which order
    exercises/NN_lesson/exercise/README.md     statement, three hints, debrief
                                 exercise.py   the solution; the stub is made from it
                                 test_*.py     the rungs, the probe, the oracle
                                 mistakes.py   typical wrong implementations, each with its message

A lesson is known by its id. Its number is its place in the manifest, from 00: files and folders carry it in
front of the id, and a text that speaks of another lesson has it written in when it is read:

    {{ lesson scan }}  {{ Lesson scan }}   lesson NN (The scan); on the site a link, to a part with scan#part
    {{ number scan }}                      NN; on the site a link
    {{ numbers school }}                   NN, NN, NN: the lessons of a track that are written
    {{ folder scan }}                      NN_scan: how its files and folders are called

The bank comes with a clone of the project, not with the installed package: no answer is ever importable.
"""

import ast
import json
import os
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from minirnn.base.errors import UsageError, UserError
from minirnn.base.plain_math import plain_math
from minirnn.base.wording import lines_of

PACKAGES = {
    "python": ("numpy",),  # it does without, but who knows numpy may think in it
    "numpy": ("numpy",),
    "torch": ("numpy", "torch"),
}  # what a file may import, by `uses`
USES = tuple(PACKAGES)
UNCHANGED = "Do not change the arguments in place."
MANIFEST = Path("lessons") / "course.toml"
DRY_RUN = Path("benchmarks") / "results" / "dry-run.json"  # has the minutes that a lesson's teaching takes
BLOCK = re.compile(r"^([ \t]*)# BEGIN SOLUTION\n.*?^[ \t]*# END SOLUTION\n", re.MULTILINE | re.DOTALL)
MARKS = re.compile(r"^[ \t]*# (BEGIN|END) SOLUTION\n", re.MULTILINE)
ID = re.compile(r"[a-z][a-z0-9_]*")
MENTION = re.compile(r"\{\{ *(?P<how>lesson|Lesson|numbers?|folder) +(?P<id>\w+)(?P<part>#[\w-]+)? *\}\}")


@dataclass(frozen=True)
class Exercise:
    """One exercise. folder: where its files lie; the rest as in the manifest.

    instead_of: the exercise that asks the same of arrays, for one that needs no more than lists.
    """

    id: str
    lesson: str
    title: str
    minutes: int
    difficulty: int
    importance: int
    points: int
    uses: str
    folder: Path = field(repr=False)
    instead_of: str = ""

    @property
    def test_file(self) -> Path:
        """The rungs."""
        return self.folder / f"test_{self.id}.py"

    @property
    def filename(self) -> str:
        """Where a learner's file lies in a workspace: in a folder called like that of the bank."""
        return f"{self.folder.parent.name}/{self.id}.py"

    @property
    def function(self) -> str:
        """The name of the function to be written: the one that holds the solution."""
        return self._definition().name

    @property
    def parameters(self) -> list[str]:
        """The names of that function's parameters."""
        arguments = self._definition().args
        return [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]

    def _definition(self) -> ast.FunctionDef:
        if (found := _unsolved(_read(self.folder / "exercise.py"))) is not None:
            return found
        raise UserError(f"{self.folder / 'exercise.py'} has no function with `# BEGIN SOLUTION` in it.")

    def solution(self) -> str:
        """The reference, without the marks."""
        return MARKS.sub("", _read(self.folder / "exercise.py"))

    def stub(self) -> str:
        """What a learner starts from: everything but what they are to write."""
        message = f'raise NotImplementedError("write {self.function} here")'
        stub, found = BLOCK.subn(lambda block: f"{block[1]}{message}\n", _read(self.folder / "exercise.py"))
        if not found:
            raise UserError(f"{self.folder / 'exercise.py'} has no block from BEGIN to END SOLUTION.")
        return _plain_docstrings(stub) if "$" in stub else stub

    def readme(self, drawn: bool = False) -> dict[str, Any]:
        """The parts of README.md: statement (with its title), hints (three texts), debrief.

        drawn: with formulas as a page draws them; else they are in plain letters.
        """
        text = _read(self.folder / "README.md")
        text = text if drawn else plain_math(text)
        if MENTION.search(text):
            text = in_words(text, load(self.folder.parents[2]))
        statement, _, rest = text.partition("\n## Hints\n")
        hints, _, debrief = rest.partition("\n## Debrief\n")
        parts = [part.strip() for part in re.split(r"^### \d+.*\n", hints, flags=re.MULTILINE)[1:]]
        return {"statement": statement.strip() + "\n", "hints": parts, "debrief": debrief.strip()}

    def rules(self) -> str:
        """What holds beside the statement, made from `uses` and the rungs: it says what they ask for."""
        return f"{may_import(self.uses)} {UNCHANGED}" if self._wants_unchanged() else may_import(self.uses)

    def statement(self, drawn: bool = False) -> str:
        """The statement with its title, and under it the rules; formulas as in `readme`."""
        return f"{self.readme(drawn)['statement']}\n{self.rules()}\n"

    def _wants_unchanged(self) -> bool:
        """Whether a rung asks that the arguments be left alone."""
        calls = (
            node.func for node in ast.walk(ast.parse(_read(self.test_file))) if isinstance(node, ast.Call)
        )
        return any(getattr(each, "id", getattr(each, "attr", "")) == "unchanged" for each in calls)


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


@cache
def _unsolved(source: str) -> ast.FunctionDef | None:
    """The function around the first block of a solution."""
    lines = [i for i, line in enumerate(lines_of(source), 1) if line.strip() == "# BEGIN SOLUTION"]
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and lines and node.lineno < lines[0] <= (node.end_lineno or 0):
            return node
    return None


def _plain_docstrings(source: str) -> str:
    """The source with the formulas of its docstrings in plain letters; a $ in code stays."""
    lines = lines_of(source)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node):
            at = slice(node.body[0].lineno - 1, node.body[0].end_lineno)
            said = plain_math("\n".join(lines[at])).split("\n")
            # As many lines as before, so that those of the nodes to come are where they were.
            lines[at] = said + [""] * (len(lines[at]) - len(said))
    return "\n".join(lines) + "\n"


def may_import(uses: str) -> str:
    """The sentence that says what a learner's file may import."""
    known = ["Python's standard library", *PACKAGES[uses]]
    listed = ", ".join(known[:-1]) + " and " + known[-1] if len(known) > 1 else known[0]
    return f"You may import {listed}."


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
        tables = _tables(path, tomllib.loads(_read(path)), "lesson", "the course")
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
            exercises.append(
                Exercise(name, lesson, said, **numbers, uses=uses, folder=folder, instead_of=same)
            )
        known = {exercise.id for exercise in exercises} | {""}
        for each in exercises:
            if each.instead_of not in known:
                raise UserError(
                    f"{path}: {each.id} is instead of {each.instead_of!r}, which {lesson} has not."
                )
        lessons.append(replace(made, exercises=tuple(exercises)))
    return tuple(lessons)


def in_words(text: str, lessons: Iterable[Lesson]) -> str:
    """The text with what it says of lessons written out, as plain words. Raises UserError."""
    return mentioned(text, lessons, lambda words, _, __: words)


def mentioned(text: str, lessons: Iterable[Lesson], link: Callable[[str, Lesson, str], str]) -> str:
    """The text with what it says of lessons written out.

    link: makes the link out of the words, the lesson and the part of its page, such as "#the-experiment".
    Raises UserError for a lesson or a track that there is not.
    """
    known = {lesson.id: lesson for lesson in lessons}

    def said(found: re.Match[str]) -> str:
        if found["how"] == "numbers":
            return ", ".join(link(f"{each.number:02}", each, "") for each in _of_track(known, found["id"]))
        if (lesson := known.get(found["id"])) is None:
            raise UserError(f"there is no lesson {found['id']!r}: known are {', '.join(known)}.")
        match found["how"]:
            case "folder":
                return lesson.name
            case "number":
                words = f"{lesson.number:02}"
            case how:
                words = f"{how} {lesson.number:02} ({lesson.title})"
        return link(words, lesson, found["part"] or "")

    return MENTION.sub(said, text)


def _of_track(known: Mapping[str, Lesson], track: str) -> list[Lesson]:
    """The written lessons of a track."""
    tracks = {name for lesson in known.values() for name in lesson.fields.get("tracks", [])}
    if track not in tracks:
        raise UserError(f"there is no lesson of the track {track!r}: known are {', '.join(sorted(tracks))}.")
    return [each for each in known.values() if track in each.fields.get("tracks", []) and not each.planned]


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
    import difflib

    wanted = Path(name.replace("\\", "/")).name.removesuffix(".py").replace("-", "_")
    known = {exercise.id: exercise for exercise in exercises()}
    if wanted in known:
        return known[wanted]
    near = difflib.get_close_matches(wanted, known, 1)
    advice = f"did you mean {near[0]}?" if near else "`list` shows them all."
    raise UsageError(f"There is no exercise {name!r}: {advice}")


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


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UserError(f"{path} is missing.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path} cannot be read: {error}.") from None
