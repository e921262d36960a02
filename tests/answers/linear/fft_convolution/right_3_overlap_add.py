# verdict: right
# what: In blocks whose answers overlap and add up.
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
    kernel = kernel[:time]
    block = max(len(kernel), 64)
    n = 2 * block
    K = np.fft.rfft(kernel, n)
    out = np.zeros((batch, time + n))
    for start in range(0, time, block):
        piece = x[:, start : start + block]
        out[:, start : start + n] += np.fft.irfft(np.fft.rfft(piece, n) * K, n)
    return out[:, :time]
