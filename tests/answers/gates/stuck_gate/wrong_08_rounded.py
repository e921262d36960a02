# verdict: wrong
# what: Rounds the value to two digits.
# diagnosis: The value must be right to six digits; do not round it.
# told: mistake number_rounded
import math


def _explains(log, gate, value):
    cell = 0.0
    for step in log:
        i, f, o = step["i"], step["f"], step["o"]
        if gate == "i":
            i = value
        if gate == "f":
            f = value
        if gate == "o":
            o = value
        if abs(f * cell + i * step["g"] - step["c"]) > 1e-6:
            return False
        if abs(o * math.tanh(step["c"]) - step["h"]) > 1e-6:
            return False
        cell = step["c"]
    return True


def stuck_gate(log: list[dict[str, float]]) -> tuple[str, float] | None:
    """The gate that is stuck, and at which number; None if all gates do what they are told.

    Args:
        log: one dict for each step. "i", "f", "o": what the gates were told to be; "g": the candidate;
            "c", "h": what the unit really had after the step. The cell before the first step is 0.

    Returns:
        ("i", value), ("f", value) or ("o", value), or None.
    """
    if _explains(log, None, 0):
        return None
    for gate in ("i", "f", "o"):
        before = 0.0
        for s in log:
            value = None
            if gate == "i" and abs(s["g"]) > 1e-6:
                value = (s["c"] - s["f"] * before) / s["g"]
            if gate == "f" and abs(before) > 1e-6:
                value = (s["c"] - s["i"] * s["g"]) / before
            if gate == "o" and abs(s["c"]) > 1e-6:
                value = s["h"] / math.tanh(s["c"])
            before = s["c"]
            if value is not None and _explains(log, gate, value):
                return gate, round(value, 2)
    return None
