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
    """Your imaginary part has lost its size: the sine is multiplied by it, like the cosine."""
    size, phase = torch.exp(-nu_log.exp()), theta_log.exp()
    return torch.complex(size * phase.cos(), phase.sin())


def no_logarithm_undone(nu_log, theta_log):
    """You use nu_log and theta_log as they are. Both are stored as logarithms: the rate of decay is
    exp(nu_log) and the phase is exp(theta_log)."""
    return torch.polar(torch.exp(-nu_log), theta_log)


def nu_log_for_log_of_size(nu_log, theta_log):
    """Your size is exp(nu_log), as if nu_log were the logarithm of the size. It is that of the rate of
    decay nu, and the phase is a logarithm, too: undo both."""
    return torch.polar(nu_log.exp(), theta_log)


def sigmoid_for_size(nu_log, theta_log):
    """Your size is a sigmoid of -nu_log, or what is the same, 1 / (1 + nu) or exp(-softplus). It stays below
    1, too, but the size asked for is exp(-exp(nu_log))."""
    return torch.polar(torch.sigmoid(-nu_log), theta_log.exp())


def sigmoid_the_other_way(nu_log, theta_log):
    """Your size is a sigmoid. It stays below 1, too, but the size asked for is exp(-exp(nu_log))."""
    return torch.polar(torch.sigmoid(nu_log), theta_log.exp())


def first_order(nu_log, theta_log):
    """Your size is 1 - nu, which is about exp(-nu) only if nu is small. For a large rate it becomes
    negative: use the exponential."""
    size, phase = 1 - nu_log.exp(), theta_log.exp()
    return torch.complex(size * phase.cos(), size * phase.sin())


def positive_nu_log_cut_off(nu_log, theta_log):
    """You cut nu_log off at 0. It may be any number: a positive nu_log is a large rate of decay, a state
    that forgets quickly."""
    return torch.polar(torch.exp(-nu_log.clamp(max=0.0).exp()), theta_log.exp())


def negative_nu_log_cut_off(nu_log, theta_log):
    """You cut nu_log off at 0 from below. It may be any number: a negative nu_log is a small rate of
    decay, a state that remembers for long."""
    return torch.polar(torch.exp(-nu_log.clamp(min=0.0).exp()), theta_log.exp())


def size_of_nu_log(nu_log, theta_log):
    """You take the absolute value of nu_log. It is a logarithm and may have either sign: undo it with
    exp, which is positive by itself."""
    return torch.polar(torch.exp(-nu_log.abs().exp()), theta_log.exp())


def absolute_value_for_rate(nu_log, theta_log):
    """Your rate of decay is |nu_log|. The rate is exp(nu_log): the exponential makes it positive, and
    undoes the logarithm."""
    return torch.polar(torch.exp(-nu_log.abs()), theta_log.exp())


def arguments_exchanged(nu_log, theta_log):
    """You have exchanged the two: nu makes the size, theta the phase."""
    return torch.polar(torch.exp(-theta_log.exp()), nu_log.exp())


def sine_and_cosine_exchanged(nu_log, theta_log):
    """You have exchanged sine and cosine: the real part is size times cosine, the imaginary part size
    times sine."""
    size, phase = torch.exp(-nu_log.exp()), theta_log.exp()
    return torch.complex(size * phase.sin(), size * phase.cos())


def real_part_without_size(nu_log, theta_log):
    """Your real part has lost its size: the cosine is multiplied by it, like the sine."""
    size, phase = torch.exp(-nu_log.exp()), theta_log.exp()
    return torch.complex(phase.cos(), size * phase.sin())


def size_lost(nu_log, theta_log):
    """All your numbers lie on the unit circle: the size exp(-nu) is missing."""
    return torch.polar(torch.ones_like(nu_log), theta_log.exp())


def size_and_turn_added(nu_log, theta_log):
    """You add the size and the turn. A number of size r and phase t is the product of r and exp(i t)."""
    return torch.exp(-nu_log.exp()) + torch.polar(torch.ones_like(nu_log), theta_log.exp())


def phase_lost(nu_log, theta_log):
    """Your numbers have no phase, they are all real and positive. The phase exp(theta_log) turns them:
    the exponent needs the imaginary part."""
    return torch.complex(torch.exp(-nu_log.exp()), torch.zeros_like(theta_log))


def phase_in_turns(nu_log, theta_log):
    """You multiply the phase by 2 pi. It is already an angle in radians: a quarter of a turn is pi / 2."""
    return torch.polar(torch.exp(-nu_log.exp()), 2 * math.pi * theta_log.exp())


def phase_in_degrees(nu_log, theta_log):
    """You take the phase for degrees. It is already an angle in radians: a quarter of a turn is pi / 2."""
    return torch.polar(torch.exp(-nu_log.exp()), torch.deg2rad(theta_log.exp()))


def phase_negated_inside(nu_log, theta_log):
    """Your phase is exp(-theta_log), one divided by the phase. The minus belongs to the part with nu
    alone."""
    return torch.polar(torch.exp(-nu_log.exp()), torch.exp(-theta_log))


def rate_inverted(nu_log, theta_log):
    """Your rate of decay is exp(-nu_log), one divided by the rate. There are two exponentials, and the
    minus stands between them: exp(-exp(nu_log))."""
    return torch.polar(torch.exp(-torch.exp(-nu_log)), theta_log.exp())


def rate_doubled(nu_log, theta_log):
    """Your size is exp(-2 nu), the square of the right one. The rate stands in the exponent once."""
    return torch.polar(torch.exp(-2 * nu_log.exp()), theta_log.exp())


def right_with_cosine_and_sine(nu_log, theta_log):
    """From the real and the imaginary part."""
    size, phase = torch.exp(-torch.exp(nu_log)), torch.exp(theta_log)
    return torch.complex(size * torch.cos(phase), size * torch.sin(phase))


def right_with_a_complex_exponential(nu_log, theta_log):
    """One complex exponential; the size as a power of a base."""
    return torch.exp(torch.complex(-(math.e**nu_log), theta_log.exp()))
