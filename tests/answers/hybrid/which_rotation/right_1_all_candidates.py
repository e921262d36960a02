# verdict: right
# what: Builds the list of each of the five schemes and finds the one that fits.
# diagnosis: none
"""Which pairs turn, and how fast?"""

import math


def which_rotation(speeds: list[float], base: float) -> str:

    n = len(speeds)
    m = n - speeds.count(0.0)
    rope = [base ** (-k / n) for k in range(n)]
    still = [0.0] * (n - m)
    candidates = {"nope": [0.0] * n, "rope": rope}
    if 0 < m < n:
        candidates = {
            "reversed": still + rope[n - m :],
            "p-rope": rope[:m] + still,
            "partial": [base ** (-k / m) for k in range(m)] + still,
        }
    for name, other in candidates.items():
        if all(math.isclose(a, b, rel_tol=1e-11) for a, b in zip(speeds, other)):
            return name
    raise ValueError("no scheme fits")
