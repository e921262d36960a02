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


def plateau_needed(sizes):
    """You see a window only where the last two sizes are equal. Of all lengths only the last is sure to lie
    beyond the window, so it may be a little larger than the one before: ask whether it lies below the
    line."""
    fixed, each = _line(sizes)
    return _name(fixed, each > 0, sizes[-1][1] == sizes[-2][1])


def third_pair_only(sizes):
    """You look at the third length to see whether the growth has stopped. More than two lengths may be within
    the window, and only the last one is sure to be beyond it."""
    fixed, each = _line(sizes)
    return _name(fixed, each > 0, sizes[2][1] < fixed + each * sizes[2][0])


def remainder_thrown_away(sizes):
    """You divide bytes by tokens and throw the remainder away. A small state is nothing but that remainder:
    subtract what the tokens take, and see whether anything is left."""
    (first, least), (second, more) = sizes[:2]
    fixed, each = _line(sizes)
    last, most = sizes[-1]
    return _name(least // first != more // second, each > 0, most < fixed + each * last)


def within_a_tolerance(sizes):
    """You compare with a tolerance. These numbers are exact, and a state may be very small beside the
    cache."""
    (first, least), (second, more) = sizes[:2]
    fixed, each = _line(sizes)
    last, most = sizes[-1]
    a, b = least / first, more / second
    return _name(abs(a - b) > 1e-8 + 1e-5 * abs(b), each > 0, most < fixed + each * last)


def state_in_the_slope(sizes):
    """You divide the first size by its tokens and take that for the price of a token. The first size holds
    the state, too: take the difference of two sizes over the difference of their tokens."""
    first, least = sizes[0]
    if len({kept for _, kept in sizes}) == 1:
        return "recurrence"
    each = Fraction(least, first)
    return _name(sizes[1][1] != each * sizes[1][0], True, sizes[-1][1] < each * sizes[-1][0])


def line_through_the_ends(sizes):
    """Your line goes through lengths beyond the window, and there the growth has stopped. Such a line begins
    too high, which looks like a state: take two lengths within the window, the first two."""
    if len({kept for _, kept in sizes}) == 1:
        return "recurrence"
    (first, least), (last, most) = sizes[0], sizes[-1]
    each = Fraction(most - least, last - first)
    fixed = least - each * first
    bent = any(kept != fixed + each * tokens for tokens, kept in sizes)
    return _name(fixed > 0, True, bent)


def half_the_growth(sizes):
    """You see a window only where the growth has become much slower. The last length may be only just beyond
    the window, so any growth below the line means that something has been dropped."""
    fixed, each = _line(sizes)
    (before, less), (last, most) = sizes[-2:]
    return _name(fixed, each > 0, most - less < each * (last - before) / 2)


def hybrid_and_griffin_swapped(sizes):
    """You have two names the wrong way round. Griffin's attention is local, so what it keeps stops growing.
    What grows for ever is the hybrid with full attention."""
    fixed, each = _line(sizes)
    found = _name(fixed, each > 0, sizes[-1][1] < fixed + each * sizes[-1][0])
    return {"griffin": "hybrid", "hybrid": "griffin"}.get(found, found)


def twice_the_first(sizes):
    """You see no state only where the second size is twice the first. The second length need not be twice the
    first length: without a state the bytes grow by the same factor as the tokens, whatever it is."""
    fixed, each = _line(sizes)
    last, most = sizes[-1]
    return _name(sizes[1][1] != 2 * sizes[0][1], each > 0, most < fixed + each * last)


def window_overlooked(sizes):
    """You never find a window. Follow the line of the first two lengths to the last one: with a window there
    is less than the line says."""
    fixed, each = _line(sizes)
    return _name(fixed, each > 0, False)


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
