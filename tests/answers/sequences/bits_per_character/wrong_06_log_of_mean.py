# verdict: wrong
# what: Averages the probabilities first and takes the logarithm of the mean, which is not the mean of the logarithms.
# diagnosis: The score is the mean of the surprises; turn every probability into bits before you average.
# told: mistake logarithm_of_the_mean
import numpy as np


def bits_per_character(text: str, probabilities: dict[str, dict[str, float]]) -> float:
    p = np.array([probabilities[a][b] for a, b in zip(text[:-1], text[1:])])
    return float(-np.log2(p.mean()))
