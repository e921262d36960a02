# verdict: wrong
# what: Leaves the write gate at bias 0, so that it lets in a half of everything.
# diagnosis: A unit with a long memory must write as little as it forgets: write = 1 - keep.
# told: mistake write_zero
import math


def chrono_start(longest: float, draws: list[float]) -> list[tuple[float, float]]:
    """The biases of a keep gate and a write gate, for units whose memories have all lengths up to `longest`.

    Args:
        longest: the longest memory, in steps; 2 or more.
        draws: one number from 0 to 1 for each unit.

    Returns:
        For each unit the pair (bias of the keep gate, bias of the write gate).
    """
    return [(math.log1p(u * (longest - 2)), 0.0) for u in draws]
