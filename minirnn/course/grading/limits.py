"""What holds in the process of a learner's file: limits of the system, closed doors, and the rules.

Memory, file size and time have limits of the system where it has them. Functions that would start a process
or leave something behind are taken away, and so is what would be the answer to the exercise. All else that
the file may not do is written in rules.py: no other process, no thread, no socket, no file outside the folder
of this run (Python's own files may be read), and no minirnn. This raises the cost of cheating; it is not a
prison. For exams run the whole grader in a container.
"""

import builtins
import contextlib
import importlib
import subprocess  # noqa: F401  # see close_doors
import sys
import threading  # noqa: F401
from collections.abc import Callable
from pathlib import Path
from typing import Any

MEMORY = 1024 * 2**20  # bytes beyond what the imports took
FILE_SIZE = 2**20
CPU_SECONDS = 300  # if the parent should be gone
DOORS = {  # functions that raise no audit event, by what the learner's file is told
    "start another process": ("fork_exec", "_fork_exec", "CreateProcess"),
    "start a thread": (
        "start_new_thread",
        "_start_new_thread",
        "start_new",
        "start_joinable_thread",
        "set_num_threads",
        "set_num_interop_threads",
    ),
    "send a signal to a process": ("pidfd_open", "pidfd_send_signal"),
    "change how another program runs": ("setpriority", "sched_setaffinity", "sched_setscheduler"),
    "make a file": ("mkfifo", "mknod", "shm_open", "SemLock"),
    "read a file": ("from_file",),
}
# The modules that have them.
HOUSES = """
    _posixsubprocess subprocess _winapi _thread threading os posix signal _signal
    _posixshmem _multiprocessing torch
"""


class Refused(BaseException):
    """Not an Exception, so that `except Exception` in the learner's file does not hide it."""


def set_limits() -> None:
    """Set the limits that this system has."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is all there is
        return
    wanted = {"RLIMIT_CORE": 0, "RLIMIT_FSIZE": FILE_SIZE, "RLIMIT_CPU": CPU_SECONDS, "RLIMIT_NOFILE": 256}
    statm = Path("/proc/self/statm")
    if statm.exists():
        wanted["RLIMIT_AS"] = int(statm.read_text().split()[0]) * resource.getpagesize() + MEMORY
    if "torch" not in sys.modules:
        wanted["RLIMIT_NPROC"] = 0  # threads count too; does not bind root
    for name, value in wanted.items():
        try:
            hard = resource.getrlimit(getattr(resource, name))[1]
            value = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(getattr(resource, name), (value, value))
        except (ValueError, OSError, AttributeError):
            continue


def die_with_parent() -> None:
    """On Linux: ask to be killed when the parent ends, however it ends."""
    if sys.platform == "linux":
        import ctypes
        import signal

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


class Closed:
    """A function that is not there for the learner, and the record that it was tried."""

    def __init__(self, what: str, tried: list[str]) -> None:
        self.what, self.tried = what, tried

    def __call__(self, *_: Any, **__: Any) -> None:
        self.tried.append(self.what)
        raise Refused(self.what)


class Finder:
    """For importlib, which raises no event: refuse what rules.py refuses, and know of no other module."""

    def __init__(self, closed: Callable[[str], bool], tried: list[str]) -> None:
        self.closed, self.tried = closed, tried

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        """As importlib wants it."""
        if self.closed(name):
            Closed(f"import {name}", self.tried)()


def close_doors(tried: list[str]) -> None:
    """Take away what would start a process or leave something behind without an audit event.

    The modules are imported here for that, and so that a library may import them later.
    """
    for name in ("_posixshmem", "_multiprocessing", "signal"):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    for name in HOUSES.split():
        module = sys.modules.get(name)
        for what, names in DOORS.items():
            for door in names:
                if module is not None and hasattr(module, door):
                    setattr(module, door, Closed(what, tried))


def lock_for(home: Path, tried: list[str]) -> Callable[[], None]:
    """A function that makes the rules hold. Nothing in this process may keep it once it was called."""
    rules = Path(__file__).with_name("rules.py")
    code = compile(rules.read_text(encoding="utf-8"), "<rules>", "exec")
    # Run twice, for the learner's file can reach the one that the finder uses, and change it. Each has
    # built-in functions of its own.
    finders: dict[str, Any] = {"__builtins__": dict(vars(builtins)), "__name__": "_rules"}
    hooks: dict[str, Any] = {"__builtins__": dict(vars(builtins)), "__name__": "_rules"}
    exec(code, finders)
    exec(code, hooks)
    rest: Callable[[], None] = hooks["lock_for"](home, rules.parents[2], tried, Refused)

    def lock() -> None:
        close_doors(tried)
        sys.meta_path.insert(0, Finder(finders["closed"], tried))
        rest()

    return lock


def forbid(names: dict[str, str]) -> None:
    """Replace functions and classes that are the answer to the exercise, such as "numpy.cumsum"."""
    for name, reason in names.items():
        place, _, last = name.rpartition(".")
        module = sys.modules.get(place)
        if module is not None and hasattr(module, last):
            setattr(module, last, _Forbidden(name, reason))


class _Forbidden:
    def __init__(self, name: str, reason: str) -> None:
        self.sentence = f"use {name}: {reason}"

    def __call__(self, *_: Any, **__: Any) -> None:
        raise Refused(self.sentence)

    def __getattr__(self, name: str) -> Any:
        raise Refused(self.__dict__["sentence"])

    def __mro_entries__(self, _: Any) -> tuple[type, ...]:
        raise Refused(self.sentence)
