# verdict: wrong
# what: Takes the h before for the cell before.
# diagnosis: The keep gate keeps the cell, not the state that was shown.
# told: mistake state_for_the_cell
import math


def stuck_gate(log: list[dict[str, float]]) -> tuple[str, float] | None:
    """The gate that is stuck, and at which number; None if all gates do what they are told.

    Args:
        log: one dict for each step. "i", "f", "o": what the gates were told to be; "g": the candidate;
            "c", "h": what the unit really had after the step. The cell before the first step is 0.

    Returns:
        ("i", value), ("f", value) or ("o", value), or None.
    """
    def at(gate, t):
        s = log[t]
        before = log[t - 1]["h"] if t else 0.0
        if gate == "o":
            return s["h"] / math.tanh(s["c"]) if s["c"] else None
        if gate == "i":
            return (s["c"] - s["f"] * before) / s["g"] if s["g"] else None
        return (s["c"] - s["i"] * s["g"]) / before if before else None

    def constant(gate):
        values = [v for v in (at(gate, t) for t in range(len(log))) if v is not None]
        return values and max(values) - min(values) < 1e-3

    if all(abs(s["o"] * math.tanh(s["c"]) - s["h"]) < 1e-9 for s in log):
        for gate in ("i", "f"):
            if constant(gate):
                return gate, at(gate, len(log) - 1)
        return None
    return "o", at("o", len(log) - 1)
