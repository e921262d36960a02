# verdict: wrong
# what: Calls it partial when the slowest turning pair is below the square root of 1 / base.
# diagnosis: How slow the slowest pair is depends on m as well; p-RoPE with most pairs turning is just as slow. Compare with the formula.
# told: mistake slow_end_is_partial
"""Which pairs turn, and how fast?"""


def which_rotation(speeds: list[float], base: float) -> str:

    turning = [s for s in speeds if s != 0.0]
    if not turning:
        return "nope"
    if len(turning) == len(speeds):
        return "rope"
    if speeds[0] == 0.0:
        return "reversed"
    if min(turning) <= base**-0.5 * (1 + 1e-9):
        return "partial"
    return "p-rope"
