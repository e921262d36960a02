"""What goes wrong when one looks for a leak, and other ways to find it."""

import math

CASES = ("none", "tail kept", "state kept", "tail lost", "state lost")


def _serve(case, taps, pieces, new):
    past, h, outputs = [0.0] * (len(taps) - 1), 0.0, []
    for number, (piece, begins) in enumerate(zip(pieces, new, strict=True)):
        if number:
            if begins != (case == ("tail kept" if begins else "tail lost")):
                past = [0.0] * len(past)
            if begins != (case == ("state kept" if begins else "state lost")):
                h = 0.0
        row = []
        for x in piece:
            past = [x, *past]
            v = sum(a * b for a, b in zip(taps, past, strict=True))
            past.pop()
            delta = math.log1p(math.exp(v))
            h = math.exp(-delta) * h + delta * v
            row.append(h)
        outputs.append(row)
    return outputs


def _nearest(taps, pieces, new, outputs, cases=CASES):
    def off(case):
        rows = zip(_serve(case, taps, pieces, new), outputs, strict=True)
        return max(abs(a - b) for mine, theirs in rows for a, b in zip(mine, theirs, strict=True))

    return min(cases, key=off)


def never_the_tail(taps, pieces, new, outputs):
    """You never suspect the tail. The convolution has a memory of its own, which can be kept or lost like
    the state."""
    return _nearest(taps, pieces, new, outputs, ("none", "state kept", "state lost"))


def always_sound(taps, pieces, new, outputs):
    """You always find the server sound. Compare its outputs with those of a sound one."""
    return "none"


def kept_and_lost_swapped(taps, pieces, new, outputs):
    """You swap kept and lost. Kept is what should have been cleared where a new text begins; lost is what
    should have been carried where a text goes on."""
    found = _nearest(taps, pieces, new, outputs)
    return found.replace("kept", "x").replace("lost", "kept").replace("x", "lost")


def right_by_the_first_that_fits(taps, pieces, new, outputs):
    """The first case that fits everywhere."""
    for case in CASES:
        rows = zip(_serve(case, taps, pieces, new), outputs, strict=True)
        if all(abs(a - b) < 1e-4 for mine, theirs in rows for a, b in zip(mine, theirs, strict=True)):
            return case
    return "none"


def right_by_least_squares(taps, pieces, new, outputs):
    """The case with the smallest sum of squares."""

    def off(case):
        rows = zip(_serve(case, taps, pieces, new), outputs, strict=True)
        return sum((a - b) ** 2 for mine, theirs in rows for a, b in zip(mine, theirs, strict=True))

    return sorted(CASES, key=off)[0]
