"""Layers that are made broken: a loop takes the 1 through each, step by step, with its fault."""

import cmath
import math

from minirnn.course.checks import points, same_type, true

RULES = ("none", "gamma", "late", "real")
EXAMPLE = ([0.6j], [1], [1 - 1j])


def _respond(layer, rule, length):
    """The answer to a single 1 of a layer that breaks this rule, by the loop."""
    Lambda, B, C = layer
    gamma = [1.0 if rule in ("gamma", "circle") else math.sqrt(1 - abs(each) ** 2) for each in Lambda]
    h, outputs = [0j] * len(Lambda), []
    for t in range(length):
        before, x = h, 1.0 if t == 0 else 0.0
        h = [z * each + g * b * x for z, each, g, b in zip(h, Lambda, gamma, B, strict=True)]
        seen = before if rule == "late" else h
        if rule == "real":
            outputs.append(sum(c.real * z.real for c, z in zip(C, seen, strict=True)))
        else:
            outputs.append(sum(c * z for c, z in zip(C, seen, strict=True)).real)
    return outputs


def _answers(layer, rule, length):
    """The same, each number rounded to ten digits."""
    return [float(f"{y:.10g}") for y in _respond(layer, rule, length)]


def _normal(rng):
    return complex(rng.gauss(0, 1), rng.gauss(0, 1))


def _layer(rng, states, low=0.3, high=0.97, most=math.pi):
    """A layer with random numbers, on which the four cases can be told apart."""
    while True:
        Lambda = [cmath.rect(rng.uniform(low, high), rng.uniform(-most, most)) for _ in range(states)]
        layer = Lambda, [_normal(rng) for _ in Lambda], [_normal(rng) for _ in Lambda]
        if _distance(layer, 4) > 0.01:
            return layer


def _distance(layer, length):
    """How far the two cases that are most alike differ at the step that tells them apart best."""
    found = [_respond(layer, rule, length) for rule in RULES]
    pairs = [(a, b) for i, a in enumerate(found) for b in found[:i]]
    return min(max(abs(x - y) for x, y in zip(a, b, strict=True)) for a, b in pairs)


def _faint(layer, length):
    """The layer with so small a C that the two cases most alike differ by little more than 0.001."""
    scale = 0.0015 / _distance(layer, length)
    return layer[0], layer[1], [scale * c for c in layer[2]]


def _with(layer, value):
    """The layer with its second eigenvalue replaced, or its only one."""
    Lambda = list(layer[0])
    Lambda[min(1, len(Lambda) - 1)] = value
    return Lambda, layer[1], layer[2]


# The 1 shows in the second output only: a first zero is no sign of a layer that is late.
STARTS_WITH_ZERO = [0.5 + 0.5j, 0.8j], [1 + 0j, 1 + 0j], [1j, 2j]
# Two states that cancel at first and then part: it grows for a while, though both are inside.
GROWS = [0.9 + 0j, 0.3 + 0.6j], [(1 + 0j) / math.sqrt(0.19), 1 / math.sqrt(0.55)], [2 + 0.5j, -2 - 0.5j]
# All of it falls in the first steps, but one eigenvalue is outside; one lies on the circle.
OUTSIDE = [0.2 + 0j, 1.0004j], [1 + 0j, 0.01 + 0j], [1 + 0.3j, 1 - 1j]
ON_IT = [0.4 + 0.2j, 0.6 + 0.8j], [1 + 0j, 0.5 - 1j], [1 + 1j, 0.3 - 1j]


# Not inside: the only one, the first of two, and one of which neither part is as large as 1.
NOT_INSIDE = [
    ([1.2j], [1 + 0j], [1 - 1j]),
    ([-1 + 0j, 0.3 + 0j], [1 + 0j, 1 + 0j], [0.7 + 0j, 1 - 1j]),
    ([0.2 + 0j, 0.8 + 0.7j], [1 + 0j, 0.5 + 0j], [1 + 0.3j, 1 - 1j]),
]
# Without gamma its outputs are 1, 0.5, -0.25, ..., which nobody rounds.
EXACT = [0.5j], [1], [1 - 1j]


