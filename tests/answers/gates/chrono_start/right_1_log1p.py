# verdict: right
# what: Uses log1p.
# diagnosis: none
import math


def chrono_start(longest: float, draws: list[float]) -> list[tuple[float, float]]:
    """The biases of a keep gate and a write gate, for units whose memories have all lengths up to `longest`.

    Args:
        longest: the longest memory, in steps; 2 or more.
        draws: one number from 0 to 1 for each unit.

    Returns:
        For each unit the pair (bias of the keep gate, bias of the write gate).
    """
    return [(b, -b) for b in (math.log1p(u * (longest - 2)) for u in draws)]
