"""A server that reads texts in pieces: which rule does it break?"""

import math


def where_it_leaks(
    taps: list[float], pieces: list[list[float]], new: list[bool], outputs: list[list[float]]
) -> str:
    """Which rule the server breaks: "none", "tail kept", "state kept", "tail lost" or "state lost".

    taps: 2 to 4 numbers, the first for the step itself. pieces: the inputs, at least one in each.
    new: for each piece, whether it begins a new text; the first does. outputs: as pieces, what came back.
    """
    # BEGIN SOLUTION
    for broken in ("none", "tail kept", "state kept", "tail lost", "state lost"):
        past, h, fits = [0.0] * (len(taps) - 1), 0.0, True
        for number, (piece, begins, seen) in enumerate(zip(pieces, new, outputs, strict=True)):
            when = "kept" if begins else "lost"
            if number and begins != (broken == f"tail {when}"):
                past = [0.0] * len(past)
            if number and begins != (broken == f"state {when}"):
                h = 0.0
            for x, y in zip(piece, seen, strict=True):
                past = [x, *past]
                v = sum(tap * one for tap, one in zip(taps, past, strict=True))
                past.pop()
                delta = math.log1p(math.exp(v))
                h = math.exp(-delta) * h + delta * v
                fits = fits and abs(h - y) < 1e-5
        if fits:
            return broken
    # END SOLUTION
