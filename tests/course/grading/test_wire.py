"""Values cross between two processes with their exact types, and nothing that crosses can do harm."""

import collections
import io
import json
import math
import pickle
import random
import tracemalloc

import numpy as np
import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from minirnn.course import wire
from minirnn.course.wire import Broken, Other, Tensor, pack, read

NUMBERS = st.one_of(
    arrays.boolean_dtypes(),
    arrays.integer_dtypes(),
    arrays.unsigned_integer_dtypes(),
    arrays.floating_dtypes(),
    arrays.complex_number_dtypes(),
    arrays.integer_dtypes(endianness=">"),
    arrays.floating_dtypes(endianness=">"),
)
SHAPES = arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=3)
ATOMS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.complex_numbers(),
    st.text(),
    st.characters(categories=["Cs"]),  # half of a pair, which is no UTF-8
    arrays.arrays(NUMBERS, SHAPES),
    arrays.arrays(arrays.floating_dtypes(sizes=(32, 64), endianness="="), 1).map(lambda a: a[0]),
)
KEYS = st.one_of(st.none(), st.integers(), st.text(), st.tuples(st.integers(), st.text()))
VALUES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(KEYS, inner, max_size=4),
    ),
    max_leaves=12,
)


def there_and_back(value):
    stream = io.BytesIO(pack(value))
    got = read(stream)
    assert stream.read() == b""
    return got


def message(text, tail=b""):
    text = text if isinstance(text, bytes) else json.dumps(text).encode()
    return len(text).to_bytes(8, "big") + len(tail).to_bytes(8, "big") + text + tail


def npy(array, **options):
    stream = io.BytesIO()
    np.lib.format.write_array(stream, array, **options)
    return stream.getvalue()


def header(fields):
    text = fields.encode("latin1").ljust(117) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text


def exactly(one, other):
    """The same types all the way down, and the same values; nan is nan, and -0.0 is not 0.0."""
    assert type(one) is type(other)
    if isinstance(one, (np.ndarray, np.generic)):
        assert one.dtype == other.dtype and one.shape == other.shape
        assert np.asarray(one).tobytes() == np.asarray(other).tobytes()
    elif isinstance(one, (list, tuple)):
        assert len(one) == len(other)
        for pair in zip(one, other, strict=True):
            exactly(*pair)
    elif isinstance(one, dict):
        exactly(list(one), list(other))
        exactly(list(one.values()), list(other.values()))
    else:
        assert repr(one) == repr(other)


@given(VALUES)
@settings(deadline=None, max_examples=200)
@example([math.nan, -math.inf, -0.0, 2**4000, "\ud800", {(1, "a"): [np.float32(0.1)]}, ()])
def test_what_crosses_comes_back_exactly(value):
    exactly(there_and_back(value), value)


@pytest.mark.parametrize(
    "array",
    {
        "no dimension": np.array(3.5),
        "empty": np.zeros((2, 0, 3), np.float32),
        "every other": np.arange(24.0).reshape(4, 6)[::2, ::-3],
        "transposed": np.arange(6).reshape(2, 3).T,
        "Fortran": np.asfortranarray(np.arange(12.0).reshape(3, 4)),
        "broadcast": np.broadcast_to(np.arange(3.0), (4, 3)),
        "big-endian": np.arange(3, dtype=">f8"),
        "complex": np.array([1 + 2j, complex(math.nan, -0.0)]),
        "half": np.array([1, 65504], np.float16),
        "long": np.array([1, 3], np.longdouble) / 3,
        "read-only": np.frombuffer(b"12345678", np.int64),
    }.items(),
    ids=lambda pair: pair[0],
)
def test_arrays_of_every_layout(array):
    got = there_and_back(array[1])
    assert type(got) is np.ndarray and got.dtype == array[1].dtype and got.shape == array[1].shape
    assert got.tolist() == array[1].tolist() or np.isnan(got).any()
    assert got.flags.writeable


