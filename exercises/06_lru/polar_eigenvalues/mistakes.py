"""What goes wrong with the polar form, and other ways to get it right."""

import math

import torch


def nu_not_exponentiated(nu_log, theta_log):
    """Your size is exp(-nu_log). That is above 1 as soon as nu_log is negative, and then the state
    explodes. First undo the logarithm: the rate of decay is exp(nu_log)."""
    return torch.polar(torch.exp(-nu_log), theta_log.exp())


def theta_not_exponentiated(nu_log, theta_log):
    """Your phase is theta_log itself. It is stored as a logarithm, like nu: undo it first."""
    return torch.polar(torch.exp(-nu_log.exp()), theta_log)


def minus_forgotten(nu_log, theta_log):
    """All your sizes are above 1: exp(+nu) grows. The decay needs the minus sign."""
    return torch.polar(torch.exp(nu_log.exp()), theta_log.exp())


def rate_taken_for_size(nu_log, theta_log):
    """You use exp(nu_log) as the size. It is the rate of decay nu; the size is exp(-nu). A large rate means
    a small size."""
    return torch.polar(nu_log.exp(), theta_log.exp())


def turned_the_other_way(nu_log, theta_log):
    """Your numbers are the complex conjugates: the phase has the wrong sign. Only the part with nu has a
    minus."""
    return torch.polar(torch.exp(-nu_log.exp()), -theta_log.exp())


def parts_taken_for_polar(nu_log, theta_log):
    """You use size and phase as real and imaginary part. A number of size r and phase t is r cos t + i r
    sin t."""
    return torch.complex(torch.exp(-nu_log.exp()), theta_log.exp())


def phase_without_size(nu_log, theta_log):
    """Your real part is right, but the imaginary part has lost its size: the sine is multiplied by it as
    well."""
    size, phase = torch.exp(-nu_log.exp()), theta_log.exp()
    return torch.complex(size * phase.cos(), phase.sin())


def right_with_cosine_and_sine(nu_log, theta_log):
    """From the real and the imaginary part."""
    size, phase = torch.exp(-torch.exp(nu_log)), torch.exp(theta_log)
    return torch.complex(size * torch.cos(phase), size * torch.sin(phase))


def right_with_a_complex_exponential(nu_log, theta_log):
    """One complex exponential; the size as a power of a base."""
    return torch.exp(torch.complex(-(math.e**nu_log), theta_log.exp()))
