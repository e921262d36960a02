"""What goes wrong with a ring, and other ways to do it."""

from collections import deque


def _line(ring, seen):
    """What the ring holds, oldest first."""
    window = len(ring)
    return [ring[p % window] for p in range(max(0, seen - window), seen)]


def _after(ring, seen, new, shift=0):
    after = list(ring)
    for i, key in enumerate(new):
        after[(seen + i + shift) % len(ring)] = key
    return after


def _views(line, new, window):
    everything = line + list(new)
    ends = range(len(line) + 1, len(everything) + 1)
    return [everything[max(0, end - window) : end] for end in ends]


def all_written_before_any_looks(ring, seen, new):
    """You write all tokens into the ring before the first one looks, so it finds later keys where its own
    past has been. Write one and look, then the next; or unroll the ring into a line first."""
    window = len(ring)
    after = _after(ring, seen, new)
    views = [
        [after[p % window] for p in range(max(0, seen + i - window + 1), seen + i + 1)]
        for i in range(len(new))
    ]
    return views, after


def past_ignored(ring, seen, new):
    """Your new tokens see each other and nothing of what was read before. What lies in the ring is their
    past, too."""
    return _views([], new, len(ring)), _after(ring, seen, new)


def as_it_lies(ring, seen, new):
    """You list the keys slot by slot. Asked for is the order of time, oldest first, and in a full ring the
    oldest key lies right after the newest one."""
    after, views = list(ring), []
    for i, key in enumerate(new):
        after[(seen + i) % len(ring)] = key
        views.append([k for k in after if k is not None])
    return views, after


def right_one_by_one(ring, seen, new):
    """Write one and look."""
    window, after, views = len(ring), list(ring), []
    for p, key in enumerate(new, seen):
        after[p % window] = key
        views.append([after[q % window] for q in range(max(0, p + 1 - window), p + 1)])
    return views, after


def right_with_a_queue(ring, seen, new):
    """A queue that forgets by itself."""
    queue = deque(_line(ring, seen), maxlen=len(ring))
    views = []
    for key in new:
        queue.append(key)
        views.append(list(queue))
    after = [None] * len(ring)
    for k, key in enumerate(reversed(queue), 1):
        after[(seen + len(new) - k) % len(ring)] = key
    return views, after
