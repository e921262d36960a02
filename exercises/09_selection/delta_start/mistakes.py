"""What goes wrong with the start of a step, and other ways to get it right."""

import numpy as np


def exp_undone_only(delta):
    """You take the logarithm of the length, as if it were exp(z). softplus adds 1 before it takes the
    logarithm, so you must take that 1 away again."""
    return np.log(delta)


def softplus_itself(delta):
    """You compute the softplus of the length. You have the softplus already and look for the number that
    it comes from."""
    return np.logaddexp(0.0, delta)


def digits_lost(delta):
    """For very short steps your digits are lost: exp(delta) is 1 and a little, and the 1 leaves no room
    for the little. Use the function that computes exp(x) - 1 in one go."""
    return np.where(delta > 30, delta, np.log(np.exp(np.minimum(delta, 30)) - 1))


def right_two_ranges(delta):
    """One formula for short steps and another for long ones."""
    short = np.minimum(delta, 1.0)
    return np.where(delta < 1.0, np.log(np.expm1(short)), delta + np.log1p(-np.exp(-np.maximum(delta, 1.0))))


def right_newton(delta):
    """From a first guess, solve by Newton's rule in the logarithm."""
    z = np.where(delta > 1, delta, np.log(delta))
    for _ in range(60):
        soft = np.logaddexp(0.0, z)
        slope = np.exp(z - np.logaddexp(0.0, z))
        step = (np.log(soft) - np.log(delta)) * soft / np.exp(-np.logaddexp(0.0, -z))
        z = z - np.clip(step, -1, 1) + 0 * slope
    return z
