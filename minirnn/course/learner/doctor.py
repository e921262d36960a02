"""`doctor`: what a learner's set-up is made of, and whether each part works."""

import importlib.metadata
import platform
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from minirnn import __version__
from minirnn.base import threads
from minirnn.base.errors import UserError
from minirnn.base.wording import command
from minirnn.course import bank
from minirnn.course.learner import progress

OLDEST = (3, 11)
PACKAGES = ("numpy", "torch", "pytest", "typer", "rich", "watchfiles")
INSTALL = "`python3 course.py` in a clone of the project installs it"
PROBE = 'def probe(x):\n    """Doubled."""\n    return [2 * value for value in x]\n'


def examine() -> Iterator[tuple[bool, str]]:
    """(whether it is fine, what was seen and what to do) for each part."""
    for part in (_python, _packages, _threads, _bank, _workspace, _box, _watching):
        try:
            yield from part()
        except UserError as error:
            yield False, str(error)


def _python() -> Iterator[tuple[bool, str]]:
    version = f"Python {platform.python_version()} on {platform.system()} ({sys.executable})"
    fine = sys.version_info >= OLDEST
    yield fine, version if fine else f"{version}: the course needs 3.11 or newer."


def _packages() -> Iterator[tuple[bool, str]]:
    found = [f"minirnn {__version__}"]
    for name in PACKAGES:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            yield False, f"The package {name} is missing: {INSTALL}."
    yield True, ", ".join(found)


def _threads() -> Iterator[tuple[bool, str]]:
    yield True, threads.describe()


def _bank() -> Iterator[tuple[bool, str]]:
    lessons, broken = bank.course(), 0
    for exercise in bank.exercises():
        try:
            exercise.stub(), exercise.readme(), exercise.parameters
            if not exercise.test_file.is_file():
                raise UserError(f"{exercise.test_file} is missing.")
        except (UserError, SyntaxError) as error:
            broken += 1
            yield False, f"The exercise {exercise.id} cannot be used: {error} Bring your clone up to date."
    if not broken:
        yield True, f"{len(bank.exercises())} exercises in {len(lessons)} lessons, in {bank.root()}"


def _workspace() -> Iterator[tuple[bool, str]]:
    folder = progress.locate(Path())
    if folder is None:
        yield True, f"This folder is in no workspace; `{command()} start FOLDER` makes one."
        return
    workspace = progress.load(folder)
    missing = [e for e in bank.exercises() if not workspace.path(e).is_file()]
    for exercise in missing:
        new = exercise.id not in workspace.states or workspace.moved(exercise)
        advice = "update" if new else f"reset {exercise.id}"
        yield False, f"{exercise.filename} is missing: `{command()} {advice}` brings it."
    first = next(iter(bank.exercises()), None)
    note = workspace.note(first) if first else ""
    if note:
        yield False, note
    if not missing and not note:
        solved = workspace.solved()
        yield True, f"The workspace {folder}, with {solved} exercise{'' if solved == 1 else 's'} solved"


def _box() -> Iterator[tuple[bool, str]]:
    from minirnn.course.checks import Wrong
    from minirnn.course.grading.box import Box
    from minirnn.course.grading.calls import Learner
    from minirnn.course.grading.rules import landlock_version

    started = time.perf_counter()
    box = Box("numpy")
    learner = Learner(PROBE, "probe.py", "probe", "numpy", box=box)
    try:
        fine = learner([1.0, 2.0]) == [2.0, 4.0]
        how = f"answered in {time.perf_counter() - started:.2f} s"
    except Wrong as wrong:
        fine, how = False, f"failed: {wrong.message} {learner.printed.strip()[-200:]}".strip()
    finally:
        learner.close()
    guards = "Python's rules and Linux (Landlock)" if landlock_version() else "Python's rules alone"
    yield fine, f"A box, the process that runs your code, {how}; it is guarded by {guards}"


def _watching() -> Iterator[tuple[bool, str]]:
    try:
        import watchfiles  # noqa: F401
    except ImportError as error:
        yield False, f"Files cannot be watched ({error}): `check` without --watch works."
    else:
        yield True, "Files can be watched, so `check --watch` works"
