"""What goes wrong on the ring, and other ways to get it right."""

import math

import torch


def _parameters(radius, phase):
    return torch.log(-torch.log(radius)), torch.log(phase)


def _radius(u1, r_min, r_max):
    return torch.sqrt(r_min**2 + u1 * (r_max**2 - r_min**2))


def uniform_in_radius(u1, u2, r_min, r_max, max_phase):
    """Your radius is uniform between r_min and r_max. Then an inner strip gets as many eigenvalues as an
    outer strip of the same width, which has more area. Which power of the radius grows like the area?"""
    return _parameters(r_min + u1 * (r_max - r_min), max_phase * u2)


def square_taken_for_radius(u1, u2, r_min, r_max, max_phase):
    """You use the square of the radius as if it were the radius: a root is missing, or the factor one half
    in nu."""
    return _parameters(_radius(u1, r_min, r_max) ** 2, max_phase * u2)


def half_the_phases(u1, u2, r_min, r_max, max_phase):
    """Your phases fill only half of the range. They run from 0 to max_phase, as u2 runs from 0 to 1."""
    return _parameters(_radius(u1, r_min, r_max), max_phase / 2 * u2)


def max_phase_ignored(u1, u2, r_min, r_max, max_phase):
    """Your phases always fill the whole circle. They should end at max_phase."""
    return _parameters(_radius(u1, r_min, r_max), 2 * math.pi * u2)


def inside_out(u1, u2, r_min, r_max, max_phase):
    """Your ring is inside out: u1 = 0 gives r_max and u1 = 1 gives r_min. It is as even as the right one,
    but the task says which end is which."""
    return _parameters(_radius(u1, r_max, r_min), max_phase * u2)


def nu_without_log(u1, u2, r_min, r_max, max_phase):
    """You return nu and not its logarithm. Lambda is made with exp(nu_log): what must be stored so that nu
    comes out?"""
    return -torch.log(_radius(u1, r_min, r_max)), torch.log(max_phase * u2)


def theta_without_log(u1, u2, r_min, r_max, max_phase):
    """You return the phase and not its logarithm. Lambda is made with exp(theta_log)."""
    return torch.log(-torch.log(_radius(u1, r_min, r_max))), max_phase * u2


def log_of_the_radius(u1, u2, r_min, r_max, max_phase):
    """Your nu_log is the logarithm of the radius. But the radius is exp(-nu): it takes one logarithm to get
    nu, and one more to get nu_log."""
    return torch.log(_radius(u1, r_min, r_max)), torch.log(max_phase * u2)


def only_r_max_squared(u1, u2, r_min, r_max, max_phase):
    """Your square of the radius runs from 0: it is u1 * r_max ** 2, and r_min has no effect. It should run
    from r_min ** 2 to r_max ** 2."""
    return _parameters(_radius(u1, 0.0, r_max), max_phase * u2)


def right_with_a_root(u1, u2, r_min, r_max, max_phase):
    """By way of the radius; the logarithm of a product as a sum."""
    radius = ((1 - u1) * r_min**2 + u1 * r_max**2) ** 0.5
    return (-radius.log()).log(), u2.log() + math.log(max_phase)


def right_one_by_one(u1, u2, r_min, r_max, max_phase):
    """Number by number, as a loop."""
    pairs = []
    for x, y in zip(u1.tolist(), u2.tolist(), strict=True):
        square = r_min**2 + x * (r_max**2 - r_min**2)
        pairs.append((math.log(-math.log(square) / 2), math.log(max_phase * y)))
    both = torch.tensor(pairs, dtype=u1.dtype)
    return both[:, 0], both[:, 1]
