"""A causal convolution by the Fourier transform."""

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
    # BEGIN SOLUTION
    time = x.shape[-1]
    size = time + len(kernel) - 1
    y = np.fft.irfft(np.fft.rfft(kernel, n=size) * np.fft.rfft(x, n=size), n=size)
    return y[:, :time]
    # END SOLUTION
