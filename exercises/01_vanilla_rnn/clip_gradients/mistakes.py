"""What goes wrong when gradients are clipped."""

import math

import numpy as np


def _norm(arrays):
    return np.sqrt(sum(np.sum(g**2) for g in arrays))


def _scaled(gradients, norm, max_norm):
    scale = max_norm / norm if norm > max_norm else 1.0
    return {name: g * scale for name, g in gradients.items()}


def each_array_by_itself(gradients, max_norm):
    """You clip each array by its own norm. Then the arrays are shortened by different factors, and the arrow
    made of all of them turns. Find one norm for all arrays together first."""
    return {name: g * min(1.0, max_norm / max(_norm([g]), 1e-30)) for name, g in gradients.items()}


def each_number_by_itself(gradients, max_norm):
    """You cut off each number by itself. Large numbers are cut, small ones are not, so the arrow points in
    another direction. Multiply all of them by one factor instead."""
    return {name: np.clip(g, -max_norm, max_norm) for name, g in gradients.items()}


def small_gradients_made_larger(gradients, max_norm):
    """You bring every gradient to the length max_norm, also one that was shorter. max_norm is a limit, not a
    goal: a short gradient stays as it is."""
    norm = max(_norm(gradients.values()), 1e-30)
    return {name: g * (max_norm / norm) for name, g in gradients.items()}


def square_root_forgotten(gradients, max_norm):
    """You compare max_norm with the sum of the squares. The norm is the square root of that sum."""
    return _scaled(gradients, _norm(gradients.values()) ** 2, max_norm)


def norms_added_up(gradients, max_norm):
    """You add up the norms of the arrays. Lengths at right angles do not add up like that: 3 and 4 make 5.
    Add the squares of all numbers, then take one square root."""
    return _scaled(gradients, sum(_norm([g]) for g in gradients.values()), max_norm)


def absolute_values_for_squares(gradients, max_norm):
    """Your length is the sum of the absolute values. The norm asked for here is that of Pythagoras: squares,
    their sum, the root."""
    return _scaled(gradients, sum(np.abs(g).sum() for g in gradients.values()), max_norm)


def largest_number_for_the_norm(gradients, max_norm):
    """You look at the largest number only. Many numbers of medium size make a long arrow too: the norm is the
    root of the sum of all squares."""
    return _scaled(gradients, max(np.abs(g).max() for g in gradients.values()), max_norm)


def mean_of_the_squares(gradients, max_norm):
    """You take the mean of the squares where the sum is meant, so your norm is too small."""
    count = sum(g.size for g in gradients.values())
    return _scaled(gradients, _norm(gradients.values()) / np.sqrt(count), max_norm)


def clipped_to_length_one(gradients, max_norm):
    """When you clip, the new length is 1 and not max_norm. Dividing by the norm makes the length 1; what is
    still missing?"""
    norm = _norm(gradients.values())
    scale = 1 / norm if norm > max_norm else 1.0
    return {name: g * scale for name, g in gradients.items()}


def nothing_clipped(gradients, max_norm):
    """Long gradients come back as long as they were. Does the factor reach every array of the dictionary you
    return?"""
    return {name: g.copy() for name, g in gradients.items()}


def divided_by_the_norm_only(gradients, max_norm):
    """You bring every arrow to the length 1. Only what is longer than max_norm is shortened, and to the
    length max_norm."""
    factor = 1 / (_norm(gradients.values()) or 1.0)
    return {name: g * factor for name, g in gradients.items()}


def divided_by_max_norm(gradients, max_norm):
    """You divide long arrows by max_norm. The factor is max_norm divided by the norm, so that the norm
    becomes max_norm."""
    factor = 1 / max_norm if _norm(gradients.values()) > max_norm else 1.0
    return {name: g * factor for name, g in gradients.items()}


def multiplied_by_max_norm(gradients, max_norm):
    """You multiply long arrows by max_norm and do not divide by the norm. The factor is max_norm / norm."""
    factor = max_norm if _norm(gradients.values()) > max_norm else 1.0
    return {name: g * factor for name, g in gradients.items()}


def norm_by_max_norm(gradients, max_norm):
    """Your factor is upside down: norm / max_norm makes a long arrow longer. It is max_norm / norm."""
    norm = _norm(gradients.values())
    factor = norm / max_norm if norm > max_norm else 1.0
    return {name: g * factor for name, g in gradients.items()}


def comparison_turned_round(gradients, max_norm):
    """You change the arrows that are short enough, and leave the long ones as they are. Look at the direction
    of your comparison."""
    norm = _norm(gradients.values())
    factor = max_norm / norm if 0 < norm < max_norm else 1.0
    return {name: g * factor for name, g in gradients.items()}


