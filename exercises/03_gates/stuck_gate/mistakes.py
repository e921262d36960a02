"""What goes wrong in the search for a stuck gate, and other ways to make it."""

import math


def _sides(log, before=None):
    """Of each gate: what it multiplies, and what came out of that."""
    before = before or [0.0, *(step["c"] for step in log[:-1])]
    return {
        "o": [(math.tanh(s["c"]), s["h"]) for s in log],
        "i": [(s["g"], s["c"] - s["f"] * last) for s, last in zip(log, before, strict=True)],
        "f": [(last, s["c"] - s["i"] * s["g"]) for s, last in zip(log, before, strict=True)],
    }


def first_step_decides(log):
    """You take the first step that is wrong for the whole truth, and blame i for every wrong cell. One wrong
    cell accuses i as well as f: only the gate that needs the same number at every step is stuck."""
    for gate in ("o", "i"):
        for (put, out), step in zip(_sides(log)[gate], log, strict=True):
            if abs(out - step[gate] * put) > 1e-6 and put:
                return gate, out / put
    return None


def told_the_same(log):
    """You look for a gate that is told the same at every step. What it is told is not what it does: compare
    with the cell and the state."""
    for gate in ("i", "f", "o"):
        if len({step[gate] for step in log}) == 1:
            return gate, log[0][gate]
    return None


def cell_instead_of_its_tanh(log):
    """You divide h by the cell. The show gate multiplies the tanh of the cell."""
    for gate, pairs in {**_sides(log), "o": [(s["c"], s["h"]) for s in log]}.items():
        true = _sides(log)[gate]
        if all(abs(out - s[gate] * put) < 1e-6 for (put, out), s in zip(true, log, strict=True)):
            continue
        put, out = max(pairs, key=lambda pair: abs(pair[0]))
        if gate == "o" or all(abs(out / put * p - q) < 1e-6 for p, q in pairs):
            return gate, out / put
    return None


def right_all_numbers(log):
    """From all steps that say something; the gate whose numbers agree."""
    for gate, pairs in _sides(log).items():
        if all(abs(out - s[gate] * put) < 1e-7 for (put, out), s in zip(pairs, log, strict=True)):
            continue
        silent = [out for put, out in pairs if abs(put) < 1e-9]
        numbers = [(out / put, abs(put)) for put, out in pairs if abs(put) >= 1e-9]
        value = max(numbers, key=lambda pair: pair[1])[0]
        if all(abs(n - value) * put < 1e-7 for n, put in numbers) and all(abs(out) < 1e-7 for out in silent):
            return gate, value
    return None


def right_numpy(log):
    """By least squares, and the gate that fits best."""
    import numpy as np

    found = []
    for gate, pairs in _sides(log).items():
        put, out = np.array(pairs, dtype=float).T
        if np.allclose(out, np.array([s[gate] for s in log]) * put, atol=1e-8, rtol=0):
            continue
        value = float(put @ out / (put @ put))
        found.append((float(abs(out - value * put).max()), gate, value))
    return min(found)[1:] if found else None
