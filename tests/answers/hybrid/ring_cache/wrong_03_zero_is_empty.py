# verdict: wrong
# what: Leaves out slots with `if k`, so a key of 0.0 counts as empty.
# diagnosis: 0.0 is false in Python, but it is a key; ask `is not None`.
# told: mistake zero_is_empty
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
        views.append([k for k in after[slot + 1 :] + after[: slot + 1] if k])
    return views, after
