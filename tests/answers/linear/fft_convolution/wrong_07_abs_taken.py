# verdict: wrong
# what: Takes the absolute value instead of the real part.
# diagnosis: The absolute value loses the sign; the answers are the real part.
# told: mistake size_taken
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
    n = len(kernel) + time
    return np.abs(np.fft.ifft(np.fft.fft(kernel, n) * np.fft.fft(x, n)))[:, :time]
