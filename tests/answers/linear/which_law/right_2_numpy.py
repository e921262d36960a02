# verdict: right
# what: With numpy arrays and allclose.
# diagnosis: none
import numpy as np


def which_law(one: list[float], other: list[float], both: list[float], later: list[float], delay: int) -> str:
    """Compare recordings of a box by the sum law and by the time law.

    Args:
        one: the answer to the claps A, T numbers.
        other: the answer to the claps B, T numbers.
        both: the answer to A and B together, T numbers.
        later: the answer to A begun `delay` steps later,
            cut off after T steps.
        delay: from 1 to T - 1.

    Returns:
        "none", "sum", "time" or "both": what is broken.
        Numbers less than 0.001 apart count as equal.
    """
    a, b, c, d = map(np.array, (one, other, both, later))
    sums = np.allclose(a + b, c, rtol=0, atol=0.005)
    times = np.allclose(np.concatenate([np.zeros(delay), a])[: len(d)], d, rtol=0, atol=0.005)
    return str(np.array(["both", "sum", "time", "none"])[2 * int(sums) + int(times)])
