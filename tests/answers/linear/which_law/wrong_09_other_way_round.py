# verdict: wrong
# what: Shifts the wrong way: compares later[t] with one[t + delay].
# diagnosis: The later recording lags behind: its step t + delay belongs to step t of the first.
# told: mistake shifted_the_wrong_way
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
    time_broken = any(abs(later[t] - one[t + delay]) > 0.005 for t in range(len(one) - delay))
    return [["none", "time"], ["sum", "both"]][sum_broken][time_broken]