def test_scalars_of_numpy_stay_scalars():
    for scalar in (np.float64(0.1), np.int8(-3), np.bool_(True), np.complex64(1j)):
        exactly(there_and_back(scalar), scalar)


def test_many_arrays_keep_their_order():
    value = {"a": [np.arange(3), np.float32(2), np.zeros(0)], "b": (np.ones((2, 2)), [np.array(7)])}
    exactly(there_and_back(value), value)


@pytest.mark.parametrize("kind", ["float32", "float64", "float16", "int64", "bool", "complex64", "uint8"])
def test_tensors_become_numbers_and_the_name_of_a_dtype(kind):
    tensor = torch.tensor([[0, 1], [1, 1]], dtype=getattr(torch, kind))
    got = there_and_back(tensor.t())
    assert type(got) is Tensor and got.dtype == kind == str(got.array.dtype)
    assert got.array.tolist() == tensor.t().tolist()


def test_tensors_that_numpy_would_refuse():
    z = torch.tensor([1 + 2j, 3 - 4j])
    cases = {
        "bfloat16": torch.tensor([1.5, -2.0], dtype=torch.bfloat16),
        "needs a gradient": torch.tensor([1.5, -2.0], requires_grad=True) * 1,
        "parameter": torch.nn.Parameter(torch.tensor([1.5, -2.0])),
        "conjugated": z.conj(),
        "minus of a view": z.conj().imag,
        "no dimension": torch.tensor(2.0),
        "empty": torch.zeros(0, 3),
    }
    assert cases["conjugated"].is_conj() and cases["minus of a view"].is_neg()
    for name, tensor in cases.items():
        got = there_and_back([tensor])[0]
        assert got.array.tolist() == tensor.tolist(), name
        assert got.dtype == str(tensor.dtype).removeprefix("torch."), name
        assert got.array.shape == tuple(tensor.shape), name


def test_a_tensor_crosses_once_more():
    got = there_and_back(there_and_back(torch.ones(2)))
    assert type(got) is Tensor and got.dtype == "float32" and got.array.tolist() == [1, 1]


class Liar(np.ndarray):
    pass


class Whole(int):
    pass


class Pair(tuple):
    __slots__ = ()


class Claims:
    __class__ = np.ndarray
    dtype = np.dtype("float64")


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (np.zeros(2).view(Liar), "Liar"),
        (np.ma.zeros(2), "MaskedArray"),
        (np.array([object()]), "array of object"),
        (np.array(["a"]), "array of <U1"),
        (np.zeros(2, [("x", "f8")]), "array of [('x', '<f8')]"),
        (np.array(["2026-01-01"], "M8[D]"), "array of datetime64[D]"),
        (Whole(3), "Whole"),
        ({1, 2}, "set"),
        (b"bytes", "bytes"),
        (range(3), "range"),
        (len, "builtin_function_or_method"),
        ((i for i in "ab"), "generator"),
        (Claims(), "Claims"),
        (torch.nn.Linear(1, 1), "Linear"),
    ],
)
def test_the_rest_crosses_as_its_name_alone(value, name):
    assert there_and_back({"inside": [value]}) == {"inside": [Other(name)]}
    assert type(there_and_back(value)) is Other


def test_a_long_name_is_cut():
    assert there_and_back(type("A" * 500, (), {})()) == Other("A" * 80)


def test_a_named_tuple_is_as_good_as_a_tuple():
    step = collections.namedtuple("step", "a b")(Pair((1, 2)), 0.5)
    got = there_and_back([step])
    assert type(got[0]) is tuple and type(got[0][0]) is tuple and got == [((1, 2), 0.5)]


def test_a_counter_is_as_good_as_a_dict():
    rows = collections.defaultdict(collections.Counter, a=collections.Counter("abba"))
    got = there_and_back(rows)
    assert type(got) is dict and type(got["a"]) is dict and got == {"a": {"a": 2, "b": 2}}


class Payload:
    ran = False

    def __reduce__(self):
        return exec, ("from tests.course.grading import test_wire; test_wire.Payload.ran = True",)


