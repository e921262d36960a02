"""Two settings of the machine below torch that make a training step faster.

`keep_freed_memory`: a step frees its activations, and the next one asks for the same sizes again. glibc
hands large freed blocks back to the system at once, and every new tensor is then paid for page by page:
on a two-core machine up to three times as long as the arithmetic of a scan. Two settings of the C library
(`mallopt(3)`) make it keep them. The process then stays as large as its largest step, which it would be
again a moment later anyway.

`rounded_products`: matrix products take most of a step. Processors that multiply bfloat16 numbers do it
twice as fast: the factors are rounded to 8 significant bits, the sums stay in float32. Gradients of a
small batch are far noisier than that rounding. Measuring and sampling stay in full precision.
"""

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import torch

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3


def keep_freed_memory() -> bool:
    """Ask for it; True if the C library agreed. Does nothing where it is not glibc (macOS, Windows, musl)."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None)
    if not hasattr(libc, "gnu_get_libc_version"):
        return False
    # Older versions refuse more than 32 MiB.
    kept = libc.mallopt(_M_MMAP_THRESHOLD, 2**30) or libc.mallopt(_M_MMAP_THRESHOLD, 2**25)
    return bool(kept and libc.mallopt(_M_TRIM_THRESHOLD, 2**31 - 1))


@contextmanager
def rounded_products() -> Iterator[None]:
    """Within it, float32 matrix products may round their factors, where the processor gains from it."""
    before = torch.get_float32_matmul_precision()
    torch.set_float32_matmul_precision("medium" if _multiplies_bfloat16() else before)
    try:
        yield
    finally:
        torch.set_float32_matmul_precision(before)


@cache
def _multiplies_bfloat16() -> bool:
    if torch.cuda.is_available():
        return True
    # Without such instructions torch would have to imitate them, slowly.
    capabilities: dict[str, bool] = getattr(torch.cpu, "get_capabilities", dict)()
    return bool(capabilities.get("avx512_bf16") or capabilities.get("amx_bf16"))
