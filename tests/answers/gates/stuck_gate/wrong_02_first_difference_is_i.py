# verdict: wrong
# what: At the first step where the cell is wrong it says i, if it can be, before it looks at f.
# diagnosis: One wrong step can be due to i or to f; only the other steps tell which of them explains all.
# told: mistake first_step_decides
import math


def stuck_gate(log: list[dict[str, float]]) -> tuple[str, float] | None:
    """The gate that is stuck, and at which number; None if all gates do what they are told.

    Args:
        log: one dict for each step. "i", "f", "o": what the gates were told to be; "g": the candidate;
            "c", "h": what the unit really had after the step. The cell before the first step is 0.

    Returns:
        ("i", value), ("f", value) or ("o", value), or None.
    """
    before = 0.0
    for s in log:
        if s["c"] and abs(s["o"] * math.tanh(s["c"]) - s["h"]) > 1e-9:
            return "o", s["h"] / math.tanh(s["c"])
        if abs(s["f"] * before + s["i"] * s["g"] - s["c"]) > 1e-9:
            if s["g"]:
                value = (s["c"] - s["f"] * before) / s["g"]
                if 0 <= value <= 1:
                    return "i", value
            return "f", (s["c"] - s["i"] * s["g"]) / before
        before = s["c"]
    return None
