"""Files that a crash at any moment leaves whole, and locks that a crash at any moment leaves open.

Each write goes to a temporary file in the same folder, which is flushed to the disk before it takes the
final name (the usual recipe for POSIX file systems; `os.replace` gives the same on Windows). A lock is the
system's own, on an open file: it ends with the process that holds it, however that ends. What cannot be read
or written gives one sentence.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path
from typing import BinaryIO

from minirnn.base.errors import UserError


def read_text(path: Path) -> str:
    """A text in UTF-8. Raises UserError, with one sentence, if it is not there or cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UserError(f"{path} is missing.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path} cannot be read: {error}.") from None


def write_atomic(path: Path | str, data: bytes | str) -> None:
    """Write a file so that `path` always holds either all of the old content or all of the new.

    Text is written as UTF-8 with the line ends it has. Raises UserError, leaving `path` as it was and
    no temporary file behind, when the disk is full or the file cannot be written.
    """
    path = Path(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with open(temporary, "wb") as file:
            file.write(data.encode("utf-8") if isinstance(data, str) else data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
        sync_folder(path.parent)
    except OSError as error:
        raise write_error(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_error(path: Path, error: OSError) -> UserError:
    """The sentence for a file that cannot be written."""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return UserError(
            f"The disk is full: {path} could not be written; make room, then go on (a run: with --resume)."
        )
    return UserError(f"Cannot write {path}: {error.strerror or error}; check that you may write there.")


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` survive a power cut, where the system can open a folder (not on Windows)."""
    if os.name != "posix":
        return
    # Some network file systems refuse to sync a folder; the rename itself is still atomic there.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


# What the systems say when another open file holds the lock; EACCES comes from network file systems too.
HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK, getattr(errno, "EDEADLOCK", errno.EDEADLK))


# The modules of the two systems are imported late: the page's Python has neither, and needs no locks.
def try_lock(file: BinaryIO | int) -> bool:
    """Lock an open file without waiting; False while it is locked through another open file.

    file: the file, or a descriptor, which may also be of a folder where the system allows that. The lock ends
    with `unlock` or when the file is closed, and with the process, also by SIGKILL. Raises OSError where the
    file system has no locks.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            descriptor = file if isinstance(file, int) else file.fileno()
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in HELD:
            return False
        raise
    return True


def unlock(file: BinaryIO) -> None:
    """Give back what `try_lock` took, if it took anything, and close the file."""
    with file, contextlib.suppress(OSError):
        if sys.platform == "win32":  # elsewhere closing is enough
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
