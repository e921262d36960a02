# verdict: right
# what: The size of a by exp and log, its sign by whether the number of steps is even.
# diagnosis: none
import math


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
    total = 0.0
    for step, loudness in claps:
        k = t - step
        if k < 0:
            continue
        if a == 0:
            total += loudness if k == 0 else 0.0
        else:
            total += loudness * math.exp(k * math.log(abs(a))) * (-1 if a < 0 and k % 2 else 1)
    return total
