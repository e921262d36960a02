# verdict: wrong
# what: Looks at the first step of each answer only.
# diagnosis: A law must hold at every step, not only when the clap comes.
# told: mistake first_step_alone
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
    sum_broken = abs(one[0] + other[0] - both[0]) > 0.005
    time_broken = abs(one[0] - later[delay]) > 0.005
    return [["none", "time"], ["sum", "both"]][sum_broken][time_broken]
