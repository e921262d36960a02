# verdict: wrong
# what: Computes keep = 1 - 1/L and then log(keep / (1 - keep)), which loses digits for a large L.
# diagnosis: 1 - 1/L is so near 1 that its distance from 1 has few digits left; b = log(L - 1) needs no keep.
# told: mistake digits_lost
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
        keep = 1 - 1 / L
        b = math.log(keep / (1 - keep))
        out.append((b, -b))
    return out
