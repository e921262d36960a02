"""What a learner's file may not do in its box, and the two guards that see to it.

    the system   Landlock, where Linux has it (5.13 or newer): no file but Python's own and the box's folder,
                 no connection, no signal to another process, whatever code asks for it
    Python       an audit hook, on every system: the same and more, and it can name what was tried

Python cannot take an audit hook off again, but what a hook calls can be replaced. So this file runs in a
name space of its own (limits.py, `lock_for`), with its own copies of the built-in functions and of os.path,
nothing in the process keeps a reference to it, and nothing that it decides by can be switched off. Code that
reaches into memory, as numpy lets it, or that runs inside the hook, as a signal's handler does, could still
get round the hook. It does not get round Landlock.

This file needs the standard library alone.
"""

import builtins
import os
import stat
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

NOT_ALLOWED = {  # what a learner's file is told -> the audit events that mean it
    "start another process": """
        os.fork os.forkpty os.exec os.posix_spawn os.spawn os.system os.startfile
        subprocess.Popen pty.spawn _winapi.CreateProcess
    """,
    "start a thread": "_thread.start_new_thread _thread.start_joinable_thread",
    "start another interpreter": "cpython.PyInterpreterState_New",
    "use the network": """
        socket.__new__ socket.connect socket.bind socket.getaddrinfo socket.sendto socket.gethostbyname
        urllib.Request webbrowser.open sqlite3.connect
    """,
    "send a signal to a process": "os.kill os.killpg signal.pthread_kill fcntl.fcntl",
    "reach into a device": "fcntl.ioctl syslog.syslog syslog.openlog",
    "change the limits": "resource.setrlimit resource.prlimit",
    "look through the objects of this program": "gc.get_objects gc.get_referrers gc.get_referents",
    # None of these is needed for an exercise, and each could leave something that cannot be cleared away.
    "change a folder": """
        os.rename os.mkdir os.rmdir os.link os.symlink os.chmod os.chown os.utime os.chflags os.lockf
        os.setxattr os.removexattr shutil.rmtree
    """,
}
EVENTS = {event: what for what, events in NOT_ALLOWED.items() for event in events.split()}
LOOKS = ("os.listdir", "os.scandir")  # an import looks into the folders of Python's packages
REMOVES = ("os.remove", "os.truncate")
# Modules that hold the answers, or give what the rules take away if they are loaded a second time.
CLOSED = ("minirnn", "ctypes", "posix", "nt", "_signal", "_thread")
DEEP = (
    "_ctypes",
    "_posixsubprocess",
    "_posixshmem",
    "_multiprocessing",
    "_interpreters",
    "_xxsubinterpreters",
)
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
MOST_WRITES = 20  # files opened to be written; each may have limits.FILE_SIZE bytes
READABLE = ("/sys", "/proc/cpuinfo", "/proc/meminfo")
# What the C library may want, which raises no event in Python.
LIBRARIES = """
    /usr/lib /usr/lib64 /usr/local/lib /lib /lib64 /usr/share/zoneinfo
    /etc/ld.so.cache /etc/localtime /dev/urandom
"""
# The numbers of Linux: system calls (the same on every processor), prctl(2), and linux/landlock.h.
LANDLOCK_CREATE_RULESET, LANDLOCK_ADD_RULE, LANDLOCK_RESTRICT_SELF = 444, 445, 446
LANDLOCK_CREATE_RULESET_VERSION = 1  # a flag: tell the version, make nothing
LANDLOCK_RULE_PATH_BENEATH = 1
PR_SET_NO_NEW_PRIVS = 38
WRITE_FILE, READ_FILE, READ_DIR, REMOVE_FILE, MAKE_REG, TRUNCATE = (1 << bit for bit in (1, 2, 3, 5, 8, 14))
RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}  # how many rights to files a version knows; later ones know 16
NETWORK = 1 << 0 | 1 << 1  # to bind and to connect TCP, from version 4 on
SCOPES = 1 << 0 | 1 << 1  # abstract sockets and signals, from version 6 on


def closed(name: str) -> bool:
    """Whether a module of that name is not to be imported."""
    first, last = name.partition(".")[0], name.rpartition(".")[2]
    return first in CLOSED or last in DEEP or first.startswith("_test")


