# verdict: wrong
# what: Forgets abs, so that only differences in one direction count.
# diagnosis: A difference may be negative: take its size before you compare it.
# told: mistake too_much_does_not_count
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
    shifted = [0.0] * delay + one[: len(one) - delay]
    sum_broken = any(a + b - c > 0.005 for a, b, c in zip(one, other, both))
    time_broken = any(a - b > 0.005 for a, b in zip(shifted, later))
    return [["none", "time"], ["sum", "both"]][sum_broken][time_broken]
