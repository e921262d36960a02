# verdict: wrong
# what: The show gate stands open at every symbol.
# diagnosis: h must be 0 except at the question mark, so the show gate is shut elsewhere.
# told: the show gate must be shut
def counter_pushes(symbol: str) -> tuple[float, float, float, float]:
    """What one symbol pushes into the four squeezes of a counting cell.

    symbol: "a", "b", "-", "#" or "?".
    Returns z_i, z_f, z_g and z_o, what goes into the squeezes of i, f, g and o, each from -50 to 50.
    """
    return {
        "a": (50, 50, 50, 50),
        "b": (50, 50, -50, 50),
        "-": (-50, 50, 0, 50),
        "#": (-50, -50, 0, 50),
        "?": (-50, 50, 0, 50),
    }[symbol]
