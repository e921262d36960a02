# verdict: wrong
# what: Does not look at the steps before the delay, in which the box should be silent.
# diagnosis: Before the claps begin, nothing may be heard: the first `delay` numbers of the later recording must be 0.
# told: mistake silence_before_not_looked_at
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
    time_broken = any(abs(one[t] - later[t + delay]) > 0.005 for t in range(len(one) - delay))
    if sum_broken and time_broken:
        return "both"
    if sum_broken:
        return "sum"
    return "time" if time_broken else "none"
