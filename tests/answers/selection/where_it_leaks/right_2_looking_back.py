# verdict: right
# what: Keeps no tail: for each step it looks back in the whole stream as far as the last emptying of tail or state.
# diagnosis: none
"""A server that reads texts in pieces: which rule does it break?"""

import numpy as np


def where_it_leaks(
    taps: list[float], pieces: list[list[float]], new: list[bool], outputs: list[list[float]]
) -> str:
    stream = [x for piece in pieces for x in piece]
    wanted = np.array([y for line in outputs for y in line])
    starts = np.cumsum([0] + [len(p) for p in pieces[:-1]]).tolist()
    go_on = {s for s, n in zip(starts, new) if not n}
    begin = {s for s, n in zip(starts, new) if n}

    def simulate(empty_tail, empty_state):
        ys, h, low = [], 0.0, 0
        for t in range(len(stream)):
            if t in empty_tail:
                low = t
            if t in empty_state:
                h = 0.0
            v = sum(w * stream[t - k] for k, w in enumerate(taps) if t - k >= low)
            delta = float(np.logaddexp(0.0, v))
            h = h * np.exp(-delta) + delta * v
            ys.append(h)
        return np.array(ys)

    cases = {
        "none": (begin, begin),
        "tail kept": ({0}, begin),
        "state kept": (begin, {0}),
        "tail lost": (begin | go_on, begin),
        "state lost": (begin, begin | go_on),
    }
    return next(n for n, c in cases.items() if np.abs(simulate(*c) - wanted).max() < 1e-4)
