# verdict: right
# what: Walks through the pieces with five servers at once and strikes out those that disagree.
# diagnosis: none
"""A server that reads texts in pieces: which rule does it break?"""

import math


def where_it_leaks(
    taps: list[float], pieces: list[list[float]], new: list[bool], outputs: list[list[float]]
) -> str:
    keep = len(taps) - 1
    servers = {
        name: ((0.0,) * keep, 0.0) for name in ("state lost", "tail lost", "state kept", "tail kept", "none")
    }
    for number, (piece, begins, line) in enumerate(zip(pieces, new, outputs)):
        for name in list(servers):
            tail, h = servers[name]
            part, _, fault = name.partition(" ")
            at_fault = number > 0 and fault == ("kept" if begins else "lost")
            empty_tail = begins != (at_fault and part == "tail")
            empty_state = begins != (at_fault and part == "state")
            seen = (tail if not empty_tail else (0.0,) * keep) + tuple(piece)
            h = 0.0 if empty_state else h
            for t, y in enumerate(line):
                v = math.fsum(tap * seen[t + keep - k] for k, tap in enumerate(taps))
                sigma = 1 / (1 + math.exp(-v))
                delta = v - math.log(sigma)
                h = (1 - sigma) * h + delta * v
                if abs(h - y) > 2e-4:
                    del servers[name]
                    break
            else:
                servers[name] = (seen[len(seen) - keep :], h)
    (answer,) = servers
    return answer
