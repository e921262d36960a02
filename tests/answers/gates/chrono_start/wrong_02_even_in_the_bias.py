# verdict: wrong
# what: Spreads the biases evenly instead of the lifetimes.
# diagnosis: It is L that grows in a straight line with u; the bias is then its logarithm.
# told: mistake even_in_the_bias
import math


def chrono_start(longest: float, draws: list[float]) -> list[tuple[float, float]]:
    """The biases of a keep gate and a write gate, for units whose memories have all lengths up to `longest`.

    Args:
        longest: the longest memory, in steps; 2 or more.
        draws: one number from 0 to 1 for each unit.

    Returns:
        For each unit the pair (bias of the keep gate, bias of the write gate).
    """
    top = math.log(longest - 1)
    return [(u * top, -u * top) for u in draws]
