# verdict: wrong
# what: Takes a without its sign.
# diagnosis: A negative a turns the sign at every step; keep it.
# told: mistake sign_of_a_lost
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
    return sum(loudness * abs(a) ** (t - step) for step, loudness in claps if step <= t)
