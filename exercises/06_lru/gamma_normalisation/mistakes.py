"""What goes wrong with gamma, and other ways to get it right."""

import torch


def digits_lost_near_the_circle(nu_log):
    """The formula is right, but near the circle your gamma is zero: |Lambda| was rounded to 1 before you
    subtracted it from 1. Write the square of |Lambda| as one exponential and use torch.expm1."""
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
    """You use 1 - |Lambda|, the factor of a moving average. It is right for an input that stays constant.
    Noise partly cancels, so the state grows less, and the factor must be larger."""
    return -torch.expm1(-nu_log.exp())


def the_growth_itself(nu_log):
    """Your result is how much the state grows, 1 / sqrt(1 - |Lambda|^2). gamma has to undo that growth."""
    return 1 / torch.sqrt(-torch.expm1(-2 * nu_log.exp()))


def nu_not_exponentiated(nu_log):
    """You take nu_log for the rate of decay. It is the logarithm of it: |Lambda| = exp(-exp(nu_log)), with
    two exponentials."""
    return torch.sqrt(torch.expm1(-2 * nu_log).abs())


def right_with_sinh(nu_log):
    """1 - exp(-2 nu) = 2 exp(-nu) sinh(nu), which loses no digits either."""
    nu = torch.exp(nu_log)
    return (2 * torch.exp(-nu) * torch.sinh(nu)).sqrt()


def right_by_logarithms(nu_log):
    """Half a logarithm instead of a root, as the layer stores it."""
    return torch.exp(torch.log(-torch.expm1(-2 * torch.exp(nu_log))) / 2)


def right_with_more_digits(nu_log):
    """The plain formula in float64, and back."""
    size = torch.exp(-nu_log.double().exp())
    return torch.sqrt((1 - size) * (1 + size)).to(nu_log.dtype)
