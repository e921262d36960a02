# verdict: wrong
# what: Compares `later` with `one` at the same step.
# diagnosis: A later clap gives a later answer: compare later[t + delay] with one[t].
# told: mistake not_shifted
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
    sum_ok = all(abs(a + b - c) < 0.001 for a, b, c in zip(one, other, both))
    time_ok = all(abs(a - b) < 0.001 for a, b in zip(one, later))
    return {(True, True): "none", (True, False): "time", (False, True): "sum", (False, False): "both"}[
        sum_ok, time_ok
    ]
