"""The cache of local attention: a ring."""


def ring_cache(
    ring: list[float | None], seen: int, new: list[float]
) -> tuple[list[list[float]], list[float | None]]:
    """Read some more tokens with a ring as cache.

    Args:
        ring: as many slots as the window is long, at least 1. None where nothing has been written.
        seen: how many tokens have been read before.
        new: the keys of the tokens to be read now, in order.

    Returns:
        For each new token the list of keys that it sees, oldest first; and the ring after all of them.
    """
    # BEGIN SOLUTION
    window = len(ring)
    line = [ring[p % window] for p in range(max(0, seen - window), seen)] + new
    old = len(line) - len(new)
    views = [line[max(0, old + i + 1 - window) : old + i + 1] for i in range(len(new))]
    after = list(ring)
    for i, key in enumerate(new):
        after[(seen + i) % window] = key
    return views, after
    # END SOLUTION
