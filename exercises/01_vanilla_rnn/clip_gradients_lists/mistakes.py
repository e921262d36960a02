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
    return _scaled(
        gradients, max((abs(g) for numbers in gradients.values() for g in numbers), default=0.0), max_norm
    )


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


def mean_of_the_squares(gradients, max_norm):
    """You take the mean of the squares where the sum is meant, so your length is too small."""
    count = sum(len(numbers) for numbers in gradients.values()) or 1
    return _scaled(gradients, _length(gradients.values()) / math.sqrt(count), max_norm)


def divided_by_the_length_only(gradients, max_norm):
    """You bring every arrow to the length 1. Only what is longer than max_norm is shortened, and to the
    length max_norm."""
    factor = 1 / (_length(gradients.values()) or 1.0)
    return {name: [factor * g for g in numbers] for name, numbers in gradients.items()}


def divided_by_max_norm(gradients, max_norm):
    """You divide long arrows by max_norm. The factor is max_norm divided by the length, so that the length
    becomes max_norm."""
    factor = 1 / max_norm if _length(gradients.values()) > max_norm else 1.0
    return {name: [factor * g for g in numbers] for name, numbers in gradients.items()}


def multiplied_by_max_norm(gradients, max_norm):
    """You multiply long arrows by max_norm and do not divide by the length. The factor is max_norm /
    length."""
    factor = max_norm if _length(gradients.values()) > max_norm else 1.0
    return {name: [factor * g for g in numbers] for name, numbers in gradients.items()}


def length_by_max_norm(gradients, max_norm):
    """Your factor is upside down: length / max_norm makes a long arrow longer. It is max_norm / length."""
    length = _length(gradients.values())
    factor = length / max_norm if length > max_norm else 1.0
    return {name: [factor * g for g in numbers] for name, numbers in gradients.items()}


def comparison_turned_round(gradients, max_norm):
    """You change the arrows that are short enough, and leave the long ones as they are. Look at the direction
    of your comparison."""
    length = _length(gradients.values())
    factor = max_norm / length if 0 < length < max_norm else 1.0
    return {name: [factor * g for g in numbers] for name, numbers in gradients.items()}


def square_compared_with_the_limit(gradients, max_norm):
    """You compare the sum of the squares with max_norm, but divide by its root. So an arrow that is short
    enough may be changed, or a long one left: compare the length itself."""
    length = _length(gradients.values())
    factor = max_norm / length if length**2 > max_norm else 1.0
    return {name: [factor * g for g in numbers] for name, numbers in gradients.items()}


def root_of_the_factor(gradients, max_norm):
    """You take the square root of the factor. The root belongs to the sum of the squares; then the factor is
    max_norm divided by that length."""
    length = _length(gradients.values())
    factor = math.sqrt(max_norm / length) if length > max_norm else 1.0
    return {name: [factor * g for g in numbers] for name, numbers in gradients.items()}


def max_norm_subtracted(gradients, max_norm):
    """You subtract from each number what is too much. That turns the arrow: multiply all numbers by one
    factor instead."""
    over = max(_length(gradients.values()) - max_norm, 0.0)
    return {name: [g - math.copysign(over, g) for g in numbers] for name, numbers in gradients.items()}


def first_name_only(gradients, max_norm):
    """Your length is that of the first list only. All numbers of all lists are one arrow."""
    return _scaled(gradients, _length([next(iter(gradients.values()))]), max_norm)


def last_name_only(gradients, max_norm):
    """Your length is that of the last list only. All numbers of all lists are one arrow: does the sum begin
    anew with each list?"""
    return _scaled(gradients, _length([list(gradients.values())[-1]]), max_norm)


def longest_list_for_the_length(gradients, max_norm):
    """Your length is that of the longest list. All numbers of all lists are one arrow."""
    return _scaled(gradients, max(_length([numbers]) for numbers in gradients.values()), max_norm)


def sum_without_squares(gradients, max_norm):
    """You add up the numbers with their signs, so they cancel. The length is that of Pythagoras: squares,
    their sum, the root."""
    return _scaled(gradients, abs(sum(g for numbers in gradients.values() for g in numbers)), max_norm)


def signs_lost(gradients, max_norm):
    """Your numbers have lost their signs. A factor changes no sign, so a shortened arrow keeps its
    direction."""
    scaled = _scaled(gradients, _length(gradients.values()), max_norm)
    return {name: [abs(g) for g in numbers] for name, numbers in scaled.items()}


def zeros_dropped(gradients, max_norm):
    """You leave zeros out of the new lists. The lists must be as long as before: 0 times the factor is 0, and
    it stays in its place."""
    scaled = _scaled(gradients, _length(gradients.values()), max_norm)
    return {name: [g for g in numbers if g] for name, numbers in scaled.items()}


def long_arrows_dropped(gradients, max_norm):
    """You set long arrows to zero. Shorten them to max_norm: their direction is worth keeping."""
    factor = 0.0 if _length(gradients.values()) > max_norm else 1.0
    return {name: [factor * g for g in numbers] for name, numbers in gradients.items()}


def rounded(gradients, max_norm):
    """You round the numbers. Multiplying by the factor is all that is asked for."""
    scaled = _scaled(gradients, _length(gradients.values()), max_norm)
    return {name: [round(g, 4) for g in numbers] for name, numbers in scaled.items()}


def small_steps(gradients, max_norm):
    """You shorten the arrow bit by bit until it is short enough, so its length ends somewhere below max_norm.
    One multiplication by max_norm / length makes it exactly max_norm."""
    factor, length = 1.0, _length(gradients.values())
    while factor * length > max_norm:
        factor *= 0.99
    return {name: [factor * g for g in numbers] for name, numbers in gradients.items()}


def right_early_return(gradients, max_norm):
    """What is short enough is copied at once."""
    length = math.hypot(*(g for numbers in gradients.values() for g in numbers))
    if length <= max_norm:
        return {name: list(numbers) for name, numbers in gradients.items()}
    return {name: [max_norm * g / length for g in numbers] for name, numbers in gradients.items()}


def right_as_if_complex(gradients, max_norm):
    """Adds up lengths as Pythagoras does, two at a time, and divides by what is longer, arrow or limit."""
    length = 0.0
    for numbers in gradients.values():
        for g in numbers:
            length = abs(complex(length, g))
    longer = max(length, max_norm)
    return {name: [g * (max_norm / longer) for g in numbers] for name, numbers in gradients.items()}
