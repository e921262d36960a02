# verdict: wrong
# what: 1e-12 is added to the probability to avoid log(0), so no price can be more than about 27.6 and every price is slightly off.
# diagnosis: A tiny number hides the error and changes the answer; use log of the sum minus the logit, where no 0 can appear.
# told: mistake small_number_in_the_logarithm
import math


def price_of_a_guess(logits: list[float], symbol: int) -> float:
    m = max(logits)
    e = [math.exp(z - m) for z in logits]
    return -math.log(e[symbol] / sum(e) + 1e-12)
