"""What goes wrong with this diagnosis, and other ways to make it."""


def _diagnose(long, short):
    found = {"euler": 2 * short - 1, "hold": short**2, "same": short}
    if short > -1:
        found["bilinear"] = (3 * short - 1) / (3 - short)
    return min(found, key=lambda rule: abs(found[rule] - long))


def _ratios(coarse, fine):
    return coarse[1] / coarse[0], fine[1] / fine[0]


def loudness_ignored(coarse, fine):
    """You compare the values themselves. The recordings may have been made with different loudness: divide by
    the value at step 0 first."""
    return _diagnose(coarse[1], fine[1])


def negative_is_euler(coarse, fine):
    """You take a negative a for a sign of Euler's rule. In the bilinear rule a is negative, too, as soon as
    the step is long enough."""
    long, short = _ratios(coarse, fine)
    return "euler" if long < 0 or short < 0 else _diagnose(long, short)


def squares_for_all(coarse, fine):
    """You say "hold" or "euler" only. There are four answers."""
    long, short = _ratios(coarse, fine)
    return "hold" if abs(short**2 - long) < 1e-3 else "euler"


def right_by_three_tests(coarse, fine):
    """Each rule is put to its own test, without a division that may fail."""
    long, short = _ratios(coarse, fine)
    tests = {
        "same": long - short,
        "euler": (long - 1) - 2 * (short - 1),
        "hold": long - short * short,
        "bilinear": (long * (3 - short) - (3 * short - 1)) / 4,
    }
    return min(tests, key=lambda name: abs(tests[name]))


def right_by_the_closed_form(coarse, fine):
    """The bilinear step written as one fraction."""
    return _diagnose(*_ratios(coarse, fine))
