"""The decay and the input of the RG-LRU."""

import numpy as np


def listening_decay(
    x: np.ndarray, r_push: np.ndarray, i_push: np.ndarray, Lambda: np.ndarray, first: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """a_t and b_t of the RG-LRU's recurrence h_t = a_t * h_{t-1} + b_t, for all steps.

    Args:
        x: the inputs, (time, dim), float64.
        r_push: W_a x_t + b_a at each step, what goes into the sigmoid of r_t, (time, dim).
        i_push: W_x x_t + b_x at each step, what goes into the sigmoid of i_t, (time, dim).
        Lambda: what is learned of the decays, (dim,).
        first: whether a document begins at that step, bool, (time,).

    Returns:
        a and b, each (time, dim), float64.
    """
    # BEGIN SOLUTION
    r, i = 1 / (1 + np.exp(-r_push)), 1 / (1 + np.exp(-i_push))
    log_a = -8 * r * np.log1p(np.exp(-Lambda))
    log_a = np.where(first[:, None], -np.inf, log_a)
    return np.exp(log_a), np.sqrt(-np.expm1(2 * log_a)) * i * x
    # END SOLUTION
