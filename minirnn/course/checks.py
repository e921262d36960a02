"""What the tests of an exercise are written with, and what they say when they fail.

A rung is a plain test function with points. It calls the learner's function and hands what comes back to one
of the checks below; a check that fails raises Wrong, which says what was expected, what came back, and, where
it is about a sequence, the first time step that differs. The same words appear on the command line, under
plain pytest and in the page.
"""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NoReturn, TypeVar

from minirnn.course.values import (
    Place,
    Wrong,
    an,
    array_of,
    as_python,
    flat,
    is_finite,
    kind,
    number_text,
    place_text,
    sentence_start,
    shape_of,
    told_apart,
)
from minirnn.course.values import shown as shown  # an author finds it here
from minirnn.course.wire import Other, Tensor

__all__ = [
    "Tensor",
    "Wrong",
    "close",
    "equal",
    "finite",
    "points",
    "same_dtype",
    "same_shape",
    "same_type",
    "true",
    "unchanged",
]
ROWS = 4  # of the table of a failure
Rung = TypeVar("Rung", bound=Callable[..., None])
_ratios: ContextVar[list[float]] = ContextVar("_ratios")


def points(number: int, *, graded: bool = False) -> Callable[[Rung], Rung]:
    """Mark a test as a rung worth so many points; graded: it only runs when the file is graded."""

    def mark(rung: Rung) -> Rung:
        rung.points, rung.graded = number, graded  # type: ignore[attr-defined]
        return rung

    return mark


def same_type(got: Any, expected: str) -> None:
    """got must be what `expected` names: "array", "tensor", "float", "int", "list", "dict", "tuple", ..."""
    if isinstance(got, Other) and got.name == expected:
        raise Wrong(f"Your function returned a value of a class that is only called {expected}.")
    if kind(got) == expected or (expected == "float" and kind(got) == "int"):
        return
    if got is None:
        raise Wrong(f"Your function returned nothing (None), expected {an(expected)}: is a return missing?")
    raise Wrong(f"Your function returned {an(kind(got))}, expected {an(expected)}.")


def same_shape(got: Any, shape: tuple[int, ...], names: str = "") -> None:
    """got must be an array of this shape; names: what its sides mean, such as "(batch, time, dim)"."""
    have = tuple(array_of(got).shape)
    if have != tuple(shape):
        meaning = f" = {names}" if names else ""
        raise Wrong(f"The shape is {have}, expected {tuple(shape)}{meaning}.")


def same_dtype(got: Any, dtype: str) -> None:
    """got must be an array or tensor of this dtype, such as "float64"."""
    have = got.dtype if isinstance(got, Tensor) else str(array_of(got).dtype)
    if have != dtype:
        raise Wrong(f"The dtype is {have}, expected {dtype}.")


def finite(got: Any) -> None:
    """No nan and no infinity anywhere in got, a number, a list or an array."""
    bad = [(place, number) for place, number in flat(got) if not is_finite(number)]
    if bad:
        place, number = bad[0]
        raise Wrong(f"There is {number} at {place_text(place)}: every number must be finite.")


def close(
    got: Any,
    expected: Any,
    tolerance: float = 1e-9,
    *,
    time: int | None = None,
    steps: int | None = None,
    what: str = "the output",
) -> None:
    """|got - expected| <= tolerance * (1 + |expected|) everywhere, and the same shape.

    got and expected: numbers, nested lists or arrays. time: the axis along which a sequence runs; the message
    shows the first step that differs. steps: compare so many steps along `time` alone.
    """
    wanted = shape_of(expected)
    time = None if time is None else time % len(wanted)

    def counts(place: Place) -> bool:
        return steps is None or time is None or place[time] < steps

    worst, differing = difference(got, expected, tolerance, what, counts)
    if (ratios := _ratios.get(None)) is not None:
        ratios.append(worst)
    if not differing:
        return
    if time is None:
        place, value, right = differing[0]
        at = f" at {place_text(place)}" if place else ""
        mine, wanted_text = told_apart(value, right)
        raise Wrong(f"{sentence_start(what)} is {mine}{at}, expected {wanted_text}.")
    place, value, right = min(differing, key=lambda item: (item[0][time], item[0]))
    step = place[time]
    beside = [i for i in range(wanted[time]) if step - 1 <= i < step - 1 + ROWS]
    places = {i: (*place[:time], i, *place[time + 1 :]) for i in beside}
    pairs = {at: (value, right) for (at, value), (_, right) in zip(flat(got), flat(expected), strict=True)}
    apart = {at for at, _, _ in differing}
    rows = []
    for i in beside:
        texts = (
            told_apart(*pairs[places[i]]) if places[i] in apart else tuple(map(number_text, pairs[places[i]]))
        )
        rows.append([str(i), texts[1], texts[0]])
    where = "" if len(place) == 1 else f" (shown: {place_text(place)})"
    first = "the very first step" if step == 0 else f"step t = {step}"
    raise Wrong(
        f"{sentence_start(what)} first differs at {first}{where}.", table=[["t", "expected", "yours"], *rows]
    )


