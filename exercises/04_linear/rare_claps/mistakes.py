"""What goes wrong when a state is added up from its claps, and other ways to get it right."""


def later_claps_counted(a, claps, t):
    """You count claps that come after step t. They have not been heard yet: leave them out."""
    return sum((a ** abs(t - step) * loudness for step, loudness in claps), 0.0)


def power_of_the_step(a, claps, t):
    """You multiply a clap by a to the power of its step. What counts is how many steps have passed *since*
    it: t minus its step."""
    return sum((a**step * loudness for step, loudness in claps if step <= t), 0.0)


def clap_of_now_left_out(a, claps, t):
    """You leave out the clap at step t itself. The state after step t has it, at its full loudness."""
    return sum((a ** (t - step) * loudness for step, loudness in claps if step < t), 0.0)


def right_one_after_the_other(a, claps, t):
    """From clap to clap, in order."""
    h, at = 0.0, 0
    for step, loudness in sorted(claps):
        if step > t:
            break
        h, at = h * a ** (step - at) + loudness, step
    return h * a ** (t - at)


def right_added_by_age(a, claps, t):
    """Adds up the loudness of each age first."""
    ages = {}
    for step, loudness in claps:
        ages[t - step] = ages.get(t - step, 0.0) + loudness
    return float(sum(a**age * loudness for age, loudness in ages.items() if age >= 0))
