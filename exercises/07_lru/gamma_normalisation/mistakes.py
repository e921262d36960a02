"""What goes wrong with gamma, and other ways to get it right."""

import torch


def digits_lost_near_the_circle(nu_log):
    """Near the circle your gamma is zero: |Lambda| was rounded to 1 before you subtracted it from 1.
    Write the square of |Lambda| as one exponential and use torch.expm1."""
    return torch.sqrt(1 - torch.exp(-nu_log.exp()) ** 2)


def size_not_squared(nu_log):
    """You use sqrt(1 - |Lambda|). It is the mean square of the state that adds up, and one step multiplies
    that by |Lambda| squared."""
    return torch.sqrt(-torch.expm1(-nu_log.exp()))


def root_forgotten(nu_log):
    """Your result is 1 - |Lambda|^2, that is gamma squared. A factor of gamma on the input multiplies its
    mean square by gamma squared: take the root."""
    return -torch.expm1(-2 * nu_log.exp())


def moving_average(nu_log):
    """You use 1 - |Lambda|, the factor of a moving average. That is right for an input that stays constant.
    Noise partly cancels, so the state grows less, and the factor must be larger."""
    return -torch.expm1(-nu_log.exp())


def the_growth_itself(nu_log):
    """Your result is how much the state grows, 1 / sqrt(1 - |Lambda|^2). gamma has to undo that growth."""
    return 1 / torch.sqrt(-torch.expm1(-2 * nu_log.exp()))


def nu_not_exponentiated(nu_log):
    """You take nu_log for the rate of decay. It is the logarithm of it: |Lambda| = exp(-exp(nu_log)), with
    two exponentials."""
    return torch.sqrt(torch.expm1(-2 * nu_log).abs())


def first_order(nu_log):
    """Your gamma is sqrt(2 nu), which is right only near the circle. For larger rates the exponential is
    needed: torch.expm1 is right for both."""
    return torch.sqrt(2 * nu_log.exp())


def first_order_not_doubled(nu_log):
    """Your gamma is sqrt(nu). Near the circle it should be sqrt(2 nu), because |Lambda| is squared, and
    for larger rates the exponential is needed."""
    return torch.sqrt(nu_log.exp())


def log_of_size_taken(nu_log):
    """You take exp(nu_log) for |Lambda|. It is the rate of decay: |Lambda| = exp(-exp(nu_log)), with two
    exponentials."""
    return torch.sqrt(1 - torch.exp(2 * nu_log))


def absolute_value_for_rate(nu_log):
    """You take the absolute value of nu_log for the rate of decay. nu_log is its logarithm: |Lambda| =
    exp(-exp(nu_log)), with two exponentials."""
    return torch.sqrt(-torch.expm1(-2 * nu_log.abs()))


def plus_for_minus(nu_log):
    """You use sqrt(1 + |Lambda|^2). The state settles where s = |Lambda|^2 s + gamma^2; with s = 1, what
    is gamma?"""
    return torch.sqrt(1 + torch.exp(-2 * nu_log.exp()))


def logarithm_returned(nu_log):
    """You return the logarithm of gamma. The layer may store it so, but here gamma itself is asked for."""
    return torch.log(-torch.expm1(-2 * nu_log.exp())) / 2


def size_returned(nu_log):
    """Your result is the size |Lambda|. gamma is the root of one minus its square."""
    return torch.exp(-nu_log.exp())


def mean_square_returned(nu_log):
    """Your result is the mean square at which the state settles without gamma. gamma has to undo it: with
    gamma on the input, that mean square must be 1."""
    return 1 / -torch.expm1(-2 * nu_log.exp())


def growth_of_a_constant(nu_log):
    """Your result is 1 / (1 - |Lambda|), how much the state grows with a constant input. The input here
    is noise, and gamma has to undo the growth, not to repeat it."""
    return 1 / -torch.expm1(-nu_log.exp())


def rate_squared(nu_log):
    """You square the rate in the exponent. The square of exp(-nu) is exp(-2 nu)."""
    return torch.sqrt(-torch.expm1(-(nu_log.exp() ** 2)))


def squared_twice(nu_log):
    """You square |Lambda| twice: exp(-4 nu) is its fourth power. Its square is exp(-2 nu)."""
    return torch.sqrt(-torch.expm1(-4 * nu_log.exp()))


def rate_inverted(nu_log):
    """Your rate of decay is exp(-nu_log), one divided by the right one. The minus stands between the two
    exponentials: |Lambda| = exp(-exp(nu_log))."""
    return torch.sqrt(-torch.expm1(-2 * torch.exp(-nu_log)))


def root_twice(nu_log):
    """You take the root twice. gamma is the root of 1 - |Lambda| ** 2."""
    return (-torch.expm1(-2 * nu_log.exp())) ** 0.25


def right_with_sinh(nu_log):
    """1 - exp(-2 nu) = 2 exp(-nu) sinh(nu), which loses no digits either."""
    nu = torch.exp(nu_log)
    return (2 * torch.exp(-nu) * torch.sinh(nu)).sqrt()


def right_by_logarithms(nu_log):
    """Half a logarithm instead of a root, as the layer stores it."""
    return torch.exp(torch.log(-torch.expm1(-2 * torch.exp(nu_log))) / 2)


def right_with_tanh(nu_log):
    """1 - exp(-2 nu) = 2 tanh(nu) / (1 + tanh(nu))."""
    t = torch.tanh(torch.exp(nu_log))
    return (2 * t / (1 + t)) ** 0.5
