"""One process at a time changes a workspace; the lock ends with the process that has it, however that ends.

On POSIX it is a lock of the folder itself, which leaves no file. Where a folder cannot be locked (Windows,
some network disks) it is that of a file in the system's place for temporary ones, named after the folder.
"""

import errno
import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from minirnn.base.files import try_lock

POLL_SECONDS = 0.02


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep every other process that asks for it out of this folder. Where there are no locks, do nothing."""
    descriptor = None
    for opened in (_the_folder, _beside):
        with suppress(OSError):
            descriptor = opened(folder)
            while not try_lock(descriptor):
                time.sleep(POLL_SECONDS)
            break
        if descriptor is not None:
            os.close(descriptor)
            descriptor = None
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _the_folder(folder: Path) -> int:
    if sys.platform == "win32":
        raise OSError(errno.ENOTSUP, "folders cannot be locked")
    return os.open(folder, os.O_RDONLY | os.O_CLOEXEC)


def _beside(folder: Path) -> int:
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:24]
    return os.open(Path(tempfile.gettempdir(), f"minirnn-{name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
