# verdict: right
# what: Sorts the claps and jumps from one to the next.
# diagnosis: none
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
    for step, loudness in sorted(claps):
        if step > t:
            break
        h = h * a ** (step - now) + loudness
        now = step
    return h * a ** (t - now)
