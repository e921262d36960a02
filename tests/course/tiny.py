"""A course of three small exercises, for tests of the tool: they change it as they like."""

import json
from pathlib import Path

from minirnn.course import bank

MANIFEST = """
[[lesson]]
id = "first"
title = "First"
[[lesson.exercise]]
id = "double"
title = "Twice as much"
minutes = 5
difficulty = 1
importance = 5
points = 4
uses = "python"
[[lesson.exercise]]
id = "running_sum"
title = "Sum as you go"
minutes = 10
difficulty = 1
importance = 4
points = 6
uses = "python"
[[lesson]]
id = "second"
title = "Second"
[[lesson.exercise]]
id = "halve"
title = "Half as much"
minutes = 7
difficulty = 1
importance = 3
points = 3
uses = "numpy"
"""

README = """# {title}

Write `{name}`.

## Hints

### 1

The idea of {name}.

### 2

The place of {name}.

### 3

Nearly the code of {name}.

## Debrief

Debrief of {name}.
What if it were longer?
"""

FILES = {
    "00_first/double/exercise.py": '''"""Doubling."""

FACTOR = 2


def double(x: list[float]) -> list[float]:
    """Twice each number."""
    # BEGIN SOLUTION
    secret = [FACTOR * value for value in x]
    return secret
    # END SOLUTION
''',
    "00_first/double/mistakes.py": '''"""What goes wrong."""


def squared(x):
    """You take the square. Twice three is six, and three
    squared is nine."""
    return [value * value for value in x]
''',
    "00_first/double/test_double.py": '''"""Doubling."""

from minirnn.course.checks import close, points, same_type


def probe(rng):
    return [([3.0, 5.0],)]


def oracle(x):
    return [value + value for value in x]


@points(1)
def test_type(learner):
    """A list comes back."""
    same_type(learner([1.0]), "list")


@points(2)
def test_all_values(learner):
    close(learner([3.0, 5.0]), [6.0, 10.0], what="the result")


@points(1, graded=True)
def test_long(learner, rng):
    x = [rng.random() for _ in range(50)]
    close(learner(x), [value + value for value in x])
''',
    "00_first/running_sum/exercise.py": '''"""Running sums."""


def running_sum(x: list[float]) -> list[float]:
    """The sum so far, at each step."""
    # BEGIN SOLUTION
    secret = [sum(x[: i + 1]) for i in range(len(x))]
    return secret
    # END SOLUTION
''',
    "00_first/running_sum/mistakes.py": '''"""What goes wrong."""


def not_carried(x):
    """You forget the sum so far."""
    return list(x)
''',
    "00_first/running_sum/test_running_sum.py": '''"""Running sums."""

from minirnn.course.checks import close, points


def probe(rng):
    return [([1.0, 2.0, 3.0],)]


def oracle(x):
    return [sum(x[: i + 1]) for i in range(len(x))]


@points(6)
def test_steps(learner):
    """Every step."""
    close(learner([1.0, 2.0, 3.0]), [1.0, 3.0, 6.0], time=0, what="the sum")
''',
    "01_second/halve/exercise.py": '''"""Halving."""

import numpy as np


def halve(x: np.ndarray) -> np.ndarray:
    """Half of each number."""
    # BEGIN SOLUTION
    secret = x / 2
    return secret
    # END SOLUTION
''',
    "01_second/halve/mistakes.py": '''"""What goes wrong."""


def nothing_done(x):
    """You give back what came in."""
    return x + 0
''',
    "01_second/halve/test_halve.py": '''"""Halving."""

import numpy as np

from minirnn.course.checks import close, points, same_shape


def probe(rng):
    return [(np.arange(3.0),)]


def oracle(x):
    return x / 2


@points(1)
def test_shape(learner):
    same_shape(learner(np.zeros((4, 5))), (4, 5))


@points(2)
def test_values(learner, rng):
    x = rng.normal(size=3)
    close(learner(x), [value * 0.5 for value in x])
''',
}

RIGHT = {
    "double": "def double(x):\n    return [value + value for value in x]\n",
    "running_sum": (
        "def running_sum(x):\n    out, total = [], 0.0\n    for value in x:\n        total += value\n"
        "        out.append(total)\n    return out\n"
    ),
    "halve": "def halve(x):\n    return 0.5 * x\n",
}
SQUARED = "def double(x):\n    return [value ** 2 for value in x]\n"


def make_bank(place: Path) -> Path:
    """Write the course into that folder."""
    (place / "lessons").mkdir(parents=True)
    (place / "lessons" / "course.toml").write_text(MANIFEST, encoding="utf-8")
    for name, text in FILES.items():
        path = place / "exercises" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        name = path.parent.name
        (path.parent / "README.md").write_text(README.format(name=name, title=name.title()), encoding="utf-8")
    return place


def write(folder: Path, name: str, text: str) -> None:
    """Put what a learner wrote into the file of that exercise."""
    (folder / bank.find(name).filename).write_text(text, encoding="utf-8")


def dry_run(root, **teaching):
    """Give the lessons of these ids their minutes of teaching, by track."""
    path = root / bank.DRY_RUN
    path.parent.mkdir(parents=True, exist_ok=True)
    lessons = {
        name: {"teaching": each, "exercises": dict.fromkeys(each, 15)} for name, each in teaching.items()
    }
    assumed = {
        "words a minute": 120,
        "seconds to write down a prediction": 60,
        "seconds to talk about its answer": 90,
        "minutes in class for one at the desk": 1.25,
    }
    made = {"machine": {"date": "2026-11-28"}, "assumed": assumed, "lessons": lessons}
    path.write_text(json.dumps(made), "utf-8")
