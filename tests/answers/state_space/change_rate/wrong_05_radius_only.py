# verdict: wrong
# what: Raises the size to the power and leaves the angle.
# diagnosis: The angle turns factor times as far, too.
# told: mistake phase_unchanged
import numpy as np


def change_rate(Lambda, gamma, factor):
    new = abs(Lambda) ** factor * np.exp(1j * np.angle(Lambda))
    return new, gamma * (new - 1) / (Lambda - 1)
