"""What lies in a folder or a zip, as one tree of names; a zip is a folder, and so is a zip in a zip.

Nothing is unpacked to disk, and listing reads nothing but lists. A file is read when somebody asks for it,
and never more of it than an exercise may have: a path that climbs out of the folder or a file that unpacks
to terabytes stays what it is, a name. Links are not followed. What cannot be read keeps its name and its
reason, so one bad member never hides the others.
"""

import io
import os
import re
import stat
import struct
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from minirnn.course.grading.failures import LONGEST

DEEPEST_ZIP, DEEPEST_FOLDER = 4, 100
BIGGEST_ZIP = 64_000_000  # bytes of a zip that lies in a zip
ALLOWED_ZIPS, ALLOWED_BYTES = 1000, 1_000_000_000  # of zips within one zip, whatever their depth
# What systems and tools leave behind. Nobody hands it in, and there may be thousands of files in it.
JUNK = re.compile(
    r"\..+|__macosx|__pycache__|node_modules|site-packages|venv|thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r"
    r"|\$recycle\.bin|system volume information|~\$.+",
    re.IGNORECASE,
)
LINK = "it is a link, and links are not followed"
OUTSIDE = "its path in the zip leads out of the folder"
Source = Callable[[], Path | BinaryIO]  # where a zip's bytes are


@dataclass(eq=False)
class Entry:
    """A name in the tree. path: from the top of the tree; children: of a folder or a zip, None of a file.

    problem: why it cannot be read. read: at most LONGEST + 1 bytes of a file; raises whatever zips raise.
    """

    name: str
    path: str = ""
    children: "list[Entry] | None" = None
    problem: str = ""
    read: Callable[[], bytes] = bytes
    folders: "dict[str, Entry]" = field(default_factory=dict, repr=False)  # those children that are folders

    @property
    def junk(self) -> bool:
        """Whether it is nothing that a person handed in."""
        return JUNK.fullmatch(self.name) is not None

    def add(self, child: "Entry") -> "Entry":
        """Put it below this one, which becomes a folder."""
        self.children = [] if self.children is None else self.children
        child.path = f"{self.path}/{child.name}" if self.path else child.name
        self.children.append(child)
        return child

    def folder(self, name: str) -> "Entry":
        """The folder of that name below this one; made if there is none."""
        if name not in self.folders:
            self.folders[name] = self.add(Entry(name, children=[]))
        return self.folders[name]

    def files(self) -> "Iterator[Entry]":
        """Files below, what cannot be read, and folders that are called like files. Junk is one entry."""
        waiting = [self]
        while waiting:
            entry = waiting.pop()
            if entry.children is None or entry.problem or entry.junk or entry.name.lower().endswith(".py"):
                yield entry
            waiting += reversed(entry.children or [] if not entry.junk else [])

    def content(self) -> tuple[bytes, str]:
        """(bytes, problem) of a file that may be anything."""
        if self.problem or self.children is not None:
            return b"", self.problem or "it is a folder, expected a file"
        try:
            return self.read(), ""
        except OSError as error:
            return b"", f"it cannot be read ({error.strerror or error})"
        except Exception as error:  # a bad checksum, an unknown compression, and what zlib and others raise
            return b"", f"it is broken in the zip ({error or type(error).__name__})"


@dataclass
class Allowance:
    """What the zips in one zip may still cost."""

    zips: int = ALLOWED_ZIPS
    size: int = ALLOWED_BYTES


def read_tree(place: Path) -> Entry:
    """The tree of a folder or of a zip file. A zip that cannot be read has a problem."""
    top = Entry(tidy(place.resolve().name), children=[])
    if place.is_dir():
        _list_folder(place, top, 0)
    else:
        _list_zip(top, lambda: place, 0, None)
    return top


def tidy(name: str) -> str:
    """The name as valid text: composed (macOS decomposes), and bytes that are no text written out."""
    if name.isascii():
        return name
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return unicodedata.normalize("NFC", text)


def is_zip(name: str) -> bool:
    """Whether a file is called like a zip."""
    return name.lower().endswith(".zip")


