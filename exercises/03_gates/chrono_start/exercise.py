"""Biases for memories of all lengths."""


def chrono_start(longest: float, draws: list[float]) -> list[tuple[float, float]]:
    """The biases of a keep gate and a write gate, for units whose memories have all lengths up to `longest`.

    Args:
        longest: the longest memory, in steps; 2 or more.
        draws: one number from 0 to 1 for each unit.

    Returns:
        For each unit the pair (bias of the keep gate, bias of the write gate).
    """
    # BEGIN SOLUTION
    import math

    biases = [math.log(1 + u * (longest - 2)) for u in draws]
    return [(b, -b) for b in biases]
    # END SOLUTION
