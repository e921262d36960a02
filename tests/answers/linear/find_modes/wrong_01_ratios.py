# verdict: wrong
# what: Takes the ratios of neighbours for the modes.
# diagnosis: With two modes no ratio of neighbours is a mode; it lies between, and only after long it is the larger one.
# told: mistake ratios_of_neighbours
def find_modes(y: list[float]) -> tuple[float, float]:
    """The modes r and s of y_t = m r^t + n s^t.

    Args:
        y: y_0, y_1, y_2 and y_3; any one of them may be 0.

    Returns:
        (r, s) with r < s. They are real and at least 0.2
        apart, and neither m nor n is 0.
    """
    y0, y1, y2, y3 = [v if v else 1e-9 for v in y]
    r, s = y1 / y0, y3 / y2
    return (min(r, s), max(r, s))
