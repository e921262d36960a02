# verdict: wrong
# what: Calls irfft without a length, so an odd ring comes back one step shorter.
# diagnosis: irfft must be told the length, because an odd one cannot be seen from the transform.
# told: mistake odd_size_lost
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
    n = len(kernel) + time - 1
    y = np.fft.irfft(np.fft.rfft(kernel, n) * np.fft.rfft(x, n))
    out = np.zeros(x.shape)
    m = min(time, y.shape[1])
    out[:, :m] = y[:, :m]
    return out
