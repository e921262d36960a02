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


def both_without_log(u1, u2, r_min, r_max, max_phase):
    """You return nu and the phase themselves. The parameters are their logarithms: Lambda is made with
    exp(nu_log) and exp(theta_log)."""
    return -torch.log(_radius(u1, r_min, r_max)), max_phase * u2


def radius_and_phase(u1, u2, r_min, r_max, max_phase):
    """You return the radius and the phase. The parameters are nu_log and theta_log: what must they be so
    that Lambda has this radius and phase?"""
    return _radius(u1, r_min, r_max), max_phase * u2


def random_numbers_exchanged(u1, u2, r_min, r_max, max_phase):
    """You have taken u1 for the phase and u2 for the radius: u1 says where between the radii, u2 which
    phase."""
    return _parameters(_radius(u2, r_min, r_max), max_phase * u1)


def root_of_u_between_the_radii(u1, u2, r_min, r_max, max_phase):
    """You take the root of u1 and go from r_min to r_max with it. That is even only on a full disk, where
    r_min is 0: on a ring the square of the radius runs from r_min ** 2 to r_max ** 2."""
    return _parameters(r_min + (r_max - r_min) * torch.sqrt(u1), max_phase * u2)


def square_of_u_between_the_radii(u1, u2, r_min, r_max, max_phase):
    """You square u1 and go from r_min to r_max with it, which crowds the middle even more. It is the
    square of the radius that is uniform, not the radius as a square."""
    return _parameters(r_min + (r_max - r_min) * u1**2, max_phase * u2)


def square_of_the_difference(u1, u2, r_min, r_max, max_phase):
    """You use (r_max - r_min) ** 2, the square of the width. The area between the radii grows with the
    difference of the squares, r_max ** 2 - r_min ** 2."""
    return _parameters(torch.sqrt(r_min**2 + u1 * (r_max - r_min) ** 2), max_phase * u2)


def start_of_the_ring_forgotten(u1, u2, r_min, r_max, max_phase):
    """You forget to add r_min ** 2: your square of the radius runs from 0 to r_max ** 2 - r_min ** 2. It
    should run from r_min ** 2 to r_max ** 2."""
    return _parameters(torch.sqrt(u1 * (r_max**2 - r_min**2)), max_phase * u2)


def radii_not_squared(u1, u2, r_min, r_max, max_phase):
    """You take the root, but of something between r_min and r_max. It is the square of the radius that
    runs from r_min ** 2 to r_max ** 2: square both."""
    return _parameters(torch.sqrt(r_min + u1 * (r_max - r_min)), max_phase * u2)


def inner_radius_not_squared(u1, u2, r_min, r_max, max_phase):
    """You add r_min where r_min ** 2 belongs: the square of the radius runs from r_min ** 2 to r_max ** 2."""
    return _parameters(torch.sqrt(r_min + u1 * (r_max**2 - r_min**2)), max_phase * u2)


def one_root_too_many(u1, u2, r_min, r_max, max_phase):
    """You take the root twice, or half the logarithm of the radius instead of that of its square. Either
    the root or the factor one half, not both."""
    return _parameters(torch.sqrt(_radius(u1, r_min, r_max)), max_phase * u2)


def uniform_in_logarithm(u1, u2, r_min, r_max, max_phase):
    """Your logarithm of the radius is uniform. It is the square of the radius that is uniform between
    r_min ** 2 and r_max ** 2."""
    r_min = max(r_min, 1e-12)
    return _parameters(r_min * (r_max / r_min) ** u1, max_phase * u2)


def first_order(u1, u2, r_min, r_max, max_phase):
    """You take 1 - radius for nu. That is about the same only close to the circle: nu is minus the
    logarithm of the radius."""
    return torch.log(1 - _radius(u1, r_min, r_max)), torch.log(max_phase * u2)


def minus_forgotten(u1, u2, r_min, r_max, max_phase):
    """A minus is missing: nu is minus the logarithm of the radius. The logarithm of a radius below 1 is
    negative, and has no logarithm itself, hence the nan."""
    return torch.log(torch.log(_radius(u1, r_min, r_max))), torch.log(max_phase * u2)


def nu_log_negated(u1, u2, r_min, r_max, max_phase):
    """Your nu_log has the wrong sign. nu_log is the logarithm of nu, where nu is minus the logarithm of
    the radius."""
    return -torch.log(-torch.log(_radius(u1, r_min, r_max))), torch.log(max_phase * u2)


def full_turn_times_max_phase(u1, u2, r_min, r_max, max_phase):
    """Your phases run to 2 pi times max_phase. max_phase is an angle already: the phase is max_phase * u2."""
    return _parameters(_radius(u1, r_min, r_max), 2 * math.pi * max_phase * u2)


def phases_to_both_sides(u1, u2, r_min, r_max, max_phase):
    """Your phases run from -max_phase to max_phase, and the negative ones have no logarithm. They run
    from 0 to max_phase."""
    return _parameters(_radius(u1, r_min, r_max), max_phase * (2 * u2 - 1))


def phases_backwards(u1, u2, r_min, r_max, max_phase):
    """Your phases run from max_phase down to 0. The phase is max_phase * u2."""
    return _parameters(_radius(u1, r_min, r_max), max_phase * (1 - u2))


def root_of_the_phase(u1, u2, r_min, r_max, max_phase):
    """You take a root of u2. The phases are uniform, so the phase is max_phase * u2; only the radius
    needs a root."""
    return _parameters(_radius(u1, r_min, r_max), max_phase * torch.sqrt(u2))


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
