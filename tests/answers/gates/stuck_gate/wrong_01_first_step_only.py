# verdict: wrong
# what: Decides from the first step alone: what is wrong there is i.
# diagnosis: In the first step the cell before is 0, so f shows nothing; go on to the later steps.
# told: mistake first_step_alone
import math


def stuck_gate(log: list[dict[str, float]]) -> tuple[str, float] | None:
    """The gate that is stuck, and at which number; None if all gates do what they are told.

    Args:
        log: one dict for each step. "i", "f", "o": what the gates were told to be; "g": the candidate;
            "c", "h": what the unit really had after the step. The cell before the first step is 0.

    Returns:
        ("i", value), ("f", value) or ("o", value), or None.
    """
    s = log[0]
    if abs(s["o"] * math.tanh(s["c"]) - s["h"]) > 1e-9 and s["c"] != 0:
        return "o", s["h"] / math.tanh(s["c"])
    if abs(s["i"] * s["g"] - s["c"]) > 1e-9 and s["g"] != 0:
        return "i", s["c"] / s["g"]
    return None
