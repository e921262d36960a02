# verdict: wrong
# what: Makes the tail of the last piece alone, filled with zeros if that was short.
# diagnosis: A short piece does not push all of the old tail out; the tail reaches back over several pieces.
# told: mistake tail_of_the_last_piece_alone
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
        line, done = [], []
        for x in piece:
            seen = (tail + done + [x])[-keep - 1 :]
            v = sum(w * s for w, s in zip(taps, reversed(seen)))
            delta = math.log1p(math.exp(v))
            h = math.exp(-delta) * h + delta * v
            done.append(x)
            line.append(h)
        tail = ([0.0] * keep + list(piece))[-keep:]
        out.append(line)
    return out


RULES = ["none", "tail kept", "state kept", "tail lost", "state lost"]


def where_it_leaks(
    taps: list[float], pieces: list[list[float]], new: list[bool], outputs: list[list[float]]
) -> str:
    for rule in RULES:
        ours = _run(taps, pieces, new, rule)
        if all(abs(a - b) < 1e-6 for p, q in zip(ours, outputs) for a, b in zip(p, q)):
            return rule
    return "none"
