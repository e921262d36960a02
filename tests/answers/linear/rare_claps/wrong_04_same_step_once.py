# verdict: wrong
# what: Puts the claps into a dict, so that of two at one step only the last counts.
# diagnosis: Two claps at the same step are both clapped: their loudness adds up.
# told: mistake one_clap_a_step
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
    return sum(loudness * a ** (t - step) for step, loudness in dict(claps).items() if step <= t)
