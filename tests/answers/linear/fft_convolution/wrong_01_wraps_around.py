# verdict: wrong
# what: Transforms with length time, so that the end comes in at the beginning.
# diagnosis: Make the ring longer: fill up with zeros until nothing can come round.
# told: mistake no_zeros
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
    return np.fft.irfft(np.fft.rfft(kernel, time) * np.fft.rfft(x, time), time)
