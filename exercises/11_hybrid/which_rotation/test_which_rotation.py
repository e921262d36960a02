"""Lists of speeds that are made pair by pair, and named."""

import math

from minirnn.course.checks import points, same_type, true

NAMES = ("rope", "partial", "p-rope", "reversed", "nope")
EXAMPLES = {
    "rope": [1.0, 0.1, 0.01, 0.001],
    "partial": [1.0, 0.01, 0.0, 0.0],
    "p-rope": [1.0, 0.1, 0.0, 0.0],
    "reversed": [0.0, 0.0, 0.01, 0.001],
    "nope": [0.0, 0.0, 0.0, 0.0],
}


def _speeds(name, pairs, turning, base):
    """Each speed from the one before, by a factor, and then rounded a little."""
    among = turning if name == "partial" else pairs
    step = math.exp(-math.log(base) / among)
    turns = {
        "rope": range(pairs),
        "partial": range(turning),
        "p-rope": range(turning),
        "reversed": range(pairs - turning, pairs),
        "nope": range(0),
    }[name]
    speeds, speed = [], 1.0
    for k in range(pairs):
        off = (-1) ** (k + pairs) * 4e-13  # so that no comparison with == finds it
        speeds.append(speed * (1 + off) if k in turns else 0.0)
        speed *= step
    return speeds


def probe(rng):
    cases = [(speeds, 10_000.0) for speeds in EXAMPLES.values()]
    for pairs, turning, base in (
        (8, 2, 1e6),
        (64, 63, 1e4),
        (6, 5, 2.0),
        (16, 4, 500.0),
        (3, 2, 7.0),
        (5, 3, 1e7),
        (256, 255, 1e7),
        (32, 8, 1e7),
        (12, 6, 300.0),
    ):
        cases += [(_speeds(name, pairs, turning, base), base) for name in NAMES]
    cases += [(_speeds("reversed", 5, 1, 100.0), 100.0), (_speeds("rope", 2, 2, 50.0), 50.0)]
    return cases


def oracle(speeds, base):
    """The name whose list is the nearest, over all numbers of turning pairs."""
    best = {}
    for name in NAMES:
        for turning in (
            range(1 if name == "reversed" else 2, len(speeds)) if name not in ("rope", "nope") else (0,)
        ):
            made = _speeds(name, len(speeds), turning, base)
            best[max(abs(a - b) for a, b in zip(made, speeds, strict=True))] = name
    return best[min(best)]


def _ask(learner, name, pairs, turning, base, why=""):
    _given(learner, name, _speeds(name, pairs, turning, base), base, why)


def _given(learner, name, speeds, base, why=""):
    got = learner(speeds, base)
    same_type(got, "str")
    known = ", ".join(f'"{each}"' for each in NAMES)
    true(got in NAMES, f'You return "{got}", expected one of {known}.')
    true(got == name, f'You say "{got}", but these speeds are those of "{name}".{why and " "}{why}')


@points(1)
def test_all_or_none(learner):
    """All pairs turn, or none."""
    for name in ("rope", "nope"):
        _given(learner, name, EXAMPLES[name], 10_000.0)
        for pairs in (2, 7):
            _ask(learner, name, pairs, pairs, 500.0)


@points(1)
def test_examples(learner):
    """The other examples of the statement."""
    for name, speeds in EXAMPLES.items():
        _given(learner, name, speeds, 10_000.0)


@points(1)
def test_reversed(learner):
    """The last pairs turn, among them a single one."""
    for pairs, turning in ((6, 4), (5, 1), (2, 1), (9, 8)):
        _ask(learner, "reversed", pairs, turning, 300.0)


@points(2)
def test_same_share(learner):
    """The same share and base, two schemes."""
    for pairs, turning, base in ((8, 2, 1e6), (128, 32, 1e6), (16, 4, 500.0), (32, 8, 1e7)):
        for name in ("partial", "p-rope"):
            _ask(
                learner,
                name,
                pairs,
                turning,
                base,
                f"{turning} of {pairs} pairs turn, and the base is {base:g}.",
            )


@points(1)
def test_alike(learner):
    """Two schemes whose speeds lie close together."""
    for pairs, turning, base in ((64, 63, 1e4), (256, 255, 2.0), (256, 255, 1e7), (6, 5, 2.0), (3, 2, 7.0)):
        for name in ("partial", "p-rope"):
            _ask(
                learner,
                name,
                pairs,
                turning,
                base,
                f"{turning} of {pairs} pairs turn, and the base is {base:g}.",
            )


@points(2, graded=True)
def test_many(learner, rng):
    """Other heads."""
    for _ in range(15):
        pairs, base = rng.randint(3, 80), 10 ** rng.uniform(0.4, 6.9)
        turning = rng.randint(2, pairs - 1)
        for name in NAMES:
            _ask(learner, name, pairs, turning, base)
