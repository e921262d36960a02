# verdict: right
# what: np.logaddexp.reduce does the whole sum, and the result is a numpy scalar of float64.
# diagnosis: none
import math
import numpy as np


def price_of_a_guess(logits: list[float], symbol: int) -> float:
    scores = np.asarray(logits, dtype=np.float64)
    return np.logaddexp.reduce(scores - scores[symbol])
