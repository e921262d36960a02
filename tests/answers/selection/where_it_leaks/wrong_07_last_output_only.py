# verdict: wrong
# what: Compares the very last output alone.
# diagnosis: An early leak may have been wiped out by the end, by decay or by a new text; all outputs have to be compared.
# told: mistake only_the_last_output
"""A server that reads texts in pieces: which rule does it break?"""

import math


def _run(taps, pieces, new, broken):
    keep = len(taps) - 1
    tail, h = [0.0] * keep, 0.0
    out = []
    for i, piece in enumerate(pieces):
        if i > 0:
            if new[i]:
                if broken != "tail kept":
                    tail = [0.0] * keep
                if broken != "state kept":
                    h = 0.0
            else:
                if broken == "tail lost":
                    tail = [0.0] * keep
                if broken == "state lost":
                    h = 0.0
        line = []
        for x in piece:
            seen = tail + [x]
            v = sum(w * s for w, s in zip(taps, reversed(seen)))
            delta = math.log1p(math.exp(v))
            h = math.exp(-delta) * h + delta * v
            tail = seen[1:]
            line.append(h)
        out.append(line)
    return out


RULES = ["none", "tail kept", "state kept", "tail lost", "state lost"]


def where_it_leaks(
    taps: list[float], pieces: list[list[float]], new: list[bool], outputs: list[list[float]]
) -> str:
    for rule in RULES:
        ours = _run(taps, pieces, new, rule)
        if abs(ours[-1][-1] - outputs[-1][-1]) < 1e-6:
            return rule
    return "none"
