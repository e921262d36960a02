# verdict: wrong
# what: tanh is taken of each part by itself and the parts are added afterwards, so a state may leave the range from -1 to 1.
# diagnosis: First add W h, U x and b, then squeeze the sum once; tanh of a sum is not the sum of the tanhs.
# told: mistake tanh_of_each_part
import numpy as np


def rnn_step(x_t: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    from_memory = np.tanh(h @ W.T)
    from_input = np.tanh(x_t @ U.T)
    return from_memory + from_input + np.tanh(b)
