# verdict: right
# what: Cuts the kernel to time first and pads both by hand with zeros.
# diagnosis: none
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
    batch, time = x.shape
    k = np.zeros(2 * time)
    k[: min(time, len(kernel))] = kernel[:time]
    padded = np.concatenate([x, np.zeros((batch, time))], axis=1)
    return np.fft.irfft(np.fft.rfft(padded) * np.fft.rfft(k), 2 * time)[:, :time].copy()
