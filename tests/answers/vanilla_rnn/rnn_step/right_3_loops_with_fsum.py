# verdict: right
# what: plain loops with math.fsum and math.tanh, turned into an array at the end.
# diagnosis: none
import math

import numpy as np


def rnn_step(x_t: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    def dots(row, vector):
        yield from (float(p) * float(q) for p, q in zip(row, vector))

    rows = []
    for inp, old in zip(x_t, h):
        new = []
        for w_row, u_row, push in zip(W, U, b):
            new.append(math.tanh(math.fsum([*dots(w_row, old), *dots(u_row, inp), float(push)])))
        rows.append(new)
    kind = np.result_type(x_t, h, W, U, b, np.float16)
    return np.array(rows, dtype=kind).reshape(len(x_t), len(b))
