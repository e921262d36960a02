"""A cell that counts, with its weights set by hand."""


def counter_pushes(symbol: str) -> tuple[float, float, float, float]:
    """What one symbol pushes into the four squeezes of a counting cell.

    symbol: "a", "b", "-", "#" or "?".
    Returns z_i, z_f, z_g and z_o, what goes into the squeezes of i, f, g and o, each from -50 to 50.
    """
    # BEGIN SOLUTION
    write, keep = (50.0 if symbol in "ab" else -50.0), (-50.0 if symbol == "#" else 50.0)
    return write, keep, (-50.0 if symbol == "b" else 50.0), (50.0 if symbol == "?" else -50.0)
    # END SOLUTION
