# verdict: wrong
# what: Gives the pushes in the order i, f, o, g.
# diagnosis: The order is z_i, z_f, z_g, z_o: the candidate is third and the show gate last.
# told: is the order z_i, z_f, z_g, z_o
def counter_pushes(symbol: str) -> tuple[float, float, float, float]:
    """What one symbol pushes into the four squeezes of a counting cell.

    symbol: "a", "b", "-", "#" or "?".
    Returns z_i, z_f, z_g and z_o, what goes into the squeezes of i, f, g and o, each from -50 to 50.
    """
    return {
        "a": (50, 50, -50, 50),
        "b": (50, 50, -50, -50),
        "-": (-50, 50, -50, 0),
        "#": (-50, -50, -50, 0),
        "?": (-50, 50, 50, 0),
    }[symbol]
