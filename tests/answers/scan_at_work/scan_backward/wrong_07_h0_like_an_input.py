# verdict: wrong
# what: Returns g[0] as the gradient of h0, as if h0 were added to h[0] without the decay a[0].
# diagnosis: h0 goes through the first decay: pushing it by one pushes h[0] by a[0], so the factor a[0] is missing.
# told: mistake grad_h0_without_its_decay
import numpy as np


def scan_backward(
    a: np.ndarray, h: np.ndarray, h0: float | complex, grad: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float | complex]:
    def whole_effects():
        g = 0
        for t in range(len(a))[::-1]:
            nxt = np.conj(a[t + 1]) if t + 1 < len(a) else 0
            g = nxt * g + grad[t]
            yield g

    g = np.array(list(whole_effects()))[::-1]
    states_before = np.r_[h0, h[:-1]]
    return np.conj(states_before) * g, g, g[0]
