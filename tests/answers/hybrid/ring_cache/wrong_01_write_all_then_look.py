# verdict: wrong
# what: Writes all new keys into the ring first, and then lets every token look at the ring as it is at the end.
# diagnosis: A token must not see later tokens, and later ones have already been written over keys that it should see; look right after each single write.
# told: mistake all_written_before_any_looks
"""The cache of local attention: a ring."""


def ring_cache(
    ring: list[float | None], seen: int, new: list[float]
) -> tuple[list[list[float]], list[float | None]]:

    w = len(ring)
    after = list(ring)
    for i, key in enumerate(new):
        after[(seen + i) % w] = key
    views = []
    for i in range(len(new)):
        slot = (seen + i) % w
        order = after[slot + 1 :] + after[: slot + 1]
        views.append([k for k in order if k is not None])
    return views, after
