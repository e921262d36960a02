# verdict: right
# what: Takes powers by squaring, with integers bit by bit.
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

    def power(base, n):
        result = 1.0
        while n:
            if n & 1:
                result *= base
            base *= base
            n >>= 1
        return result

    return math.fsum(loudness * power(a, t - step) for step, loudness in claps if step <= t)
