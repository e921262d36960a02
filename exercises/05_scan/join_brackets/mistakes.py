"""What goes wrong when brackets are crossed out, and other ways to get it right."""


def just_added(first, then):
    """You add the numbers and cross nothing out. The opening brackets of the first piece meet the closing
    ones of the second, and each such pair goes away."""
    return first[0] + then[0], first[1] + then[1]


def wrong_pair_crossed_out(first, then):
    """You cross out closing brackets of the first piece against opening ones of the second, as if the second
    piece stood before the first. The groups that meet are the opening ones of the first and the closing ones
    of the second."""
    pairs = min(first[0], then[1])
    return first[0] + then[0] - pairs, first[1] + then[1] - pairs


def everything_crossed_out(first, then):
    """You cross out as if order did not matter, so that only the depth is left. A `)` and a `(` after it are
    no pair; only the opening ones of the first piece and the closing ones of the second can be."""
    closing, opening = first[0] + then[0], first[1] + then[1]
    pairs = min(closing, opening)
    return closing - pairs, opening - pairs


def crossed_out_of_opening_alone(first, then):
    """You take the pairs away from the opening brackets only. A pair is one of each kind: the closing ones
    become fewer, too."""
    return first[0] + then[0], first[1] + then[1] - min(first[1], then[0])


def crossed_out_of_closing_alone(first, then):
    """You take the pairs away from the closing brackets only. A pair is one of each kind: the opening ones
    become fewer, too."""
    return first[0] + then[0] - min(first[1], then[0]), first[1] + then[1]


def taken_twice(first, then):
    """You take the pairs away twice. A pair has one bracket of each kind, so each sum loses as many as there
    are pairs, once."""
    pairs = min(first[1], then[0])
    return first[0] + then[0] - 2 * pairs, first[1] + then[1] - 2 * pairs


def larger_instead_of_smaller(first, then):
    """You cross out as many pairs as the larger group has. A pair needs one of each, so it is the smaller
    group that runs out first."""
    pairs = max(first[1], then[0])
    return first[0] + then[0] - pairs, first[1] + then[1] - pairs


def one_pair_only(first, then):
    """You cross out one pair at most. Once it is gone, the next two brackets touch: go on until one of the
    two groups is used up."""
    pairs = min(1, first[1], then[0])
    return first[0] + then[0] - pairs, first[1] + then[1] - pairs


def middle_groups_exchanged(first, then):
    """You take all opening brackets of the first piece away from the closing ones, and all closing ones of
    the second from the opening ones. As many go away on either side as there are pairs, and that is the
    smaller of the two groups; no number can be less than zero."""
    return first[0] + then[0] - first[1], first[1] + then[1] - then[0]


def difference_below_zero(first, then):
    """You subtract without asking which group is larger. If more close than were opened, the rest stays as
    closing brackets; no number can be less than zero."""
    return first[0], first[1] - then[0] + then[1]


def rest_of_closing_lost(first, then):
    """Where more close than were opened, you forget the rest. Those closing brackets are still there: they
    close something in a piece before."""
    return first[0], max(0, first[1] - then[0]) + then[1]


def outer_lost_beside_the_rest(first, then):
    """Where some brackets are left in the middle, you forget those of the same kind outside. What is left in
    the middle is added to them: they were there before."""
    if first[1] > then[0]:
        return first[0], first[1] - then[0]
    return (then[0] - first[1] or first[0]), then[1]


def nothing_left_of_equals(first, then):
    """Where the two groups in the middle are equally large, you say that nothing is left. Those two are gone,
    but the outer brackets are still there."""
    if first[1] == then[0]:
        return 0, 0
    pairs = min(first[1], then[0])
    return first[0] + then[0] - pairs, first[1] + then[1] - pairs


def first_closing_lost(first, then):
    """You lose the closing brackets of the first piece. Nothing before them is known yet, so they stay."""
    return max(0, then[0] - first[1]), max(0, first[1] - then[0]) + then[1]


def last_opening_lost(first, then):
    """You lose the opening brackets of the second piece. They may be closed in a piece that comes later, so
    they stay."""
    return first[0] + max(0, then[0] - first[1]), max(0, first[1] - then[0])


def pair_reversed(first, then):
    """You return (opening, closing). In what is left, `)` stands before `(`, so the closing ones come
    first."""
    pairs = min(first[1], then[0])
    return first[1] + then[1] - pairs, first[0] + then[0] - pairs


def right_by_cases(first, then):
    """Asks which of the two groups in the middle is larger."""
    if first[1] >= then[0]:
        return [first[0], first[1] - then[0] + then[1]]
    return [first[0] + then[0] - first[1], then[1]]


def right_by_depth_and_lowest(first, then):
    """Keeps the lowest depth and the rise, and turns them back into a pair."""
    rise = first[1] - first[0] + then[1] - then[0]
    lowest = min(-first[0], first[1] - first[0] - then[0])
    return -lowest, rise - lowest
