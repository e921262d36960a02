"""What goes wrong when a log is read."""

import math


def _read(V, losses, norms, by_place, first=None, last=None, ratio=None, gain=None):
    """The five answers, with another number put in where one is given."""
    first = losses[0] if first is None else first
    last = losses[-1] if last is None else last
    ratio = max(norms) / sorted(norms)[len(norms) // 2] if ratio is None else ratio
    gain = by_place[0] - by_place[-1] if gain is None else gain
    if abs(first - math.log(V)) > 1:
        return "start"
    if last < 0.1:
        return "copies"
    if ratio > 20:
        return "explodes"
    return "forgets" if gain < 0.2 else "fine"


def log_to_base_two(V, losses, norms, by_place):
    """You compare the first loss with the logarithm to base 2. The losses are in nats: take the natural
    logarithm, math.log."""
    return _read(V, losses, norms, by_place, first=losses[0] - math.log2(V) + math.log(V))


def start_above_only(V, losses, norms, by_place):
    """You notice a start above log V, and not one below it. A network that knows nothing cannot pay less than
    that, so below is wrong, too: take the distance."""
    return _read(V, losses, norms, by_place, first=max(losses[0], math.log(V)))


def start_below_only(V, losses, norms, by_place):
    """You notice a start below log V, and not one above it. Take the distance."""
    return _read(V, losses, norms, by_place, first=min(losses[0], math.log(V)))


def start_not_looked_at(V, losses, norms, by_place):
    """You never say "start". Compare the first loss with log V."""
    return _read(V, losses, norms, by_place, first=math.log(V))


def smallest_loss_for_the_last(V, losses, norms, by_place):
    """You take the smallest loss for the last one. One piece of text on the way may have been easy: what
    counts is where the training ends."""
    return _read(V, losses, norms, by_place, last=min(losses))


def last_loss_not_looked_at(V, losses, norms, by_place):
    """You never say "copies". A loss near 0 is too good to be true."""
    return _read(V, losses, norms, by_place, last=1.0)


def mean_for_the_median(V, losses, norms, by_place):
    """You compare the longest gradient with the mean. One very long gradient pulls the mean up with it, and
    then hides behind it. Take the median, the one in the middle when they are sorted."""
    return _read(V, losses, norms, by_place, ratio=max(norms) * len(norms) / sum(norms))


def first_gradient_for_the_median(V, losses, norms, by_place):
    """You compare the longest gradient with the first. The first may be unlike the others. Take the median,
    the one in the middle when they are sorted."""
    return _read(V, losses, norms, by_place, ratio=max(norms) / norms[0])


def middle_without_sorting(V, losses, norms, by_place):
    """You take the gradient in the middle of the list as it is. The median is in the middle when they are
    sorted by size."""
    return _read(V, losses, norms, by_place, ratio=max(norms) / norms[len(norms) // 2])


def one_behind_the_middle(V, losses, norms, by_place):
    """You take the number right behind the middle. Places are counted from 0, so of 5 sorted numbers the
    one in the middle is at place 2, and of a single one it is at place 0."""
    place = (len(norms) + 1) // 2
    return _read(V, losses, norms, by_place, ratio=max(norms) / sorted(norms)[place])


def shortest_for_the_median(V, losses, norms, by_place):
    """You compare the longest gradient with the shortest. One very short gradient does no harm. Take the
    median, the one in the middle when they are sorted."""
    return _read(V, losses, norms, by_place, ratio=max(norms) / min(norms))


def gradients_not_looked_at(V, losses, norms, by_place):
    """You never say "explodes". Compare the longest gradient with the median one."""
    return _read(V, losses, norms, by_place, ratio=1)


def difference_for_the_ratio(V, losses, norms, by_place):
    """You subtract the median from the longest gradient. It is asked how many times as long it is: what is
    long for one network is short for another."""
    return _read(V, losses, norms, by_place, ratio=max(norms) - sorted(norms)[len(norms) // 2])


def places_not_looked_at(V, losses, norms, by_place):
    """You never say "forgets". If the network hands its state on, a guess gets cheaper with what it has read:
    compare the first and the last of by_place."""
    return _read(V, losses, norms, by_place, gain=1)


def any_change_is_memory(V, losses, norms, by_place):
    """You take a price that rises for one that falls. Reading more helps if the last guess is cheaper than
    the first, not if it is dearer: do not take the distance."""
    return _read(V, losses, norms, by_place, gain=abs(by_place[0] - by_place[-1]))


def share_for_the_difference(V, losses, norms, by_place):
    """You ask whether a guess gets cheaper by a fifth. The 0.2 is a difference in nats: subtract the last
    price from the first, and do not divide."""
    return _read(V, losses, norms, by_place, gain=0.2 if by_place[-1] <= 0.8 * by_place[0] else 0)


def places_the_wrong_way_round(V, losses, norms, by_place):
    """You say "forgets" where reading more helps. Subtract the last price from the first: if little is left,
    reading did not help."""
    return _read(V, losses, norms, by_place, gain=by_place[-1] - by_place[0])


def from_the_bottom(V, losses, norms, by_place):
    """You go through the names from the bottom. If more than one fits, the first of the table counts."""
    if by_place[0] - by_place[-1] < 0.2:
        return "forgets"
    if max(norms) > 20 * sorted(norms)[len(norms) // 2]:
        return "explodes"
    if losses[-1] < 0.1:
        return "copies"
    return "start" if abs(losses[0] - math.log(V)) > 1 else "fine"


def right_with_a_table(V, losses, norms, by_place):
    """All four questions in a dictionary, and the first that is true."""
    shorter = [norm for norm in norms if max(norms) > 20 * norm]
    signs = {
        "start": not math.log(V) - 1 <= losses[0] <= math.log(V) + 1,
        "copies": losses[len(losses) - 1] < 0.1,
        "explodes": 2 * len(shorter) > len(norms),  # true of more than half: so of the one in the middle
        "forgets": by_place[-1] > by_place[0] - 0.2,
        "fine": True,
    }
    return next(name for name, true in signs.items() if true)


def right_with_statistics(V, losses, norms, by_place):
    """The median from Python's own library."""
    import statistics

    if math.fabs(math.exp(losses[0] - math.log(V))) > math.e or math.exp(math.log(V) - losses[0]) > math.e:
        return "start"
    if losses[-1] <= 0.1:
        return "copies"
    if max(norms) >= 20 * statistics.median(norms):
        return "explodes"
    return "forgets" if by_place[0] - by_place[-1] <= 0.2 else "fine"
