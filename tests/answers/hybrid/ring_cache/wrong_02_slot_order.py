# verdict: wrong
# what: Lists the keys that a token sees in the order of the slots.
# diagnosis: In a ring the order of the slots is not the order of time; the oldest key lies just behind the one written last.
# told: mistake as_it_lies
"""The cache of local attention: a ring."""


def ring_cache(
    ring: list[float | None], seen: int, new: list[float]
) -> tuple[list[list[float]], list[float | None]]:

    after = ring[:]
    views = []
    for key in new:
        after[seen % len(ring)] = key
        views.append([k for k in after if k is not None])
        seen += 1
    return views, after
