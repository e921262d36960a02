# verdict: wrong
# what: Pads, but only to the next power of two of time.
# diagnosis: The answer has length + time - 1 steps; the ring must hold at least those that would come round.
# told: mistake power_of_two_for_time_alone
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
    n = 1 << (time - 1).bit_length()
    return np.fft.irfft(np.fft.rfft(kernel, n) * np.fft.rfft(x, n), n)[:, :time]
