"""Which misconception does a file show? Compare what it returns with what typical mistakes return.

    inputs -> the learner's outputs       the same numbers, and wrong: that is the mistake
           -> each mistake's outputs

The mistakes are the functions of mistakes.py, the message of each is its docstring, and names that begin with
right_ are correct alternatives. Inputs on which the learner's function raised tell nothing. Four questions,
the strictest first, and the first mistake that one of them finds is named:

1. Does it return what the mistake returns on all probe inputs?
2. Does it wherever it is wrong? (A learner may have guarded a case in which the mistake goes wrong.)
3. Does it in the first failed check that tells the mistakes apart? (There may be a second error elsewhere.)
4. Does a part of what it returns, such as the state beside the output, wherever that part is wrong?

Two mistakes that fit equally well are none, and so is a fit that could be chance: the wrong values must be
more than a single whole number. If nothing fits, nothing is guessed.
"""

import ast
import math
from collections.abc import Callable, Iterator
from functools import cache
from types import ModuleType
from typing import Any

from minirnn.course import checks, wire
from minirnn.course.checks import Wrong
from minirnn.course.exercise_files import Exercise
from minirnn.course.grading.box import Box
from minirnn.course.grading.calls import Learner
from minirnn.course.wire import Other

SAME = 1e-6  # two outputs that differ by less are the same mistake
LARGE = 100_000  # bytes of arguments that mistakes, which may be slow, are not called with
ONE_OF = "One of the things that go wrong: "
Outcome = tuple[str, Any]  # "value" and what was returned, or the kind and text of a failure
# Of one input: what the learner's function, a mistake and the oracle give.
Row = tuple[Outcome, Outcome, Outcome]
# By exercise and input, what is the same for every learner: the outcome of the oracle, those of the mistakes.
_right: dict[tuple[Exercise, bytes], Outcome] = {}
_outcomes: dict[tuple[Exercise, bytes], dict[str, Outcome]] = {}


def recognise(
    exercise: Exercise,
    tests: ModuleType,
    probe: list[tuple[Any, ...]],
    failures: list[tuple[Any, ...]],
    learner: Learner,
    boxes: Callable[[str], Box] = Box,
) -> tuple[str, str]:
    """(name, message) of the mistake that the file shows, or two empty texts.

    probe: inputs that tell the mistakes apart. failures: the inputs on which the checks failed, in order.
    """
    have = [outcome(learner, args) for args in probe]
    if not any(kind == "value" for kind, _ in have):
        return "", ""
    with _Trusted(exercise, tests, boxes) as trusted:
        right = [trusted.right(args) for args in probe]
        table = {name: list(column) for name, column in trusted.columns(probe).items()}
        for name, theirs in table.items():
            if same(have, theirs, right):
                return name, message(exercise, name)
        rows = {name: list(zip(have, theirs, right, strict=True)) for name, theirs in table.items()}
        if name := only(rows):
            return name, message(exercise, name)
        for args in failures:
            if size(args) > LARGE:
                continue
            mine, true = outcome(learner, args), trusted.right(args)
            here = {name: [(mine, theirs[0], true)] for name, theirs in trusted.columns([args]).items()}
            rows_here = [here, *(parts(here, i) for i in range(how_many_parts(true)))]
            if name := next(filter(None, map(only, rows_here)), ""):
                return name, ONE_OF + message(exercise, name)
        for i in range(min(map(how_many_parts, right), default=0)):
            if name := only(parts(rows, i)):
                return name, ONE_OF + message(exercise, name)
    return "", ""


def only(rows: dict[str, list[Row]]) -> str:
    """The one mistake that the learner's function agrees with wherever it is wrong, or an empty text.

    Of several, those that are right where it is right fit better; if there are still several, none.
    """
    fits = {
        name: sum(alike(theirs[1], true[1]) == alike(mine[1], true[1]) for mine, theirs, true in each)
        for name, each in rows.items()
        if agrees(each)
    }
    best = [name for name, number in fits.items() if number == max(fits.values())]
    return best[0] if len(best) == 1 else ""


def agrees(rows: list[Row]) -> bool:
    """Whether the learner's function gives what the mistake gives wherever it gives a wrong value.

    At least one value must be wrong, and the wrong ones must be more than could be alike by chance.
    """
    wrong = [row for row in rows if row[0][0] == "value" and not alike(row[0][1], row[2][1])]
    return all(theirs[0] == "value" and alike(mine[1], theirs[1]) for mine, theirs, _ in wrong) and (
        weight([(mine[1], true[1]) for mine, _, true in wrong]) > 1
    )


def weight(pairs: list[tuple[Any, Any]]) -> int:
    """How much wrong values tell, from pairs of a value and the right one.

    Each different wrong number in them counts once if it is whole, for such a number is often hit by chance,
    and twice if not. A value of another form than the right one counts twice, too.
    """
    wrong: set[Any] = set()
    for mine, right in pairs:
        leaves, others = list(_leaves(mine)), list(_leaves(right))
        if len(leaves) != len(others):
            return 2
        wrong |= {repr(n) for n, other in zip(leaves, others, strict=True) if not alike(n, other)}
    return sum(
        1 if n in ("nan", "inf", "-inf", "None", "True", "False") or _is_whole(n) else 2 for n in wrong
    )


