"""Which rule does this layer break?"""


def broken_layer_rule(
    Lambda: list[complex], B: list[complex], C: list[complex], response: list[float]
) -> str:
    """Name the rule of the LRU that a layer breaks, from its numbers and its answer to a single 1.

    Args:
        Lambda: the eigenvalues, one for each state.
        B: what the input is multiplied by on its way into each state.
        C: what each state is multiplied by on its way to the output.
        response: the outputs y_0, y_1, y_2, ... when the inputs are 1, 0, 0, ...

    Returns:
        "circle", "gamma", "late", "real", or "none".
    """
    # BEGIN SOLUTION
    if any(abs(value) >= 1 for value in Lambda):
        return "circle"

    def states(gamma: bool) -> list[list[complex]]:
        enter = [b * (1 - abs(value) ** 2) ** 0.5 if gamma else b for value, b in zip(Lambda, B, strict=True)]
        return [[e * value**k for value, e in zip(Lambda, enter, strict=True)] for k in range(len(response))]

    def read(h: list[complex]) -> float:
        return sum((c * z).real for c, z in zip(C, h, strict=True))

    right = [read(h) for h in states(True)]
    predictions = {
        "none": right,
        "gamma": [read(h) for h in states(False)],
        "late": [0.0, *right[:-1]],
        "real": [sum(c.real * z.real for c, z in zip(C, h, strict=True)) for h in states(True)],
    }

    def miss(rule: str) -> float:
        return max(abs(a - b) for a, b in zip(predictions[rule], response, strict=True))

    return min(predictions, key=miss)
    # END SOLUTION
