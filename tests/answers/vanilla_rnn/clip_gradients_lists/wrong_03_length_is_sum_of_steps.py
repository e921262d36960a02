# verdict: wrong
# what: the length is taken as the sum of the absolute values, the number of steps walked, not the straight line.
# diagnosis: The arrow 3 and -4 is 5 long, not 7: take the square root of the sum of the squares.
# told: mistake sizes_added_up
import math


def clip_gradients_lists(gradients: dict[str, list[float]], max_norm: float) -> dict[str, list[float]]:
    length = 0
    for row in gradients.values():
        for value in row:
            length = length + abs(value)
    factor = 1
    if length > max_norm:
        factor = max_norm / length
    answer = {}
    for name in gradients:
        answer[name] = [factor * value for value in gradients[name]]
    return answer
