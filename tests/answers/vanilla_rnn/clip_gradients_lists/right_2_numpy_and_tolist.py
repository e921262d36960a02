# verdict: right
# what: numpy does the arithmetic for each list and tolist makes lists of it again.
# diagnosis: none
import numpy as np
import math


def clip_gradients_lists(gradients: dict[str, list[float]], max_norm: float) -> dict[str, list[float]]:
    arrays = {name: np.array(values, dtype=np.float64) for name, values in gradients.items()}
    squares = sum((float(a @ a) for a in arrays.values()), 0.0)
    length = np.sqrt(squares)
    if length > max_norm:
        arrays = {name: a * (max_norm / length) for name, a in arrays.items()}
    return {name: a.tolist() for name, a in arrays.items()}
