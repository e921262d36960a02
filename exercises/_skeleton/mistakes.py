"""Typical wrong implementations, each with its message, and correct alternatives."""


def sum_not_divided(numbers: list[float]) -> float:
    """You return the sum. A mean says how large one number is, so the sum is shared among all of them."""
    return sum(numbers)


def divided_by_one_less(numbers: list[float]) -> float:
    """You divide by one less than there are numbers. That belongs to the variance, not to the mean."""
    return sum(numbers) / max(1, len(numbers) - 1)


def first_left_out(numbers: list[float]) -> float:
    """The first number is left out of your sum: look at where your loop begins."""
    return sum(numbers[1:]) / len(numbers)


def right_loop(numbers: list[float]) -> float:
    """With a loop."""
    total = 0.0
    for number in numbers:
        total += number
    return total / len(numbers)


def right_running(numbers: list[float]) -> float:
    """With a running mean."""
    mean = 0.0
    for n, number in enumerate(numbers, 1):
        mean += (number - mean) / n
    return mean
