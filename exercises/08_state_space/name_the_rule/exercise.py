"""Which rule turned the equation into steps?"""


def name_the_rule(coarse: list[float], fine: list[float]) -> str:
    """Name the rule by which an equation was sampled, from two recordings.

    Args:
        coarse: the values m * a ** t at the steps 0, 1, 2, ...; 2 to 12 floats.
        fine: the same for steps half as long, with an m and an a of its own; 2 to 12 floats.

    Returns:
        "euler", "bilinear", "hold", or "same".
    """
    # BEGIN SOLUTION
    long, short = coarse[1] / coarse[0], fine[1] / fine[0]
    candidates = {"euler": 2 * short - 1, "hold": short**2, "same": short}
    if short > -1:
        half = (short - 1) / (short + 1)
        candidates["bilinear"] = (1 + 2 * half) / (1 - 2 * half)
    return min(candidates, key=lambda rule: abs(candidates[rule] - long))
    # END SOLUTION