def _list_folder(place: Path, entry: Entry, depth: int) -> None:
    try:
        names = sorted(os.listdir(place))
    except OSError as error:
        entry.problem = f"it cannot be read ({error.strerror})"
        return
    for name in names:
        path, child = place / name, entry.add(Entry(tidy(name)))
        try:
            mode = path.lstat().st_mode
        except OSError as error:
            child.problem = f"it cannot be read ({error.strerror})"
            continue
        if stat.S_ISLNK(mode):
            child.problem = LINK
        elif stat.S_ISDIR(mode):
            child.children = []
            if depth >= DEEPEST_FOLDER:
                child.problem = f"it lies more than {DEEPEST_FOLDER} folders deep"
            elif not child.junk:
                _list_folder(path, child, depth + 1)
        elif not stat.S_ISREG(mode):
            child.problem = "it is not a regular file"
        elif is_zip(name) and not child.junk:
            _list_zip(child, lambda path=path: path, 0, Allowance())  # type: ignore[misc]
        else:
            child.read = lambda path=path: _start_of(path)  # type: ignore[misc]


def _start_of(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(LONGEST + 1)


@lru_cache(maxsize=4)
def _opened(source: Source) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source())
    except UnicodeDecodeError:  # one name that says it is UTF-8, and is not, would hide all the others
        where = source()
        data = bytearray(where.read_bytes() if isinstance(where, Path) else where.read())
        return zipfile.ZipFile(io.BytesIO(_without_claims(data)))


def _without_claims(data: bytearray) -> bytes:
    """The zip with no name marked as UTF-8, in its list and at the members: `member_name` finds that out."""
    end = data.rfind(b"PK\5\6")
    size, begin = struct.unpack_from("<II", data, end + 12)
    at = end - size
    shift = at - begin  # of a zip that has something in front
    while data[at : at + 4] == b"PK\1\2":
        data[at + 9] &= ~0x08
        data[shift + struct.unpack_from("<I", data, at + 42)[0] + 7] &= ~0x08
        at += 46 + sum(struct.unpack_from("<HHH", data, at + 28))
    return bytes(data)


def forget() -> None:
    """Close the zips that are still open."""
    _opened.cache_clear()


def _list_zip(entry: Entry, source: Source, depth: int, allowance: Allowance | None) -> None:
    """Put what is in the zip below `entry`, or say why that cannot be done.

    allowance: None in the zip of a whole class, where each zip of a learner has its own.
    """
    entry.children = []
    try:
        members = _opened(source).infolist()
    except Exception as error:  # whatever a file that is no zip can do to its reader
        entry.problem = f"the zip {entry.name} is broken or cut off ({error or type(error).__name__})"
        return
    for info in members:
        _add_member(entry, info, source, depth, allowance)


def _add_member(
    top: Entry, info: zipfile.ZipInfo, source: Source, depth: int, allowance: Allowance | None
) -> None:
    name = tidy(member_name(info)).replace("\\", "/")
    outside = name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:/", name) is not None
    parts = [part for part in re.sub(r"^[A-Za-z]:/", "", name).split("/") if part not in ("", ".", "..")]
    folder = top
    for part in parts[:-1][:DEEPEST_FOLDER]:
        folder = folder.folder(part)
        if folder.junk:
            return
    if not parts:
        return
    if name.endswith("/"):
        folder.folder(parts[-1])
        return
    child = folder.add(Entry(parts[-1]))
    if outside:
        child.problem = OUTSIDE
    elif stat.S_ISLNK(info.external_attr >> 16):
        child.problem = LINK
    elif info.flag_bits & 1:
        child.problem = "it is locked with a password"
    elif len(parts) > DEEPEST_FOLDER:
        child.problem = f"it lies more than {DEEPEST_FOLDER} folders deep"
    elif not is_zip(child.name) or child.junk:
        child.read = lambda: _start_of_member(source, info)
    elif depth >= DEEPEST_ZIP:
        child.problem = f"it lies more than {DEEPEST_ZIP} zips deep"
    else:
        below = allowance or Allowance()
        below.zips, below.size = below.zips - 1, below.size - info.file_size
        if min(below.zips, below.size, BIGGEST_ZIP - info.file_size) < 0:
            child.problem = "it unpacks to more than anybody hands in"
        else:
            _list_zip(child, lambda: io.BytesIO(_opened(source).read(info)), depth + 1, below)


def _start_of_member(source: Source, info: zipfile.ZipInfo) -> bytes:
    with _opened(source).open(info) as stream:
        return stream.read(LONGEST + 1)


def member_name(info: zipfile.ZipInfo) -> str:
    """The name of a zip's member. Many programs write UTF-8 without saying so, old ones code page 437."""
    extra = info.extra
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if kind == 0x7075 and size > 5:  # Info-ZIP's field for the name in UTF-8
            return extra[9 : 4 + size].decode("utf-8", "surrogateescape")
        extra = extra[4 + size :]
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename
