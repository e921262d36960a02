"""loop_of_one: a state of one number, handed from step to step."""

import cmath

from minirnn.course.checks import Wrong, close, equal, points, same_type, true, unchanged

ROUGH = 1e-3  # so that rounded states lose the points of one rung only
EXAMPLE = (0.5, [1, 0, 0], 0)


def probe(rng):
    return [_arguments(rng, 4), _arguments(rng, 6), EXAMPLE]


def oracle(w, x, h0):
    # tanh(z) = -i tan(i z), in complex numbers: another road to the same state.
    states = []
    for t in range(len(x)):
        before = states[t - 1] if t else h0
        states.append((-1j * cmath.tan(1j * (w * before + x[t]))).real)
    return states


def _arguments(rng, length):
    # At least 0.2 from 0, so that nothing can be left out unnoticed.
    far = [rng.choice([-1, 1]) * rng.uniform(0.2, 0.9) for _ in range(length + 2)]
    return far[0], far[1:-1], far[-1]


def _states(learner, arguments, advice):
    """What the learner's function returns, or its error with what may be behind it."""
    try:
        return learner(*arguments)
    except Wrong as wrong:
        if wrong.kind != "raised":
            raise
        raise Wrong(f"{wrong.message.rstrip('.')}. {advice}", kind="raised", where=wrong.where) from None


@points(1)
def test_type(learner):
    got = learner(*EXAMPLE)
    same_type(got, "list")
    equal(len(got), 3, what="the number of states of the example")


@points(1)
def test_from_zero(learner, rng):
    # Nothing in mind: the input alone.
    w, x, _ = _arguments(rng, 1)
    close(learner(w, x, 0.0), oracle(w, x, 0.0), ROUGH, time=0, what="the state after one step from h0 = 0")


@points(1)
def test_first_step(learner, rng):
    arguments = _arguments(rng, 1)
    close(
        learner(*arguments),
        oracle(*arguments),
        ROUGH,
        time=0,
        what="the state after one step from another h0",
    )


@points(1)
def test_example(learner):
    close(learner(*EXAMPLE), oracle(*EXAMPLE), ROUGH, time=0, what="the state h of the example")


@points(2)
def test_whole_sequence(learner, rng):
    for length in (2, 5, 9):
        w, x, h0 = _arguments(rng, length)
        close(learner(w, x, h0), oracle(w, x, h0), ROUGH, time=0, what="the state h")
    unchanged(learner)


@points(1)
def test_all_digits(learner, rng):
    w, x, _ = _arguments(rng, 4)
    close(learner(w, x, 0.0), oracle(w, x, 0.0), time=0, what="the state h, with all its digits,")


@points(1)
def test_nothing_comes_in(learner):
    advice = "x may be empty: then no step is taken, and the list of states is empty, too."
    got = _states(learner, (0.5, [], 0.3), advice)
    equal(len(got) if hasattr(got, "__len__") else got, 0, what="the number of states when nothing comes in")


@points(1)
def test_never_beyond_one(learner):
    advice = "If you write tanh yourself: exp of a large number is too large for a float. math.tanh is not."
    for large in (6.0, 1000.0):
        arguments = 3.0, [large, *[0.0] * 30, -large, *[0.0] * 30], -1.0
        got = _states(learner, arguments, advice)
        true(all(-1 <= h <= 1 for h in got), "A state is outside of -1 to 1.")
        close(
            got, oracle(3.0, [min(max(x, -300), 300) for x in arguments[1]], -1.0), time=0, what="the state h"
        )


@points(1, graded=True)
def test_long(learner, rng):
    w, x, h0 = _arguments(rng, 200)
    close(learner(w, x, h0), oracle(w, x, h0), ROUGH, time=0, what="the state h over 200 steps")


@points(1, graded=True)
def test_two_parts(learner, rng):
    # Reading in two parts, with the state handed on, is the same as reading at once.
    w, x, h0 = _arguments(rng, 8)
    expected = oracle(w, x, h0)
    first = learner(w, x[:3], h0)
    close(first, expected[:3], ROUGH, time=0, what="the state h of the first part")
    close(learner(w, x[3:], first[-1]), expected[3:], ROUGH, time=0, what="the state h of the second part")
