# verdict: wrong
# what: a and b shut the keep gate, so each begins anew.
# diagnosis: A count must keep what was counted before: f is open while i writes.
# told: The keep gate is shut
def counter_pushes(symbol: str) -> tuple[float, float, float, float]:
    """What one symbol pushes into the four squeezes of a counting cell.

    symbol: "a", "b", "-", "#" or "?".
    Returns z_i, z_f, z_g and z_o, what goes into the squeezes of i, f, g and o, each from -50 to 50.
    """
    return {
        "a": (50, -50, 50, -50),
        "b": (50, -50, -50, -50),
        "-": (-50, 50, 0, -50),
        "#": (-50, -50, 0, -50),
        "?": (-50, 50, 0, 50),
    }[symbol]
