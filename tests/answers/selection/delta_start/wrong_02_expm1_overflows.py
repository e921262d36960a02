# verdict: wrong
# what: Uses log(expm1(delta)), which keeps the digits of short steps and overflows for long ones.
# diagnosis: expm1 helps at the small end only; for a big delta take delta itself out of the logarithm.
# told: mistake overflow
"""The bias that starts a step with a given length."""

import numpy as np


def delta_start(delta: np.ndarray) -> np.ndarray:
    return np.log(np.expm1(delta))
