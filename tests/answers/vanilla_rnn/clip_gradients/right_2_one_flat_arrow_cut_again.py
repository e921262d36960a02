# verdict: right
# what: all arrays are joined to one flat vector, scaled there, and cut into pieces of the old shapes again.
# diagnosis: none
import os
import numpy as np


def clip_gradients(gradients: dict[str, np.ndarray], max_norm: float) -> dict[str, np.ndarray]:
    pieces = [np.ravel(g).astype(np.float64) for g in gradients.values()]
    arrow = np.concatenate([np.zeros(0)] + pieces)
    norm = np.sqrt(arrow @ arrow)
    print("norm before clipping:", norm)
    if norm > max_norm:
        arrow = arrow * (max_norm / norm)
    answer, start = {}, 0
    for name, g in gradients.items():
        stop = start + np.size(g)
        answer[name] = arrow[start:stop].reshape(np.shape(g)).astype(np.asarray(g).dtype)
        start = stop
    return answer
