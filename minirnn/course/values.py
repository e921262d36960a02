"""What came back from a learner's function: its kind, its numbers with their places, and both in words.

It may be anything: a number of Python or numpy, a list, an array, a tensor, or a value of the learner's own
class. What cannot be looked at as numbers raises Wrong, with the sentence that the learner reads.
"""

import cmath
from typing import Any

from minirnn.course.wire import Other, Tensor

MOST_NUMBERS = 1_000_000  # that are looked at one by one
NAMES = {"ndarray": "array", "NoneType": "None", "Tensor": "tensor"}
SCALARS = {"f": "float", "i": "int", "u": "int", "b": "bool", "c": "complex", "U": "str"}  # numpy's, by kind
Place = tuple[int, ...]


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


def kind(value: Any) -> str:
    """What a learner calls this type: "array", "tensor", "list", "float", ..."""
    if isinstance(value, Other):
        return value.name
    name = type(value).__name__
    if _is_scalar(value):
        return SCALARS.get(value.dtype.kind, name)
    return NAMES.get(name, name)


def as_python(value: Any) -> Any:
    """The value with a number of Python for each scalar of numpy in it, which is as good; arrays stay."""
    if isinstance(value, (Tensor, Other)):
        return value
    if type(value) in (list, tuple):
        return type(value)(as_python(item) for item in value)
    if type(value) is dict:
        return {as_python(key): as_python(item) for key, item in value.items()}
    return _plain(value).item() if _is_scalar(value) else value


def _is_scalar(value: Any) -> bool:
    return hasattr(value, "dtype") and hasattr(value, "item") and type(value).__name__ != "ndarray"


def _plain(array: Any) -> Any:
    """The same numbers in a dtype that Python has: more than 64 bits of a float become 64."""
    import numpy

    if array.dtype.kind in "fc":
        with numpy.errstate(all="ignore"):
            return array.astype(numpy.complex128 if array.dtype.kind == "c" else numpy.float64)
    return array


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
        # + 0: a zero with a minus sign tells a learner nothing
        text = number_text(value + 0) if kind(value) in ("float", "complex") else repr(value)
    return text if len(text) <= 90 else f"{text[:80]} ..."


def array_of(value: Any) -> Any:
    """What must be an array, or a tensor, as an array."""
    if isinstance(value, Tensor):
        return value.array
    if not hasattr(value, "shape"):
        raise Wrong(f"Your function returned {an(kind(value))}, expected an array.")
    return value


def shape_of(value: Any) -> tuple[int, ...]:
    """The shape of an array, or of lists in lists, which must be of one length; () for a number."""
    value = _numbers(value)
    if isinstance(value, (list, tuple)):
        inner = {shape_of(item) for item in value}
        if len(inner) > 1:
            raise Wrong("The lists inside your result have different lengths.")
        return (len(value), *(inner.pop() if inner else ()))
    return tuple(getattr(value, "shape", ()))


def flat(value: Any, place: Place = ()) -> list[tuple[Place, Any]]:
    """Every number with its place, in order."""
    value = _numbers(value)
    if hasattr(value, "shape") and value.shape:
        import numpy

        if value.size > MOST_NUMBERS:
            raise Wrong(f"There is an array of shape {tuple(value.shape)}: far too large to be right.")
        # As numbers of Python: those of numpy wrap around or warn where these are exact.
        numbers = zip(numpy.ndindex(value.shape), _plain(value).ravel().tolist(), strict=True)
        return [((*place, *at), number) for at, number in numbers]
    if isinstance(value, (list, tuple)):
        return [pair for i, item in enumerate(value) for pair in flat(item, (*place, i))]
    return [(place, _plain(value).item() if hasattr(value, "item") else value)]


def _numbers(value: Any) -> Any:
    """What may hold numbers: a number, a list, a tuple or an array."""
    if isinstance(value, Tensor):
        return value.array
    if isinstance(value, (str, dict, Other)) or value is None:
        raise Wrong(f"There is {an(kind(value))} where a number was expected.")
    return value


def is_finite(number: Any) -> bool:
    """Whether a number is neither infinite nor nan; a whole number of any size is finite."""
    return isinstance(number, int) or cmath.isfinite(number)


def number_text(value: Any, digits: int = 6) -> str:
    """A number in a few characters."""
    if kind(value) == "complex":
        return f"{value.real:.{digits - 1}g}{value.imag:+.{digits - 1}g}i"
    text = repr(value) if isinstance(value, int) else f"{float(value):.{digits}g}"
    return text if len(text) <= 40 else f"{text[:30]} ..."


def told_apart(got: Any, expected: Any) -> tuple[str, str]:
    """Two numbers that are not the same, with as many digits as it takes to see that."""
    for digits in (6, 9, 12, 17):
        one, other = number_text(got, digits), number_text(expected, digits)
        if one != other:
            return one, other
    if isinstance(got, int) and isinstance(expected, int):
        one, other = (f"{text[:15]} ... {text[-15:]}" for text in (repr(got), repr(expected)))
    return one, other


def place_text(place: Place) -> str:
    """`[1, 2]`: where a number is."""
    return "[" + ", ".join(map(str, place)) + "]" if place else "the only place"


def an(noun: str) -> str:
    """`an array`, `a list`, `nothing`."""
    if noun == "None":
        return "nothing"
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def sentence_start(what: str) -> str:
    """The beginning of a sentence; the name of a variable stays as it is, h is not H."""
    return what[:1].upper() + what[1:] if " " in what else what
