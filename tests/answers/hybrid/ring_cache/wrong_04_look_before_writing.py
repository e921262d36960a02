# verdict: wrong
# what: Lists the keys before the new one is written, so a token sees the w tokens before it and not itself.
# diagnosis: A token is one of the w newest that it sees: write its key first, over the one that has just fallen out, and then look.
# told: mistake looks_before_writing
"""The cache of local attention: a ring."""


def ring_cache(
    ring: list[float | None], seen: int, new: list[float]
) -> tuple[list[list[float]], list[float | None]]:

    w = len(ring)
    after = list(ring)
    views = []
    position = seen
    for key in new:
        slot = position % w
        views.append([k for k in after[slot:] + after[:slot] if k is not None])
        after[slot] = key
        position += 1
    return views, after
