"""Units with a gate that is stuck: made step by step, so that it is known which."""

import math

from minirnn.course.checks import Wrong, close, points, same_type, true, unchanged

GATES = ("i", "f", "o")
NAMES = {"i": "the write gate i", "f": "the keep gate f", "o": "the show gate o"}


def _run(told, gate, value):
    """The log of a unit that is told this, with that gate stuck at that number."""
    cell, log = 0.0, []
    for step in told:
        does = {**step, gate: value} if gate else step
        cell = does["f"] * cell + does["i"] * does["g"]
        log.append({**step, "c": cell, "h": does["o"] * math.tanh(cell)})
    return log


def _told(rng, steps, quiet=0):
    """What a unit is told; in the first `quiet` steps there is nothing to write."""
    return [
        {
            **{gate: rng.uniform(0.05, 0.95) for gate in GATES},
            "g": 0.0 if t < quiet else rng.choice([-1, 1]) * rng.uniform(0.3, 1),
        }
        for t in range(steps)
    ]


def _beside_before(log):
    """(the cell before it, the step) of each step."""
    cells = [0.0, *(step["c"] for step in log)]
    return list(zip(cells, log, strict=False))


def _misses(log, gate):
    """By how much this gate, stuck at its best number of a fine grid, still misses some step."""

    def miss(value):
        worst = 0.0
        for last, step in _beside_before(log):
            does = {**step, gate: value} if gate else step
            worst = max(
                worst,
                abs(does["f"] * last + does["i"] * does["g"] - step["c"]),
                abs(does["o"] * math.tanh(step["c"]) - step["h"]),
            )
        return worst

    if not gate:
        return miss(0.0)
    low, high = 0.0, 1.0
    for _ in range(60):  # the worst miss is convex in the number, so thirds can be cut off
        a, b = low + (high - low) / 3, high - (high - low) / 3
        low, high = (low, b) if miss(a) < miss(b) else (a, high)
    return miss((low + high) / 2)


def _log(rng, gate, value, steps=12, quiet=0):
    """A log that nothing else explains."""
    while True:
        log = _run(_told(rng, steps, quiet), gate, value)
        if all(_misses(log, other) > 0.002 for other in ("", *GATES) if other != gate and (gate or other)):
            return log


def _told_what_it_does(rng, gate, value):
    """A log in which the stuck gate is told, in every other step, what it does anyway."""
    while True:
        told = [{**step, gate: value} if t % 2 == 0 else step for t, step in enumerate(_told(rng, 12))]
        log = _run(told, gate, value)
        if all(_misses(log, other) > 0.002 for other in ("", *GATES) if other != gate):
            return log


def probe(rng):
    logs = [_log(rng, gate, value) for gate in GATES for value in (0.0, 1.0, 0.3518263)]
    logs += [_log(rng, gate, 0.6201847, quiet=3) for gate in GATES]
    logs += [_log(rng, gate, rng.uniform(0.2, 0.8), steps=5) for gate in GATES]
    logs += [_told_what_it_does(rng, gate, value) for gate in GATES for value in (0.5, 0.3518263)]
    return [*((log,) for log in logs), (_log(rng, "", 0.0),), (_log(rng, "", 0.0, 5, 2),)]


def oracle(log):
    """The gate that misses nothing when it is stuck at its best number, which is looked for by thirds."""
    if _misses(log, "") < 1e-7:
        return None
    gate = min(GATES, key=lambda name: _misses(log, name))
    sides = {
        "i": lambda s, last: (s["g"], s["c"] - s["f"] * last),
        "f": lambda s, last: (last, s["c"] - s["i"] * s["g"]),
        "o": lambda s, last: (math.tanh(s["c"]), s["h"]),
    }
    pairs = [sides[gate](step, last) for last, step in _beside_before(log)]
    return gate, sum(p * q for p, q in pairs) / sum(p * p for p, _ in pairs)  # least squares


def _ask(learner, log, gate, value, why=""):
    try:
        got = learner(log)
    except Wrong as wrong:
        if "ZeroDivision" in wrong.message:
            wrong.message += ". A candidate or a cell may be 0: look before you divide."
        raise
    tail = f" {why}" if why else ""
    if not gate:
        true(got is None, f"You say {got}, but no gate of this unit is stuck: expected None.{tail}")
        return
    true(got is not None, f"You say None, but {NAMES[gate]} is stuck at {value:g}.{tail}")
    if not isinstance(got, list):
        same_type(got, "tuple")
    true(len(got) == 2, f"You return {len(got)} things, expected two: the gate and its number.")
    same_type(got[0], "str")
    true(got[0] in GATES, f'You say "{got[0]}", expected one of "i", "f" and "o".')
    true(
        got[0] == gate, f"You say that {NAMES[got[0]]} is stuck, but it is {NAMES[gate]}, at {value:g}.{tail}"
    )
    close(got[1], value, 1e-6, what=f"the number at which {NAMES[gate]} is stuck")


@points(1)
def test_show_gate(learner, rng):
    """The show gate, which can be tested by itself."""
    for value in (1.0, 0.0, 0.3518263):
        _ask(learner, _log(rng, "o", value), "o", value)


@points(1)
def test_write_gate(learner, rng):
    for value in (1.0, 0.3518263, 0.0):
        _ask(learner, _log(rng, "i", value), "i", value)


@points(1)
def test_keep_gate(learner, rng):
    for value in (1.0, 0.3518263, 0.0):
        _ask(learner, _log(rng, "f", value), "f", value, "A single wrong cell accuses i as well.")


@points(2)
def test_sound(learner, rng):
    """A unit in which nothing is stuck, also when a gate is told the same at every step."""
    _ask(learner, _log(rng, "", 0.0), "", 0.0)
    log = _run([{**step, "f": 0.9} for step in _told(rng, 8)], "", 0.0)
    _ask(learner, log, "", 0.0, "A gate that is told 0.9 at every step, and does it, is not stuck.")
    unchanged(learner)


@points(2)
def test_nothing_to_write(learner, rng):
    """At first the candidate is 0, and the cell too: those steps say nothing."""
    for gate in GATES:
        _ask(
            learner,
            _log(rng, gate, 0.6201847, quiet=3),
            gate,
            0.6201847,
            "In its first steps the candidate is 0.",
        )
    _ask(learner, _log(rng, "", 0.0, quiet=3), "", 0.0, "In its first steps the candidate is 0.")


@points(1)
def test_short(learner, rng):
    """Four steps."""
    for gate in GATES:
        _ask(learner, _log(rng, gate, 0.8047213, steps=4), gate, 0.8047213)


@points(1)
def test_some_steps_agree(learner, rng):
    """What a gate is told is, in every other step, what it does anyway."""
    for gate in GATES:
        log = _told_what_it_does(rng, gate, 0.5)
        _ask(learner, log, gate, 0.5, "Look at all steps: in every other one it is told what it does.")


@points(2, graded=True)
def test_many(learner, rng):
    for _ in range(5):
        for gate in ("", *GATES):
            value = rng.choice([0.0, 1.0, rng.uniform(0, 1)])
            _ask(learner, _log(rng, gate, value, rng.randint(4, 60), rng.randint(0, 1)), gate, value)