def test_nothing_is_pickled_and_nothing_is_unpickled():
    for value in (Payload(), np.array([Payload()]), [{"k": Payload()}]):
        assert b"exec" not in pack(value)
    bomb = np.array([Payload()], dtype=object)
    for tail in (npy(bomb, allow_pickle=True), pickle.dumps(Payload())):
        with pytest.raises(Broken):
            read(io.BytesIO(message({"t": "array"}, tail)))
    assert not Payload.ran


def test_too_deep_and_self_containing():
    rows, table = [], {}
    rows.append(rows)
    table["table"] = table
    deep = 0
    for _ in range(wire.DEEPEST + 2):
        deep = [deep]
    for value in (rows, table, deep, (rows,), {"a": rows}):
        with pytest.raises(Broken, match=r"^the value is nested too deeply$"):
            pack(value)
    assert there_and_back(deep[0]) == deep[0]


def test_too_large(monkeypatch):
    monkeypatch.setattr(wire, "LARGEST", 10_000)
    monkeypatch.setattr(wire, "LONGEST_TEXT", 5_000)
    with pytest.raises(Broken, match=r"^the value is larger than 256 MB$"):
        pack(np.zeros(2000))
    with pytest.raises(Broken, match=r"^the value is larger than 16 MB without its arrays$"):
        pack([0.5] * 2000)
    with pytest.raises(Broken, match=r"^a whole number in it is too long$"):
        pack([10**5000])
    exactly(there_and_back(np.zeros(1200)), np.zeros(1200))
    whole = message({"t": "list", "v": ["x" * 6_000]})
    with pytest.raises(Broken, match=r"^the message is too large$"):
        read(io.BytesIO(whole))
    with pytest.raises(Broken, match=r"^the message is too large$"):
        read(io.BytesIO(message(None, bytes(11_000))))


class Endless(io.RawIOBase):
    """A stream that says how much was asked of it."""

    def __init__(self, head):
        self.left, self.asked = head, 0

    def read(self, size=-1):
        self.asked = max(self.asked, size)
        piece, self.left = self.left[:size], self.left[size:]
        return piece


@pytest.mark.parametrize("sizes", [(2**64 - 1, 2**64 - 1), (2**62, 0), (0, 2**40), (2**27, 0), (10, 2**28)])
def test_a_claimed_size_is_not_believed(sizes):
    stream = Endless(b"".join(size.to_bytes(8, "big") for size in sizes) + b"x" * 100)
    with pytest.raises(Broken, match=r"^the message is too large$"):
        read(stream)
    assert stream.asked == 16


def test_a_stream_of_messages_ends():
    stream = io.BytesIO(pack(1) + pack("two") + pack([3.0]))
    assert [read(stream) for _ in range(4)] == [1, "two", [3.0], None]


def test_cut_off_anywhere():
    whole = pack({"value": [np.arange(5.0), "text", np.ones((2, 2))]})
    for length in range(1, len(whole)):
        with pytest.raises(Broken, match=r"^the message is cut off$"):
            read(io.BytesIO(whole[:length]))


HUGE = "{'descr': '<f8', 'fortran_order': False, 'shape': %s}"


