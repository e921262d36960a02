"""What the tests of an exercise are written with, and what they say when they fail.

A rung is a plain test function with points. It calls the learner's function and hands what comes back to one
of the checks below; a check that fails raises Wrong, which says what was expected, what came back, and, where
it is about a sequence, the first time step that differs. The same words appear on the command line, under
plain pytest and in the page.
"""

import cmath
import math
from collections.abc import Callable
from typing import Any, TypeVar

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
MOST_NUMBERS = 1_000_000  # that are looked at one by one
Rung = TypeVar("Rung", bound=Callable[..., None])
NAMES = {"ndarray": "array", "NoneType": "None", "Tensor": "tensor"}
_listeners: list[Callable[[float], None]] = []


class Wrong(AssertionError):
    """A rung that is not passed, and all there is to say about it.

    kind: "wrong", or what else happened, such as "raised", "timeout", "refused". table: rows of (step,
    expected, got), the first row the header. where: file, line and code of the learner.
    """

    def __init__(
        self, message: str, *, kind: str = "wrong", table: list[list[str]] | None = None, where: str = ""
    ) -> None:
        super().__init__(message)
        self.message, self.kind, self.table, self.where = message, kind, table or [], where


def points(number: int, *, graded: bool = False) -> Callable[[Rung], Rung]:
    """Mark a test as a rung worth so many points; graded: it only runs when the file is graded."""

    def mark(rung: Rung) -> Rung:
        rung.points, rung.graded = number, graded  # type: ignore[attr-defined]
        return rung

    return mark


def kind(value: Any) -> str:
    """What a learner calls this type: "array", "tensor", "list", "float", ..."""
    if isinstance(value, Other):
        return value.name
    name = type(value).__name__
    if name.startswith(("float", "int", "uint", "bool", "complex")):  # numpy's scalars too
        return name.rstrip("0123456789_").removeprefix("u")
    return NAMES.get(name, name)


def same_type(got: Any, expected: str) -> None:
    """got must be what `expected` names: "array", "tensor", "float", "int", "list", "dict", "tuple", ..."""
    if isinstance(got, Other) and got.name == expected:
        raise Wrong(f"Your function returned a value of a class that is only called {expected}.")
    if kind(got) == expected or (expected == "float" and kind(got) == "int"):
        return
    if got is None:
        raise Wrong(f"Your function returned nothing (None), expected {_a(expected)}: is a return missing?")
    raise Wrong(f"Your function returned {_a(kind(got))}, expected {_a(expected)}.")


def same_shape(got: Any, shape: tuple[int, ...], names: str = "") -> None:
    """got must be an array of this shape; names: what its sides mean, such as "(batch, time, dim)"."""
    have = tuple(_array(got).shape)
    if have != tuple(shape):
        meaning = f" = {names}" if names else ""
        raise Wrong(f"The shape is {have}, expected {tuple(shape)}{meaning}.")


def same_dtype(got: Any, dtype: str) -> None:
    """got must be an array or tensor of this dtype, such as "float64"."""
    have = got.dtype if isinstance(got, Tensor) else str(_array(got).dtype)
    if have != dtype:
        raise Wrong(f"The dtype is {have}, expected {dtype}.")


def finite(got: Any) -> None:
    """No nan and no infinity anywhere in got, a number, a list or an array."""
    bad = [(place, number) for place, number in _flat(got) if not _is_finite(number)]
    if bad:
        place, number = bad[0]
        raise Wrong(f"There is {number} at {_place(place)}: every number must be finite.")


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
    if isinstance(got, Tensor):
        got = got.array
    shape, wanted = _shape(got), _shape(expected)
    if shape != wanted:
        raise Wrong(f"{_start(what)} has the shape {shape}, expected {wanted}.")
    time = None if time is None else time % len(wanted)
    worst, differing = 0.0, []
    for (place, value), (_, right) in zip(_flat(got), _flat(expected), strict=True):
        if steps is not None and time is not None and place[time] >= steps:
            continue
        if value == right:
            continue
        try:
            off = abs(value - right) / (tolerance * (1 + abs(right)))
        except OverflowError:  # numbers too large for a float
            off = math.inf
        except TypeError:
            raise Wrong(f"{_start(what)} holds {value!r:.80} where a number was expected.") from None
        ratio = off if off == off else math.inf
        worst = max(worst, ratio)
        if ratio > 1:
            differing.append((place, value, right))
    for listener in _listeners:
        listener(worst)
    if not differing:
        return
    if time is None:
        place, value, right = differing[0]
        at = f" at {_place(place)}" if place else ""
        raise Wrong(f"{_start(what)} is {_number(value)}{at}, expected {_number(right)}.")
    place, value, right = min(differing, key=lambda item: (item[0][time], item[0]))
    step = place[time]
    beside = [i for i in range(wanted[time]) if step - 1 <= i < step - 1 + ROWS]
    places = {i: (*place[:time], i, *place[time + 1 :]) for i in beside}
    have, right_ones = dict(_flat(got)), dict(_flat(expected))
    rows = [[str(i), _number(right_ones[places[i]]), _number(have[places[i]])] for i in beside]
    where = "" if len(place) == 1 else f" (shown: {_place(place)})"
    first = "the very first step" if step == 0 else f"step t = {step}"
    raise Wrong(f"{_start(what)} first differs at {first}{where}.", table=[["t", "expected", "yours"], *rows])


