# verdict: right
# what: Lays the ring out as a history, cuts the views from it, and fills the ring from its positions.
# diagnosis: none
"""The cache of local attention: a ring."""


def ring_cache(
    ring: list[float | None], seen: int, new: list[float]
) -> tuple[list[list[float]], list[float | None]]:

    w = len(ring)
    start = max(0, seen - w)
    keys = [ring[p % w] for p in range(start, seen)] + list(new)
    end = seen + len(new)
    views = [keys[max(0, p + 1 - w - start) : p + 1 - start] for p in range(seen, end)]
    after = [None] * w
    for p in range(max(start, end - w), end):
        after[p % w] = keys[p - start]
    return views, after
