# verdict: wrong
# what: Takes the last time steps of the long answer instead of the first.
# diagnosis: The answer begins at step 0: take the first `time` steps.
# told: mistake end_taken
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
    time = x.shape[1]
    n = len(kernel) + time - 1
    return np.fft.irfft(np.fft.rfft(kernel, n) * np.fft.rfft(x, n), n)[:, -time:]
