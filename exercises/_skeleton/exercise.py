"""The mean of a list."""


def NAME(numbers: list[float]) -> float:
    """numbers: at least one -> their mean."""
    # BEGIN SOLUTION
    return sum(numbers) / len(numbers)
    # END SOLUTION
