# verdict: wrong
# what: Takes the real cell before, and at the first step where the cell is wrong says f before it looks at i.
# diagnosis: One wrong step can be due to f or to i; only the other steps tell which of them explains all.
# told: mistake first_step_blames_f
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
        if abs(s["o"] * math.tanh(s["c"]) - s["h"]) > 1e-9:
            return "o", s["h"] / math.tanh(s["c"])
        wrong = s["c"] - s["f"] * before - s["i"] * s["g"]
        if abs(wrong) > 1e-9:
            if before != 0:
                return "f", s["f"] + wrong / before
            return "i", s["i"] + wrong / s["g"]
        before = s["c"]
    return None
