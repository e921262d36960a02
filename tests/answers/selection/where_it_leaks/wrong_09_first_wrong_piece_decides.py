# verdict: wrong
# what: Looks whether the first wrong piece is new: then something was kept, else lost.
# diagnosis: A kept tail may show only in the next piece, when a tap of 0 hides it at first; so try all four rules.
# told: mistake first_wrong_piece_decides
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
    sound = _run(taps, pieces, new, "none")
    for i, (p, q) in enumerate(zip(sound, outputs)):
        if any(abs(a - b) > 1e-6 for a, b in zip(p, q)):
            what = "kept" if new[i] else "lost"
            break
    else:
        return "none"
    with_tail = _run(taps, pieces, new, "tail " + what)
    if all(abs(a - b) < 1e-6 for p, q in zip(with_tail, outputs) for a, b in zip(p, q)):
        return "tail " + what
    return "state " + what
