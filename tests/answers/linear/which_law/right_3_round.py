# verdict: right
# what: Rounds the differences to two digits.
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
    broken = set()
    for t in range(len(one)):
        if round(abs(one[t] + other[t] - both[t]) * 200):
            broken.add("sum")
        expected = one[t - delay] if t - delay >= 0 else 0.0
        if round(abs(expected - later[t]) * 200):
            broken.add("time")
    if len(broken) == 2:
        return "both"
    return broken.pop() if broken else "none"
