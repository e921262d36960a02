"""Text as numbers: a corpus is one long sequence of token ids, cut into training and validation.

The tokens are characters or bytes (minirnn.text.vocabulary). The vocabulary of characters is that of the
whole text, validation included. This is the usual rule for these corpora: it tells the model which
characters exist, and nothing about where.

Of n tokens the first floor(0.9 n) train and the rest validate, in the order of the text. (Papers on
text8 and enwik8 cut 90/5/5 million and report the last part; here the last ten million validate.)

The texts: `pydoc` and `stdlib` come with the running Python; `shakespeare`, `text8` and `enwik8` are
fetched once, checked at each use, and kept in the user's cache folder; anything else is a path to a
file, a folder, a glob or a pipe (`-` is standard input). What minirnn itself writes, run folders and a
workspace's progress, is never part of a folder's text.
"""

import difflib
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
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from minirnn.base.errors import UsageError, UserError
from minirnn.base.wording import WORDS
from minirnn.text.download import DownloadError, fetch
from minirnn.text.paths import below, join, read_once, read_path
from minirnn.text.vocabulary import Tokens, Vocabulary, index_text, normal

__all__ = [
    "DOWNLOADS",
    "NAMES",
    "Corpus",
    "Download",
    "Tokens",
    "Vocabulary",
    "cache_folder",
    "load",
    "load_again",
    "origin",
    "read_once",
]

MINIMUM = 1_000  # tokens; less leaves a validation part too short to mean anything


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
    root: Path = Path(),
    cache_dir: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Corpus:
    """Load a corpus by name (see NAMES) or by a path to a file, a folder, a glob or a pipe.

    A name wins over a file so called: write `./pydoc` for the file. A relative path starts from `root`. In a
    folder or glob, files come in the order of their paths; left out are hidden ones, what minirnn has
    written, and for chars those that are not UTF-8 text.
    For chars, line ends become `\\n` and a byte-order mark is dropped, so that the same text has the
    same ids on every system; for bytes nothing is touched.
    cache_dir: where downloads are kept, by default the user's cache folder. progress(bytes, of bytes)
    is called while downloading. Raises UsageError for a text that cannot be used as asked and
    UserError when a download fails, each with what to do.
    """
    if tokens not in get_args(Tokens):
        raise UsageError(f"Unknown kind of tokens {tokens!r}: use chars or bytes.")
    try:
        name, description, text = _read(corpus, tokens, root, cache_dir, progress)
    except OSError as error:
        raise UsageError(
            f"Cannot read {error.filename or corpus} ({error.strerror or error}): "
            "make it readable or give another path."
        ) from error
    if not text:
        raise UsageError(f"The corpus {corpus} is empty: give one with at least {MINIMUM:,} {WORDS[tokens]}.")
    data = text.encode() if isinstance(text, str) else text
    if isinstance(text, str) and tokens == "chars":
        vocabulary, ids = index_text(text)
    else:
        vocabulary, ids = Vocabulary("bytes"), np.frombuffer(data, np.uint8).copy()  # torch wants it writable
    if len(ids) < MINIMUM:
        raise UsageError(
            f"The corpus {corpus} is too short: it has {len(ids)} {WORDS[tokens]}, "
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
    corpus: str,
    tokens: Tokens,
    root: Path,
    cache_dir: Path | None,
    progress: Callable[[int, int], None] | None,
) -> tuple[str, str, str | bytes]:
    """Name, description and content of a corpus; the content is a string whenever tokens is chars."""
    if corpus == "pydoc":
        return corpus, *_pydoc()
    if corpus == "stdlib":
        return corpus, *_stdlib()
    if corpus in DOWNLOADS:
        data = _download(DOWNLOADS[corpus], cache_dir or cache_folder(), progress)
        return (
            corpus,
            DOWNLOADS[corpus].about,
            data if tokens == "bytes" else normal(_whole_characters(data)),
        )
    if (found := read_path(corpus, tokens, root)) is None:
        raise UsageError(_unknown(corpus))
    return found


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
    for path in below(root, lambda path: path.name in left_out)[0]:
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
    return about, join(texts)


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


# -- the text of a run ---------------------------------------------------------------------------------


def origin(corpus: str, run_dir: Path) -> dict[str, Any]:
    """What the run in `run_dir` must remember of its corpus, so that `load_again` finds it, in JSON."""
    if corpus in NAMES:
        return {}
    if read_once(corpus):
        return {"once": True}
    if os.path.isabs(os.path.expanduser(corpus)):
        return {}
    # Seen from the run folder: both may move together.
    here, there = os.path.realpath(Path.cwd()), os.path.realpath(run_dir)
    try:
        return {"root": Path(os.path.relpath(here, there)).as_posix()}
    except ValueError:  # another drive of Windows
        return {"root": Path(here).as_posix()}


def load_again(
    run_dir: Path,
    stored: dict[str, Any],
    given: str | None = None,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Corpus:
    """The text of a run from what its config.json holds; the caller compares the hash.

    A relative path starts where the run was begun, seen from its folder, or where we are now: the text that
    has the right hash is taken. given: where the text is now, instead. Raises as `load` does, and UsageError
    for a text that could be read only once.
    """
    settings, about = stored["train"], stored["corpus"]
    corpus, tokens = given or settings["corpus"], settings["tokens"]
    if given is None and about.get("once"):
        raise UsageError(
            f"The text of {run_dir.name} came through a pipe, which can be read only once: save the same "
            "text in a file, and give that with --corpus."
        )
    roots = [Path()]
    if given is None and corpus not in NAMES and not os.path.isabs(os.path.expanduser(corpus)):
        # Before runs remembered it, runs/ was always where the command was given.
        begun = Path(os.path.realpath(run_dir), str(about.get("root", "../..")))
        if os.path.realpath(begun) != os.path.realpath(Path()):
            roots.insert(0, begun)
    texts: list[Corpus] = []
    for root in roots:
        try:
            texts.append(load(corpus, tokens, root=root, progress=progress))
        except UsageError:
            if root == roots[-1] and not texts:
                raise
            continue
        if texts[-1].sha256 == about.get("sha256"):
            break
    return texts[-1]


def _unknown(corpus: str) -> str:
    close = difflib.get_close_matches(corpus, NAMES, n=1)
    hint = f"did you mean {close[0]}? The" if close else "the"
    return (
        f"There is no corpus, file, folder or glob match called {corpus!r}: {hint} names are "
        f"{', '.join(NAMES)}, and a path starts from {Path.cwd()}."
    )
