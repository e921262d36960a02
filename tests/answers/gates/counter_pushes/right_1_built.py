# verdict: right
# what: Builds the four numbers from questions about the symbol.
# diagnosis: none
def counter_pushes(symbol: str) -> tuple[float, float, float, float]:
    """What one symbol pushes into the four squeezes of a counting cell.

    symbol: "a", "b", "-", "#" or "?".
    Returns z_i, z_f, z_g and z_o, what goes into the squeezes of i, f, g and o, each from -50 to 50.
    """
    big = 45
    write = big if symbol in "ab" else -big
    keep = -big if symbol == "#" else big
    candidate = big if symbol == "a" else -big if symbol == "b" else 0
    show = big if symbol == "?" else -big
    return write, keep, candidate, show
