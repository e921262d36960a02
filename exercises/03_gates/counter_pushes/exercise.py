"""A cell that counts, with its weights set by hand."""


def counter_pushes(symbol: str) -> tuple[float, float, float, float]:
    """What one symbol pushes into the four squeezes of a counting cell.

    symbol: "a", "b", "-", "#" or "?".
    Returns the numbers that go into the sigmoid of i, the sigmoid of f, the tanh of g and the sigmoid of o, in
    this order, each from -50 to 50.
    """
    # BEGIN SOLUTION
    write, keep = (30.0 if symbol in "ab" else -30.0), (-30.0 if symbol == "#" else 30.0)
    return write, keep, (-30.0 if symbol == "b" else 30.0), (30.0 if symbol == "?" else -30.0)
    # END SOLUTION
