"""What goes wrong when a convolution goes over the Fourier transform, and other ways to get it right."""

import numpy as np


def _ring(kernel, x, size):
    """On a ring of that size; what is longer goes round."""
    folded = np.zeros(size)
    np.add.at(folded, np.arange(len(kernel)) % size, kernel)
    moved = np.zeros((len(x), size))
    np.add.at(moved, (slice(None), np.arange(x.shape[1]) % size), x)
    return np.fft.irfft(np.fft.rfft(folded) * np.fft.rfft(moved), n=size)


def no_zeros(kernel, x):
    """You put no zeros behind. On a ring of `time` steps the tail of the answer comes in again at the
    beginning: make the ring as long as the whole convolution."""
    size = x.shape[1]
    return np.fft.irfft(np.fft.rfft(kernel, n=size) * np.fft.rfft(x, n=size), n=size)


def one_zero_too_few(kernel, x):
    """Your ring is one step too short, so the last step of the tail comes in at step 0. The whole convolution
    has length + time - 1 steps."""
    size = max(x.shape[1], len(kernel) + x.shape[1] - 2)
    return _ring(kernel, x, size)[:, : x.shape[1]]


def correlation(kernel, x):
    """You conjugate one of the transforms. That looks into the future: it is a correlation. A convolution
    multiplies them as they are."""
    size = len(kernel) + x.shape[1] - 1
    y = np.fft.irfft(np.conj(np.fft.rfft(kernel, n=size)) * np.fft.rfft(x, n=size), n=size)
    return y[:, : x.shape[1]]


def right_power_of_two(kernel, x):
    """With complex transforms of a power of two."""
    size = 1 << (len(kernel) + x.shape[1]).bit_length()
    y = np.fft.ifft(np.fft.fft(kernel, size) * np.fft.fft(x, size, axis=1), axis=1).real
    return y[:, : x.shape[1]].copy()


def right_kernel_cut(kernel, x):
    """Cuts the kernel to what can be heard."""
    time = x.shape[1]
    kernel_hat, x_hat = np.fft.rfft(kernel[:time], 2 * time), np.fft.rfft(x, 2 * time)
    return np.fft.irfft(x_hat * kernel_hat, 2 * time)[:, :time]
