# verdict: wrong
# what: Compares the sums of the whole recordings.
# diagnosis: Errors of two steps may cancel in a sum over all steps: compare step by step.
# told: mistake only_totals
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
    sum_broken = abs(sum(one) + sum(other) - sum(both)) > 0.005
    time_broken = abs(sum(one[: len(one) - delay]) - sum(later)) > 0.005
    return [["none", "time"], ["sum", "both"]][sum_broken][time_broken]
