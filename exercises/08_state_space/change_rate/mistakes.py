"""What goes wrong with another rate, and other ways to get it right."""

import numpy as np


def gamma_unchanged(Lambda, gamma, factor):
    """Your gamma stays as it was. In a step that is twice as long twice as much of a held input arrives, less
    what is already forgotten of it."""
    return Lambda**factor, gamma + 0j


def gamma_times_factor(Lambda, gamma, factor):
    """You multiply gamma by the factor. That would be right if nothing were forgotten within a step."""
    return Lambda**factor, gamma * factor + 0j


def lambda_times_factor(Lambda, gamma, factor):
    """You multiply Lambda by the factor. Two steps multiply the state twice, so it is a power."""
    new = Lambda * factor
    return new, gamma * (1 - new) / (1 - Lambda)


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
