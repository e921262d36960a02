"""Run the rungs of one exercise against one file, and say which misconception it shows.

The rungs are the tests of test_<exercise>.py in their order; each asks by name for what it needs, `learner`
and perhaps `rng`, as pytest has it. The file they test runs in a box (box.py). A rung that fails does not
stop those after it, so a half-right file gets its points.

If a value was wrong, the learner's function is called once more on the probe inputs, and so are the typical
mistakes; if the outputs are those of one of them, its message is the diagnosis. If none fits we do not guess.
"""

import contextlib
import hashlib
import importlib.util
import io
import random
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from minirnn.course import checks
from minirnn.course.checks import Wrong
from minirnn.course.exercise_files import Exercise
from minirnn.course.grading import diagnosis
from minirnn.course.grading.box import Box
from minirnn.course.grading.calls import Learner
from minirnn.course.grading.failures import decode, refuse

PRACTICE = "practice"  # the seed of every check that is not graded
FARTHEST = 1e9  # tolerances: as far off as a result says, for JSON has no infinity


@dataclass
class Rung:
    """How one rung went. status: "passed" or the kind of Wrong. table, where: as there.

    called: the last call, if it is not passed. printed: what the file printed during that.
    """

    name: str
    points: int
    graded: bool
    status: str
    message: str = ""
    table: list[list[str]] = field(default_factory=list)
    where: str = ""
    called: str = ""
    printed: str = ""

    @property
    def passed(self) -> bool:
        """Whether it earns its points."""
        return self.status == "passed"


@dataclass
class Result:
    """How one file did. sha256: of the file that was graded; hidden: rungs that only run when graded."""

    exercise: str
    sha256: str
    seed: str
    graded: bool
    rungs: list[Rung]
    hidden: int
    mistake: str = ""
    diagnosis: str = ""
    printed: str = ""
    seconds: float = 0.0
    worst_ratio: float = 0.0

    @property
    def points(self) -> int:
        """Points earned."""
        return sum(rung.points for rung in self.rungs if rung.passed)

    @property
    def passed(self) -> bool:
        """Whether every rung that ran was passed."""
        return bool(self.rungs) and all(rung.passed for rung in self.rungs)

    @property
    def first_failure(self) -> Rung | None:
        """The lowest rung that was not passed."""
        return next((rung for rung in self.rungs if not rung.passed), None)

    def to_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> "Result":
        """The inverse of `to_dict`."""
        return cls(**{**fields, "rungs": [Rung(**rung) for rung in fields["rungs"]]})


def grade(
    exercise: Exercise,
    data: bytes,
    *,
    filename: str | None = None,
    seed: str = PRACTICE,
    graded: bool = False,
    diagnose: bool = True,
    boxes: Callable[[str], Box] = Box,
    seconds: float | None = None,
    run: Callable[[Exercise, Learner, str, dict[str, Rung]], None] | None = None,
) -> Result:
    """Run the rungs of `exercise` against the file whose bytes these are.

    filename: what the learner calls it. seed: the inputs depend on it. graded: run the rungs that a check
    does not show, too. boxes: makes the processes. seconds: the limit of one call, instead of the usual one.
    run: what runs the rungs, instead of run_rungs.
    """
    started = time.perf_counter()
    tests = test_module(exercise)
    filename = filename or exercise.filename
    rungs = [Rung(name, *marks(test), "not run") for name, test in rung_functions(tests)]
    hidden = sum(rung.graded for rung in rungs)
    shown = [rung for rung in rungs if graded or not rung.graded]
    result = Result(
        exercise.id, hashlib.sha256(data).hexdigest(), seed, graded, shown, 0 if graded else hidden
    )
    forbidden: dict[str, str] = getattr(tests, "FORBIDDEN", {})
    try:
        source = decode(data, filename)
        refuse(source, filename, forbidden)
    except Wrong as wrong:
        for rung in shown:
            rung.status, rung.message, rung.where = wrong.kind, wrong.message, wrong.where
        return result
    box = boxes(exercise.uses)
    learner = Learner(
        source,
        filename,
        exercise.function,
        exercise.uses,
        forbidden,
        seconds=seconds,
        losses=2 if graded else 1,  # in practice the first failure is all that is shown
        box=box,
    )
    try:
        with checks.measured() as ratios:
            (run or run_rungs)(exercise, learner, seed, {rung.name: rung for rung in shown})
        failed = result.first_failure
        if diagnose and failed is not None and failed.status in ("wrong", "raised"):
            probe = tests.probe(make_rng(exercise, PRACTICE, "probe"))
            result.mistake, result.diagnosis = diagnosis.recognise(
                exercise, tests, probe, learner.failures, learner, boxes
            )
    finally:
        learner.close()
    result.printed = learner.printed
    result.worst_ratio = min(max(ratios, default=0.0), FARTHEST)
    result.seconds = round(time.perf_counter() - started, 3)
    return result


