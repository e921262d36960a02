"""Values as bytes: how arguments and results cross between two processes that do not trust each other.

A message is a JSON text followed by arrays in numpy's own format:

    8 bytes: length of the JSON | 8 bytes: length of the arrays | JSON | array | array | ...

Numbers, strings, None and booleans stand for themselves in the JSON; everything else is an object with its
kind under "t". Nothing is ever unpickled, so reading a message cannot run code. Exact types survive: a
learner who returns a list where an array was asked for is told so. This file needs the standard library
alone and is also read by the child, so it imports nothing of ours; numpy is used only if a value needs it.
"""

import io
import json
import math
import sys
from typing import Any, BinaryIO, NamedTuple

LARGEST = 2**28  # bytes of one message
LONGEST_TEXT = 2**24  # bytes of its JSON, which needs many times that room once it is read
DEEPEST = 40  # lists in lists
SCALARS = ("<f8", "<f4", "<i8", "<i4", "|b1")  # of numpy, which stand in the JSON: a list may hold thousands


class Tensor(NamedTuple):
    """A torch tensor as the grader sees it: its numbers, and the name of its dtype, such as "float32"."""

    array: Any
    dtype: str


class Other(NamedTuple):
    """A value that cannot cross: what its type is called."""

    name: str


class Broken(ValueError):
    """A message that is not one: cut off, too large, or not in this format."""


def pack(value: Any) -> bytes:
    """A message that holds `value`. Raises Broken if it is too large or too deep."""
    arrays = io.BytesIO()
    items = _encode(value, arrays, 0)
    try:
        text = json.dumps(items).encode()
    except ValueError:
        raise Broken("a whole number in it is too long") from None
    tail = arrays.getbuffer()
    if len(text) > LONGEST_TEXT:
        raise Broken("the value is larger than 16 MB without its arrays")
    if len(text) + len(tail) > LARGEST:
        raise Broken("the value is larger than 256 MB")
    return len(text).to_bytes(8, "big") + len(tail).to_bytes(8, "big") + text + tail


def read(stream: BinaryIO) -> Any:
    """The next message's value, or None at the end of the stream. Raises Broken."""
    head = stream.read(16)
    if not head:
        return None
    if len(head) < 16:
        raise Broken("the message is cut off")
    text, tail = int.from_bytes(head[:8], "big"), int.from_bytes(head[8:], "big")
    if text > LONGEST_TEXT or text + tail > LARGEST:
        raise Broken("the message is too large")
    body = stream.read(text + tail)
    if len(body) < text + tail:
        raise Broken("the message is cut off")
    try:
        return _decode(json.loads(body[:text].decode()), io.BytesIO(body[text:]))
    except Exception as error:  # whatever a message that is made up can do to the readers of JSON and arrays
        raise Broken(f"the message cannot be read: {type(error).__name__}") from None


def _encode(value: Any, arrays: BinaryIO, depth: int) -> Any:
    if value is None or type(value) in (bool, int, float, str):
        return value
    if depth > DEEPEST:
        raise Broken("the value is nested too deeply")
    kind = type(value)
    if kind is complex:
        return {"t": "complex", "v": [value.real, value.imag]}
    if kind in (list, tuple):
        return {"t": kind.__name__, "v": [_encode(item, arrays, depth + 1) for item in value]}
    if kind is dict:
        pairs = [[_encode(k, arrays, depth + 1), _encode(v, arrays, depth + 1)] for k, v in value.items()]
        return {"t": "dict", "v": pairs}
    if isinstance(value, dict):  # Counter, defaultdict: as good as a dict
        return _encode(dict(value), arrays, depth)
    if isinstance(value, tuple) and not isinstance(value, (Tensor, Other)):  # a named one: as good as a tuple
        return _encode(tuple(value), arrays, depth)
    numpy: Any = sys.modules.get("numpy")
    torch: Any = sys.modules.get("torch")
    if isinstance(value, str) and numpy is not None and kind is numpy.str_:
        return str(value)
    if numpy is not None and (kind is numpy.ndarray or isinstance(value, numpy.generic)):
        if value.dtype.kind not in "biufc":
            return {"t": "other", "v": f"array of {value.dtype}"}
        if kind is not numpy.ndarray and value.dtype.str in SCALARS:
            return {"t": value.dtype.str, "v": value.tobytes().hex()}
        numpy.lib.format.write_array(arrays, numpy.asarray(value), allow_pickle=False)
        return {"t": "array" if kind is numpy.ndarray else "scalar"}
    if torch is not None and kind in (torch.Tensor, torch.nn.Parameter):
        plain = value.detach().cpu()
        dtype = str(plain.dtype).removeprefix("torch.")
        plain = plain.float() if dtype == "bfloat16" else plain
        plain = plain.resolve_conj().resolve_neg().numpy()
        numpy.lib.format.write_array(arrays, plain, allow_pickle=False)
        return {"t": "tensor", "v": dtype}
    if isinstance(value, Tensor):
        numpy.lib.format.write_array(arrays, value.array, allow_pickle=False)
        return {"t": "tensor", "v": value.dtype}
    return {"t": "other", "v": kind.__name__}


def _decode(item: Any, arrays: BinaryIO) -> Any:
    if not isinstance(item, dict):
        if isinstance(item, list):
            raise ValueError("a bare list")
        return item
    kind: str = item["t"]
    value: Any = item.get("v")
    if kind in ("list", "tuple"):
        items = [_decode(each, arrays) for each in value]
        return items if kind == "list" else tuple(items)
    if kind == "dict":
        return {_decode(k, arrays): _decode(v, arrays) for k, v in value}
    if kind == "complex":
        return complex(*value)
    if kind == "other":
        return Other(str(value)[:80])
    if kind in SCALARS:
        import numpy

        (number,) = numpy.frombuffer(bytes.fromhex(value), kind)
        return number
    if kind in ("array", "scalar", "tensor"):
        array = _read_array(arrays)
        if kind == "tensor":
            return Tensor(array, str(value))
        return array if kind == "array" else array[()]
    raise ValueError(f"unknown kind {kind!r}")


def _read_array(arrays: BinaryIO) -> Any:
    import numpy

    if numpy.lib.format.read_magic(arrays) != (1, 0):
        raise ValueError("not an array of ours")
    shape, by_columns, dtype = numpy.lib.format.read_array_header_1_0(arrays)
    size, begin = math.prod(shape) * dtype.itemsize, arrays.tell()
    if dtype.kind not in "biufc" or size > arrays.seek(0, io.SEEK_END) - begin:
        raise ValueError("not an array of numbers that is there")  # before numpy makes room for it
    arrays.seek(begin)
    return numpy.ndarray(shape, dtype, arrays.read(size), order="F" if by_columns else "C").copy("K")
