# verdict: wrong
# what: Multiplies lambda by factor.
# diagnosis: Two steps multiply by lambda twice: a power, not a product.
# told: mistake lambda_times_factor
import numpy as np


def change_rate(Lambda, gamma, factor):
    new = Lambda * factor
    return new, gamma * (new - 1) / (Lambda - 1)
