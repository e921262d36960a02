"""What goes wrong with this diagnosis, and other ways to make it."""


def _candidates(short):
    found = {"euler": 2 * short - 1, "hold": short**2, "same": short}
    if short > -1:
        found["bilinear"] = (3 * short - 1) / (3 - short)
    return found


def _nearest(found, long):
    return min(found, key=lambda rule: abs(found[rule] - long))


def _ratios(coarse, fine):
    return coarse[1] / coarse[0], fine[1] / fine[0]


def _by_doubling(long, short):
    """The answer whose own quantity comes nearest to doubling with the step."""
    found = {"same": abs(long - short), "euler": abs(long - 1 - 2 * (short - 1))}
    found["hold"] = abs(long - short * short)
    if long != -1 and short != -1:
        found["bilinear"] = abs((long - 1) / (long + 1) - 2 * (short - 1) / (short + 1))
    return min(found, key=found.get)


def loudness_ignored(coarse, fine):
    """You compare the values themselves. The recordings may have been made with different loudness: divide by
    the value at step 0 first."""
    return _by_doubling(coarse[1], fine[1])


def negative_is_euler(coarse, fine):
    """You take a negative a for a sign of Euler's rule. In the bilinear rule a is negative, too, as soon as
    the step is long enough."""
    long, short = _ratios(coarse, fine)
    if abs(long - short) < 1e-6:
        return "same"
    return "euler" if long < 0 or short < 0 else _nearest(_candidates(short), long)


def compared_exactly(coarse, fine):
    """You compare floats with ==. They are rounded, so that numbers which should be equal differ in the last
    digit: take the answer that comes nearest."""
    long, short = _ratios(coarse, fine)
    if long == short:
        return "same"
    if long - 1 == 2 * (short - 1):
        return "euler"
    return "hold" if long == short * short else "bilinear"


def between_0_and_1_is_hold(coarse, fine):
    """You say "hold" whenever both a lie between 0 and 1. With short steps that is so for all rules. It is
    how a changes with the step that tells them apart."""
    long, short = _ratios(coarse, fine)
    if abs(long - short) < 1e-6:
        return "same"
    if 0 < long < 1 and 0 < short < 1:
        return "hold"
    return "euler" if abs(long - 1 - 2 * (short - 1)) < 1e-6 else "bilinear"


def recordings_exchanged(coarse, fine):
    """You have exchanged the two recordings. The steps of `coarse` are the long ones, so two steps of `fine`
    make one of `coarse`."""
    short, long = _ratios(coarse, fine)
    return _by_doubling(long, short)


def signs_lost(coarse, fine):
    """You drop the signs. A negative a flips the state at each step, and it tells Euler's rule and the
    bilinear one from hold, so compare a with its sign."""
    long, short = (abs(a) for a in _ratios(coarse, fine))
    return _by_doubling(long, short)


def same_never(coarse, fine):
    """You never say "same". If both recordings have one a, nobody halved the step, and no rule can be
    named."""
    long, short = _ratios(coarse, fine)
    return _nearest({rule: a for rule, a in _candidates(short).items() if rule != "same"}, long)


def bilinear_never(coarse, fine):
    """You never say "bilinear". Its a is one plus half of the product of step and A, divided by one minus
    it."""
    long, short = _ratios(coarse, fine)
    return _nearest({rule: a for rule, a in _candidates(short).items() if rule != "bilinear"}, long)


def first_that_is_about_right(coarse, fine):
    """You take the first answer that fits roughly. With short steps the rules nearly agree, and several fit:
    take the one that fits best."""
    long, short = _ratios(coarse, fine)
    for rule, a in (("same", short), ("hold", short * short), ("euler", 2 * short - 1)):
        if abs(long - a) < 0.05:
            return rule
    return "bilinear"


def hold_if_not_less(coarse, fine):
    """You tell hold from bilinear by size, or with too wide a margin. Bilinear comes near to the square, too.
    Work out what each rule would make of the a of `fine`, and see which is nearest."""
    long, short = _ratios(coarse, fine)
    if abs(long - short) < 1e-6:
        return "same"
    if abs((1 - long) - 2 * (1 - short)) < 1e-6:
        return "euler"
    return "hold" if long >= short * short * 0.98 and long > 0 else "bilinear"


def root_for_hold(coarse, fine):
    """For "hold" you take the root of the a of `fine`. One long step does what two short ones do, so the a of
    `coarse` is the square."""
    long, short = _ratios(coarse, fine)
    found = _candidates(short)
    del found["hold"]
    if short > 0:
        found["hold"] = short**0.5
    return _nearest(found, long)


def hold_is_the_rest(coarse, fine):
    """You say "hold" whenever neither "same" nor "euler" fits. There is a bilinear rule as well: work out its
    a, too."""
    long, short = _ratios(coarse, fine)
    if abs(long - short) < 1e-6:
        return "same"
    return "euler" if abs(long - (2 * short - 1)) < 1e-6 else "hold"


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
    long, short = _ratios(coarse, fine)
    return _nearest(_candidates(short), long)
