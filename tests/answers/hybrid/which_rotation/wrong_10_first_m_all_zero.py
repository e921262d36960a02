# verdict: wrong
# what: Recognises reversed by the first m pairs being all zero.
# diagnosis: It is the first n - m pairs that stand still; if more than half turn, the first m hold some that do.
# told: mistake first_m_stand_still
"""Which pairs turn, and how fast?"""


def which_rotation(speeds: list[float], base: float) -> str:

    n = len(speeds)
    m = len([s for s in speeds if s > 0])
    if m == 0:
        return "nope"
    if m == n:
        return "rope"
    if all(s == 0.0 for s in speeds[:m]):
        return "reversed"
    if abs(speeds[1] - base ** (-1 / m)) < 1e-9 * base ** (-1 / m):
        return "partial"
    return "p-rope"