@pytest.mark.parametrize(
    "broken",
    {
        "no JSON": message(b"passed"),
        "no text": message(b"\xff\xfe"),
        "nothing": message(b""),
        "bare list": message([1, 2]),
        "bare list inside": message({"t": "list", "v": [[1]]}),
        "no kind": message({"v": 1}),
        "unknown kind": message({"t": "code", "v": "1"}),
        "kind that is no text": message({"t": [1]}),
        "list of nothing": message({"t": "list"}),
        "dict of singles": message({"t": "dict", "v": [[1]]}),
        "key that cannot be one": message({"t": "dict", "v": [[{"t": "list", "v": []}, 1]]}),
        "array as a key": message({"t": "dict", "v": [[{"t": "array"}, 1]]}, npy(np.zeros(2))),
        "complex of three": message({"t": "complex", "v": [1, 2, 3]}),
        "complex of texts": message({"t": "complex", "v": ["1", "2"]}),
        "nested lists": message(b"[" * 100_000),
        "nested objects": message(b'{"t":"list","v":[' * 20_000 + b"]}" * 20_000),
        "number of a million digits": message(b"9" * 1_000_000),
        "no array": message({"t": "array"}),
        "half an array": message({"t": "array"}, npy(np.zeros(4))[:-1]),
        "no header": message({"t": "array"}, b"\x93NUMPY\x01\x00"),
        "other version": message({"t": "array"}, npy(np.zeros(4), version=(3, 0))),
        "other magic": message({"t": "array"}, b"PK\x03\x04" + bytes(200)),
        "array of objects": message({"t": "array"}, header(HUGE.replace("<f8", "|O") % "(1,)") + bytes(8)),
        "array of texts": message({"t": "array"}, npy(np.array(["abc"]))),
        "structured": message({"t": "array"}, npy(np.zeros(2, [("x", "f8")]))),
        "records": message({"t": "tensor", "v": "float32"}, npy(np.zeros(2, "M8[s]"))),
        "header that is code": message({"t": "array"}, header("__import__('os').abort()")),
        "header with an open bracket": message({"t": "array"}, header("{'descr': (((")),
        "header of brackets": message({"t": "array"}, header("(" * 100)),
        "gigabyte": message({"t": "array"}, header(HUGE % f"({2**27},)") + bytes(64)),
        "terabyte": message({"t": "array"}, header(HUGE % "(1000000000000,)") + bytes(64)),
        "terabyte in factors": message({"t": "array"}, header(HUGE % ("(" + "1000, " * 4 + ")")) + bytes(64)),
        "minus times minus": message({"t": "array"}, header(HUGE % "(-1, -8)") + bytes(64)),
        "less than nothing": message({"t": "array"}, header(HUGE % "(-8,)") + bytes(64)),
        "size beyond 64 bits": message({"t": "array"}, header(HUGE % f"(0, {10**30})")),
        "half a side": message({"t": "array"}, header(HUGE % "(0.5,)") + bytes(4)),
    }.items(),
    ids=lambda pair: pair[0],
)
def test_garbage_is_broken_and_makes_no_room(broken):
    tracemalloc.start()
    try:
        with pytest.raises(Broken, match=r"^the message cannot be read: \w+$"):
            read(io.BytesIO(broken[1]))
        assert tracemalloc.get_traced_memory()[1] < 10 * len(broken[1]) + 500_000
    finally:
        tracemalloc.stop()


def test_flipped_bytes_give_a_value_or_broken():
    whole = pack({"value": [np.arange(5.0), "text", 1 + 2j, (None, True)], "changed": [0]})
    rng = random.Random(0)
    broken = 0
    for _ in range(1500):
        bad = bytearray(whole)
        for _ in range(rng.randint(1, 3)):
            bad[rng.randrange(16, len(bad))] = rng.randrange(256)
        try:
            read(io.BytesIO(bytes(bad)))
        except Broken:
            broken += 1
    assert 100 < broken < 1500


@given(st.binary(max_size=200))
@settings(deadline=None, max_examples=200)
def test_random_bytes_are_broken(data):
    for stream in (message(data), message({"t": "array"}, data)):
        try:
            value = read(io.BytesIO(stream))
        except Broken:
            continue
        assert value is None or type(value) in (bool, int, float, str)


def test_a_list_of_thousands_of_numpy_scalars_is_short_and_keeps_their_types():
    row = [np.float64(0.1), np.float32(0.1), np.int64(-3), np.int32(7), np.bool_(True), np.float64("nan")]
    back = wire.read(io.BytesIO(wire.pack(row * 2000)))
    assert [type(value) for value in back[:6]] == [type(value) for value in row]
    assert back[:5] == row[:5] and np.isnan(back[5])
    assert len(wire.pack(row * 2000)) < 60 * len(row) * 2000, "an array of its own for each takes 128 bytes"
