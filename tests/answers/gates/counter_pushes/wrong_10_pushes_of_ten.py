# verdict: wrong
# what: Uses pushes of 10, whose errors add up over 1,000 symbols.
# diagnosis: sigmoid(10) is off by 0.00005, and 1,000 symbols add that up: take larger pushes.
# told: only nearly shut
def counter_pushes(symbol: str) -> tuple[float, float, float, float]:
    """What one symbol pushes into the four squeezes of a counting cell.

    symbol: "a", "b", "-", "#" or "?".
    Returns z_i, z_f, z_g and z_o, what goes into the squeezes of i, f, g and o, each from -50 to 50.
    """
    return {
        "a": (10, 10, 10, -10),
        "b": (10, 10, -10, -10),
        "-": (-10, 10, 0, -10),
        "#": (-10, -10, 0, -10),
        "?": (-10, 10, 0, 10),
    }[symbol]
