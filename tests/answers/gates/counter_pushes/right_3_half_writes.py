# verdict: right
# what: Rows of a table of numpy, with smaller pushes and candidates that nobody lets in.
# diagnosis: none
import numpy as np


def counter_pushes(symbol: str) -> tuple[float, float, float, float]:
    """What one symbol pushes into the four squeezes of a counting cell.

    symbol: "a", "b", "-", "#" or "?".
    Returns z_i, z_f, z_g and z_o, what goes into the squeezes of i, f, g and o, each from -50 to 50.
    """
    row = "ab-#?".index(symbol)
    table = np.array([[30, 30, 30, -30], [30, 30, -30, -30], [-30, 30, 7, -30], [-30, -30, -7, -30], [-30, 30, 1, 30]])
    return tuple(table[row])
