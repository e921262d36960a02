# verdict: wrong
# what: two errors: b is added after the tanh, and the numbers are rounded to four digits.
# diagnosis: b belongs inside the tanh with all the rest; and return the full numbers, since the four digits are only how the example prints them.
# told: mistake rounded
import math


def rnn_step_lists(
    x: list[float], h: list[float], W: list[list[float]], U: list[list[float]], b: list[float]
) -> list[float]:
    answer = []
    for w_row, u_row, bias in zip(W, U, b):
        inner = 0
        for a, c in zip(w_row, h):
            inner += a * c
        for a, c in zip(u_row, x):
            inner += a * c
        answer.append(round(math.tanh(inner) + bias, 4))
    return answer
