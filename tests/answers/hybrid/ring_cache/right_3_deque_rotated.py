# verdict: right
# what: Keeps a queue with a longest length and turns it at the end so that each key lies in its slot.
# diagnosis: none
"""The cache of local attention: a ring."""

from collections import deque


def ring_cache(
    ring: list[float | None], seen: int, new: list[float]
) -> tuple[list[list[float]], list[float | None]]:

    w = len(ring)
    turn = seen % w
    queue = deque(ring, maxlen=w)
    queue.rotate(-turn)
    views = []
    for key in new:
        queue.append(key)
        views.append([k for k in queue if k is not None])
    queue.rotate((seen + len(new)) % w)
    return views, list(queue)
