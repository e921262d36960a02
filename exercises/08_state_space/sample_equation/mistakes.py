"""What goes wrong on the way from an equation to a step, and other ways to get it right."""

import cmath


def _right(A, B, delta, rule):
    z = delta * A
    a = {"euler": 1 + z, "bilinear": (2 + z) / (2 - z), "hold": cmath.exp(z)}[rule]
    return a, (a - 1) / A * B


def _hold_with(A, B, delta, rule, b):
    """All right, but for the b of hold, which b(a) makes."""
    a, right = _right(A, B, delta, rule)
    return a, (b(a) if rule == "hold" else right)


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


def end_guessed_by_euler(A, B, delta, rule):
    """For "bilinear" you take the slope at the end where Euler's rule would end. It is meant at the true end
    of this rule, which you do not know yet: leave it as an unknown, and solve for it."""
    if rule != "bilinear":
        return _right(A, B, delta, rule)
    z = delta * A
    return 1 + z + z * z / 2, delta * B * (1 + z / 2)


def B_left_out_of_hold(A, B, delta, rule):
    """For "hold" your b lacks the factor B, by which the input enters the state."""
    return _hold_with(A, B, delta, rule, lambda a: (a - 1) / A)


def B_left_out(A, B, delta, rule):
    """Your b lacks the factor B, by which the input enters the state."""
    return _right(A, 1, delta, rule)


def sign_of_the_input(A, B, delta, rule):
    """For "hold" your b has the wrong sign. With a negative A and a positive B an input of 1 lifts the state,
    so b is positive."""
    return _hold_with(A, B, delta, rule, lambda a: (1 - a) / A * B)


def settles_at_the_input(A, B, delta, rule):
    """For "hold" your b is 1 - a, so that a steady input of 1 leads to the state 1. It leads to the place
    where the slope A h + B is 0."""
    return _hold_with(A, B, delta, rule, lambda a: 1 - a)


def not_divided_by_A(A, B, delta, rule):
    """For "hold" your b is not divided by A. Ask where a steady input of 1 leads: to where A h + B is 0."""
    return _hold_with(A, B, delta, rule, lambda a: (a - 1) * B)


def settles_at_B(A, B, delta, rule):
    """For "hold" your b is (1 - a) B, so that a steady input of 1 leads to B. It leads to the place where the
    slope A h + B is 0, which is -B / A: so divide by -A as well."""
    return _hold_with(A, B, delta, rule, lambda a: (1 - a) * B)


def input_halved(A, B, delta, rule):
    """For "bilinear" the input enters only half in your b. It is the same at the start and at the end of the
    step, so it stands in both slopes, and the mean of both has all of it."""
    a, b = _right(A, B, delta, rule)
    return a, (b / 2 if rule == "bilinear" else b)


def imaginary_part_lost(A, B, delta, rule):
    """For "hold" you return real parts. With a complex A the state turns while it fades, so a and b are
    complex, too."""
    a, b = _right(A, B, delta, rule)
    return (complex(a).real, complex(b).real) if rule == "hold" else (a, b)


def euler_forgets_the_old_state(A, B, delta, rule):
    """For "euler" your a is delta A. That is what the slope adds in a step; what was there before stays, so
    there is a 1 to be added."""
    a, b = _right(A, B, delta, rule)
    return (a - 1 if rule == "euler" else a), b


def steps_of_one_second(A, B, delta, rule):
    """You do not use delta. A slope says what happens per second, and a step takes delta seconds."""
    return _right(A, B, 1.0, rule)


def half_a_step_in_all(A, B, delta, rule):
    """For "bilinear" you go half a step with the slope at the start, and forget that at the end."""
    if rule != "bilinear":
        return _right(A, B, delta, rule)
    return 1 + delta * A / 2, delta * B / 2


def exchanged(A, B, delta, rule):
    """You return b first. The order is a, b."""
    return _right(A, B, delta, rule)[::-1]


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
