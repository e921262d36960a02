# verdict: wrong
# what: Lets L begin at 1 step and go up to longest.
# diagnosis: u = 0 gives two steps, because with one step nothing would be kept.
# told: mistake from_one_step
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
        L = 1 + u * (longest - 1)
        b = math.log(L - 1) if L > 1 else -50.0
        out.append((b, -b))
    return out
