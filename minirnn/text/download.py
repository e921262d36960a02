"""A download that can be trusted and interrupted: known size, known SHA-256, and it resumes.

Bytes go to `NAME.part` beside the wanted file. When the connection breaks, the next request asks
for the rest only (`Range: bytes=START-`, RFC 9110 section 14). When all bytes are there, their
SHA-256 is compared with the one we know, and only then does the file take its name, in one step
(rename). So a file with the final name was whole and right when it got that name, and because a
disk or a user may change it later, it is hashed again before each use.

A lock file beside it (`NAME.lock`, left in place) makes a second process wait instead of writing
into the same part. The system frees the lock when its holder dies, however it dies.
"""

import errno
import hashlib
import http.client
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from minirnn.base.errors import UserError
from minirnn.base.files import sync_folder, try_lock, unlock

Progress = Callable[[int, int], None]  # (bytes so far, bytes in all)

BLOCK = 1 << 18  # bytes per read, at most
TIMEOUT = 30.0  # seconds without a byte before the connection counts as lost
ATTEMPTS = 4  # tries in a row that bring nothing new before we give up
PAUSE = 0.5  # seconds before the second try, doubled at each further one
BUSY = {408, 429, 500, 502, 503, 504}  # answers that may be different a moment later


class DownloadError(UserError):
    """The network or the server did not give the file: offline, not found, or not the right bytes."""


class _Cut(Exception):
    """The connection failed; what came before is in the part file, and another try may help."""


class _Stale(Exception):
    """The part file cannot be continued; start again from its first byte."""


def fetch(url: str, path: Path, *, size: int, sha256: str, progress: Progress | None = None) -> Path:
    """Make `path` the file at `url` with this `size` (bytes) and `sha256` (hexadecimal); return `path`.

    A right file that is already there is kept and no connection is made. A part left by an earlier
    call is continued. `progress(bytes so far, size)` is called as bytes arrive, and while another
    process downloads the same file. Raises DownloadError when the network or the server fails or
    sends other bytes, and UserError when the disk fails or is full; each names what to do.
    """
    try:
        if _matches(path, size, sha256):
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(path.name + ".part")
        with _locked(path.with_name(path.name + ".lock"), lambda: _report(progress, _length(part), size)):
            if not _matches(path, size, sha256):  # another process may have brought it meanwhile
                _bring(url, part, size, sha256, progress)
                os.replace(part, path)
                sync_folder(path.parent)
    except OSError as error:
        raise _disk_error(error, path, size) from error
    return path


def _bring(url: str, part: Path, size: int, sha256: str, progress: Progress | None) -> None:
    """Fill `part` with the right bytes, over as many connections as it takes."""
    inherited = _length(part) > 0
    best = _length(part)
    failures = 0
    while True:
        try:
            if _length(part) > size:
                raise _Stale
            if _length(part) < size:
                _receive(url, part, size, progress)
            got = _hash(part)
            if got == sha256:
                return
            part.unlink()
            if not inherited:
                raise DownloadError(
                    f"{url} sent the wrong bytes and they were deleted: expected SHA-256 {sha256}, "
                    f"got {got}; the file there has changed or was altered on the way."
                )
            inherited, best = False, 0  # the old part may be the culprit: one fresh start
        except _Stale:
            part.unlink(missing_ok=True)
            inherited, failures = False, failures + 1
            reason = "it does not continue a download properly"
        except _Cut as cut:
            failures = 1 if _length(part) > best else failures + 1
            best = max(best, _length(part))
            reason = str(cut)
        if failures >= ATTEMPTS:
            raise DownloadError(
                f"Could not download {url} ({reason}; {failures} tries): check the connection."
            )
        if failures:
            time.sleep(PAUSE * 2 ** (failures - 1))


def _receive(url: str, part: Path, size: int, progress: Progress | None) -> None:
    """One connection: append the rest to `part`, or write it anew when the server sends everything."""
    start = _length(part)
    headers = {"User-Agent": "minirnn", "Accept-Encoding": "identity"}
    if start:
        headers["Range"] = f"bytes={start}-"
    try:
        response = urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=TIMEOUT)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == 416 and start:
            raise _Stale from error
        answer = f"the server answers {error.code} {error.reason}"
        if error.code in BUSY:
            raise _Cut(answer) from error
        raise DownloadError(f"Could not download {url}: {answer}.") from error
    except (OSError, http.client.HTTPException) as error:
        raise _Cut(_why(error)) from error
    with response:
        offered = response.headers.get("Content-Length")
        if response.status == 206:
            if response.headers.get("Content-Range") != f"bytes {start}-{size - 1}/{size}":
                raise _Stale
        elif offered is not None and offered != str(size):
            raise DownloadError(
                f"{url} offers {offered} bytes where {size} were expected: the file there has changed."
            )
        else:
            start = 0
        with open(part, "ab" if start else "wb") as file:
            try:
                for block in _blocks(response, size - start):
                    file.write(block)
                    start += len(block)
                    _report(progress, start, size)
            finally:
                file.flush()
                os.fsync(file.fileno())
    if start < size:
        raise _Cut(f"the connection was cut after {start} of {size} bytes")


def _blocks(response: http.client.HTTPResponse, wanted: int) -> Iterator[bytes]:
    """The body up to `wanted` bytes, network failures told apart from those of the disk."""
    while wanted > 0:
        try:
            block = response.read1(min(BLOCK, wanted))  # what has come, without waiting for more
        except (OSError, http.client.HTTPException) as error:
            raise _Cut(_why(error)) from error
        if not block:
            return
        wanted -= len(block)
        yield block


@contextmanager
def _locked(path: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock file at `path`; call `waiting` a few times a second until it is free."""
    file = open(path, "ab")  # noqa: SIM115  # unlock closes it
    try:
        while not try_lock(file):
            waiting()
            time.sleep(0.2)
        yield
    finally:
        unlock(file)


def _matches(path: Path, size: int, sha256: str) -> bool:
    return path.is_file() and path.stat().st_size == size and _hash(path) == sha256


def _hash(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _length(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _report(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)


def _why(error: Exception) -> str:
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    return str(reason) or type(reason).__name__


def _disk_error(error: OSError, path: Path, size: int) -> UserError:
    """The sentence for a failure of the disk; the part stays, so that the next call continues."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return UserError(
            f"The disk is full: {path.name} needs {size / 1e6:.0f} MB in {path.parent}; free some space "
            "there or set MINIRNN_CACHE to a folder on another disk, then run the same command again."
        )
    return UserError(
        f"Cannot keep {path.name} in {path.parent} ({error.strerror or error}): "
        "make that folder readable and writable, or set MINIRNN_CACHE to one that is."
    )
