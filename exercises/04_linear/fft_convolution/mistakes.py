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
    """Your ring is too short for a kernel of this length, so the end of the tail comes in at step 0. The
    whole convolution has length + time - 1 steps."""
    size = max(x.shape[1], len(kernel) + x.shape[1] - 2)
    return _ring(kernel, x, size)[:, : x.shape[1]]


def correlation(kernel, x):
    """You conjugate one of the transforms. That looks into the future: it is a correlation. A convolution
    multiplies them as they are."""
    size = len(kernel) + x.shape[1] - 1
    y = np.fft.irfft(np.conj(np.fft.rfft(kernel, n=size)) * np.fft.rfft(x, n=size), n=size)
    return y[:, : x.shape[1]]


def power_of_two_for_time_alone(kernel, x):
    """You fill up with zeros to a power of two, but only as if for `x` alone. The ring must hold the tail as
    well: length + time - 1 steps, or more."""
    time = x.shape[1]
    size = 1 << (time - 1).bit_length()
    return np.fft.irfft(np.fft.rfft(kernel, size) * np.fft.rfft(x, size), size)[:, :time]


def longer_of_the_two(kernel, x):
    """Your ring is as long as the longer of the two. The tail of the answer is longer than either: make room
    for length + time - 1 steps."""
    return _ring(kernel, x, max(len(kernel), x.shape[1]))[:, : x.shape[1]]


def odd_size_lost(kernel, x):
    """You call irfft without saying the length. A transform of 6 steps has as many numbers as one of 7, so it
    takes the even one: give it `n=size`."""
    time = x.shape[1]
    size = len(kernel) + time - 1
    hat = np.fft.rfft(kernel, n=size) * np.fft.rfft(x, n=size)
    y = np.fft.irfft(hat) if hat.shape[1] > 1 else np.zeros((len(x), 0))
    answer = np.zeros(x.shape)
    answer[:, : min(time, y.shape[1])] = y[:, :time]
    return answer


def odd_size_lost_on_a_longer_ring(kernel, x):
    """Your ring is long enough, but you call irfft without saying the length. Where the length is odd it
    takes the even one below, and all steps come out wrong: give it `n=size`."""
    time = x.shape[1]
    size = len(kernel) + time
    return np.fft.irfft(np.fft.rfft(kernel, n=size) * np.fft.rfft(x, n=size))[:, :time]


def size_taken(kernel, x):
    """You take the size of complex numbers, so that negative answers become positive. The real part keeps the
    sign."""
    return np.abs(_ring(kernel, x, len(kernel) + x.shape[1])[:, : x.shape[1]])


def end_taken(kernel, x):
    """You take the last `time` steps of the whole convolution. The answer begins at step 0: take the
    first."""
    return _ring(kernel, x, len(kernel) + x.shape[1] - 1)[:, -x.shape[1] :]


def kernel_cut_in_half(kernel, x):
    """You use only the first half of the kernel. Of a kernel all steps up to `time` are heard."""
    time = x.shape[1]
    return _ring(kernel[: (time + 1) // 2], x, 2 * time)[:, :time]


def along_the_batch(kernel, x):
    """You transform along the batch. Time is the last axis of x: take `axis=-1`, which rfft does by
    itself."""
    size = len(kernel) + len(x) - 1
    kernel_hat = np.fft.rfft(kernel, n=size)[:, None]
    return np.fft.irfft(kernel_hat * np.fft.rfft(x, n=size, axis=0), n=size, axis=0)[: len(x)]


def kernel_reversed(kernel, x):
    """You turn the kernel round before you transform it. The product of the transforms does that by itself:
    the youngest weight stands first."""
    return _ring(kernel[::-1], x, len(kernel) + x.shape[1] - 1)[:, : x.shape[1]]


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
