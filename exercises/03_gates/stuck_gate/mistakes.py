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


def _found(log):
    for gate, pairs in _sides(log).items():
        if all(abs(out - s[gate] * put) < 1e-7 for (put, out), s in zip(pairs, log, strict=True)):
            continue
        silent = [out for put, out in pairs if abs(put) < 1e-9]
        numbers = [(out / put, abs(put)) for put, out in pairs if abs(put) >= 1e-9]
        value = max(numbers, key=lambda pair: pair[1])[0]
        if all(abs(n - value) * put < 1e-7 for n, put in numbers) and all(abs(out) < 1e-7 for out in silent):
            return gate, value
    return None


def first_step_decides(log):
    """You take the first step that is wrong for the whole truth, and blame i for every wrong cell. One wrong
    cell accuses i as well as f: only the gate that needs the same number at every step is stuck."""
    for gate in ("o", "i"):
        for (put, out), step in zip(_sides(log)[gate], log, strict=True):
            if abs(out - step[gate] * put) > 1e-6 and put:
                return gate, out / put
    return None


def first_step_blames_f(log):
    """You take the first step that is wrong for the whole truth, and blame f wherever there was something in
    the cell before. One wrong cell accuses i as well as f: only the gate that needs the same number at every
    step is stuck."""
    last = 0.0
    for step in log:
        if abs(step["o"] * math.tanh(step["c"]) - step["h"]) > 1e-6 and step["c"]:
            return "o", step["h"] / math.tanh(step["c"])
        if abs(step["f"] * last + step["i"] * step["g"] - step["c"]) > 1e-6:
            if last:
                return "f", (step["c"] - step["i"] * step["g"]) / last
            return "i", step["c"] / step["g"]
        last = step["c"]
    return None


def first_step_alone(log):
    """You look at the first step alone. There the cell before is 0, so that f shows nothing, and g may be 0:
    go on to the later steps."""
    step = log[0]
    if abs(step["o"] * math.tanh(step["c"]) - step["h"]) > 1e-9 and step["c"]:
        return "o", step["h"] / math.tanh(step["c"])
    if abs(step["i"] * step["g"] - step["c"]) > 1e-9 and step["g"]:
        return "i", step["c"] / step["g"]
    return None


def cell_recomputed(log):
    """You compute the cell before from what the gates were told. Take the one that the unit really had: yours
    carries the fault along."""
    cell, wrong = 0.0, []
    for step in log:
        if abs(step["o"] * math.tanh(step["c"]) - step["h"]) > 1e-6:
            return "o", step["h"] / math.tanh(step["c"])
        new = step["f"] * cell + step["i"] * step["g"]
        if abs(new - step["c"]) > 1e-6:
            wrong.append((step, cell))
        cell = new
    if not wrong:
        return None
    of_i = [(s["c"] - s["f"] * last) / s["g"] for s, last in wrong if s["g"]]
    if of_i and max(of_i) - min(of_i) < 1e-4:
        return "i", of_i[0]
    return next((("f", (s["c"] - s["i"] * s["g"]) / last) for s, last in wrong if last), None)


def state_for_the_cell(log):
    """You take the h before for the cell before. The keep gate keeps the cell, not what was shown of it."""
    sides = _sides(log, [0.0, *(step["h"] for step in log[:-1])])
    if not all(abs(out - s["o"] * put) < 1e-9 for (put, out), s in zip(sides["o"], log, strict=True)):
        return "o", sides["o"][-1][1] / sides["o"][-1][0]
    for gate in ("i", "f"):
        numbers = [out / put for put, out in sides[gate] if put]
        if numbers and max(numbers) - min(numbers) < 1e-3:
            return gate, numbers[-1]
    return None


def what_it_was_told(log):
    """You found the gate, but its number is what it was told, in the mean. Wanted is the number that it
    really does at every step."""
    found = _found(log)
    return found and (found[0], sum(step[found[0]] for step in log) / len(log))


def keep_and_write_exchanged(log):
    """You took f for the gate that writes, and i for the one that keeps. f multiplies the cell before, i the
    candidate."""
    found = _found(log)
    return found and ({"i": "f", "f": "i", "o": "o"}[found[0]], found[1])


def number_rounded(log):
    """You round the number. Six digits after the point must be right."""
    found = _found(log)
    return found and (found[0], round(found[1], 2))


def somebody_is_always_stuck(log):
    """You always accuse a gate. First ask whether every gate does what it is told: then the answer is
    None."""
    return _found(log) or ("o", log[-1]["o"])


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
    return _found(log)


def right_least_squares(log):
    """By least squares, and the gate that fits best."""
    found = []
    for gate, pairs in _sides(log).items():
        if all(abs(out - s[gate] * put) < 1e-8 for (put, out), s in zip(pairs, log, strict=True)):
            continue
        weight = sum(put * put for put, _ in pairs)
        value = sum(put * out for put, out in pairs) / weight if weight else 0.0
        found.append((max(abs(out - value * put) for put, out in pairs), gate, value))
    return min(found)[1:] if found else None
