# verdict: wrong
# what: Rounds the biases to four digits, as in the example.
# diagnosis: The example is rounded to be read; the biases themselves should not be.
# told: mistake rounded
import math


def chrono_start(longest: float, draws: list[float]) -> list[tuple[float, float]]:
    """The biases of a keep gate and a write gate, for units whose memories have all lengths up to `longest`.

    Args:
        longest: the longest memory, in steps; 2 or more.
        draws: one number from 0 to 1 for each unit.

    Returns:
        For each unit the pair (bias of the keep gate, bias of the write gate).
    """
    return [(round(b, 4), round(-b, 4)) for b in (math.log1p(u * (longest - 2)) for u in draws)]
