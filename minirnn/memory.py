"""Keep the memory that a training step frees, so that the next step finds it ready.

A step frees all its activations and the next one asks for the same sizes again. glibc hands large freed
blocks back to the system at once, and every new tensor is then paid for page by page: on a two-core
machine that took up to three times as long as the arithmetic of a scan. Two settings of the C library
(`mallopt(3)`: M_MMAP_THRESHOLD, M_TRIM_THRESHOLD) make it keep them. The process then stays as large as
its largest step, which it would be again a moment later anyway.
"""

import ctypes
import sys

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
_LARGEST = 2**31 - 1


def keep_freed_memory() -> bool:
    """Ask for it; True if the C library agreed. Does nothing where it is not glibc (macOS, Windows, musl)."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None)
    if not hasattr(libc, "gnu_get_libc_version"):
        return False
    # Older versions refuse more than 32 MiB.
    kept = libc.mallopt(_M_MMAP_THRESHOLD, 2**30) or libc.mallopt(_M_MMAP_THRESHOLD, 2**25)
    return bool(kept and libc.mallopt(_M_TRIM_THRESHOLD, _LARGEST))
