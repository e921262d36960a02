"""What goes wrong when a model is named by its bytes, and other ways to do it."""

from fractions import Fraction


def _line(sizes):
    """What is kept at 0 tokens, and what each token adds, by the first two pairs."""
    (first, least), (second, more) = sizes[:2]
    each = Fraction(more - least, second - first)
    return least - each * first, each


def _name(fixed, grows, full):
    if not grows:
        return "recurrence"
    if full:
        return "griffin" if fixed else "window"
    return "hybrid" if fixed else "attention"


def state_overlooked(sizes):
    """You take whatever grows to the end for attention alone, and whatever stops for a window alone. A state
    may stand beside it: go back along the line to 0 tokens and look at what is left."""
    fixed, each = _line(sizes)
    last, most = sizes[-1]
    return _name(False, each > 0, most < fixed + each * last)


def only_the_ends(sizes):
    """You compare only the first length and the last. A window grows, too, before it is full: ask whether
    what grows goes on growing at the same rate."""
    (first, least), (last, most) = sizes[0], sizes[-1]
    if least == most:
        return "recurrence"
    return "attention" if most * first == least * last else "hybrid"


def stands_still_is_recurrence(sizes):
    """You look at the end alone, where a full window stands still like a state. It has grown before: compare
    the first two lengths."""
    if sizes[-1][1] == sizes[-2][1]:
        return "recurrence"
    fixed, each = _line(sizes)
    return _name(fixed, True, sizes[-1][1] < fixed + each * sizes[-1][0])


def right_by_ratios(sizes):
    """Cross products alone, without a line."""
    (first, least), (second, more), (last, most) = sizes[0], sizes[1], sizes[-1]
    if least == more:
        return "recurrence"
    through_zero = least * second == more * first
    straight = (most - least) * (second - first) == (more - least) * (last - first)
    return {
        (True, True): "attention",
        (True, False): "window",
        (False, True): "hybrid",
        (False, False): "griffin",
    }[through_zero, straight]


def right_by_slopes(sizes):
    """The slopes between neighbours."""
    slopes = [Fraction(b - a, u - t) for (t, a), (u, b) in zip(sizes[:-1], sizes[1:], strict=True)]
    if set(slopes) == {0}:
        return "recurrence"
    state = sizes[0][1] - slopes[0] * sizes[0][0]
    if len(set(slopes)) == 1:
        return "hybrid" if state > 0 else "attention"
    return "griffin" if state > 0 else "window"
