"""What goes wrong when an arrow is shortened."""

import math


def _length(lists):
    return math.sqrt(sum(g * g for numbers in lists for g in numbers))


def _scaled(gradients, length, max_norm):
    factor = max_norm / length if length > max_norm else 1.0
    return {name: [factor * g for g in numbers] for name, numbers in gradients.items()}


def each_list_by_itself(gradients, max_norm):
    """You clip each list by its own length. Then the lists are shortened by different factors, and the arrow
    made of all of them turns. Find one length for all lists together first."""
    return {name: _scaled({name: g}, _length([g]), max_norm)[name] for name, g in gradients.items()}


def each_number_by_itself(gradients, max_norm):
    """You cut off each number by itself. Large numbers are cut, small ones are not, so the arrow points in
    another direction. Multiply all of them by one factor instead."""
    return {name: [max(-max_norm, min(g, max_norm)) for g in numbers] for name, numbers in gradients.items()}


def short_arrows_made_longer(gradients, max_norm):
    """You bring every arrow to the length max_norm, also one that was shorter. max_norm is a limit, not a
    goal: a short arrow stays as it is."""
    factor = max_norm / max(_length(gradients.values()), 1e-30)
    return {name: [factor * g for g in numbers] for name, numbers in gradients.items()}


def square_root_forgotten(gradients, max_norm):
    """You compare max_norm with the sum of the squares. The length is the square root of that sum."""
    return _scaled(gradients, _length(gradients.values()) ** 2, max_norm)


def lengths_added_up(gradients, max_norm):
    """You add up the lengths of the lists. Lengths at right angles do not add up like that: 3 and 4 make 5.
    Add the squares of all numbers, then take one square root."""
    return _scaled(gradients, sum(_length([numbers]) for numbers in gradients.values()), max_norm)


def sizes_added_up(gradients, max_norm):
    """Your length is the sum of all numbers without their signs. The length of an arrow is that of
    Pythagoras: squares, their sum, the root."""
    return _scaled(gradients, sum(abs(g) for numbers in gradients.values() for g in numbers), max_norm)


def largest_number_for_the_length(gradients, max_norm):
    """You look at the largest number only. Many numbers of medium size make a long arrow too: the length is
    the root of the sum of all squares."""
    return _scaled(gradients, max(abs(g) for numbers in gradients.values() for g in numbers), max_norm)


def shortened_to_length_one(gradients, max_norm):
    """When you clip, the new length is 1 and not max_norm. Dividing by the length makes it 1; what is still
    missing?"""
    length = _length(gradients.values())
    factor = 1 / length if length > max_norm else 1.0
    return {name: [factor * g for g in numbers] for name, numbers in gradients.items()}


def nothing_clipped(gradients, max_norm):
    """Long arrows come back as long as they were. Does the factor reach every list of the dictionary that you
    return?"""
    return {name: list(numbers) for name, numbers in gradients.items()}


def right_early_return(gradients, max_norm):
    """What is short enough is copied at once."""
    length = math.hypot(*(g for numbers in gradients.values() for g in numbers))
    if length <= max_norm:
        return {name: list(numbers) for name, numbers in gradients.items()}
    return {name: [max_norm * g / length for g in numbers] for name, numbers in gradients.items()}


def right_small_number_below(gradients, max_norm):
    """Divides by the length + 1e-9, so that it needs no case for zero."""
    factor = min(1.0, max_norm / (_length(gradients.values()) + 1e-9))
    return {name: [factor * g for g in numbers] for name, numbers in gradients.items()}
