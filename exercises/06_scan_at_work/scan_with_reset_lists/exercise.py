"""A scan over texts that are packed into one row, with lists."""


def _scan(a: list[float], b: list[float], h0: float) -> list[float]:
    """h[t] = a[t] * h[t-1] + b[t], with h0 before the first step."""
    states = []
    for t in range(len(b)):
        h0 = a[t] * h0 + b[t]
        states.append(h0)
    return states


def scan_with_reset_lists(a: list[float], b: list[float], reset: list[bool], h0: float) -> list[float]:
    """The states of a linear recurrence that starts from zero wherever `reset` is True.

    Args:
        a: the T decays.
        b: the T inputs.
        reset: True where the state before that step is dropped.
        h0: the state before the first step.

    Returns:
        The T states h.
    """
    # BEGIN SOLUTION
    decays = [0.0 if begins else decay for decay, begins in zip(a, reset, strict=True)]
    return _scan(decays, b, h0)
    # END SOLUTION
