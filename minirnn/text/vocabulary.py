"""A vocabulary is a bijection between symbols and the ids 0 .. V-1: text in, numbers out, and back.

With characters, the symbols are the distinct characters of a text, sorted by code point. With bytes,
they are the 256 bytes of the UTF-8 text, and no text is ever outside the vocabulary.
"""

import sys
from dataclasses import dataclass
from typing import Any, Literal, NoReturn, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from minirnn.base.errors import UsageError

Tokens = Literal["chars", "bytes"]

CHUNK = 1 << 22  # characters per step, so that the four bytes each takes meanwhile stay few


def normal(text: str) -> str:
    """Text as a vocabulary of characters gets it, a corpus and a prompt alike.

    A byte-order mark is dropped, and each line ends in LF: CR LF, CR and LF are one line end each, as in the
    text files of Python.
    """
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True)
class Vocabulary:
    """The symbols of a text and their ids.

    kind: "chars" or "bytes". symbols: for chars the characters by id, distinct and sorted by code
    point; for bytes empty, because the ids are the bytes themselves.
    Raises ValueError for anything else.
    """

    kind: Tokens
    symbols: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in get_args(Tokens):
            raise ValueError(f"a vocabulary's kind is 'chars' or 'bytes'; got {self.kind!r}")
        if self.kind == "bytes" and self.symbols:
            raise ValueError(f"a vocabulary of bytes lists no symbols; got {len(self.symbols)}")
        if self.kind == "chars" and (
            not self.symbols
            or any(not isinstance(symbol, str) or len(symbol) != 1 for symbol in self.symbols)
            or list(self.symbols) != sorted(set(self.symbols))
        ):
            raise ValueError("a vocabulary of chars needs one or more distinct single characters, sorted")

    @property
    def size(self) -> int:
        """How many ids there are."""
        return 256 if self.kind == "bytes" else len(self.symbols)

    def encode(self, text: str) -> NDArray[np.int64]:
        """The ids of `text`, int64 of shape (tokens,).

        Raises UsageError naming the first character that the vocabulary lacks.
        """
        if self.kind == "bytes":
            try:
                # surrogateescape: a command-line argument that is not UTF-8 gives back its bytes.
                data = text.encode("utf-8", "surrogateescape")
            except UnicodeEncodeError as error:
                self._lacks(text[error.start])
            return np.frombuffer(data, np.uint8).astype(np.int64)
        known = _codes("".join(self.symbols))
        codes = _codes(text)
        ids = np.minimum(np.searchsorted(known, codes), len(known) - 1)
        wrong = known[ids] != codes
        if wrong.any():
            self._lacks(text[int(wrong.argmax())])
        return ids.astype(np.int64)

    def _lacks(self, symbol: str) -> NoReturn:
        raise UsageError(
            f"The vocabulary lacks the character {symbol!a}: use only characters of the training text, "
            "or train with --tokens bytes, which covers all text."
        )

    def decode(self, ids: ArrayLike) -> str:
        """The text of `ids` (any 1-D integers); bytes that are not UTF-8 become U+FFFD.

        Raises ValueError for an id outside 0 .. size-1.
        """
        array = np.asarray(ids, np.int64).reshape(-1)
        if array.size and (array.min() < 0 or array.max() >= self.size):
            raise ValueError(
                f"ids go from {array.min()} to {array.max()}; the vocabulary has 0 to {self.size - 1}"
            )
        if self.kind == "bytes":
            return array.astype(np.uint8).tobytes().decode("utf-8", "replace")
        return _codes("".join(self.symbols))[array].tobytes().decode("utf-32-le", "surrogatepass")

    def to_dict(self) -> dict[str, Any]:
        """This vocabulary in types that JSON has."""
        return {"kind": self.kind, "symbols": list(self.symbols)}

    @classmethod
    def from_dict(cls, d: dict[str, Any]) -> "Vocabulary":
        """The vocabulary that `to_dict` gave; ValueError if it could not have."""
        if set(d) != {"kind", "symbols"} or not isinstance(d["symbols"], list | tuple):
            raise ValueError(f"a vocabulary has the keys 'kind' and 'symbols' (a list); got {sorted(d)}")
        return cls(d["kind"], tuple(d["symbols"]))


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def index_text(text: str) -> tuple[Vocabulary, NDArray[Any]]:
    """The vocabulary of characters of `text` (not empty) and its ids.

    The ids have shape (len(text),) and the smallest of uint8, uint16 and uint32 that holds them. A
    table over all code points turns text into ids, a chunk at a time: 100 MB need about 0.5 GB.
    """
    chunks = range(0, len(text), CHUNK)
    present = np.zeros(sys.maxunicode + 1, bool)
    for start in chunks:
        present[_codes(text[start : start + CHUNK])] = True
    points = np.flatnonzero(present)
    dtype = np.uint8 if len(points) <= 1 << 8 else np.uint16 if len(points) <= 1 << 16 else np.uint32
    table = np.zeros(sys.maxunicode + 1, dtype)
    table[points] = np.arange(len(points))
    ids = np.empty(len(text), dtype)
    for start in chunks:
        ids[start : start + CHUNK] = table[_codes(text[start : start + CHUNK])]
    return Vocabulary("chars", tuple(map(chr, points))), ids
