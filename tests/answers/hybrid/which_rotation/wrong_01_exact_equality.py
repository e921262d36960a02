# verdict: wrong
# what: Compares the second speed with == to the formula, written as a division.
# diagnosis: Two ways to write one formula differ in the last bit; floats are compared with a tolerance.
# told: mistake equal_to_the_last_digit
"""Which pairs turn, and how fast?"""


def which_rotation(speeds: list[float], base: float) -> str:

    n = len(speeds)
    m = sum(1 for s in speeds if s > 0)
    if m == 0:
        return "nope"
    if m == n:
        return "rope"
    if speeds[0] == 0.0:
        return "reversed"
    if speeds[1] == 1.0 / base ** (1 / n):
        return "p-rope"
    return "partial"
