"""Text from a path: a file, all files of a folder or a glob, or what comes through a pipe.

What minirnn itself writes, run folders and a workspace's progress, is never part of a folder's text: it would
be another text after the next training. For characters the text is UTF-8, and `vocabulary.normal` says what
becomes of its line ends.
"""

import contextlib
import glob
import os
import re
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from minirnn.base.errors import UsageError
from minirnn.base.run_folder import is_run
from minirnn.text.vocabulary import Tokens, normal

MAXIMUM = 2_000_000_000  # bytes; a corpus is held in memory
WORKSPACE = b'"minirnn workspace"'  # in the progress.json of a workspace: `check` changes it each time
# Standard input and what a shell makes of `<(...)`: even where it is a file now, it is another one next time.
STDIN = ("-", "/dev/stdin")
PIPE = re.compile(r"-|/dev/stdin|/dev/fd/\d+|/proc/(self|\d+)/fd/\d+")


def read_path(corpus: str, tokens: Tokens, root: Path) -> tuple[str, str, str | bytes] | None:
    """Name, description and content of the text at a path; None if nothing is there.

    The content is a string whenever tokens is chars. A relative path starts from `root`. Files come in the
    order of their paths. Raises UsageError for what is no text and OSError for what cannot be read.
    """
    path = root / os.path.expanduser(corpus)
    if read_once(corpus, root):
        name = "stdin" if corpus in STDIN else "pipe" if PIPE.fullmatch(corpus) else path.name
        return name, f"what came through {name}", _content(corpus, _drained(corpus, path), tokens)
    if corpus and path.is_file():
        _check_size([path], corpus)
        return path.name, f"the file {path.name}", _content(corpus, path.read_bytes(), tokens)
    left_out: list[Path] = []
    if corpus and path.is_dir():
        name = path.resolve().name or str(path)
        if not is_own(path):
            files, left_out = below(path, lambda entry: entry.name.startswith(".") or is_own(entry))
        else:
            files, left_out = [], [path]
    else:
        name = corpus
        found = [
            root / match for match in glob.glob(os.path.expanduser(corpus), root_dir=root, recursive=True)
        ]
        found = sorted((match for match in found if match.is_file()), key=Path.as_posix)
        if not found:
            return None
        own = {place: is_own(place) for match in found for place in (match, *match.parents)}
        files = [match for match in found if not any(own[place] for place in (match, *match.parents))]
        left_out = [place for place in own if own[place]]
    _check_size(files, corpus)
    datas = [file.read_bytes() for file in files]
    hidden = sum(place.name.startswith(".") for place in left_out)
    less = f"{hidden} hidden"
    if ours := len(left_out) - hidden:
        less += f", {ours} of minirnn's own"
    if tokens == "bytes":
        return name, f"{len(files)} files of {name}; left out: {less}", b"".join(datas)
    texts = [text for text in map(_as_text, datas) if text is not None]
    binary = len(files) - len(texts)
    about = f"{len(texts)} text files of {name}; left out: {less}, {binary} not UTF-8 text"
    if not texts:
        raise UsageError(f"There is no text in {corpus} ({about}): give other files, or use --tokens bytes.")
    return name, about, join(texts)


def _content(corpus: str, data: bytes, tokens: Tokens) -> str | bytes:
    content = data if tokens == "bytes" else _as_text(data)
    if content is None:
        raise UsageError(
            f"{corpus} is not UTF-8 text (it is binary or in another encoding): "
            "save it as UTF-8, or use --tokens bytes."
        )
    return content


def read_once(corpus: str, root: Path = Path()) -> bool:
    """Whether this is no text that can be read again later: standard input, a pipe, a terminal."""
    if PIPE.fullmatch(corpus):
        return True
    try:
        mode = (root / os.path.expanduser(corpus)).stat().st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)


def _drained(corpus: str, path: Path) -> bytes:
    """All that comes through, or the UsageError that it is too much."""
    if corpus in STDIN:
        if sys.stdin is None:
            raise UsageError("This process has no standard input to read a text from: give a file.")
        data = sys.stdin.buffer.read(MAXIMUM + 1)
    else:
        with open(path, "rb") as file:
            data = file.read(MAXIMUM + 1)
    if len(data) > MAXIMUM:
        raise UsageError(
            f"More than {MAXIMUM / 1e9:.0f} GB come through {corpus}, and a corpus is kept in memory: "
            "give less."
        )
    return data


def is_own(path: Path) -> bool:
    """Whether minirnn writes this file or folder and may change it any time: a run, a learner's progress."""
    if path.name == "progress.json":
        with contextlib.suppress(OSError):
            return WORKSPACE in path.read_bytes()
        return False
    return path.is_dir() and is_run(path)


def below(root: Path, leave_out: Callable[[Path], bool]) -> tuple[list[Path], list[Path]]:
    """The files below `root`, sorted the same way on every system, and the files and folders left out."""

    def fail(error: OSError) -> NoReturn:
        raise error

    files, out = [], []
    for folder, names, entries in os.walk(root, onerror=fail):
        less = {name for name in names + entries if leave_out(Path(folder, name))}
        out += [Path(folder, name) for name in less]
        names[:] = [name for name in names if name not in less]
        files += [Path(folder, entry) for entry in entries if entry not in less]
    files = sorted((f for f in files if f.is_file()), key=lambda f: f.relative_to(root).as_posix())
    return files, out


def _check_size(files: list[Path], corpus: str) -> None:
    size = sum(file.stat().st_size for file in files)
    if size > MAXIMUM:
        raise UsageError(
            f"{corpus} holds {size / 1e9:.1f} GB, and a corpus is kept in memory: "
            f"give at most {MAXIMUM / 1e9:.0f} GB."
        )


def _as_text(data: bytes) -> str | None:
    """UTF-8 text without byte-order mark and with `\\n` line ends; None for what is not text."""
    if b"\0" in data:
        return None
    try:
        return normal(data.decode())
    except UnicodeDecodeError:
        return None


def join(texts: list[str]) -> str:
    """One text of many; each file's last line ends before the next file's first begins."""
    return "".join(text if text.endswith("\n") or not text else text + "\n" for text in texts)
