"""What goes wrong with the start of a step, and other ways to get it right."""

import numpy as np


def exp_undone_only(delta):
    """You take the logarithm of the length, as if it were exp(s). softplus adds 1 before it takes the
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


def overflow(delta):
    """For long steps exp(delta) is too large for a number. Take it out of the bracket first: log(exp(d) -
    1) is d plus a logarithm in which only exp(-d) stands."""
    with np.errstate(over="ignore"):
        return np.log(np.expm1(delta))


def formula_as_it_stands(delta):
    """Your formula is right on paper. But for very short steps exp(delta) is 1 and a little, so the
    digits of the little are lost, and for very long ones it is too large for a number."""
    with np.errstate(all="ignore"):
        return np.log(np.exp(delta) - 1)


def one_minus_exp(delta):
    """For long steps your form is right. For very short ones exp(-delta) is nearly 1, and 1 - exp(-delta)
    loses its digits: use the function that computes exp(x) - 1 in one go."""
    with np.errstate(all="ignore"):
        return delta + np.log(1 - np.exp(-delta))


def delta_left_out(delta):
    """You take exp(delta) out of the bracket and then leave it out. Its logarithm, delta itself, must be
    added again."""
    return np.log(-np.expm1(-delta))


def only_the_two_ends(delta):
    """You take the logarithm of a short length and the length itself for a long one. Those are what the
    bias comes near to at its two ends, but in between, and at nine digits, it is neither."""
    return np.where(delta < 1, np.log(delta), delta)


def identity_too_early(delta):
    """You take the length itself as the bias for all lengths above 10. They still differ by exp(-10)
    there, in the sixth digit."""
    short = np.minimum(delta, 10.0)
    return np.where(delta > 10, delta, short + np.log(-np.expm1(-short)))


def too_few_newton_steps(delta):
    """Your Newton's method has not arrived. For a very short step the answer is near -27, and from far
    off it moves by about 1 in each step. A closed form needs none."""
    z = np.array(delta, dtype=float)
    for _ in range(20):
        z = z - (np.logaddexp(0.0, z) - delta) * (1 + np.exp(-z))
    return z


def epsilon_added(delta):
    """You add a tiny number inside the logarithm, so that it never sees 0. The lengths are never 0, and
    beside a very short one your number is not tiny."""
    return delta + np.log(-np.expm1(-delta) + 1e-10)


def inverse_of_the_sigmoid(delta):
    """You undo a sigmoid. The length comes from a softplus, log(1 + exp(s)), which has no bound above."""
    with np.errstate(all="ignore"):
        return np.log(delta / (1 - delta))


def sign_turned(delta):
    """Your biases have the wrong sign: a short step needs a bias far below 0."""
    return -(delta + np.log(-np.expm1(-delta)))


def right_two_ranges(delta):
    """One formula for short steps and another for long ones."""
    short = np.minimum(delta, 1.0)
    return np.where(delta < 1.0, np.log(np.expm1(short)), delta + np.log1p(-np.exp(-np.maximum(delta, 1.0))))


def right_newton(delta):
    """Newton's method, on the logarithm of the length."""
    z = np.where(delta > 1, delta, np.log(delta))
    for _ in range(60):
        soft, slope = np.logaddexp(0.0, z), np.exp(-np.logaddexp(0.0, -z))
        z = z - np.clip((np.log(soft) - np.log(delta)) * soft / slope, -1, 1)
    return z
