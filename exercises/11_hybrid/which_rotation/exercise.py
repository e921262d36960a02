"""Which pairs turn, and how fast?"""


def which_rotation(speeds: list[float], base: float) -> str:
    """Name the rotary scheme of a model from the speeds of the pairs of a head.

    Args:
        speeds: of pair 0, pair 1 and so on, in radians for each step; 0.0 for a pair that does not turn.
        base: from which the speeds were made.

    Returns:
        "rope", "partial", "p-rope", "reversed" or "nope".
    """
    # BEGIN SOLUTION
    pairs, turning = len(speeds), sum(speed > 0 for speed in speeds)
    if turning in (0, pairs):
        return "rope" if turning else "nope"
    if speeds[0] == 0:
        return "reversed"
    in_rope, among_themselves = base ** (-1 / pairs), base ** (-1 / turning)
    return "p-rope" if abs(speeds[1] - in_rope) < abs(speeds[1] - among_themselves) else "partial"
    # END SOLUTION
