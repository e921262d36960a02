# verdict: wrong
# what: Gives the gates 1 and 0 instead of what goes into the squeezes.
# diagnosis: These numbers go into the squeezes: a push of 1 makes a gate of 0.73, not 1.
# told: mistake gates_instead_of_pushes
def counter_pushes(symbol: str) -> tuple[float, float, float, float]:
    """What one symbol pushes into the four squeezes of a counting cell.

    symbol: "a", "b", "-", "#" or "?".
    Returns z_i, z_f, z_g and z_o, what goes into the squeezes of i, f, g and o, each from -50 to 50.
    """
    return {
        "a": (1.0, 1.0, 1.0, 0.0),
        "b": (1.0, 1.0, -1.0, 0.0),
        "-": (0.0, 1.0, 0.0, 0.0),
        "#": (0.0, 0.0, 0.0, 0.0),
        "?": (0.0, 1.0, 0.0, 1.0),
    }[symbol]
