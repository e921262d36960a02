# verdict: right
# what: The write gate is always open; only the candidate says what is written.
# diagnosis: none
def counter_pushes(symbol: str) -> tuple[float, float, float, float]:
    """What one symbol pushes into the four squeezes of a counting cell.

    symbol: "a", "b", "-", "#" or "?".
    Returns z_i, z_f, z_g and z_o, what goes into the squeezes of i, f, g and o, each from -50 to 50.
    """
    g = {"a": 40.0, "b": -40.0}.get(symbol, 0.0)
    return (50.0, -50.0 if symbol == "#" else 50.0, g, 50.0 if symbol == "?" else -50.0)
