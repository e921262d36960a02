"""What goes wrong with a mean in the input, and other ways to get it right."""

import numpy as np


def _parts(nu, mean, deviation):
    """The mean square of the state without gamma: what the constant gives, and what the noise gives."""
    return mean**2 / np.expm1(-nu) ** 2, deviation**2 / -np.expm1(-2 * nu)


def mean_ignored(nu, mean, deviation):
    """You use the gamma for noise, whatever the mean is. A constant does not cancel: it piles up to 1 /
    (1 - Lambda)."""
    return np.sqrt(-np.expm1(-2 * nu))


def negative_mean_ignored(nu, mean, deviation):
    """For a negative mean you use the gamma for noise. It piles up as a positive one does, only downwards:
    what counts is its square."""
    if mean <= 0:
        return np.sqrt(-np.expm1(-2 * nu))
    constant, noise = _parts(nu, mean, deviation)
    return np.sqrt((mean**2 + deviation**2) / (constant + noise))


def mean_not_in_the_state(nu, mean, deviation):
    """You count the mean in the input but not in the state. The state has one, too, gamma * mean / (1 -
    Lambda), and its square is part of the mean square."""
    with np.errstate(all="ignore"):
        return np.sqrt((mean**2 + deviation**2) * -np.expm1(-2 * nu) / deviation**2)


def noise_ignored(nu, mean, deviation):
    """You use the gamma for a constant, whatever the noise is. Noise cancels in part, so it needs less
    taming: count both."""
    return -np.expm1(-nu)


def gammas_averaged(nu, mean, deviation):
    """You take a mean of the two gammas. What adds up are the mean squares of the state: add these, and
    find the gamma for the sum."""
    a, b = mean**2, deviation**2
    return (a * -np.expm1(-nu) + b * np.sqrt(-np.expm1(-2 * nu))) / (a + b)


def squares_averaged(nu, mean, deviation):
    """You average the squares of the two gammas. It is not gamma that adds up but the size of the state,
    which is one over it: add the two mean squares of the state first."""
    a, b = mean**2, deviation**2
    return np.sqrt((a * np.expm1(-nu) ** 2 + b * -np.expm1(-2 * nu)) / (a + b))


def sizes_added(nu, mean, deviation):
    """You add the sizes of the constant part and of the noise. Noise is as often against the constant as
    with it, so their mean squares add up."""
    constant, noise = _parts(nu, mean, deviation)
    return np.sqrt(mean**2 + deviation**2) / (np.sqrt(constant) + np.sqrt(noise))


def sizes_added_in_both(nu, mean, deviation):
    """You add the sizes of the mean and of the noise, in the input and in the state. Noise is as often
    against the mean as with it, so what adds up is their squares, in both."""
    constant, noise = _parts(nu, mean, deviation)
    return (abs(mean) + deviation) / (np.sqrt(constant) + np.sqrt(noise))


def rate_squared(nu, mean, deviation):
    """For the square of Lambda you take exp(-nu ** 2). Squaring a power doubles its exponent: Lambda ** 2 is
    exp(-2 * nu)."""
    constant, noise = mean**2 / np.expm1(-nu) ** 2, deviation**2 / -np.expm1(-(nu**2))
    return np.sqrt((mean**2 + deviation**2) / (constant + noise))


def set_to_one(nu, mean, deviation):
    """With your gamma the state has the mean square 1. It should be that of its input, mean ** 2 +
    deviation ** 2."""
    constant, noise = _parts(nu, mean, deviation)
    return 1 / np.sqrt(constant + noise)


def root_forgotten(nu, mean, deviation):
    """Your result is gamma squared. A factor gamma on the input multiplies the mean square by gamma
    squared: take the root."""
    constant, noise = _parts(nu, mean, deviation)
    return (mean**2 + deviation**2) / (constant + noise)


def the_growth(nu, mean, deviation):
    """Your result is how much the state grows without gamma. gamma has to undo that."""
    constant, noise = _parts(nu, mean, deviation)
    return np.sqrt((constant + noise) / (mean**2 + deviation**2))


def constant_not_squared(nu, mean, deviation):
    """You use mean ** 2 / (1 - Lambda). The constant part ends at the *size* mean / (1 - Lambda), and its
    mean square is the square of all of that."""
    return np.sqrt((mean**2 + deviation**2) / (mean**2 / -np.expm1(-nu) + deviation**2 / -np.expm1(-2 * nu)))


def deviation_for_variance(nu, mean, deviation):
    """You use the deviation where its square belongs. The mean square of the noise is deviation ** 2."""
    return np.sqrt((mean**2 + deviation) / (mean**2 / np.expm1(-nu) ** 2 + deviation / -np.expm1(-2 * nu)))


def mean_not_squared(nu, mean, deviation):
    """You use the mean where its square belongs. Sizes add up to a mean square only when they are
    squared."""
    mean = abs(mean)
    return np.sqrt((mean + deviation**2) / (mean / np.expm1(-nu) ** 2 + deviation**2 / -np.expm1(-2 * nu)))


def nu_for_lambda(nu, mean, deviation):
    """You take nu for Lambda. nu is the rate of decay: Lambda = exp(-nu)."""
    with np.errstate(all="ignore"):
        whole = mean**2 / (1 - nu) ** 2 + deviation**2 / np.abs(1 - nu**2)
    return np.sqrt((mean**2 + deviation**2) / whole)


def right_by_shares(nu, mean, deviation):
    """By the share of the constant in the input, and with sinh."""
    share = mean**2 / (mean**2 + deviation**2)
    short = np.exp(-nu / 2) * 2 * np.sinh(nu / 2)  # 1 - Lambda
    both = np.exp(-nu) * 2 * np.sinh(nu)  # 1 - Lambda^2
    return 1 / np.sqrt(share / short**2 + (1 - share) / both)


def right_by_a_common_root(nu, mean, deviation):
    """1 - Lambda^2 is (1 - Lambda)(1 + Lambda)."""
    gap, size = -np.expm1(-nu), np.exp(-nu)
    above = (mean**2 + deviation**2) * gap**2 * (1 + size)
    return np.sqrt(above / (mean**2 * (1 + size) + deviation**2 * gap))