def difference(
    got: Any,
    expected: Any,
    tolerance: float,
    what: str = "the output",
    counts: Callable[[Place], bool] = lambda place: True,
) -> tuple[float, list[tuple[Place, Any, Any]]]:
    """How far off got is: its worst number, in tolerances, and (place, got, expected) of each beyond one.

    counts: which places are looked at. Raises Wrong if the shapes differ, or if got holds what is no number.
    """
    shape, wanted = shape_of(got), shape_of(expected)
    if shape != wanted:
        raise Wrong(f"{sentence_start(what)} has the shape {shape}, expected {wanted}.")
    worst, differing = 0.0, []
    for (place, value), (_, right) in zip(flat(got), flat(expected), strict=True):
        if not counts(place):
            continue
        if not isinstance(value, (int, float, complex)):
            raise Wrong(f"{sentence_start(what)} holds {value!r:.80} where a number was expected.")
        if value == right:
            continue
        try:
            off = float(abs(value - right) / (tolerance * (1 + abs(right))))
        except OverflowError:  # numbers too large for a float
            off = math.inf
        ratio = off if off == off else math.inf
        worst = max(worst, ratio)
        if ratio > 1:
            differing.append((place, value, right))
    return worst, differing


@contextmanager
def measured() -> Iterator[list[float]]:
    """A list that gets, for each `close` in the block, how far off the worst number was, in tolerances."""
    before = _ratios.set([])
    try:
        yield _ratios.get()
    finally:
        _ratios.reset(before)


def equal(got: Any, expected: Any, what: str = "the result") -> None:
    """got == expected exactly; for dicts, lists and strings the message names the first difference."""
    got, expected, start = as_python(got), as_python(expected), sentence_start(what)
    if isinstance(got, Other) or not _fits(got, expected):
        names = kind(got), kind(expected)
        names = names if names[0] != names[1] else (type(got).__name__, type(expected).__name__)
        raise Wrong(f"{start} is {an(names[0])}, expected {an(names[1])}.")
    if isinstance(expected, dict):
        missing = [key for key in expected if key not in got]
        if missing:
            raise Wrong(
                f"{start} lacks the key {missing[0]!r:.80} (expected value {expected[missing[0]]!r:.80})."
            )
        extra = [key for key in got if key not in expected]
        if extra:
            raise Wrong(f"{start} holds the key {extra[0]!r:.80}, which should not be there.")
        for key, right in expected.items():
            _same(got[key], right) or _complain(f"{start} holds", got[key], f" for {key!r:.80}", right)
    elif isinstance(expected, (list, tuple, str)):
        for i, (value, right) in enumerate(zip(got, expected, strict=False)):
            _same(value, right) or _complain(f"{start} has", value, f" at position {i}", right)
        if len(got) != len(expected):
            raise Wrong(f"{start} has length {len(got)}, expected {len(expected)}.")
    elif not _same(got, expected):
        _complain(f"{start} is", got, "", expected)


def _fits(got: Any, expected: Any) -> bool:
    """Whether the type will do: a whole number is as good as a float, and not the other way round."""
    return type(got) is type(expected) or (type(expected) is float and type(got) is int)


def _same(got: Any, expected: Any) -> bool:
    """Whether the two are equal, with types that fit all the way down."""
    if not _fits(got, expected):
        return False
    if isinstance(expected, dict):
        return got.keys() == expected.keys() and all(_same(got[key], expected[key]) for key in expected)
    if isinstance(expected, (list, tuple)):
        return len(got) == len(expected) and all(map(_same, got, expected))
    return bool(got == expected) or (got != got and expected != expected)


def _complain(start: str, got: Any, at: str, expected: Any) -> NoReturn:
    names = kind(got), kind(expected)
    if names[0] != names[1] and {"list", "tuple", "dict", "array", "tensor"} & set(names):
        raise Wrong(f"{start} {an(names[0])}{at}, expected {an(names[1])}.")
    one, other = repr(got), repr(expected)
    first = next((i for i, pair in enumerate(zip(one, other, strict=False)) if len(set(pair)) > 1), 0)
    if first > 60:  # what follows would be cut off
        one, other = (f"... {text[first - 30 : first + 40]}" for text in (one, other))
    raise Wrong(f"{start} {one:.80}{at}, expected {other:.80}.")


def true(condition: bool, sentence: str) -> None:
    """An invariant; sentence: what the learner reads when it does not hold."""
    if not condition:
        raise Wrong(sentence)


def unchanged(learner: Any) -> None:
    """The last call changed none of its arguments."""
    if learner.changed:
        which = ", ".join(str(i + 1) for i in learner.changed)
        raise Wrong(f"Your function changed its argument number {which} in place: work on a copy.")
