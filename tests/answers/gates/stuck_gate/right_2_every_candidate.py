# verdict: right
# what: Tries every value that some step asks for, and keeps the one that explains the log.
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
    if _explains(log, None, 0):
        return None
    best = None
    for gate in ("o", "f", "i"):
        before = 0.0
        for s in log:
            top, bottom = {
                "i": (s["c"] - s["f"] * before, s["g"]),
                "f": (s["c"] - s["i"] * s["g"], before),
                "o": (s["h"], math.tanh(s["c"])),
            }[gate]
            before = s["c"]
            if abs(bottom) > 1e-12 and _explains(log, gate, top / bottom):
                if best is None or abs(bottom) > best[0]:
                    best = (abs(bottom), gate, top / bottom)
    return best[1:]
