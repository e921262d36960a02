# verdict: wrong
# what: Compares the numbers exactly.
# diagnosis: The numbers were rounded, so ask whether they are near each other.
# told: mistake compared_exactly
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
    sum_ok = [a + b for a, b in zip(one, other)] == both
    time_ok = one[: len(one) - delay] == later[delay:]
    if not sum_ok and not time_ok:
        return "both"
    return "none" if sum_ok and time_ok else "time" if sum_ok else "sum"