def _is_whole(number: str) -> bool:
    return number.strip("-").removesuffix(".0").isdigit()


def parts(rows: dict[str, list[Row]], i: int) -> dict[str, list[Row]]:
    """The rows with only the part i of each value that has as many parts as the right one."""

    def part(one: Outcome, right: Outcome) -> Outcome:
        kind, value = one
        has = kind == "value" and _is_row(value) and len(value) == how_many_parts(right) > i
        return ("value", value[i]) if has else ("no such part", "")

    return {name: [(part(a, c), part(b, c), part(c, c)) for a, b, c in each] for name, each in rows.items()}


def how_many_parts(right: Outcome) -> int:
    """Of how many parts a right value is: of a tuple's, which is what `return y, h` makes."""
    return len(right[1]) if isinstance(right[1], tuple) and not isinstance(right[1], checks.Tensor) else 0


def size(args: tuple[Any, ...]) -> int:
    """Bytes of the arguments of a call."""
    return len(wire.pack(list(args)))


def message(exercise: Exercise, name: str) -> str:
    """What is said of a mistake."""
    return " ".join(mistakes_doc(exercise, name).split())


class _Trusted:
    """The oracle of an exercise, and its mistakes in a box of their own, which is started if it is needed."""

    def __init__(self, exercise: Exercise, tests: ModuleType, boxes: Callable[[str], Box]) -> None:
        self.exercise, self.tests, self.boxes = exercise, tests, boxes
        self.names = [name for name in mistake_names(exercise) if not name.startswith("right_")]
        self.learner: Learner | None = None

    def __enter__(self) -> "_Trusted":
        return self

    def __exit__(self, *_: object) -> None:
        if self.learner is not None:
            self.learner.close()

    def right(self, args: tuple[Any, ...]) -> Outcome:
        """What the oracle gives for this input."""
        key = self.exercise, wire.pack(list(args))
        if key not in _right:
            _right[key] = outcome(self.tests.oracle, args)
        return _right[key]

    def columns(self, inputs: list[tuple[Any, ...]]) -> dict[str, list[Outcome]]:
        """The outcomes of each mistake on these inputs."""
        rows = [self._row(args) for args in inputs]
        return {name: [row[name] for row in rows] for name in self.names}

    def _row(self, args: tuple[Any, ...]) -> dict[str, Outcome]:
        key = self.exercise, wire.pack(list(args))
        if key in _outcomes:
            return _outcomes[key]
        row = {name: self._outcome(name, args) for name in self.names}
        if not any(kind in ("timeout", "crashed", "not run") for kind, _ in row.values()):
            _outcomes[key] = row
        return row

    def _outcome(self, name: str, args: tuple[Any, ...]) -> Outcome:
        if self.learner is None:
            source = (self.exercise.folder / "mistakes.py").read_text(encoding="utf-8")
            # A trusted file, but torch is too slow to be imported here, so it has a box of its own.
            uses = self.exercise.uses
            self.learner = Learner(source, "mistakes.py", name, uses, strict=False, box=self.boxes(uses))
        self.learner.function = name
        self.learner.rest()
        return outcome(self.learner, args)


def knows_mistakes(exercise: Exercise) -> bool:
    """Whether this process has the outcomes of the mistakes already, so that no second box is needed."""
    return any(key[0] == exercise for key in _outcomes)


def mistake_names(exercise: Exercise) -> list[str]:
    """The names of the public functions of mistakes.py, read without running it."""
    return [node.name for node in _functions(exercise) if not node.name.startswith("_")]


def mistakes_doc(exercise: Exercise, name: str) -> str:
    """The message of a mistake."""
    return next((ast.get_docstring(node) or "" for node in _functions(exercise) if node.name == name), "")


def _functions(exercise: Exercise) -> list[ast.FunctionDef]:
    return functions((exercise.folder / "mistakes.py").read_text(encoding="utf-8"))


@cache
def functions(source: str) -> list[ast.FunctionDef]:
    """The functions of a file, read without running it."""
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
    try:
        _, differing = checks.difference(*_without_nan(one, other), SAME)
    except Exception:
        return False
    return not differing


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


def _leaves(value: Any) -> Iterator[Any]:
    """The single values in lists, tuples, dicts and arrays, as those of Python."""
    value = value.array if isinstance(value, checks.Tensor) else value
    value = value.tolist() if hasattr(value, "tolist") else value
    if isinstance(value, dict):
        value = [part for item in sorted(value.items(), key=repr) for part in item]
    if isinstance(value, (list, tuple)) and not isinstance(value, Other):
        for item in value:
            yield from _leaves(item)
    else:
        yield value
