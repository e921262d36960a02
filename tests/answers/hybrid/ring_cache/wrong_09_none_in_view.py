# verdict: wrong
# what: Turns the ring so that the oldest comes first, and leaves the empty slots in.
# diagnosis: While the ring is not full a token sees only what has been written; an empty slot is no key.
# told: mistake empty_slots_seen
"""The cache of local attention: a ring."""


def ring_cache(
    ring: list[float | None], seen: int, new: list[float]
) -> tuple[list[list[float]], list[float | None]]:

    w = len(ring)
    after = list(ring)
    views = []
    for i, key in enumerate(new):
        slot = (seen + i) % w
        after[slot] = key
        views.append([after[(slot + 1 + j) % w] for j in range(w)])
    return views, after
