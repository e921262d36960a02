# verdict: wrong
# what: Uses only the first half of the kernel.
# diagnosis: The kernel counts up to `time` steps; you use only half of it.
# told: mistake kernel_cut_in_half
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
    kernel = kernel[: (time + 1) // 2]
    n = 2 * time
    return np.fft.irfft(np.fft.rfft(kernel, n) * np.fft.rfft(x, n), n)[:, :time]
