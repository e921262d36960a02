# verdict: wrong
# what: Writes the new keys into the ring that was handed over.
# diagnosis: `after = ring` is a second name for the same list, not a copy; the caller's ring changes under its hands.
# told: in place
"""The cache of local attention: a ring."""


def ring_cache(
    ring: list[float | None], seen: int, new: list[float]
) -> tuple[list[list[float]], list[float | None]]:

    w = len(ring)
    views = []
    after = ring
    for p, key in enumerate(new, start=seen):
        after[p % w] = key
        seen_now = [after[q % w] for q in range(max(0, p - w + 1), p + 1)]
        views.append(seen_now)
    return views, after
