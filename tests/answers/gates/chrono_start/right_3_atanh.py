# verdict: right
# what: The inverse of the sigmoid by the inverse of tanh, written with log of both gates.
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
    pairs = []
    for u in draws:
        steps = 2 * (1 - u) + longest * u
        write = 1 / steps
        pairs.append((math.log(steps - 1), math.log(write) - math.log1p(-write)))
    return pairs
