"""Two steps of a linear recurrence are one step."""


def combine(first: tuple[float, float], then: tuple[float, float]) -> tuple[float, float]:
    """The one step that does what `first` and, after it, `then` do.

    A pair (a, b) stands for the step that turns h into a * h + b.

    Args:
        first: the earlier step, (a, b): two numbers.
        then: the later step, (a, b).

    Returns:
        The pair (a, b) of both steps together.
    """
    # BEGIN SOLUTION
    a_first, b_first = first
    a_then, b_then = then
    return a_then * a_first, a_then * b_first + b_then
    # END SOLUTION
