# verdict: right
# what: The value of each gate by least squares, then the one with the smallest misfit.
# diagnosis: none
import numpy as np


def stuck_gate(log: list[dict[str, float]]) -> tuple[str, float] | None:
    """The gate that is stuck, and at which number; None if all gates do what they are told.

    Args:
        log: one dict for each step. "i", "f", "o": what the gates were told to be; "g": the candidate;
            "c", "h": what the unit really had after the step. The cell before the first step is 0.

    Returns:
        ("i", value), ("f", value) or ("o", value), or None.
    """
    c = np.array([s["c"] for s in log])
    before = np.concatenate([[0.0], c[:-1]])
    col = {k: np.array([s[k] for s in log], dtype=float) for k in ("i", "f", "o", "g", "h")}
    shown = np.tanh(c)
    def misfit(i, f, o):
        return max(np.abs(f * before + i * col["g"] - c).max(), np.abs(o * shown - col["h"]).max())
    if misfit(col["i"], col["f"], col["o"]) < 1e-7:
        return None
    def fit(x, y):
        return float(x @ y / (x @ x)) if x @ x > 0 else 0.0
    v = {"i": fit(col["g"], c - col["f"] * before), "f": fit(before, c - col["i"] * col["g"]), "o": fit(shown, col["h"])}
    errors = {}
    for gate in v:
        now = {k: col[k] for k in ("i", "f", "o")}
        now[gate] = v[gate]
        errors[gate] = misfit(**now)
    best = min(errors, key=errors.get)
    return best, v[best]
