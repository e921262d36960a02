# verdict: wrong
# what: Takes angles from 0 to 2 pi.
# diagnosis: Of all equations the one that turns least is meant: an angle just below 2 pi is a small turn backwards.
# told: mistake angles_from_0_to_a_whole_turn
import numpy as np


def change_rate(Lambda, gamma, factor):
    theta = np.angle(Lambda) % (2 * np.pi)
    new = abs(Lambda) ** factor * np.exp(1j * theta * factor)
    return new, gamma * (new - 1) / (Lambda - 1)
