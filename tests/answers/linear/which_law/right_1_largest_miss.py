# verdict: right
# what: Compares the largest difference of each law with a limit.
# diagnosis: none
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
    miss_sum = max(abs(one[t] + other[t] - both[t]) for t in range(len(one)))
    miss_time = max(abs(later[t] - (one[t - delay] if t >= delay else 0)) for t in range(len(one)))
    names = [name for name, miss in (("sum", miss_sum), ("time", miss_time)) if miss > 0.003]
    return "both" if len(names) == 2 else names[0] if names else "none"
