# verdict: wrong
# what: Solves for q by a division by y_0, which raises ZeroDivisionError when that is 0.
# diagnosis: Any one of the four may be 0, so do not divide by one of them.
# told: solve the two equations without dividing by one of them
def find_modes(y: list[float]) -> tuple[float, float]:
    """The modes r and s of y_t = m r^t + n s^t.

    Args:
        y: y_0, y_1, y_2 and y_3; any one of them may be 0.

    Returns:
        (r, s) with r < s. They are real and at least 0.2
        apart, and neither m nor n is 0.
    """
    p = (y[3] - y[2] * y[1] / y[0]) / (y[2] - y[1] ** 2 / y[0])
    q = (y[2] - p * y[1]) / y[0]
    root = (p * p / 4 + q) ** 0.5
    return p / 2 - root, p / 2 + root
