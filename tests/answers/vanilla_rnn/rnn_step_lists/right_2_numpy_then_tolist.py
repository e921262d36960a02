# verdict: right
# what: numpy does the products on copies, and tolist makes a plain list of the result.
# diagnosis: none
import math
import numpy as np


def rnn_step_lists(
    x: list[float], h: list[float], W: list[list[float]], U: list[list[float]], b: list[float]
) -> list[float]:
    n = len(b)
    memory = np.array(W, dtype=float).reshape(n, len(h)) @ np.array(h, dtype=float)
    seen = np.array(U, dtype=float).reshape(n, len(x)) @ np.array(x, dtype=float)
    print("memory:", memory, "input:", seen)
    return np.tanh(memory + seen + np.array(b, dtype=float)).tolist()
