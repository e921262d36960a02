# verdict: wrong
# what: Takes log L for the bias instead of log (L - 1).
# diagnosis: With bias b a gate keeps 1 + e^b steps on average, so b is the logarithm of L - 1.
# told: mistake logarithm_of_the_memory
import math


def chrono_start(longest: float, draws: list[float]) -> list[tuple[float, float]]:
    """The biases of a keep gate and a write gate, for units whose memories have all lengths up to `longest`.

    Args:
        longest: the longest memory, in steps; 2 or more.
        draws: one number from 0 to 1 for each unit.

    Returns:
        For each unit the pair (bias of the keep gate, bias of the write gate).
    """
    out = []
    for u in draws:
        L = 2 + u * (longest - 2)
        out.append((math.log(L), -math.log(L)))
    return out
