# verdict: wrong
# what: Transforms x along the batch.
# diagnosis: Time is the last axis of x: transform along that one.
# told: nothing
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
    n = len(kernel) + time - 1
    K = np.fft.fft(kernel, n)[:batch]
    K = np.resize(np.fft.fft(kernel, n), batch)
    return np.fft.ifft(np.fft.fft(x, axis=0) * K[:, None], axis=0).real
