# verdict: wrong
# what: Pushes 1 into the candidate, so that it counts in steps of 0.76.
# diagnosis: tanh(1) is 0.76, and not 1; push the candidate far out too.
# told: push i and g harder
def counter_pushes(symbol: str) -> tuple[float, float, float, float]:
    """What one symbol pushes into the four squeezes of a counting cell.

    symbol: "a", "b", "-", "#" or "?".
    Returns z_i, z_f, z_g and z_o, what goes into the squeezes of i, f, g and o, each from -50 to 50.
    """
    return {
        "a": (50, 50, 1, -50),
        "b": (50, 50, -1, -50),
        "-": (-50, 50, 0, -50),
        "#": (-50, -50, 0, -50),
        "?": (-50, 50, 0, 50),
    }[symbol]
