# verdict: wrong
# what: Gives the name griffin to the model with full attention, and hybrid to the one with a window.
# diagnosis: Griffin mixes recurrence with LOCAL attention, so its memory stops growing; the one that grows for ever is the hybrid.
# told: mistake hybrid_and_griffin_swapped
"""Whose bytes are these?"""


def whose_bytes(sizes: list[tuple[int, int]]) -> str:

    (t0, b0), (t1, b1) = sizes[:2]
    if b0 == b1:
        return "recurrence"
    slope = (b1 - b0) / (t1 - t0)
    state = b0 - slope * t0 > 0
    bounded = sizes[-1][1] != b0 + slope * (sizes[-1][0] - t0)
    names = {
        (False, True): "window",
        (False, False): "attention",
        (True, False): "griffin",
        (True, True): "hybrid",
    }
    return names[state, bounded]
