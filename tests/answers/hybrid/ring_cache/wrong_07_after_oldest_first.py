# verdict: wrong
# what: Hands the ring back oldest first, as a queue would hold it.
# diagnosis: The next piece looks for position p in slot p % w; a queue has the right keys in the wrong slots.
# told: mistake ring_returned_as_a_line
"""The cache of local attention: a ring."""

from collections import deque


def ring_cache(
    ring: list[float | None], seen: int, new: list[float]
) -> tuple[list[list[float]], list[float | None]]:

    w = len(ring)
    old = [ring[p % w] for p in range(max(0, seen - w), seen)]
    queue = deque(old, maxlen=w)
    views = []
    for key in new:
        queue.append(key)
        views.append(list(queue))
    after = list(queue) + [None] * (w - len(queue))
    return views, after
