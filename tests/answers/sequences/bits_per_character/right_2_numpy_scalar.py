# verdict: right
# what: Vectorised with numpy and returns a numpy float64 scalar; it also prints the length of the text.
# diagnosis: none
import numpy as np


def bits_per_character(text: str, probabilities: dict[str, dict[str, float]]) -> float:
    print("scoring a text of", len(text), "symbols")
    p = np.fromiter((probabilities[a][b] for a, b in zip(text, text[1:])), dtype=np.float64)
    return np.mean(-np.log2(p))
