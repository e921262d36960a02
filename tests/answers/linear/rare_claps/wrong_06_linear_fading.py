# verdict: wrong
# what: Fades in a straight line: a times the number of steps.
# diagnosis: Each step multiplies by a, so after k steps a^k is left, and not k a.
# told: mistake faded_in_a_straight_line
def rare_claps(a: float, claps: list[tuple[int, float]], t: int) -> float:
    """h_t of h_t = a h_{t-1} + x_t, where x is 0 at nearly all steps.

    Args:
        a: from -1 to 1; may be 0.
        claps: pairs (step, loudness), in any order; two may
            have the same step. May be empty.
        t: a step. Steps go from 0 to 10**15.

    Returns:
        The state after step t. Before step 0 it is 0.
    """
    return sum(loudness * (a * (t - step) if step != t else 1) for step, loudness in claps if step <= t)
