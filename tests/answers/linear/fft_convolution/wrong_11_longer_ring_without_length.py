# verdict: wrong
# what: A ring of length + time steps, which is enough, and irfft without the length.
# diagnosis: A product of size // 2 + 1 numbers does not tell whether size was odd: give irfft n=size.
# told: mistake odd_size_lost_on_a_longer_ring
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
    size = len(kernel) + x.shape[-1]
    product = np.fft.rfft(kernel, size) * np.fft.rfft(x, size)
    return np.fft.irfft(product)[:, : x.shape[-1]]