def probe(rng):
    cases = []
    for layer in (EXAMPLE, _layer(rng, 3), STARTS_WITH_ZERO, GROWS):  # so long that rounding shows in all
        cases += [(*layer, _answers(layer, rule, 20)) for rule in RULES]
    for layer in (_faint(_layer(rng, 2), 8), _faint(_layer(rng, 1), 8)):
        cases += [(*layer, _answers(layer, rule, 8)) for rule in RULES]
    short = _layer(rng, 2, 0.3, 0.6)
    cases += [(*short, _answers(short, rule, 60)) for rule in RULES]
    cases += [(*EXACT, _answers(EXACT, "gamma", 8))]
    return [*cases, *((*layer, _answers(layer, "circle", 8)) for layer in (OUTSIDE, ON_IT, *NOT_INSIDE))]


def oracle(Lambda, B, C, response):
    """The rule whose broken layer, run by the loop, answers like this."""
    if max(map(abs, Lambda)) >= 1:
        return "circle"
    for rule in RULES:
        would = _respond((Lambda, B, C), rule, len(response))
        if all(math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9) for a, b in zip(would, response, strict=True)):
            return rule
    raise AssertionError("no rule fits")


def _ask(learner, layer, rule, length, why=""):
    response = _answers(layer, rule, length)
    got = learner(*layer, response)
    same_type(got, "str")
    known = ", ".join(f'"{name}"' for name in ("circle", *RULES))
    true(got in ("circle", *RULES), f'You return "{got}", expected one of {known}.')
    true(oracle(*layer, response) == rule, "The check is wrong: two rules fit. Please tell the authors.")
    true(got == rule, f'You say "{got}", but this layer is "{rule}".{why and " "}{why}')


@points(1)
def test_sound_layer(learner):
    """The example, and nothing is broken."""
    _ask(learner, EXAMPLE, "none", 4)


@points(1)
def test_examples(learner, rng):
    """The other examples of the statement."""
    for rule in RULES[1:]:
        _ask(learner, EXAMPLE, rule, 4)
    _ask(learner, ([1j], *EXAMPLE[1:]), "circle", 4)


@points(1)
def test_several_states(learner, rng):
    """Layers with more than one state, each with its own gamma."""
    for states in (2, 3, 8):
        for rule in RULES:
            _ask(learner, _layer(rng, states), rule, 12)


@points(1)
def test_first_zero(learner):
    """A sound layer may begin with 0."""
    why = "Its response begins with 0 because the 1 enters where the real part does not see it."
    for rule in ("none", "gamma", "late"):
        _ask(learner, STARTS_WITH_ZERO, rule, 8, why if rule == "none" else "")


@points(1)
def test_growing(learner):
    """A layer may grow for a while and be inside the circle."""
    for rule in RULES:
        _ask(learner, GROWS, rule, 8, "All its eigenvalues are inside, though the response grows at first.")


@points(1)
def test_little_difference(learner, rng):
    """Cases that differ by little more than 0.001."""
    for states in (1, 2, 3):
        layer = _faint(_layer(rng, states), 12)
        for rule in RULES:
            _ask(learner, layer, rule, 12, "Two of the four cases differ by only 0.0015 here.")


@points(1)
def test_short_memories(learner, rng):
    """All has been forgotten long before the end, so the outputs of a late layer have the same sum."""
    for rule in RULES:
        _ask(learner, _layer(rng, 2, 0.3, 0.6), rule, 60)


@points(1)
def test_circle(learner, rng):
    """One eigenvalue outside, a little outside, or exactly on the circle."""
    for layer in (
        OUTSIDE,
        ON_IT,
        *NOT_INSIDE,
        _with(_layer(rng, 4), -1 + 0j),
        _with(_layer(rng, 1), 1.3 - 0.2j),
    ):
        sizes = ", ".join(f"{abs(value):.6g}" for value in layer[0])
        _ask(learner, layer, "circle", 8, f"The sizes of its eigenvalues are {sizes}.")


@points(1)
def test_long_memories(learner, rng):
    """Near the circle, where gamma is small."""
    for rule in RULES:
        _ask(learner, _layer(rng, 2, 0.99, 0.9995), rule, 60)


@points(1, graded=True)
def test_many(learner, rng):
    """The same for other layers."""
    for _ in range(6):
        for rule in RULES:
            _ask(learner, _layer(rng, rng.randint(1, 8)), rule, rng.randint(4, 60))
