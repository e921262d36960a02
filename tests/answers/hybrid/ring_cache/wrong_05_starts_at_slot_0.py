# verdict: wrong
# what: Counts the positions of each piece from 0, whatever has been read before.
# diagnosis: The position counts from the beginning of the text, so the first new token goes to slot seen % w.
# told: mistake positions_from_zero
"""The cache of local attention: a ring."""


def ring_cache(
    ring: list[float | None], seen: int, new: list[float]
) -> tuple[list[list[float]], list[float | None]]:

    w = len(ring)
    after = list(ring)
    views = []
    for i, key in enumerate(new):
        slot = i % w
        after[slot] = key
        view = []
        for j in range(w):
            k = after[(slot + 1 + j) % w]
            if k is not None:
                view.append(k)
        views.append(view)
    return views, after