def equal(got: Any, expected: Any, what: str = "the result") -> None:
    """got == expected exactly; for dicts, lists and strings the message names the first difference."""
    if isinstance(got, Other) or type(got) is not type(expected):
        names = kind(got), kind(expected)
        names = names if names[0] != names[1] else (type(got).__name__, type(expected).__name__)
        raise Wrong(f"{_start(what)} is {_a(names[0])}, expected {_a(names[1])}.")
    if isinstance(expected, dict):
        missing = [key for key in expected if key not in got]
        if missing:
            raise Wrong(
                f"{_start(what)} lacks the key {missing[0]!r} (expected value {expected[missing[0]]!r})."
            )
        extra = [key for key in got if key not in expected]
        if extra:
            raise Wrong(f"{_start(what)} holds the key {extra[0]!r:.80}, which should not be there.")
        for key, right in expected.items():
            if got[key] != right:
                raise Wrong(f"{_start(what)} holds {got[key]!r:.80} for {key!r}, expected {right!r:.80}.")
    elif isinstance(expected, (list, tuple, str)):
        for i, (value, right) in enumerate(zip(got, expected, strict=False)):
            if type(value) is not type(right) or value != right:
                raise Wrong(f"{_start(what)} has {value!r:.80} at position {i}, expected {right!r:.80}.")
        if len(got) != len(expected):
            raise Wrong(f"{_start(what)} has length {len(got)}, expected {len(expected)}.")
    elif got != expected:
        raise Wrong(f"{_start(what)} is {got!r:.80}, expected {expected!r:.80}.")


def true(condition: bool, sentence: str) -> None:
    """An invariant; sentence: what the learner reads when it does not hold."""
    if not condition:
        raise Wrong(sentence)


def unchanged(learner: Any) -> None:
    """The last call changed none of its arguments."""
    if learner.changed:
        which = ", ".join(str(i + 1) for i in learner.changed)
        raise Wrong(f"Your function changed its argument number {which} in place: work on a copy.")


def shown(value: Any, noun: str = "array") -> str:
    """A value in a few characters: an array that is not small by its shape, after `noun`."""
    if hasattr(value, "shape"):
        if value.size > 8:
            return f"{noun} of shape {tuple(value.shape)}"
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        inside = ", ".join(shown(item, noun) for item in value)
        text = f"[{inside}]" if isinstance(value, list) else f"({inside})"
    else:
        text = _number(value) if kind(value) in ("float", "complex") else repr(value)
    return text if len(text) <= 90 else f"{text[:80]} ..."


def _array(value: Any) -> Any:
    if isinstance(value, Tensor):
        return value.array
    if not hasattr(value, "shape"):
        raise Wrong(f"Your function returned {_a(kind(value))}, expected an array.")
    return value


def _shape(value: Any) -> tuple[int, ...]:
    value = _numbers(value)
    if isinstance(value, (list, tuple)):
        inner = {_shape(item) for item in value}
        if len(inner) > 1:
            raise Wrong("The lists inside your result have different lengths.")
        return (len(value), *(inner.pop() if inner else ()))
    return tuple(getattr(value, "shape", ()))


def _flat(value: Any, place: tuple[int, ...] = ()) -> list[tuple[tuple[int, ...], Any]]:
    """Every number with its place, in order."""
    value = _numbers(value)
    if hasattr(value, "shape") and value.shape:
        import numpy

        if value.size > MOST_NUMBERS:
            raise Wrong(f"There is an array of shape {tuple(value.shape)}: far too large to be right.")
        # As numbers of Python: those of numpy wrap around or warn where these are exact.
        numbers = zip(numpy.ndindex(value.shape), value.ravel().tolist(), strict=True)
        return [((*place, *at), number) for at, number in numbers]
    if isinstance(value, (list, tuple)):
        return [pair for i, item in enumerate(value) for pair in _flat(item, (*place, i))]
    return [(place, value.item() if hasattr(value, "item") else value)]


def _numbers(value: Any) -> Any:
    """What may hold numbers: a number, a list, a tuple or an array."""
    if isinstance(value, Tensor):
        return value.array
    if isinstance(value, (str, dict, Other)) or value is None:
        raise Wrong(f"There is {_a(kind(value))} where a number was expected.")
    return value


def _is_finite(number: Any) -> bool:
    return isinstance(number, int) or cmath.isfinite(number)


def _number(value: Any) -> str:
    if kind(value) == "complex":
        return f"{value.real:.5g}{value.imag:+.5g}i"
    text = f"{value:.6g}" if isinstance(value, float) or hasattr(value, "dtype") else repr(value)
    return text if len(text) <= 40 else f"{text[:30]} ..."


def _place(place: tuple[int, ...]) -> str:
    return "[" + ", ".join(map(str, place)) + "]" if place else "the only place"


def _a(noun: str) -> str:
    if noun == "None":
        return "nothing"
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def _start(what: str) -> str:
    """The beginning of a sentence; the name of a variable stays as it is, h is not H."""
    return what[:1].upper() + what[1:] if " " in what else what
