# verdict: wrong
# what: Writes only the last w keys of a long piece, but starts with the slot of the first.
# diagnosis: If the first keys of a long piece are skipped, their positions have to be skipped too: the i-th key keeps position seen + i.
# told: mistake long_piece_shifted
"""The cache of local attention: a ring."""


def ring_cache(
    ring: list[float | None], seen: int, new: list[float]
) -> tuple[list[list[float]], list[float | None]]:

    w = len(ring)
    history = [ring[p % w] for p in range(max(0, seen - w), seen)]
    known = len(history)
    history = history + list(new)
    views = [history[max(0, known + i + 1 - w) : known + i + 1] for i in range(len(new))]
    after = list(ring)
    for i, key in enumerate(new[-w:]):
        after[(seen + i) % w] = key
    return views, after
