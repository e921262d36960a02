# verdict: wrong
# what: Gives the gates instead of their biases.
# diagnosis: What is wanted are the biases, which go into the sigmoid; the gates are what comes out of it.
# told: mistake gate_for_bias
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
        out.append((1 - 1 / L, 1 / L))
    return out
