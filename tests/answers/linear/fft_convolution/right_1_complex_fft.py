# verdict: right
# what: fft and ifft on a ring of a power of two.
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
    time = x.shape[1]
    n = 2 ** int(np.ceil(np.log2(len(kernel) + time)))
    return np.real(np.fft.ifft(np.fft.fft(x, n, axis=1) * np.fft.fft(kernel, n)))[:, :time]
