# verdict: wrong
# what: For b it opens the keep gate less, as if that took one away.
# diagnosis: To take one away the cell must add -1: the candidate is -1, and the keep gate stays open.
# told: a step must be -1
def counter_pushes(symbol: str) -> tuple[float, float, float, float]:
    """What one symbol pushes into the four squeezes of a counting cell.

    symbol: "a", "b", "-", "#" or "?".
    Returns z_i, z_f, z_g and z_o, what goes into the squeezes of i, f, g and o, each from -50 to 50.
    """
    return {
        "a": (50, 50, 50, -50),
        "b": (-50, -50, 0, -50),
        "-": (-50, 50, 0, -50),
        "#": (-50, -50, 0, -50),
        "?": (-50, 50, 0, 50),
    }[symbol]
