"""Three settings of the machine below torch that make a training step faster.

`keep_freed_memory`: a step frees its activations, and the next one asks for the same sizes again. glibc
hands large freed blocks back to the system at once, and every new tensor is then paid for page by page:
on a two-core machine up to three times as long as the arithmetic of a scan. Two settings of the C library
(`mallopt(3)`) make it keep them. The process then stays as large as its largest step, and somewhat larger:
glibc looks for fitting holes with little patience.

`rounded_products`: matrix products take most of a step. Processors that multiply bfloat16 numbers do it
twice as fast: the factors are rounded to 8 significant bits, the sums stay in float32. Gradients of a
small batch are far noisier than that rounding. Measuring and sampling stay in full precision.

`Threads`: threads share each operation and wait for the last of them. Alone on the machine all cores are
best; beside a busy browser one thread can be five times as fast as two. So it tries both, again and again.
"""

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from statistics import median

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


class Threads:
    """One thread or all: whichever made the latest steps faster. It begins with one and soon tries all.

    Call `took` after each step. The number of threads can change the last digit of a sum, so a run that must
    be repeated exactly does not `vary` it. `restore` brings the number back that was set before.
    """

    TRIAL, PAUSE = 4, 200  # steps of a trial, and between two trials at first

    def __init__(self, vary: bool = True) -> None:
        self.before = torch.get_num_threads()
        self.vary = vary and self.before > 1
        self.pause, self.wait = self.PAUSE, self.TRIAL + 1
        self.times: list[float] = []  # of the steps since the last change
        self.to_beat: float | None = None  # seconds a step, while the other number is on trial
        if self.vary:
            torch.set_num_threads(1)

    def took(self, seconds: float) -> None:
        """Report the time of a step; may change the number of threads for the next."""
        if not self.vary:
            return
        self.times.append(seconds)
        # Where all cores are taken, a step with all threads can last as long as a hundred with one.
        hopeless = self.to_beat is not None and sum(self.times) > 3 * self.TRIAL * self.to_beat
        if len(self.times) < self.wait and not hopeless:
            return
        if self.to_beat is None:
            self.wait, self.to_beat = self.TRIAL + 1, self._typical()
            self._change()
        else:
            won = not hopeless and self._typical() < self.to_beat
            self.pause = self.PAUSE if won else 2 * self.pause
            self.wait, self.to_beat = self.pause, None
            if not won:
                self._change()
        self.times = []

    def restore(self) -> None:
        """Set the number of threads as it was."""
        if self.vary:
            torch.set_num_threads(self.before)

    def _typical(self) -> float:
        # Without the first step after a change, which also starts the threads.
        return median(self.times[1:][-self.TRIAL :])

    def _change(self) -> None:
        torch.set_num_threads(self.before if torch.get_num_threads() == 1 else 1)
