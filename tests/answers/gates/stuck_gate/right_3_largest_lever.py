# verdict: right
# what: Takes for each gate the step in which it has the most to say.
# diagnosis: none
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
    cells = [0.0] + [s["c"] for s in log]
    rows = list(zip(log, cells))
    s, _ = max(rows, key=lambda row: abs(row[0]["c"]))
    guesses = {}
    if s["c"]:
        guesses["o"] = s["h"] / math.tanh(s["c"])
    s, before = max(rows, key=lambda row: abs(row[0]["g"]))
    if s["g"]:
        guesses["i"] = (s["c"] - s["f"] * before) / s["g"]
    s, before = max(rows, key=lambda row: abs(row[1]))
    if before:
        guesses["f"] = (s["c"] - s["i"] * s["g"]) / before
    if _explains(log, None, 0):
        return None
    for gate, value in guesses.items():
        if _explains(log, gate, value):
            return (gate, min(max(value, 0.0), 1.0))
    return None
