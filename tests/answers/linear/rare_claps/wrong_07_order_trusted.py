# verdict: wrong
# what: Walks through the pairs in the order of the list as if they were sorted.
# diagnosis: The pairs may stand in any order: sort them, or look at each one for itself.
# told: mistake order_trusted
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
    h, now = 0.0, 0
    for step, loudness in claps:
        if step > t:
            break
        h = h * a ** max(step - now, 0) + loudness
        now = step
    return h * a ** (t - now)