@cache
def test_module(exercise: Exercise) -> ModuleType:
    """The test file as a module."""
    return _module(exercise.test_file)


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    source = path.read_text(encoding="utf-8")
    exec(compile(source, str(path), "exec"), module.__dict__)  # no .pyc beside the bank
    return module


def rung_functions(tests: ModuleType) -> list[tuple[str, FunctionType]]:
    """(name, test) of every rung, in the order of the file."""
    return [(name, test) for name, test in vars(tests).items() if name.startswith("test_") and callable(test)]


def marks(test: FunctionType) -> tuple[int, bool]:
    """The points of a rung, and whether it only runs when graded."""
    return getattr(test, "points", 0), getattr(test, "graded", False)


def asks_for(test: FunctionType) -> tuple[str, ...]:
    """What a rung wants to be given: "learner", and perhaps "rng"."""
    return test.__code__.co_varnames[: test.__code__.co_argcount]


def make_rng(exercise: Exercise, seed: str, name: str) -> Any:
    """The random numbers of one rung: random.Random for pure Python, else a generator of numpy."""
    number = int.from_bytes(hashlib.sha256(f"{seed}/{exercise.id}/{name}".encode()).digest()[:8], "big")
    if exercise.uses == "python":
        return random.Random(number)
    import numpy

    return numpy.random.default_rng(number)


def run_rungs(exercise: Exercise, learner: Learner, seed: str, rungs: dict[str, Rung]) -> None:
    """Run the rungs of that name, in the order of the test file, and write down how each went."""
    said = io.StringIO()  # what a test prints or warns of is for its author
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        for name, test in rung_functions(test_module(exercise)):
            if name not in rungs:
                continue
            learner.last = None
            given = {"learner": learner, "rng": make_rng(exercise, seed, name)}
            try:
                test(**{argument: given[argument] for argument in asks_for(test)})
            except Exception as error:
                note(rungs[name], error)
                describe(rungs[name], exercise, learner)
            else:
                rungs[name].status = "passed"


def describe(rung: Rung, exercise: Exercise, learner: Learner) -> None:
    """Write down with which call a rung failed, and what was printed during it."""
    rung.called, rung.printed = called(exercise, learner), learner.said
    if learner.last is not None and not learner.last[0]:
        learner.failures.append(learner.last[1])


def called(exercise: Exercise, learner: Learner) -> str:
    """The last call of the learner's function, or of the check that used it, as one would write it."""
    if learner.last is None:
        return ""
    driver, args = learner.last
    values = [checks.shown(value, "tensor" if exercise.uses == "torch" else "array") for value in args]
    if driver:
        return written(f"{driver}({', '.join([exercise.function, *values])})")
    names = [f"{name}=" for name in exercise.parameters] + [""] * len(values)
    return written(f"{exercise.function}({', '.join(map(str.__add__, names, values))})")


def note(rung: Rung, error: Exception) -> None:
    """Write down why a rung is not passed."""
    if isinstance(error, Wrong):
        rung.status, rung.message, rung.where = error.kind, written(error.message), written(error.where)
        rung.table = [[written(cell) for cell in row] for row in error.table]
    else:
        rung.status = "wrong"
        reason = written(f"{type(error).__name__}: {error}")
        rung.message = f"What your function returned cannot be checked ({reason})."


def written(text: str) -> str:
    """The text as a file can hold it: half of a pair, which Python allows in a str, is no UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")
