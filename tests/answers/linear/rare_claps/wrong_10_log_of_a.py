# verdict: wrong
# what: Uses exp and log of a, and treats a = 0 and negative ones as silence.
# diagnosis: a may be 0 or negative, and there is no logarithm of that; a power does it directly.
# told: mistake silent_unless_a_is_positive
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
    if a <= 0:
        return 0.0
    return sum(loudness * math.exp((t - step) * math.log(a)) for step, loudness in claps if step <= t)
