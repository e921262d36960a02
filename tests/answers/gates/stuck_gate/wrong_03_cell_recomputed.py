# verdict: wrong
# what: Recomputes the cell from what the gates were told, instead of taking the real cell before.
# diagnosis: The cell before is the one that the unit really had; your own would carry the fault along.
# told: mistake cell_recomputed
import math


def stuck_gate(log: list[dict[str, float]]) -> tuple[str, float] | None:
    """The gate that is stuck, and at which number; None if all gates do what they are told.

    Args:
        log: one dict for each step. "i", "f", "o": what the gates were told to be; "g": the candidate;
            "c", "h": what the unit really had after the step. The cell before the first step is 0.

    Returns:
        ("i", value), ("f", value) or ("o", value), or None.
    """
    cell, wrong = 0.0, []
    for s in log:
        new = s["f"] * cell + s["i"] * s["g"]
        if abs(s["o"] * math.tanh(s["c"]) - s["h"]) > 1e-6:
            return "o", s["h"] / math.tanh(s["c"])
        if abs(new - s["c"]) > 1e-6:
            wrong.append((s, cell))
        cell = new
    if not wrong:
        return None
    s, cell = wrong[-1]
    values_i = [(s["c"] - s["f"] * c) / s["g"] for s, c in wrong if s["g"]]
    values_f = [(s["c"] - s["i"] * s["g"]) / c for s, c in wrong if c]
    if values_i and max(values_i) - min(values_i) < 1e-4:
        return "i", values_i[0]
    if values_f:
        return "f", values_f[0]
    return None
