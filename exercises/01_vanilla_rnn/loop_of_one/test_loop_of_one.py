"""loop_of_one: a state of one number, handed from step to step."""

import cmath

from minirnn.course.checks import close, equal, points, same_type, true, unchanged

EXAMPLE = (0.5, [1, 0, 0], 0)


def probe(rng):
    return [EXAMPLE, _arguments(rng, 4), _arguments(rng, 6)]


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


@points(1)
def test_type(learner):
    got = learner(*EXAMPLE)
    same_type(got, "list")
    equal(len(got), 3, what="the number of states of the example")


@points(1)
def test_example(learner):
    close(learner(*EXAMPLE), oracle(*EXAMPLE), time=0, what="the state h of the example")


@points(1)
def test_first_step(learner, rng):
    w, x, h0 = _arguments(rng, 1)
    close(learner(w, x, h0), oracle(w, x, h0), what="the state after one step")


@points(3)
def test_whole_sequence(learner, rng):
    for length in (2, 5, 9):
        w, x, h0 = _arguments(rng, length)
        got = learner(w, x, h0)
        same_type(got, "list")
        equal(len(got), length, what="the number of states")
        close(got, oracle(w, x, h0), time=0, what="the state h")
    unchanged(learner)


@points(1)
def test_nothing_comes_in(learner):
    equal(learner(0.5, [], 0.3), [], what="the list of states when nothing comes in")


@points(1)
def test_never_beyond_one(learner):
    arguments = 3.0, [6.0, *[0.0] * 30, -6.0, *[0.0] * 30], -1.0
    got = learner(*arguments)
    true(all(-1 <= h <= 1 for h in got), "A state is outside of -1 to 1.")
    close(got, oracle(*arguments), time=0, what="the state h of the bracket memory")


@points(2, graded=True)
def test_two_parts(learner, rng):
    # Reading in two parts, with the state handed on, is the same as reading at once.
    w, x, h0 = _arguments(rng, 8)
    expected = oracle(w, x, h0)
    first = learner(w, x[:3], h0)
    close(first, expected[:3], time=0, what="the state h of the first part")
    close(learner(w, x[3:], first[-1]), expected[3:], time=0, what="the state h of the second part")
