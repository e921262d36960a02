# verdict: wrong
# what: each state is rounded to four digits, as the example prints it, and the rounded state is even handed on.
# diagnosis: The example shows four digits for reading only; return and hand on the full numbers.
# told: mistake rounded_and_handed_on
import math


def loop_of_one(w: float, x: list[float], h0: float) -> list[float]:
    h = h0
    history = []
    for incoming in x:
        h = round(math.tanh(w * h + incoming), 4)
        history.append(h)
    return history
