"""Text as numbers: a corpus is one long sequence of token ids, cut into training and validation.

The tokens are characters or bytes (minirnn.vocabulary). The vocabulary of characters is that of the
whole text, validation included. This is the usual rule for these corpora: it tells the model which
characters exist, and nothing about where.

Of n tokens the first floor(0.9 n) train and the rest validate, in the order of the text. (Papers on
text8 and enwik8 cut 90/5/5 million and report the last part; here the last ten million validate.)

The texts: `pydoc` and `stdlib` come with the running Python; `shakespeare`, `text8` and `enwik8` are
fetched once, checked at each use, and kept in the user's cache folder; anything else is a path to a
file, a folder or a glob.
"""

import difflib
import glob
import hashlib
import os
import platform
import sys
import sysconfig
import tokenize
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, get_args

import numpy as np
from numpy.typing import NDArray

from minirnn.download import DownloadError, fetch
from minirnn.errors import UsageError, UserError
from minirnn.vocabulary import Tokens, Vocabulary, index_text

__all__ = ["DOWNLOADS", "NAMES", "Corpus", "Download", "Tokens", "Vocabulary", "cache_folder", "load"]

UNITS = {"chars": "characters", "bytes": "bytes"}

MINIMUM = 1_000  # tokens; less leaves a validation part too short to mean anything
MAXIMUM = 2_000_000_000  # bytes; a corpus is held in memory


@dataclass(frozen=True)
class Download:
    """A public file: its address, its name in the cache, its size in bytes, its SHA-256, what it is."""

    url: str
    file: str
    size: int
    sha256: str
    about: str


DOWNLOADS = {
    "shakespeare": Download(
        "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/input.txt",
        "tinyshakespeare.txt",
        1_115_394,
        "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed",
        "tiny Shakespeare, 40,000 lines from the plays",
    ),
    "text8": Download(
        "http://mattmahoney.net/dc/text8.zip",
        "text8.zip",
        31_344_016,
        "a6640522afe85d1963ad56c05b0ede0a0c000dddc9671758a6cc09b7a38e5232",
        "text8, 100 MB of English Wikipedia (2006) in 27 characters",
    ),
    "enwik8": Download(
        "http://mattmahoney.net/dc/enwik8.zip",
        "enwik8.zip",
        36_445_475,
        "547994d9980ebed1288380d652999f38a14fe291a6247c157c3d33d4932534bc",
        "enwik8, the first 100 MB of English Wikipedia (2006) as XML, usually read as bytes",
    ),
}
NAMES = ("pydoc", "stdlib", *DOWNLOADS)


@dataclass(frozen=True)
class Corpus:
    """A text as ids. train, val: 1-D, the smallest of uint8, uint16, uint32 that holds the vocabulary.

    sha256: of the whole text as UTF-8 (chars) or of the bytes as they are (bytes), hexadecimal.
    """

    name: str
    description: str
    vocabulary: Vocabulary
    train: NDArray[Any]
    val: NDArray[Any]
    sha256: str


