# verdict: right
# what: Vectorised with numpy, gives tuples of numpy floats.
# diagnosis: none
import numpy as np


def chrono_start(longest: float, draws: list[float]) -> list[tuple[float, float]]:
    """The biases of a keep gate and a write gate, for units whose memories have all lengths up to `longest`.

    Args:
        longest: the longest memory, in steps; 2 or more.
        draws: one number from 0 to 1 for each unit.

    Returns:
        For each unit the pair (bias of the keep gate, bias of the write gate).
    """
    b = np.log1p(np.asarray(draws, dtype=float) * (longest - 2))
    return [(x, -x) for x in b]
