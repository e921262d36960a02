"""What goes wrong with the operator of the scan, and two other ways to get it right."""


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


def right_by_trying(first, then):
    """Takes both steps from 0 and from 1, and reads off the straight line."""

    def both(h):
        for a, b in (first, then):
            h = a * h + b
        return h

    return both(1) - both(0), both(0)


def right_by_indices(first, then):
    """Written with indices, and returned as a list."""
    return [first[0] * then[0], then[0] * first[1] + then[1]]