def load(
    corpus: str = "pydoc",
    tokens: Tokens = "chars",
    *,
    cache_dir: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Corpus:
    """Load a corpus by name (see NAMES) or by a path to a file, a folder or a glob.

    A name wins over a file so called: write `./pydoc` for the file. In a folder or glob, files come in
    the order of their paths; hidden ones are left out, and for chars those that are not UTF-8 text.
    For chars, line ends become `\\n` and a byte-order mark is dropped, so that the same text has the
    same ids on every system; for bytes nothing is touched.
    cache_dir: where downloads are kept, by default the user's cache folder. progress(bytes, of bytes)
    is called while downloading. Raises UsageError for a text that cannot be used as asked and
    UserError when a download fails, each with what to do.
    """
    if tokens not in get_args(Tokens):
        raise UsageError(f"Unknown kind of tokens {tokens!r}: use chars or bytes.")
    try:
        name, description, text = _read(corpus, tokens, cache_dir, progress)
    except OSError as error:
        raise UsageError(
            f"Cannot read {error.filename or corpus} ({error.strerror or error}): "
            "make it readable or give another path."
        ) from error
    if not text:
        raise UsageError(f"The corpus {corpus} is empty: give one with at least {MINIMUM:,} {UNITS[tokens]}.")
    data = text.encode() if isinstance(text, str) else text
    if isinstance(text, str) and tokens == "chars":
        vocabulary, ids = index_text(text)
    else:
        vocabulary, ids = Vocabulary("bytes"), np.frombuffer(data, np.uint8).copy()  # torch wants it writable
    if len(ids) < MINIMUM:
        raise UsageError(
            f"The corpus {corpus} is too short: it has {len(ids)} {UNITS[tokens]}, "
            f"and at least {MINIMUM:,} are needed to train and to validate."
        )
    cut = 9 * len(ids) // 10
    return Corpus(name, description, vocabulary, ids[:cut], ids[cut:], hashlib.sha256(data).hexdigest())


def cache_folder() -> Path:
    """Where downloads are kept: $MINIRNN_CACHE, or `minirnn` in the user's cache folder of this system."""
    if chosen := os.environ.get("MINIRNN_CACHE"):
        return Path(chosen).expanduser()
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "minirnn"


def _read(
    corpus: str, tokens: Tokens, cache_dir: Path | None, progress: Callable[[int, int], None] | None
) -> tuple[str, str, str | bytes]:
    """Name, description and content of a corpus; the content is a string whenever tokens is chars."""
    if corpus == "pydoc":
        return corpus, *_pydoc()
    if corpus == "stdlib":
        return corpus, *_stdlib()
    if corpus in DOWNLOADS:
        data = _download(DOWNLOADS[corpus], cache_dir or cache_folder(), progress)
        return corpus, DOWNLOADS[corpus].about, data if tokens == "bytes" else _whole_characters(data)
    return _from_path(corpus, tokens)


def _pydoc() -> tuple[str, str]:
    try:
        from pydoc_data.topics import topics
    except ImportError as error:
        raise UserError(
            "This Python comes without pydoc_data.topics: install the rest of its standard library, "
            "or use --corpus with a path to your own text."
        ) from error
    text = "\n\n".join(topics[key].strip("\n") for key in sorted(topics)) + "\n"
    return f"the language reference of Python {platform.python_version()} as shown by help()", text


def _stdlib() -> tuple[str, str]:
    root = Path(sysconfig.get_path("stdlib"))
    left_out = {"site-packages", "dist-packages", "test", "tests", "idle_test", "__pycache__"}
    texts = []
    for path in _below(root, lambda name: name in left_out)[0]:
        # The first part tells Python's own modules from what an installation put beside them.
        top = path.relative_to(root).parts[0].removesuffix(".py")
        if path.suffix == ".py" and top in sys.stdlib_module_names:
            with tokenize.open(path) as file:
                texts.append(file.read())
    if not texts:
        raise UserError(
            f"This Python has no source files in {root}: use --corpus pydoc, or a path to your own text."
        )
    about = f"{len(texts)} source files of Python {platform.python_version()}, without its tests"
    return about, _join(texts)


def _download(source: Download, cache: Path, progress: Callable[[int, int], None] | None) -> bytes:
    """The content of a public file. A zip stays zipped in the cache: one file to keep, one to check."""
    path = cache / source.file
    try:
        fetch(source.url, path, size=source.size, sha256=source.sha256, progress=progress)
    except DownloadError as error:
        raise DownloadError(
            f"{error} You can also fetch it by other means and put it at {path}, "
            "or go on without it: --corpus pydoc, or a path to your own text."
        ) from error
    if path.suffix != ".zip":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return archive.read(archive.namelist()[0])


def _whole_characters(data: bytes) -> str:
    """UTF-8 text of a file cut at a round number of bytes (enwik8): a last, cut character is dropped."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data":
            raise
        return data[: error.start].decode()


def _from_path(corpus: str, tokens: Tokens) -> tuple[str, str, str | bytes]:
    path = Path(os.path.expanduser(corpus))
    if corpus and path.is_file():
        _check_size([path], corpus)
        data = path.read_bytes()
        content = data if tokens == "bytes" else _as_text(data)
        if content is None:
            raise UsageError(
                f"{corpus} is not UTF-8 text (it is binary or in another encoding): "
                "save it as UTF-8, or use --tokens bytes."
            )
        return path.name, f"the file {path.name}", content
    hidden = 0
    if corpus and path.is_dir():
        name = path.resolve().name or str(path)
        files, hidden = _below(path, lambda entry: entry.startswith("."))
    else:
        name = corpus
        found = [Path(match) for match in glob.glob(os.path.expanduser(corpus), recursive=True)]
        files = sorted((match for match in found if match.is_file()), key=Path.as_posix)
        if not files:
            raise UsageError(_unknown(corpus))
    _check_size(files, corpus)
    datas = [file.read_bytes() for file in files]
    if tokens == "bytes":
        return name, f"{len(files)} files of {name}; left out: {hidden} hidden", b"".join(datas)
    texts = [text for text in map(_as_text, datas) if text is not None]
    binary = len(files) - len(texts)
    about = f"{len(texts)} text files of {name}; left out: {hidden} hidden, {binary} not UTF-8 text"
    if not texts:
        raise UsageError(f"There is no text in {corpus} ({about}): give other files, or use --tokens bytes.")
    return name, about, _join(texts)


def _unknown(corpus: str) -> str:
    close = difflib.get_close_matches(corpus, NAMES, n=1)
    hint = f"did you mean {close[0]}? The" if close else "the"
    return (
        f"There is no corpus, file, folder or glob match called {corpus!r}: {hint} names are "
        f"{', '.join(NAMES)}, and a path starts from {Path.cwd()}."
    )


def _below(root: Path, leave_out: Callable[[str], bool]) -> tuple[list[Path], int]:
    """The files below `root`, sorted the same way on every system, and how many names were left out."""

    def fail(error: OSError) -> NoReturn:
        raise error

    files, left_out = [], 0
    for folder, names, entries in os.walk(root, onerror=fail):
        left_out += sum(map(leave_out, names + entries))
        names[:] = [name for name in names if not leave_out(name)]
        files += [Path(folder, entry) for entry in entries if not leave_out(entry)]
    files = sorted((f for f in files if f.is_file()), key=lambda f: f.relative_to(root).as_posix())
    return files, left_out


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
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None


def _join(texts: list[str]) -> str:
    """One text of many; each file's last line ends before the next file's first begins."""
    return "".join(text if text.endswith("\n") or not text else text + "\n" for text in texts)
