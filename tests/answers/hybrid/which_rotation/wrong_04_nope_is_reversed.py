# verdict: wrong
# what: Takes every list that begins with 0.0 for reversed, and never comes to nope.
# diagnosis: If pair 0 stands still, either the last pairs turn or none does; ask for none first.
# told: mistake standing_first_is_reversed
"""Which pairs turn, and how fast?"""


def which_rotation(speeds: list[float], base: float) -> str:

    n = len(speeds)
    if speeds[0] == 0.0:
        return "reversed"
    m = n - speeds.count(0.0)
    if m == n:
        return "rope"
    if abs(speeds[1] / base ** (-1 / n) - 1) < 1e-9:
        return "p-rope"
    if abs(speeds[1] / base ** (-1 / m) - 1) < 1e-9:
        return "partial"
    return "nope"
