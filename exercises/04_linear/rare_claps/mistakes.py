"""What goes wrong when a state is added up from its claps, and other ways to get it right."""


def _added(a, claps, t):
    return sum((a ** (t - step) * loudness for step, loudness in claps if step <= t), 0.0)


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


def faded_once_too_often(a, claps, t):
    """You multiply a clap by a in its own step already. It is heard in full then, so after k steps it has
    been multiplied k times."""
    return sum((a ** (t - step + 1) * loudness for step, loudness in claps if step <= t), 0.0)


def one_clap_a_step(a, claps, t):
    """Of two claps at the same step you keep one, perhaps in a dictionary. Both were clapped: they add up."""
    return sum((a ** (t - step) * loudness for step, loudness in dict(claps).items() if step <= t), 0.0)


def faded_in_a_straight_line(a, claps, t):
    """You multiply by a and by the number of steps. Each step multiplies by a once more, so after k steps it
    is a to the power of k."""
    return sum((a * (t - step or 1 / (a or 1)) * loudness for step, loudness in claps if step <= t), 0.0)


def order_trusted(a, claps, t):
    """You walk through the pairs as if they stood in the order of time. They may stand in any order: sort
    them, or take each one by itself."""
    h, at = 0.0, 0
    for step, loudness in claps:
        if step > t:
            break
        h, at = h * a ** max(step - at, 0) + loudness, step
    return h * a ** (t - at)


def sign_of_a_lost(a, claps, t):
    """You take the size of a. A negative a changes the sign at every step: keep it."""
    return sum((abs(a) ** (t - step) * loudness for step, loudness in claps if step <= t), 0.0)


def old_claps_dropped(a, claps, t):
    """You leave out claps that are very old. With a = 1 or a = -1 nothing fades, however long ago it was."""
    return sum((a ** (t - step) * loudness for step, loudness in claps if 0 <= t - step <= 10**6), 0.0)


def silent_unless_a_is_positive(a, claps, t):
    """Where a is negative or 0 you return 0, perhaps for the sake of a logarithm. With a = 0 the clap of this
    very step is heard, and with a negative a the sign turns. A power needs no logarithm."""
    return _added(a, claps, t) if a > 0 else 0.0


def last_clap_alone(a, claps, t):
    """You keep only the last clap. The earlier ones are still heard: all of them add up."""
    come = [clap for clap in claps if clap[0] <= t]
    step, loudness = max(come, default=(t, 0.0))
    return a ** (t - step) * loudness


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
