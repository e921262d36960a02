# verdict: right
# what: Multiplies each decay by `not reset` as a number and hands that to the scan with a print.
# diagnosis: none
import sys
from operator import mul, not_


def _scan(a: list[float], b: list[float], h0: float) -> list[float]:
    """h[t] = a[t] * h[t-1] + b[t], with h0 before the first step."""
    states = []
    for t in range(len(b)):
        h0 = a[t] * h0 + b[t]
        states.append(h0)
    return states


def scan_with_reset_lists(a: list[float], b: list[float], reset: list[bool], h0: float) -> list[float]:
    keep = list(map(mul, a, map(not_, reset)))
    print(f"{sum(map(bool, reset))} texts begin in this row", file=sys.stderr)
    return _scan(keep, b, h0)
