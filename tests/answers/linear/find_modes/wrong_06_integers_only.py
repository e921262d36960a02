# verdict: wrong
# what: Tries whole numbers for both modes.
# diagnosis: Modes need not be whole numbers; find them from an equation.
# told: mistake whole_numbers_tried
def find_modes(y: list[float]) -> tuple[float, float]:
    """The modes r and s of y_t = m r^t + n s^t.

    Args:
        y: y_0, y_1, y_2 and y_3; any one of them may be 0.

    Returns:
        (r, s) with r < s. They are real and at least 0.2
        apart, and neither m nor n is 0.
    """
    best = None
    for r in range(-9, 10):
        for s in range(r + 1, 10):
            n = (y[1] - r * y[0]) / (s - r)
            m = y[0] - n
            miss = abs(m * r**2 + n * s**2 - y[2]) + abs(m * r**3 + n * s**3 - y[3])
            if best is None or miss < best[0]:
                best = (miss, r, s)
    return (float(best[1]), float(best[2]))
