# verdict: wrong
# what: Leaves out what is clapped at step t itself.
# diagnosis: h_t is the state after step t, so a clap at step t is in it.
# told: mistake clap_of_now_left_out
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
    return sum(loudness * a ** (t - step) for step, loudness in claps if step < t)