def square_compared_with_the_limit(gradients, max_norm):
    """You compare the sum of the squares with max_norm, but divide by its root. So an arrow that is short
    enough may be changed, or a long one left: compare the norm itself."""
    norm = _norm(gradients.values())
    factor = max_norm / norm if norm**2 > max_norm else 1.0
    return {name: g * factor for name, g in gradients.items()}


def root_of_the_factor(gradients, max_norm):
    """You take the square root of the factor. The root belongs to the sum of the squares; then the factor is
    max_norm divided by that norm."""
    norm = _norm(gradients.values())
    factor = math.sqrt(max_norm / norm) if norm > max_norm else 1.0
    return {name: g * factor for name, g in gradients.items()}


def max_norm_subtracted(gradients, max_norm):
    """You subtract from each number what is too much. That turns the arrow: multiply all numbers by one
    factor instead."""
    over = max(_norm(gradients.values()) - max_norm, 0.0)
    return {name: g - over * np.sign(g) for name, g in gradients.items()}


def first_name_only(gradients, max_norm):
    """Your norm is that of the first array only. All numbers of all arrays are one arrow."""
    return _scaled(gradients, _norm([next(iter(gradients.values()))]), max_norm)


def last_name_only(gradients, max_norm):
    """Your norm is that of the last array only. All numbers of all arrays are one arrow: does the sum begin
    anew with each array?"""
    return _scaled(gradients, _norm([list(gradients.values())[-1]]), max_norm)


def longest_array_for_the_norm(gradients, max_norm):
    """Your norm is that of the longest array. All numbers of all arrays are one arrow."""
    return _scaled(gradients, max(_norm([g]) for g in gradients.values()), max_norm)


def sum_without_squares(gradients, max_norm):
    """You add up the numbers with their signs, so they cancel. The norm is that of Pythagoras: squares, their
    sum, the root."""
    return _scaled(gradients, abs(sum(g.sum() for g in gradients.values())), max_norm)


def signs_lost(gradients, max_norm):
    """Your numbers have lost their signs. A factor changes no sign, so a shortened arrow keeps its
    direction."""
    scaled = _scaled(gradients, _norm(gradients.values()), max_norm)
    return {name: np.abs(g) for name, g in scaled.items()}


def long_arrows_dropped(gradients, max_norm):
    """You set long arrows to zero. Shorten them to max_norm: their direction is worth keeping."""
    factor = 0.0 if _norm(gradients.values()) > max_norm else 1.0
    return {name: g * factor for name, g in gradients.items()}


def rounded(gradients, max_norm):
    """You round the numbers. Multiplying by the factor is all that is asked for."""
    scaled = _scaled(gradients, _norm(gradients.values()), max_norm)
    return {name: np.round(g, 4) for name, g in scaled.items()}


def small_steps(gradients, max_norm):
    """You shorten the arrow bit by bit until it is short enough, so its length ends somewhere below max_norm.
    One multiplication by max_norm / norm makes it exactly max_norm."""
    factor, norm = 1.0, _norm(gradients.values())
    while factor * norm > max_norm:
        factor *= 0.99
    return {name: g * factor for name, g in gradients.items()}


def spectral_norm(gradients, max_norm):
    """For a matrix you take its largest singular value: that is what np.linalg.norm(g, 2) gives. The norm
    asked for is the root of the sum of the squares of all numbers."""
    norms = [np.linalg.norm(g, 2) if g.ndim < 3 else _norm([g]) for g in gradients.values()]
    return _scaled(gradients, _norm([np.array(norms)]), max_norm)


def norm_of_each_row(gradients, max_norm):
    """You clip each row by its own norm. Then the rows are shortened by different factors, and the arrow made
    of all numbers turns. Find one norm for all arrays together first."""
    norms = {name: np.sqrt((g**2).sum(axis=-1, keepdims=True)) for name, g in gradients.items()}
    return {
        name: g * np.minimum(1.0, max_norm / np.maximum(norms[name], 1e-30)) for name, g in gradients.items()
    }


def right_one_long_vector(gradients, max_norm):
    """Puts all numbers into one vector and takes its norm."""
    norm = np.linalg.norm(np.concatenate([g.ravel() for g in gradients.values()]))
    if norm <= max_norm:
        return {name: g.copy() for name, g in gradients.items()}
    return {name: max_norm * g / norm for name, g in gradients.items()}


def right_longer_of_the_two(gradients, max_norm):
    """Divides by what is longer, arrow or limit, so that it needs no case for zero."""
    longer = max(max_norm, math.hypot(*(float(number) for g in gradients.values() for number in g.flat)))
    return {name: (g * (max_norm / longer)).astype(g.dtype) for name, g in gradients.items()}
