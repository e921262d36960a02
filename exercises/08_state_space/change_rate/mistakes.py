"""What goes wrong with another rate, and other ways to get it right."""

import numpy as np


def _gamma(Lambda, new, gamma):
    return gamma * (1 - new) / (1 - Lambda)


def gamma_unchanged(Lambda, gamma, factor):
    """Your gamma stays as it was. In a step that is twice as long twice as much of a held input arrives, less
    what is already forgotten of it."""
    return Lambda**factor, gamma + 0j


def gamma_times_factor(Lambda, gamma, factor):
    """You multiply gamma by the factor. That would be right if nothing were forgotten, and nothing turned,
    within a step."""
    return Lambda**factor, gamma * factor + 0j


def lambda_times_factor(Lambda, gamma, factor):
    """You multiply Lambda by the factor. Two steps multiply the state twice, so it is a power."""
    new = Lambda * factor
    return new, _gamma(Lambda, new, gamma)


def gamma_made_anew(Lambda, gamma, factor):
    """You make gamma anew from the new Lambda, as at the start of a training. The layer has learned its gamma
    since, and a held input must lead to the same state as before."""
    new = Lambda**factor
    return new, np.sqrt(1 - np.abs(new) ** 2) + 0j


def gamma_kept_for_noise(Lambda, gamma, factor):
    """You change gamma as the root of one minus the square of the size changes. That keeps a state as large
    under noise. Asked for is that a held input leads to the same state."""
    new = Lambda**factor
    return new, gamma * np.sqrt((1 - np.abs(new) ** 2) / (1 - np.abs(Lambda) ** 2)) + 0j


def phase_unchanged(Lambda, gamma, factor):
    """You raise the size to the power and leave the phase. In a step that is twice as long the state turns
    twice as far, too."""
    new = np.abs(Lambda) ** factor * np.exp(1j * np.angle(Lambda))
    return new, _gamma(Lambda, new, gamma)


def size_unchanged(Lambda, gamma, factor):
    """You multiply the phase and leave the size. In a step that is twice as long the state fades twice,
    too."""
    new = np.abs(Lambda) * np.exp(1j * factor * np.angle(Lambda))
    return new, _gamma(Lambda, new, gamma)


def one_over_factor(Lambda, gamma, factor):
    """You have turned the factor round. A step that is twice as long does what two old ones do, so the decay
    is the square and not the root."""
    new = Lambda ** (1 / factor)
    return new, _gamma(Lambda, new, gamma)


def whole_factors_alone(Lambda, gamma, factor):
    """You add up a whole number of old steps. The factor may be 0.5 or 1.7, so use the closed form of the
    geometric sum, which needs no whole number."""
    powers = (Lambda**k for k in range(int(factor)))
    return Lambda**factor, gamma * sum(powers, np.zeros_like(Lambda))


def gamma_made_real(Lambda, gamma, factor):
    """You keep only the size of the new gamma. What came in early in a step has turned by its end, so the new
    gamma has a phase, too."""
    new = Lambda**factor
    return new, np.abs(_gamma(Lambda, new, gamma)) + 0j


def gamma_real_part(Lambda, gamma, factor):
    """You keep only the real part of the new gamma. What came in early in a step has turned by its end, so
    the new gamma is complex."""
    new = Lambda**factor
    return new, _gamma(Lambda, new, gamma).real + 0j


def gamma_to_the_power(Lambda, gamma, factor):
    """You raise gamma to the power. It is applied once to each input, and what several steps bring is added
    up, not multiplied."""
    return Lambda**factor, (gamma + 0j) ** factor


def gamma_from_sizes(Lambda, gamma, factor):
    """For gamma you use the sizes of the decays. The sum of what arrives has complex decays in it, because
    each part turns until the end of the step."""
    new = Lambda**factor
    return new, gamma * (1 - np.abs(new)) / (1 - np.abs(Lambda)) + 0j


def angles_from_0_to_a_whole_turn(Lambda, gamma, factor):
    """You count angles from 0 to a whole turn. An angle just below a whole turn is a small turn backwards,
    and the equation that turns least is asked for."""
    new = np.abs(Lambda) ** factor * np.exp(1j * factor * (np.angle(Lambda) % (2 * np.pi)))
    return new, _gamma(Lambda, new, gamma)


def exchanged(Lambda, gamma, factor):
    """You return gamma first. The order is new_Lambda, new_gamma."""
    new = Lambda**factor
    return _gamma(Lambda, new, gamma), new


def right_by_the_equation(Lambda, gamma, factor):
    """A and b of the equation first."""
    A = np.log(Lambda)
    b = gamma * A / (Lambda - 1)
    return np.exp(factor * A), b * np.expm1(factor * A) / A


def right_by_size_and_phase(Lambda, gamma, factor):
    """Size to the power, phase times the factor, and the rest is kept."""
    new = np.abs(Lambda) ** factor * np.exp(1j * factor * np.angle(Lambda))
    rest = gamma / (1 - Lambda)
    return new, rest - new * rest
