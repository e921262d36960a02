# verdict: wrong
# what: Clips the probabilities at 1e-6 to be safe from log(0), so very improbable symbols get too few bits.
# diagnosis: The statement promises that no probability is 0; a floor under them changes the surprise at rare symbols.
# told: or keep it above that
import math

EPS = 1e-6


def bits_per_character(text: str, probabilities: dict[str, dict[str, float]]) -> float:
    bits = 0.0
    for a, b in zip(text, text[1:]):
        p = max(probabilities[a][b], EPS)
        bits += math.log2(1.0 / p)
    return bits / (len(text) - 1)
