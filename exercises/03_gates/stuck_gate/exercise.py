"""Which gate of a cell is stuck?"""


def stuck_gate(log: list[dict[str, float]]) -> tuple[str, float] | None:
    """The gate that is stuck, and at which number; None if all gates do what they are told.

    Args:
        log: one dict for each step. "i", "f", "o": what the gates were told to be; "g": the candidate;
            "c", "h": what the unit really had after the step. The cell before the first step is 0.

    Returns:
        ("i", value), ("f", value) or ("o", value), or None.
    """
    # BEGIN SOLUTION
    import math

    before = [0.0, *(step["c"] for step in log[:-1])]
    # Of each gate: what it multiplies, and what came out of that.
    seen = {
        "i": [(s["g"], s["c"] - s["f"] * last) for s, last in zip(log, before, strict=True)],
        "f": [(last, s["c"] - s["i"] * s["g"]) for s, last in zip(log, before, strict=True)],
        "o": [(math.tanh(s["c"]), s["h"]) for s in log],
    }
    for gate in ("o", "i", "f"):
        if all(abs(out - s[gate] * put) < 1e-6 for (put, out), s in zip(seen[gate], log, strict=True)):
            continue
        put, out = max(seen[gate], key=lambda pair: abs(pair[0]))
        if put and all(abs(out / put * p - q) < 1e-6 for p, q in seen[gate]):
            return gate, out / put
    return None
    # END SOLUTION
