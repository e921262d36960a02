# verdict: wrong
# what: Shifts by one step, whatever the delay is.
# diagnosis: The answer comes as much later as the claps, by `delay` steps.
# told: mistake shifted_by_one
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
    sum_broken = any(abs(a + b - c) > 0.005 for a, b, c in zip(one, other, both))
    shifted = [0.0] + one[:-1]
    time_broken = any(abs(a - b) > 0.005 for a, b in zip(shifted, later))
    return [["none", "time"], ["sum", "both"]][sum_broken][time_broken]
