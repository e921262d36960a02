# verdict: right
# what: Writes the response in closed form with a table of powers of the eigenvalues, all cases in one matrix, and takes the nearest row.
# diagnosis: None: it is right.
"""Which rule does this layer break?"""

import numpy as np


def broken_layer_rule(Lambda: list[complex], B: list[complex], C: list[complex], response: list[float]) -> str:
    """Name the rule of the LRU that a layer breaks, from its numbers and its answer to a single 1.

    Args:
        Lambda: the eigenvalues, one for each state.
        B: what the input is multiplied by on its way into each state.
        C: what each state is multiplied by on its way to the output.
        response: the outputs y_0, y_1, y_2, ... when the inputs are 1, 0, 0, ...

    Returns:
        "circle", "gamma", "late", "real", or "none".
    """
    lam = np.array(Lambda, dtype=complex)
    if np.any(np.abs(lam) >= 1):
        return "circle"
    b, c = np.array(B, dtype=complex), np.array(C, dtype=complex)
    y = np.array(response, dtype=float)
    gamma = np.sqrt(1 - np.abs(lam) ** 2)
    powers = np.vander(lam, len(y), increasing=True)  # (state, step)
    states = (gamma * b)[:, None] * powers
    sound = (c @ states).real
    rows = np.stack([
        sound,
        ((c * b) @ powers).real,
        np.concatenate([[0.0], sound[:-1]]),
        c.real @ states.real,
    ])
    names = ["none", "gamma", "late", "real"]
    return names[int(np.argmin(np.max(np.abs(rows - y), axis=1)))]
