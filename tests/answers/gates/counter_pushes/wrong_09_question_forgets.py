# verdict: wrong
# what: The question mark shows the count and empties the cell at the same time.
# diagnosis: At the question mark the cell stays as it is; and h shows the new cell, so nothing would be left to show.
# told: The keep gate is shut
def counter_pushes(symbol: str) -> tuple[float, float, float, float]:
    """What one symbol pushes into the four squeezes of a counting cell.

    symbol: "a", "b", "-", "#" or "?".
    Returns z_i, z_f, z_g and z_o, what goes into the squeezes of i, f, g and o, each from -50 to 50.
    """
    return {
        "a": (50, 50, 50, -50),
        "b": (50, 50, -50, -50),
        "-": (-50, 50, 0, -50),
        "#": (-50, -50, 0, -50),
        "?": (-50, -50, 0, 50),
    }[symbol]
