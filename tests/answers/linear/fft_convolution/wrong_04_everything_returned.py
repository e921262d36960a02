# verdict: wrong
# what: Returns all length + time - 1 steps.
# diagnosis: Only the steps 0 to time - 1 are wanted: cut off the rest.
# told: The shape is (1, 5)
import numpy as np
from numpy.typing import NDArray


def fft_convolution(kernel: NDArray[np.float64], x: NDArray[np.float64]) -> NDArray[np.float64]:
    """y_t = sum over l <= t of kernel_l x_{t-l}, for each row of x.

    Args:
        kernel: the answer to one clap, real, (length,).
        x: the claps, real, (batch, time).

    Returns:
        The answers, real, (batch, time).
    """
    n = len(kernel) + x.shape[1] - 1
    return np.fft.irfft(np.fft.rfft(kernel, n) * np.fft.rfft(x, n), n)
