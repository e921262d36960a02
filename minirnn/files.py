"""Files that a crash at any moment leaves whole: all of the old content, or all of the new.

Each write goes to a temporary file in the same folder, which is flushed to the disk before it takes the
final name (the usual recipe for POSIX file systems; `os.replace` gives the same on Windows).
"""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from minirnn.errors import UserError


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
