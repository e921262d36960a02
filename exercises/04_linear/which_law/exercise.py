"""Which law do the recordings of a box break?"""


def which_law(one: list[float], other: list[float], both: list[float], later: list[float], delay: int) -> str:
    """Compare recordings of a box by the sum law and by the time law.

    Args:
        one: the answer to the claps A, T numbers.
        other: the answer to the claps B, T numbers.
        both: the answer to A and B together, T numbers.
        later: the answer to A begun `delay` steps later,
            cut off after T steps.
        delay: from 1 to T - 1.

    Returns:
        "none", "sum", "time" or "both": what is broken.
        Numbers less than 0.001 apart count as equal.
    """
    # BEGIN SOLUTION
    sum_broken = any(abs(x + y - z) > 0.001 for x, y, z in zip(one, other, both, strict=True))
    expected = [0.0] * delay + one
    time_broken = any(abs(later[t] - expected[t]) > 0.001 for t in range(len(one)))
    if sum_broken and time_broken:
        return "both"
    if sum_broken:
        return "sum"
    return "time" if time_broken else "none"
    # END SOLUTION
