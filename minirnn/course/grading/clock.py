"""Processor time: how long a process has computed, whatever else the machine was doing meanwhile.

A limit by the clock on the wall gives other marks on a busy machine than on an idle one; a limit by processor
time does not. Each system tells it of another process in its own way, and to who started that process:

    Linux     the CPU clock of the process, as clock_getcpuclockid(3) would name it
    macOS     proc_pid_rusage, in ticks of mach_timebase_info
    Windows   GetProcessTimes, in steps of 100 ns
"""

import subprocess
import sys
import time
from functools import cache
from typing import Any


def processor_seconds(process: "subprocess.Popen[bytes]") -> float | None:
    """The processor time of a child that runs, all its threads together; None where it cannot be told."""
    try:
        return _reader()(process)
    except (OSError, AttributeError, ValueError):  # it has ended, or this system has no such clock
        return None


@cache
def _reader() -> Any:
    return {"linux": _linux, "darwin": _mac, "win32": _windows}.get(sys.platform, lambda process: None)


def _linux(process: "subprocess.Popen[bytes]") -> float:
    return time.clock_gettime(~process.pid << 3 | 2)  # MAKE_PROCESS_CPUCLOCK(pid, CPUCLOCK_SCHED)


def _mac(process: "subprocess.Popen[bytes]") -> float | None:
    import ctypes

    system = ctypes.CDLL(None)
    usage = (ctypes.c_uint64 * 64)()  # uuid (two of them), user time, system time, ...
    ratio = (ctypes.c_uint32 * 2)()
    if system.proc_pid_rusage(process.pid, 0, usage) or system.mach_timebase_info(ratio):
        return None
    return (usage[2] + usage[3]) * ratio[0] / ratio[1] / 1e9


def _windows(process: "subprocess.Popen[bytes]") -> float | None:
    import ctypes

    handle = ctypes.c_void_p(int(process._handle))  # type: ignore[attr-defined]
    times = [ctypes.c_uint64() for _ in range(4)]  # made, ended, in the kernel, in the program
    windows: Any = vars(ctypes)["windll"].kernel32
    if not windows.GetProcessTimes(handle, *map(ctypes.byref, times)):
        return None
    return (times[2].value + times[3].value) / 1e7
