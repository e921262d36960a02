"""What goes wrong when gradients are clipped."""

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


def right_one_long_vector(gradients, max_norm):
    """Puts all numbers into one vector and takes its norm."""
    norm = np.linalg.norm(np.concatenate([g.ravel() for g in gradients.values()]))
    if norm <= max_norm:
        return {name: g.copy() for name, g in gradients.items()}
    return {name: max_norm * g / norm for name, g in gradients.items()}


def right_small_number_below(gradients, max_norm):
    """Divides by norm + 1e-6, as a well-known library does, so that it needs no case for zero."""
    scale = min(1.0, max_norm / (float(_norm(gradients.values())) + 1e-6))
    return {name: g * scale for name, g in gradients.items()}


def right_float32_inside(gradients, max_norm):
    """Computes in float32 and returns the dtype of the input."""
    small = {name: g.astype(np.float32) for name, g in gradients.items()}
    clipped = _scaled(small, _norm(small.values()), np.float32(max_norm))
    return {name: g.astype(gradients[name].dtype) for name, g in clipped.items()}
