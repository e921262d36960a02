"""Shorten a gradient that is too long, and keep its direction."""

import numpy as np


def clip_gradients(gradients: dict[str, np.ndarray], max_norm: float) -> dict[str, np.ndarray]:
    """Scale all gradients by one factor, so that their global norm is at most max_norm.

    gradients: arrays of any shape, by name. max_norm: a positive number.
    Returns a new dictionary with the same names and shapes; gradients that are short enough stay as they are.
    """
    # BEGIN SOLUTION
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients.values()))
    scale = max_norm / norm if norm > max_norm else 1.0
    return {name: g * scale for name, g in gradients.items()}
    # END SOLUTION
