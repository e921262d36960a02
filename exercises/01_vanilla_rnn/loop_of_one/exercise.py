"""The smallest recurrent network: a state of one number."""

import math


def loop_of_one(w: float, x: list[float], h0: float) -> list[float]:
    """All states h_t = tanh(w h_{t-1} + x_t), one for each number that comes in.

    w: how much of the old state enters the new one.
    x: the numbers that come in, in order; there may be none.
    h0: the state before the first of them.
    """
    # BEGIN SOLUTION
    h, states = h0, []
    for number in x:
        h = math.tanh(w * h + number)
        states.append(h)
    return states
    # END SOLUTION
