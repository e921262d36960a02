"""One process owns a run folder at a time.

A new folder is made by `mkdir`, in which of two processes only one can succeed. Who writes into a folder, new
or old, holds the system's lock on the file LOCK in it, which ends with the process, also when that is killed.
The file means nothing by itself and stays, so that nobody can remove it from under a lock.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from minirnn.base.errors import UsageError, UserError
from minirnn.base.files import try_lock, write_error
from minirnn.base.run_folder import LOCK


class Owned(UsageError):
    """Another process trains the run."""


def own(run_dir: Path, tell: Callable[[str], None]) -> BinaryIO:
    """Own a folder that is there, until `files.unlock` gets the file that this gives, or the process ends.

    Where the file system has no locks, `tell` gets a sentence that says so, and we go on without.
    Raises Owned while somebody else owns it and UserError when one may not write there.
    """
    path = run_dir / LOCK
    try:
        file = open(path, "ab")  # noqa: SIM115  # unlock closes it
    except OSError as error:
        raise write_error(path, error) from error
    try:
        free = try_lock(file)
    except OSError as error:
        tell(
            f"This file system has no locks ({error.strerror or error}): see to it that nothing else trains "
            f"{run_dir.name} at the same time."
        )
        return file
    if not free:
        file.close()
        raise Owned(
            f"The run {run_dir.name} is being trained by another process: wait until that one ends, or "
            "choose another --run name."
        )
    return file


def make(run_dir: Path, tell: Callable[[str], None], *, next_free: bool) -> tuple[Path, BinaryIO]:
    """Make the folder of a new run and own it; gives the folder, and the file as `own` does.

    next_free: the name ends in a number, and where it is taken, the next number is tried. Without it the
    folder may be there: the caller looks at what it holds, now that nobody else can. Raises as `own` does.
    """
    try:
        run_dir.parent.mkdir(parents=True, exist_ok=True)
        while True:
            try:
                run_dir.mkdir(exist_ok=not next_free)
                return run_dir, own(run_dir, tell)
            except (FileExistsError, Owned):
                if not next_free:
                    raise
            run_dir = run_dir.with_name(re.sub(r"\d+$", lambda n: str(int(n[0]) + 1), run_dir.name))
    except OSError as error:
        raise UserError(f"Cannot make the folder {run_dir}: {error.strerror or error}.") from error
