# verdict: wrong
# what: Multiplies by the conjugate, which turns the kernel round in time.
# diagnosis: With the conjugate you look into the future: multiply by the transform of the kernel itself.
# told: mistake correlation
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
    y = np.fft.irfft(np.conj(np.fft.rfft(kernel, n)) * np.fft.rfft(x, n), n)
    return y[:, :time]
