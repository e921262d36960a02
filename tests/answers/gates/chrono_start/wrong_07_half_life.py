# verdict: wrong
# what: Takes L for a half-life: keep = 0.5 ** (1/L).
# diagnosis: L is the average number of steps, 1/(1 - keep), and not the time after which a half is left.
# told: mistake half_life_for_mean
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
        keep = 0.5 ** (1 / L)
        b = math.log(keep) - math.log(-math.expm1(-math.log(2) / L))
        out.append((b, -b))
    return out
