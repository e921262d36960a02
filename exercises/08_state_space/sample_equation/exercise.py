"""From an equation in continuous time to one step of a recurrence."""


def sample_equation(A: complex, B: complex, delta: float, rule: str) -> tuple[complex, complex]:
    """a and b of h_t = a h_{t-1} + b x_t, from h'(s) = A h(s) + B x(s).

    Args:
        A: not 0; its real part is 0 or negative.
        B: what the input is multiplied by on its way into the state.
        delta: how long a step is, above 0.
        rule: "euler", "bilinear" or "hold".

    Returns:
        The tuple (a, b).
    """
    # BEGIN SOLUTION
    import cmath

    z = delta * A
    if rule == "euler":
        return 1 + z, delta * B
    if rule == "bilinear":
        below = 1 - z / 2
        return (1 + z / 2) / below, delta * B / below
    a = cmath.exp(z)
    return a, (a - 1) / A * B
    # END SOLUTION