def lock_for(home: Path, ours: Path, tried: list[str], error: type[BaseException]) -> "Callable[[], None]":
    """A function that makes the rules hold in this process; what takes time is done before it is called.

    home: the box's folder. ours: the package minirnn. tried: gets what was refused, for the learner's file
    may catch the `error` that is raised.
    """
    path = pristine(os.path).realpath
    folder, package = path(home), path(ours)
    roots = readable(package, path)
    lstat, is_folder, separator, null = os.lstat, stat.S_ISDIR, os.sep, os.devnull
    written = 0

    def inside(place: str, top: str) -> bool:
        return place == top or place.startswith(top.rstrip(separator) + separator)

    def at_home(name: Any) -> bool:
        return type(name) in (str, bytes) and inside(path(text(name)), folder)

    def may_read(name: Any) -> bool:
        place = path(text(name))
        return not inside(place, package) and any(inside(place, root) for root in roots)

    def opening(name: Any, mode: Any, flags: Any) -> str | None:
        nonlocal written
        if type(name) is int or name is None:
            return None
        if type(name) not in (str, bytes):  # it might be called something else the next time it is asked
            return "open a file whose name is no text"
        try:
            if is_folder(lstat(path(text(name))).st_mode):  # paths could begin there that look harmless
                return f"open the folder {shown(name)}"
        except OSError:
            pass
        writing = bool(set(mode or "") & set("wax+")) or bool((flags or 0) & WRITES)
        if writing and at_home(name):
            written += 1
            return f"write more than {MOST_WRITES} files" if written > MOST_WRITES else None
        if at_home(name) or text(name) == null or (not writing and may_read(name)):
            return None
        return f"{'write' if writing else 'read'} {shown(name)}"

    def hook(event: str, args: tuple[Any, ...]) -> None:
        what = EVENTS.get(event)
        if what is None and event.startswith("ctypes."):
            what = "reach into memory"
        elif event == "open":
            what = opening(*args)
        elif event in LOOKS and not (type(args[0]) is str and (at_home(args[0]) or may_read(args[0]))):
            what = f"look into {shown(args[0])}"
        elif event in REMOVES and not at_home(args[0]):
            what = f"touch {shown(args[0])}"
        elif event == "os.chdir" and not at_home(args[0]):
            what = f"change to the folder {shown(args[0])}"
        elif event == "import" and closed(str(args[0])):
            what = f"import {args[0]}"
        if what is not None:
            tried.append(what)
            raise error(what)

    def lock() -> None:
        # What lists all folders of the path, as importlib.metadata does, must not meet one that is closed.
        sys.path[:] = [place for place in sys.path if path(place) != project_of(package)]
        landlock([*roots, *LIBRARIES.split(), os.path.join(sys.base_prefix, "lib")], package, folder)
        sys.addaudithook(hook)

    return lock


def text(name: str | bytes) -> str:
    """A path as text."""
    return name.decode("utf-8", "surrogateescape") if isinstance(name, bytes) else name


def shown(name: Any) -> str:
    """A path that fits a sentence."""
    said = text(name) if type(name) in (str, bytes) else repr(name)
    return said if len(said) < 80 else "..." + said[-77:]


def readable(package: str, path: Callable[[Any], str]) -> list[str]:
    """The folders of Python itself and of its packages."""
    paths = sysconfig.get_paths()
    python = {*sys.path, *(paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib"))}
    project = project_of(package)
    return [*(place for p in sorted(python) if p and (place := path(p)) != project), *READABLE]


def project_of(package: str) -> str:
    """The folder of a project in which the package lies with the answers, or nothing if it is installed."""
    return "" if "-packages" in os.path.dirname(package) else os.path.dirname(package)


def pristine(module: ModuleType) -> ModuleType:
    """A copy of a module written in Python, whose functions do not see what is done to the original."""
    copy = ModuleType(module.__name__)
    names: dict[str, Any] = vars(copy)
    names["__builtins__"] = dict(vars(builtins))
    exec(compile(Path(str(module.__file__)).read_text(encoding="utf-8"), "<path>", "exec"), names)
    for name in ("os", "stat", "sys"):
        if name in names:
            names[name] = SimpleNamespace(**vars(names[name]))
    return copy


def landlock_version() -> int:
    """Of the running Linux; 0 where there is none."""
    if sys.platform != "linux":
        return 0
    import ctypes

    version = ctypes.CDLL(None).syscall(
        LANDLOCK_CREATE_RULESET,
        None,
        ctypes.c_size_t(0),
        ctypes.c_uint32(LANDLOCK_CREATE_RULESET_VERSION),
    )
    return max(0, int(version))


def landlock(read: list[str], package: str, write: str) -> bool:
    """Have Linux deny this process every file but those below these folders. False where it cannot.

    What an older kernel does not know is left out.
    """
    version = landlock_version()
    if version < 1:
        return False
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    rights = (1 << RIGHTS.get(version, 16)) - 1
    handled = [rights]  # struct landlock_ruleset_attr, as far as this version has it
    handled += [NETWORK] if version >= 4 else []
    handled += [SCOPES] if version >= 6 else []
    attributes = (ctypes.c_uint64 * len(handled))(*handled)
    ruleset = libc.syscall(
        LANDLOCK_CREATE_RULESET,
        attributes,
        ctypes.c_size_t(ctypes.sizeof(attributes)),
        ctypes.c_uint32(0),
    )
    if ruleset < 0:
        return False
    change = WRITE_FILE | REMOVE_FILE | MAKE_REG | TRUNCATE

    def allow(place: str, allowed: int) -> None:
        try:
            number = os.open(place, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            return
        if not os.path.isdir(place):
            allowed &= READ_FILE | WRITE_FILE | TRUNCATE
        rule = (allowed & rights).to_bytes(8, sys.byteorder) + number.to_bytes(4, sys.byteorder)
        libc.syscall(LANDLOCK_ADD_RULE, ruleset, LANDLOCK_RULE_PATH_BENEATH, rule, ctypes.c_uint32(0))
        os.close(number)

    def allow_around(place: str) -> None:
        """All below that place but the package, should it lie there."""
        if not package.startswith(place.rstrip("/") + "/"):
            allow(place, READ_FILE | READ_DIR)
            return
        allow(place, READ_DIR)
        for name in os.listdir(place):
            if (below := os.path.join(place, name)) != package:
                allow_around(below)

    for place in read:
        allow_around(place)
    allow(write, READ_FILE | READ_DIR | change)
    allow(os.devnull, READ_FILE | WRITE_FILE)
    done: int = 1
    # Without new privileges for good, as the restriction asks for.
    if libc.prctl(PR_SET_NO_NEW_PRIVS, *map(ctypes.c_ulong, (1, 0, 0, 0))) == 0:
        done = libc.syscall(LANDLOCK_RESTRICT_SELF, ruleset, ctypes.c_uint32(0))
    os.close(ruleset)
    return done == 0
