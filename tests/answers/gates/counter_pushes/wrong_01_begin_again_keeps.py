# verdict: wrong
# what: "#" closes all gates and keeps the cell.
# diagnosis: To begin again the keep gate must be shut: the old count must go.
# told: to begin again it must be shut
def counter_pushes(symbol: str) -> tuple[float, float, float, float]:
    """What one symbol pushes into the four squeezes of a counting cell.

    symbol: "a", "b", "-", "#" or "?".
    Returns z_i, z_f, z_g and z_o, what goes into the squeezes of i, f, g and o, each from -50 to 50.
    """
    up = {"a": (50.0, 50.0, 50.0, -50.0), "b": (50.0, 50.0, -50.0, -50.0), "-": (-50.0, 50.0, 0.0, -50.0)}
    up["#"] = (-50.0, 50.0, 0.0, -50.0)
    up["?"] = (-50.0, 50.0, 0.0, 50.0)
    return up[symbol]
