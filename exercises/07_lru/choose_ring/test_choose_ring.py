"""The ring to order: the inner radius is looked for by halving, on the share that the area gives."""

import math

from minirnn.course.checks import close, points, same_type, true

FITS = ((0.5, 10, 100), (0.3, 20.0, 150.0), (0.8, 7.5, 30.0), (0.6, 2, 9))


def probe(rng):
    return [*FITS, (0.1, 1, 100), (0.7, 3, math.inf), (0.5, 2.01, math.inf), (0.05, 2.0, 6.0)]


def _radius(half_life):
    """The radius of which half is left after so many steps, by its logarithm."""
    return math.exp(-math.log(2) / half_life)


def _share_above(half_life, low, high):
    """The share of the ring's area that lies outside of the radius with this half-life."""
    areas = [math.pi * r * r for r in (low, _radius(half_life), high)]
    return (areas[2] - areas[1]) / (areas[2] - areas[0])


def oracle(share, half_life, longest):
    """Move the inner radius outward until the share is reached; None where the whole disk has too much."""
    low, high, outer = 0.0, _radius(half_life), _radius(longest)
    if _share_above(half_life, 0.0, outer) > share * (1 + 1e-12):
        return None
    for _ in range(200):
        middle = (low + high) / 2
        if _share_above(half_life, middle, outer) < share:
            low = middle
        else:
            high = middle
    return low, outer


def _ring(got):
    """The two radii of an answer that is a ring."""
    true(got is not None, "You return None, but there is such a ring. Or is a return missing?")
    if not isinstance(got, list):
        same_type(got, "tuple")
    true(len(got) == 2, f"You return {len(got)} numbers, expected two: r_min and r_max.")
    for radius in got:
        same_type(radius, "float")
    return [float(radius) for radius in got]


def _near(got, right, name):
    """The radius is right, to all its digits."""
    places = next((n for n in range(2, 9) if got == round(right, n) and abs(got - right) > 1e-9), 0)
    true(
        not places,
        f"{name} is {got}, which is right but rounded to {places} places; expected {right:.12g}. Return all "
        "digits: of a half-life of a million steps nothing is seen in the first six places.",
    )
    close(got, right, what=name)


def _outer_and_inner(learner, args):
    low, high = _ring(learner(*args))
    inner, outer = oracle(*args)
    _near(high, outer, "r_max")
    _near(low, inner, "r_min")


@points(1)
def test_runs(learner):
    """It returns two radii."""
    _ring(learner(0.5, 10, 100))


@points(1)
def test_outer_radius(learner):
    """On the outer edge the half-life is `longest`."""
    for args in FITS:
        _, high = _ring(learner(*args))
        _near(high, _radius(args[2]), "r_max")


@points(2)
def test_one_half(learner):
    """The inner radius for one half of the states."""
    for args in ((0.5, 10, 100), (0.5, 4, 50), (0.5, 30.5, 47.0)):
        _outer_and_inner(learner, args)


@points(2)
def test_other_shares(learner):
    """For other shares."""
    for args in FITS[1:]:
        _outer_and_inner(learner, args)


@points(1)
def test_up_to_the_circle(learner):
    """With no longest half-life the outer edge is the circle."""
    low, high = _ring(learner(0.7, 3, math.inf))
    close(high, 1.0, what="r_max")
    close(low, oracle(0.7, 3, math.inf)[0], what="r_min")


@points(1)
def test_impossible_wishes(learner):
    """None where even the whole disk has too many long memories."""
    for args in ((0.1, 1, 100), (0.2, 2, 1000), (0.01, 5, 6), (0.05, 2.0, 6.0), (0.4, 2, math.inf)):
        got = learner(*args)
        true(
            got is None,
            f"You return {got} for share {args[0]:g}, half_life {args[1]:g} and longest {args[2]:g}, "
            "expected None: of the whole disk up to r_max a larger share is above that half-life already, "
            "and a ring has still more.",
        )


@points(1)
def test_nearly_the_whole_disk(learner):
    """Just possible: the inner edge comes near the centre."""
    _outer_and_inner(learner, (0.5, 2.01, math.inf))
    _outer_and_inner(learner, (0.75, 1.02, 29.0))


def _compare_rates(learner, args):
    """How far the radii are from 1, divided by how far they should be."""
    for got, right, name in zip(_ring(learner(*args)), oracle(*args), ("r_min", "r_max"), strict=True):
        close((1 - got) / (1 - right), 1.0, 1e-6, what=f"1 - {name}, divided by what it should be,")


@points(1)
def test_long_memories(learner):
    """Half-lives up to a million steps."""
    for args in ((0.5, 1e4, 1e5), (0.9, 2e5, 1e6), (0.75, 999, 1000)):
        _compare_rates(learner, args)


@points(1, graded=True)
def test_many_wishes(learner, rng):
    """The same for other wishes."""
    for _ in range(20):
        half_life = 10 ** rng.uniform(0.5, 4)
        args = (rng.uniform(0.3, 0.9), half_life, half_life * rng.uniform(1.5, 5))
        expected = oracle(*args)
        if expected is None:
            true(learner(*args) is None, f"There is no ring for {args}, expected None.")
        else:
            _compare_rates(learner, args)
