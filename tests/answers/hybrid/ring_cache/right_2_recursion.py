# verdict: right
# what: Reads one token and leaves the others to itself.
# diagnosis: none
"""The cache of local attention: a ring."""


def ring_cache(
    ring: list[float | None], seen: int, new: list[float]
) -> tuple[list[list[float]], list[float | None]]:

    if not new:
        return [], list(ring)
    w = len(ring)
    slot = seen % w
    one = ring[:slot] + [new[0]] + ring[slot + 1 :]
    turned = one[slot + 1 :] + one[: slot + 1]
    view = [k for k in turned if k is not None]
    views, after = ring_cache(one, seen + 1, new[1:])
    return [view] + views, after
