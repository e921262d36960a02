"""What goes wrong on the way from a recording to its modes, and other ways to get it right."""

import cmath


def _weights(y):
    d = y[1] ** 2 - y[0] * y[2]
    return (y[1] * y[2] - y[0] * y[3]) / d, (y[1] * y[3] - y[2] ** 2) / d


def _modes(y):
    p, q = _weights(y)
    apart = (p * p + 4 * q) ** 0.5
    return (p - apart) / 2, (p + apart) / 2


def weights_returned(y):
    """You return p and q, the weights of the recurrence. The modes are the numbers z with z * z = p * z +
    q."""
    return tuple(sorted(_weights(y)))


def sign_of_q(y):
    """You turn the sign of q. The recurrence adds it, so z * z = p * z + q, and under the root it is added,
    too."""
    p, q = _weights(y)
    root = abs(p * p / 4 - q) ** 0.5
    return p / 2 - root, p / 2 + root


def larger_first(y):
    """Your two modes are right, but the larger one comes first. The smaller one should."""
    return _modes(y)[::-1]


def ratios_of_neighbours(y):
    """You take ratios of neighbours for the modes. With two modes such a ratio is neither of them, and only
    in the long run does it come close to the larger one. Find the two weights of the loop first."""
    first, second = (b / (a or 1e-9) for a, b in ((y[0], y[1]), (y[2], y[3])))
    return min(first, second), max(first, second)


def by_size(y):
    """You order the modes by their size without the sign. The smaller one is the one further to the left on
    the number line, so -0.9 comes before 0.4."""
    return tuple(sorted(_modes(y), key=abs))


def amounts_taken_for_equal(y):
    """You take half of y_0 for both amounts. They may differ: four numbers are enough to know nothing of them
    beforehand."""
    m = y[0] / 2 or 1.0
    mean = y[1] / (2 * m)
    apart = abs(y[2] / (2 * m) - mean * mean) ** 0.5
    return mean - apart, mean + apart


def whole_numbers_tried(y):
    """You try whole numbers. Modes may be any numbers: they solve an equation, of which the four numbers tell
    you the weights."""
    found = []
    for r in range(-9, 10):
        for s in range(r + 1, 10):
            n = (y[1] - r * y[0]) / (s - r)
            m = y[0] - n
            miss = abs(m * r**2 + n * s**2 - y[2]) + abs(m * r**3 + n * s**3 - y[3])
            found.append((miss, r, s))
    _, r, s = min(found, key=lambda each: each[0])
    return float(r), float(s)


def golden_ratio_always(y):
    """You give the modes of Fibonacci's loop. Each box has weights of its own: read them off the four
    numbers."""
    return (1 - 5**0.5) / 2, (1 + 5**0.5) / 2


def divided_by_the_first(y):
    """You divide by y_0, or guard against it with a guess. Any of the four may be 0. Solve the two equations
    without dividing by one of them."""
    return _modes(y) if abs(y[0]) > 1e-9 else (0.0, y[1] / 1e-12)


def half_forgotten(y):
    """You have forgotten to divide by 2. The roots of z * z = p * z + q are p plus or minus the root of p * p
    + 4 * q, and all of that is halved."""
    r, s = _modes(y)
    return 2 * r, 2 * s


def positive_root_alone(y):
    """You return one mode twice. Plus *and* minus the root: there are two."""
    return (_modes(y)[1],) * 2


def amounts_returned(y):
    """You return the amounts of the two modes. The modes are the numbers of which the powers are taken."""
    r, s = _modes(y)
    n = (y[1] - r * y[0]) / (s - r)
    return y[0] - n, n


def right_by_sum_and_product(y):
    """By the sum and the product of the modes, with a root of a complex number."""
    d = y[0] * y[2] - y[1] * y[1]
    total, product = (y[0] * y[3] - y[1] * y[2]) / d, (y[1] * y[3] - y[2] * y[2]) / d
    larger = ((total + cmath.sqrt(total * total - 4 * product)) / 2).real
    return total - larger, larger


def right_by_elimination(y):
    """Eliminates the unknown whose factor is larger."""
    if abs(y[1]) > 1e-9:
        p = (y[1] * y[2] - y[0] * y[3]) / (y[1] * y[1] - y[0] * y[2])
        q = (y[3] - p * y[2]) / y[1]
    else:
        q = y[2] / y[0]
        p = (y[3] - q * y[1]) / y[2]
    root = (p * p + 4 * q) ** 0.5
    return [(p - root) / 2, (p + root) / 2]
