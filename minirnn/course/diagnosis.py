"""Which misconception does a file show? Compare what it returns with what typical mistakes return.

    probe inputs -> the learner's outputs       the same numbers, and wrong: that is the mistake
                 -> each mistake's outputs

The mistakes are the functions of mistakes.py, the message of each is its docstring, and names that begin with
right_ are correct alternatives. Inputs on which the learner's function raised tell nothing; on at least one
other it must be wrong in just the way of the mistake. If no mistake fits, nothing is guessed.
"""

import ast
import math
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from minirnn.course import checks
from minirnn.course.bank import Exercise
from minirnn.course.box import Box, Learner
from minirnn.course.checks import Wrong
from minirnn.course.wire import Other

SAME = 1e-6  # two outputs that differ by less are the same mistake
_outcomes: dict[Exercise, dict[str, list[Any]]] = {}  # of the mistakes, which are the same for every learner
Outcome = tuple[str, Any]  # "value" and what was returned, or the kind and text of a failure


def recognise(
    exercise: Exercise,
    tests: ModuleType,
    probe: list[tuple[Any, ...]],
    learner: Learner,
    boxes: Callable[[str], Box] = Box,
) -> tuple[str, str]:
    """(name, message) of the mistake whose outputs on the probe are the learner's, or two empty texts."""
    have = [outcome(learner, args) for args in probe]
    if not any(kind == "value" for kind, _ in have):
        return "", ""
    if exercise not in _outcomes:
        _outcomes[exercise] = dict(mistake_outcomes(exercise, probe, boxes))
    right = [outcome(tests.oracle, args) for args in probe]
    for name, outcomes in _outcomes[exercise].items():
        if same(have, outcomes, right):
            return name, " ".join(mistakes_doc(exercise, name).split())
    return "", ""


def knows_mistakes(exercise: Exercise) -> bool:
    """Whether this process has the outcomes of the mistakes already, so that no second box is needed."""
    return exercise in _outcomes


def mistake_outcomes(
    exercise: Exercise, probe: list[tuple[Any, ...]], boxes: Callable[[str], Box] = Box
) -> Iterator[tuple[str, list[Any]]]:
    """(name, its outcomes on the probe inputs) of each mistake, in order."""
    source = (exercise.folder / "mistakes.py").read_text(encoding="utf-8")
    names = [name for name in mistake_names(exercise) if not name.startswith("right_")]
    if not names:
        return
    # A trusted file, but torch is too slow to be imported here, so it has a box of its own.
    trusted = Learner(source, "mistakes.py", names[0], exercise.uses, strict=False, box=boxes(exercise.uses))
    try:
        for name in names:
            trusted.function = name
            yield name, [outcome(trusted, args) for args in probe]
    finally:
        trusted.close()


def mistake_names(exercise: Exercise) -> list[str]:
    """The names of the public functions of mistakes.py, read without running it."""
    return [node.name for node in _functions(exercise) if not node.name.startswith("_")]


def mistakes_doc(exercise: Exercise, name: str) -> str:
    """The message of a mistake."""
    return next((ast.get_docstring(node) or "" for node in _functions(exercise) if node.name == name), "")


def _functions(exercise: Exercise) -> list[ast.FunctionDef]:
    source = (exercise.folder / "mistakes.py").read_text(encoding="utf-8")
    return [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]


def outcome(function: Callable[..., Any], args: tuple[Any, ...]) -> Outcome:
    """What the function gives for these arguments: a value, or the kind and text of its failure."""
    try:
        return "value", function(*args)
    except Wrong as wrong:
        return wrong.kind, wrong.message


def same(one: list[Outcome], other: list[Outcome], right: list[Outcome]) -> bool:
    """Whether `one` gives what `other` gives wherever it gives a value, and one of these values is wrong."""
    rows = [row for row in zip(one, other, right, strict=True) if row[0][0] == "value"]
    fits = all(theirs[0] == "value" and alike(mine[1], theirs[1]) for mine, theirs, _ in rows)
    return fits and any(not alike(mine[1], true[1]) for mine, _, true in rows)


def alike(one: Any, other: Any) -> bool:
    """Whether two values have the same form and the same numbers, up to rounding."""
    exact = (str, bool, type(None), Other)
    if isinstance(one, exact) or isinstance(other, exact):
        return type(one) is type(other) and bool(one == other)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(value, other[key]) for key, value in one.items())
    if _is_row(one) and _is_row(other):
        return len(one) == len(other) and all(map(alike, one, other))
    listeners, checks._listeners[:] = checks._listeners[:], []
    try:
        checks.close(*_without_nan(one, other), SAME)
    except Exception:
        return False
    finally:
        checks._listeners[:] = listeners
    return True


def _is_row(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and not isinstance(value, checks.Tensor)


def _without_nan(one: Any, other: Any) -> tuple[Any, Any]:
    """The same two values with 0 for nan where both have it, for nan is not equal to itself."""
    if isinstance(one, float) and isinstance(other, float) and math.isnan(one) and math.isnan(other):
        return 0.0, 0.0
    a, b = (value.array if isinstance(value, checks.Tensor) else value for value in (one, other))
    if getattr(a, "shape", ()) and getattr(a, "shape", ()) == getattr(b, "shape", ()):
        import numpy

        both = numpy.isnan(a) & numpy.isnan(b)
        return numpy.where(both, 0, a), numpy.where(both, 0, b)
    return one, other
