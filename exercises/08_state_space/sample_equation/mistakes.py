"""What goes wrong on the way from an equation to a step, and other ways to get it right."""

import cmath


def _right(A, B, delta, rule):
    z = delta * A
    a = {"euler": 1 + z, "bilinear": (2 + z) / (2 - z), "hold": cmath.exp(z)}[rule]
    return a, (a - 1) / A * B


def input_as_in_euler(A, B, delta, rule):
    """Your b is delta B for all rules. That is Euler's: it lets the input push all through the step as if the
    state did not move. In the other two the state answers already while the step lasts."""
    return _right(A, B, delta, rule)[0], delta * B


def exponential_without_delta(A, B, delta, rule):
    """For "hold" you take e to the power A, as if each step took one second. It takes delta seconds."""
    return _right(A, B, delta if rule != "hold" else 1.0, rule)


def bilinear_is_the_end_alone(A, B, delta, rule):
    """For "bilinear" you take the slope at the end of the step alone. It is the mean of both slopes, that at
    the start and that at the end."""
    if rule != "bilinear":
        return _right(A, B, delta, rule)
    a = 1 / (1 - delta * A)
    return a, (a - 1) / A * B


def right_by_two_questions(A, B, delta, rule):
    """From 1 without an input, and from 0 with an input of 1."""

    def end(h, x):
        if rule == "euler":
            return h + delta * (A * h + B * x)
        if rule == "bilinear":
            return (h + delta / 2 * (A * h + 2 * B * x)) / (1 - delta / 2 * A)
        rest = -B / A * x
        return rest + (h - rest) * cmath.exp(delta * A)

    return end(1, 0), end(0, 1)


def right_one_b_for_all(A, B, delta, rule):
    """In all three rules the rest stays where it is."""
    return _right(A, B, delta, rule)
