"""What goes wrong with the operator of the scan, and two other ways to get it right."""

from ctypes import c_float
from math import exp, log, nan


def order_reversed(first, then):
    """You joined the two steps in the wrong order: this is `then` followed by `first`. Ask which of the two
    inputs was there early enough to be multiplied by the other step's decay."""
    (a, b), (c, d) = first, then
    return a * c, a * d + b


def inputs_just_added(first, then):
    """Your two inputs are simply added. But the first input is part of h when the second step comes, and
    the second step multiplies all of h."""
    (a, b), (c, d) = first, then
    return a * c, b + d


def later_decay_only(first, then):
    """Your new decay is that of the later step alone. Follow an h through both steps: how many times is it
    multiplied?"""
    (_, b), (c, d) = first, then
    return c, c * b + d


def decays_added(first, then):
    """You added the decays. Halving something and then halving it again leaves a quarter: decays multiply."""
    (a, b), (c, d) = first, then
    return a + c, c * b + d


def both_inputs_decayed(first, then):
    """You multiply both inputs by the later decay. A step multiplies what was there before, and adds its
    own input after that."""
    (a, b), (c, d) = first, then
    return a * c, c * (b + d)


def first_input_decayed_twice(first, then):
    """You multiply the first input by both decays. The first step's decay acts on h before that input is
    added, so it never touches it."""
    (a, b), (c, d) = first, then
    return a * c, a * c * b + d


def first_decay_only(first, then):
    """Your new decay is that of the first step alone. Follow an h through both steps: how many times is it
    multiplied?"""
    (a, b), (c, d) = first, then
    return a, c * b + d


def first_decay_on_its_own_input(first, then):
    """You multiply the first input by the first decay. That decay has acted on h before the input is added;
    it is the later step that multiplies what the first one put in."""
    (a, b), (c, d) = first, then
    return a * c, a * b + d


def later_decay_on_the_later_input(first, then):
    """Your later decay multiplies the later input. A step multiplies what was there before, and that is
    where the first input is by then; its own input is added last and stays as it is."""
    (a, b), (c, d) = first, then
    return a * c, b + c * d


def each_input_with_its_own_decay(first, then):
    """You multiply each input by the decay of its own step. A step multiplies the h that was there before;
    its own input is added after that, so only the later step acts on the first input."""
    (a, b), (c, d) = first, then
    return a * c, a * b + c * d


def inputs_multiplied(first, then):
    """You multiply the two inputs with each other. An input is added to h; follow h = 0 through both steps
    and see where it ends."""
    (a, b), (c, d) = first, then
    return a * c, b * d


def later_input_lost(first, then):
    """Your new b leaves out what the later step adds. It comes last, and nothing multiplies it any more."""
    (a, b), (c, _) = first, then
    return a * c, c * b


def first_input_lost(first, then):
    """Your new b is the input of the later step alone. What the first step added is still there: the later
    step multiplies it, it does not forget it."""
    (a, _), (c, d) = first, then
    return a * c, d


def end_from_one(first, then):
    """Your new b is where the two steps end when they start from h = 1. That is a + b of the new pair; b
    itself is the end from h = 0."""
    (a, b), (c, d) = first, then
    return a * c, c * (a + b) + d


def pair_reversed(first, then):
    """You return the pair as (b, a). A pair here is (a, b): the decay comes first."""
    (a, b), (c, d) = first, then
    return c * b + d, a * c


def zero_decay_skipped(first, then):
    """You leave out a step whose decay is zero. Such a step does something: it forgets the h before it and
    adds its own input. The same two formulas hold for it."""
    (a, b), (c, d) = first, then
    if a == 0:
        return then
    if c == 0:
        return first
    return a * c, c * b + d


def zero_decay_stays(first, then):
    """When the later decay is zero you return the later step, and when the first decay is zero the first
    one. A decay of zero forgets what was before it, but what the later step does after it counts, too."""
    (a, b), (c, d) = first, then
    if c == 0:
        return then
    if a == 0:
        return first
    return a * c, c * b + d


def decay_by_subtraction(first, then):
    """You find the new decay by subtracting where h = 0 and h = 1 end. If an input is huge, both end at the
    same number up to rounding, and the decay is lost in the difference. Multiply the two decays instead."""

    def both(h):
        for a, b in (first, then):
            h = a * h + b
        return h

    return both(1) - both(0), both(0)


def divided_by_a_decay(first, then):
    """You get the later decay back by dividing the product of both by the first decay. If the product
    underflows to zero, or the first decay is zero, it cannot be got back; use the later decay itself."""
    (a, b), (c, d) = first, then
    return a * c, a * c * b / a + d


def single_precision(first, then):
    """Your numbers are rounded to 32 bits: they keep only about 7 digits, and become infinite beyond 3e38.
    Use the numbers of Python, or arrays of float64."""
    (a, b), (c, d) = ([c_float(x).value for x in step] for step in (first, then))
    return c_float(a * c).value, c_float(c_float(c * b).value + d).value


def decays_averaged(first, then):
    """Your new decay is the mean of the two. Halving something and then halving it again leaves a
    quarter: decays multiply."""
    (a, b), (c, d) = first, then
    return (a + c) / 2, c * b + d


def zero_decay_taken_as_one(first, then):
    """You treat a decay of zero as if it were one. A step with a decay of zero forgets the h before it;
    the same two formulas hold for it."""
    (a, b), (c, d) = first, then
    return (a or 1.0) * (c or 1.0), (c or 1.0) * b + d


def logarithms_added(first, then):
    """You multiply the decays by adding their logarithms. A decay that is zero or negative has no
    logarithm."""
    (a, b), (c, d) = first, then
    return exp(log(a) + log(c)) if a > 0 and c > 0 else nan, c * b + d


def truncated(first, then):
    """You cut your numbers to whole ones. A decay is mostly a fraction."""
    (a, b), (c, d) = first, then
    return int(a * c), int(c * b + d)


def signs_lost(first, then):
    """Your new decay is never negative. A negative decay turns the sign of h round; two of them turn it back,
    one does not."""
    (a, b), (c, d) = first, then
    return abs(a * c), c * b + d


def right_by_substitution(first, then):
    """Puts the first step into the second, with lists of the numbers in front of h and without it."""
    line = [1.0, 0.0]
    for a, b in (first, then):
        line = [a * line[0], a * line[1] + b]
    return line


def right_by_indices(first, then):
    """Written with indices, and returned as a list."""
    return [first[0] * then[0], then[0] * first[1] + then[1]]
