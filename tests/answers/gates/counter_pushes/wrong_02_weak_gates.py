# verdict: wrong
# what: Uses pushes of 5, which seem large enough.
# diagnosis: sigmoid(5) is 0.993, so after 1,000 symbols hardly anything is left; take larger pushes.
# told: push harder
def counter_pushes(symbol: str) -> tuple[float, float, float, float]:
    """What one symbol pushes into the four squeezes of a counting cell.

    symbol: "a", "b", "-", "#" or "?".
    Returns z_i, z_f, z_g and z_o, what goes into the squeezes of i, f, g and o, each from -50 to 50.
    """
    return {
        "a": (5.0, 5.0, 5.0, -5.0),
        "b": (5.0, 5.0, -5.0, -5.0),
        "-": (-5.0, 5.0, 0.0, -5.0),
        "#": (-5.0, -5.0, 0.0, -5.0),
        "?": (-5.0, 5.0, 0.0, 5.0),
    }[symbol]
