# verdict: wrong
# what: Divides by g at the first wrong step without asking whether it is 0.
# diagnosis: g may be exactly 0, and then this step says nothing about i; take another step.
# told: look before you divide
import math


def stuck_gate(log: list[dict[str, float]]) -> tuple[str, float] | None:
    """The gate that is stuck, and at which number; None if all gates do what they are told.

    Args:
        log: one dict for each step. "i", "f", "o": what the gates were told to be; "g": the candidate;
            "c", "h": what the unit really had after the step. The cell before the first step is 0.

    Returns:
        ("i", value), ("f", value) or ("o", value), or None.
    """
    before, errors = 0.0, []
    for s in log:
        if abs(s["o"] * math.tanh(s["c"]) - s["h"]) > 1e-9:
            return "o", s["h"] / math.tanh(s["c"])
        errors.append((s, before))
        before = s["c"]
    if all(abs(s["f"] * c + s["i"] * s["g"] - s["c"]) < 1e-9 for s, c in errors):
        return None
    i = [(s["c"] - s["f"] * c) / s["g"] for s, c in errors]
    if max(i) - min(i) < 1e-6:
        return "i", i[0]
    s, c = errors[-1]
    return "f", (s["c"] - s["i"] * s["g"]) / c
