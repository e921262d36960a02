"""The sentences that a learner reads: every check passes what is right and says exactly what is wrong."""

import math
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest

from minirnn.course import checks
from minirnn.course.checks import (
    Wrong,
    as_python,
    close,
    equal,
    finite,
    kind,
    points,
    same_dtype,
    same_shape,
    same_type,
    shown,
    true,
    unchanged,
)
from minirnn.course.wire import Other, Tensor

NAN, INF = math.nan, math.inf


def said(check, *args, **options):
    """What the check says, and the table if there is one."""
    with pytest.raises(Wrong) as caught:
        check(*args, **options)
    wrong = caught.value
    assert (wrong.kind, wrong.where, str(wrong)) == ("wrong", "", wrong.message)
    return (wrong.message, wrong.table) if wrong.table else wrong.message


def tensor(values, dtype="float32"):
    return Tensor(np.array(values, dtype), dtype)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (np.zeros(2), "array"),
        (np.float32(1), "float"),
        (np.uint8(1), "int"),
        (np.bool_(True), "bool"),
        (np.complex128(1), "complex"),
        (tensor([1]), "tensor"),
        (True, "bool"),
        (1, "int"),
        (1.0, "float"),
        (1j, "complex"),
        (None, "None"),
        ([], "list"),
        ((), "tuple"),
        ({}, "dict"),
        ("", "str"),
        (Other("generator"), "generator"),
    ],
)
def test_what_a_type_is_called(value, name):
    assert kind(value) == name
    if value is not None and not isinstance(value, Other):
        same_type(value, name)


def test_same_type():
    same_type(2, "float")
    assert said(same_type, [1.0], "array") == "Your function returned a list, expected an array."
    assert said(same_type, np.zeros(1), "list") == "Your function returned an array, expected a list."
    assert said(same_type, True, "int") == "Your function returned a bool, expected an int."
    assert said(same_type, 1.0, "int") == "Your function returned a float, expected an int."
    assert said(same_type, tensor([1]), "tuple") == "Your function returned a tensor, expected a tuple."
    assert said(same_type, Other("matrix"), "array") == "Your function returned a matrix, expected an array."
    missing = "Your function returned nothing (None), expected a dict: is a return missing?"
    assert said(same_type, None, "dict") == missing


@pytest.mark.parametrize("name", ["array", "float", "tensor", "list"])
def test_a_class_that_only_has_the_name(name):
    message = f"Your function returned a value of a class that is only called {name}."
    assert said(same_type, Other(name), name) == message


def test_same_shape():
    same_shape(np.zeros((2, 3)), (2, 3))
    same_shape(tensor([[1, 2]]), (1, 2))
    same_shape(np.float64(1), ())
    assert said(same_shape, np.zeros((3, 2)), (2, 3)) == "The shape is (3, 2), expected (2, 3)."
    got = said(same_shape, np.zeros((3, 2)), (2, 3), "(batch, dim)")
    assert got == "The shape is (3, 2), expected (2, 3) = (batch, dim)."
    assert said(same_shape, [1.0], (1,)) == "Your function returned a list, expected an array."
    assert said(same_shape, None, (1,)) == "Your function returned nothing, expected an array."
    assert said(same_shape, Other("ndarray"), (1,)) == "Your function returned a ndarray, expected an array."


def test_same_dtype():
    same_dtype(np.zeros(2), "float64")
    same_dtype(tensor([1.0]), "float32")
    same_dtype(Tensor(np.zeros(1, np.float32), "bfloat16"), "bfloat16")
    assert said(same_dtype, np.zeros(2, int), "float64") == "The dtype is int64, expected float64."
    assert said(same_dtype, tensor([1.0]), "float64") == "The dtype is float32, expected float64."
    got = said(same_dtype, Tensor(np.zeros(1, np.float32), "bfloat16"), "float32")
    assert got == "The dtype is bfloat16, expected float32."
    assert said(same_dtype, 1.0, "float64") == "Your function returned a float, expected an array."


def test_finite():
    for value in (1.5, 10**400, [1, [2.0]], np.zeros((2, 3)), tensor([1.0]), np.array([1e308 + 1e308j]), []):
        finite(value)
    assert said(finite, NAN) == "There is nan at the only place: every number must be finite."
    assert said(finite, [1.0, [2.0, -INF]]) == "There is -inf at [1, 1]: every number must be finite."
    x = np.array([[1.0, 2], [NAN, INF]])
    assert said(finite, x) == "There is nan at [1, 0]: every number must be finite."
    assert said(finite, tensor([1, INF])) == "There is inf at [1]: every number must be finite."
    assert said(finite, np.array([complex(0, NAN)])).startswith("There is nanj at [0]")
    assert said(finite, [1.0, None]) == "There is nothing where a number was expected."
    assert said(finite, {"a": 1.0}) == "There is a dict where a number was expected."


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (1.0, 1.0),
        (1, 1.0),
        ([1.0, 2.0], (1.0, 2.0)),
        (np.array([1.0, 2.0]), [1.0, 2.0]),
        ([[1.0], [2.0]], np.array([[1.0], [2.0]])),
        ([np.array([1.0]), np.array([2.0])], [[1.0], [2.0]]),
        (tensor([1.0, 2.0]), [1.0, 2.0]),
        ([tensor([1.0])], [tensor([1.0])]),
        (tensor([1.0]), tensor([1.0], "float64")),
        (np.array(3.0), 3.0),
        (INF, INF),
        ([-INF, 1.0], [-INF, 1.0]),
        ([], []),
        (np.zeros((0, 3)), np.zeros((0, 3))),
        (10**400, 10**400),
        (np.array([1 + 1j]), [1 + 1j]),
        (True, 1.0),
    ],
)
def test_close_is_content(got, expected):
    close(got, expected)
    close(got, expected, 1e-15)


def test_the_tolerance_grows_with_the_number():
    close(1.0 + 1.9e-9, 1.0)
    close(0.9e-9, 0.0)
    close(1001.0, 1000.0, 1e-3)
    close(-1000.0 - 1.0, -1000.0, 1e-3)
    close(2.0, 1.0, 0.5)  # exactly at the limit
    assert said(close, 1.0 + 2.1e-9, 1.0) == "The output is 1.0000000021, expected 1."
    assert said(close, 1.1e-9, 0.0) == "The output is 1.1e-09, expected 0."
    assert said(close, 1001.1, 1000.0, 1e-3) == "The output is 1001.1, expected 1000."
    assert said(close, 2.0 + 1e-9, 1.0, 0.5) == "The output is 2, expected 1."
    assert said(close, 1.0, 1 + 1.5j, 0.1) == "The output is 1, expected 1+1.5i."


def test_close_names_the_place():
    assert said(close, 2.0, 1.0, what="the mean") == "The mean is 2, expected 1."
    assert said(close, [1.0, 5.0, 6.0], [1.0, 2.0, 3.0]) == "The output is 5 at [1], expected 2."
    got = said(close, np.array([[1.0, 2], [3, 4]]), [[1.0, 2], [3, 5]], what="dW")
    assert got == "dW is 4 at [1, 1], expected 5."
    assert said(close, tensor([0.5]), [0.25], what="y") == "y is 0.5 at [0], expected 0.25."
    got = said(close, np.array([1 + 2j]), [1 - 2j], what="Lambda")
    assert got == "Lambda is 1+2i at [0], expected 1-2i."
    assert said(close, np.array([True, False]), [True, True]) == "The output is False at [1], expected True."


@pytest.mark.parametrize("got", [NAN, INF, -INF])
def test_close_is_never_content_with_nan_and_infinity(got):
    assert said(close, got, 1.0) == f"The output is {got}, expected 1."
    assert said(close, np.array([1.0, got]), [1.0, 2.0]) == f"The output is {got} at [1], expected 2."
    assert said(close, got, 1.0, 1e300) == f"The output is {got}, expected 1."


def test_close_when_infinity_is_right():
    for got in (1.0, 1e308, -INF, NAN):
        assert said(close, [got], [INF], 10.0) == f"The output is {got:.6g} at [0], expected inf."


def test_close_with_very_large_numbers():
    large = f"1{'0' * 29} ..."
    assert said(close, 10**400, 1.0) == f"The output is {large}, expected 1."
    ends = f"1{'0' * 14} ... {'0' * 15}", f"1{'0' * 14} ... {'0' * 14}1"
    assert said(close, 10**400, 10**400 + 1) == f"The output is {ends[0]}, expected {ends[1]}."
    assert said(close, 1.0, 10**400) == f"The output is 1, expected {large}."
    assert (
        said(close, 1e308 + 1e308j, -1e308 - 1e308j)
        == "The output is 1e+308+1e+308i, expected -1e+308-1e+308i."
    )


def test_numbers_of_numpy_neither_wrap_around_nor_warn():
    least = np.iinfo(np.int64).min
    assert said(close, np.array([least]), np.array([0])) == f"The output is {least} at [0], expected 0."
    assert said(close, np.array([0], np.uint8), [256]) == "The output is 0 at [0], expected 256."
    assert said(close, np.array([255], np.uint8), np.array([0], np.uint8)).endswith(
        "is 255 at [0], expected 0."
    )
    assert said(close, np.array([-INF]), np.array([INF])) == "The output is -inf at [0], expected inf."
    assert said(close, np.float32(2), np.float64(1)) == "The output is 2, expected 1."
    close(np.array([0.1], np.float32), [0.1], 1e-7)


def test_close_compares_shapes_first():
    assert said(close, [1.0], [1.0, 2.0], what="h") == "h has the shape (1,), expected (2,)."
    assert said(close, 1.0, [1.0]) == "The output has the shape (), expected (1,)."
    assert said(close, [[1.0]], [1.0]) == "The output has the shape (1, 1), expected (1,)."
    assert said(close, [], [[]]) == "The output has the shape (0,), expected (1, 0)."
    assert said(close, tensor([1, 2]), [1.0]) == "The output has the shape (2,), expected (1,)."
    ragged = "The lists inside your result have different lengths."
    assert said(close, [[1.0], [1.0, 2.0]], [[1.0, 0.0], [1.0, 2.0]]) == ragged
    assert said(close, [1.0, [2.0]], [1.0, 2.0]) == ragged


@pytest.mark.parametrize(
    ("got", "noun"),
    [
        (None, "nothing"),
        ("2.0", "a str"),
        ({"a": 1.0}, "a dict"),
        (Other("generator"), "a generator"),
        ([1.0, None], "nothing"),
        ([[1.0], ["a"]], "a str"),
        ((1.0, Other("object")), "an object"),
    ],
)
def test_close_wants_numbers(got, noun):
    assert said(close, got, [1.0, 2.0]) == f"There is {noun} where a number was expected."


HEAD = ["t", "expected", "yours"]


def test_the_table_begins_before_the_first_step_that_differs():
    right = [float(t) for t in range(8)]
    message, table = said(close, [0, 1, 2, 3, -1.25, 5, 6, 9.0], right, time=0, what="h")
    assert message == "h first differs at step t = 4."
    assert table == [HEAD, ["3", "3", "3"], ["4", "4", "-1.25"], ["5", "5", "5"], ["6", "6", "6"]]


def test_the_table_at_both_ends():
    message, table = said(close, [9.0, 1.0], [0.5, 1.0], time=0)
    assert message == "The output first differs at the very first step."
    assert table == [HEAD, ["0", "0.5", "9"], ["1", "1", "1"]]
    message, table = said(close, [0.0, 1.0, 7.0], [0.0, 1.0, 2.0], time=0)
    assert message == "The output first differs at step t = 2."
    assert table == [HEAD, ["1", "1", "1"], ["2", "2", "7"]]


def test_the_table_of_a_batch_shows_the_row_that_differs_first_in_time():
    right = np.arange(24.0).reshape(2, 4, 3)  # (batch, time, dim)
    got = right.copy()
    got[0, 3, 0] = -1
    got[1, 2, 1:] = NAN
    message, table = said(close, got, right, time=1, what="the states")
    assert message == "The states first differs at step t = 2 (shown: [1, 2, 1])."
    assert table == [HEAD, ["1", "16", "16"], ["2", "19", "nan"], ["3", "22", "22"]]
    assert said(close, got.tolist(), right.tolist(), time=1, what="the states") == (message, table)
    assert said(close, Tensor(got, "float64"), right, time=1, what="the states") == (message, table)


def test_time_may_be_counted_from_the_end():
    right = np.zeros((2, 3))
    got = right.copy()
    got[1, 2] = 1
    assert said(close, got, right, time=-1) == said(close, got, right, time=1)


def test_only_the_first_steps():
    right = np.zeros((2, 5))
    got = right.copy()
    got[1, 3] = 1
    close(got, right, time=1, steps=3)
    assert said(close, got, right, time=1, steps=4)[0].startswith("The output first differs at step t = 3")
    assert (
        said(close, got[:, :4], right, time=1, steps=3) == "The output has the shape (2, 4), expected (2, 5)."
    )


def test_close_tells_how_far_off_it_was():
    with checks.measured() as ratios:
        close([1.0, 1.0 + 1e-9], [1.0, 1.0])
        with checks.measured() as inner:
            close([2.0], [2.0])
        close([], [])
        said(close, [3.0, 1.0], [1.0, 1.0], 0.1)
        said(close, NAN, 1.0)
    close([2.0], [2.0])
    assert inner == [0.0] and len(ratios) == 4
    assert ratios[0] == pytest.approx(0.5) and ratios[1] == 0
    assert ratios[2] == pytest.approx(10) and ratios[3] == INF


def test_equal_is_exact():
    for value in (3, "abc", [1, "a"], (1, 2), {"a": {"b": 1}}, True, None, 2.5, [], {}):
        equal(value, value)
    assert said(equal, 4, 3) == "The result is 4, expected 3."
    assert said(equal, "ab", "abc") == "The result has length 2, expected 3."
    assert said(equal, "axc", "abc", "the text") == "The text has 'x' at position 1, expected 'b'."
    assert said(equal, [1, 2, 4], [1, 2, 3]) == "The result has 4 at position 2, expected 3."
    assert said(equal, [1, 2, 3], [1, 2]) == "The result has length 3, expected 2."
    assert said(equal, [1, 2.0], [1, 2]) == "The result has 2.0 at position 1, expected 2."
    assert said(equal, (1, True), (1, 1)) == "The result has True at position 1, expected 1."


def test_equal_wants_the_type():
    assert said(equal, 3.0, 3) == "The result is a float, expected an int."
    assert said(equal, [1], (1,), "the pair") == "The pair is a list, expected a tuple."
    assert said(equal, None, {}) == "The result is nothing, expected a dict."
    assert said(equal, True, 1) == "The result is a bool, expected an int."
    assert said(equal, Other("Counter"), {}) == "The result is a Counter, expected a dict."
    assert said(equal, np.float64(3), 3) == "The result is a float, expected an int."


def test_scalars_of_numpy_are_as_good_as_numbers_of_python():
    equal(np.int64(3), 3)
    equal(np.float64(0.5), 0.5)
    equal([np.int8(1), (np.uint64(2), np.str_("b"))], [1, (2, "b")])
    equal({np.int64(1): {np.str_("a"): np.float32(0.5)}}, {1: {"a": 0.5}})
    equal(np.bool_(True), True)
    assert said(equal, np.bool_(True), 1) == "The result is a bool, expected an int."
    assert said(equal, [np.bool_(True)], [1]) == "The result has True at position 0, expected 1."
    assert said(equal, [np.int64(2)], [1]) == "The result has 2 at position 0, expected 1."
    assert said(equal, [np.float64(1)], [1]) == "The result has 1.0 at position 0, expected 1."
    assert said(equal, np.zeros(2), [0, 0]) == "The result is an array, expected a list."


def test_a_whole_number_does_for_a_float_and_not_the_other_way_round():
    equal(2, 2.0)
    equal({"a": [1, 2.5]}, {"a": [1.0, 2.5]})
    assert said(equal, True, 1.0) == "The result is a bool, expected a float."
    assert said(equal, {"a": [1.0]}, {"a": [1]}) == "The result holds [1.0] for 'a', expected [1]."
    assert said(equal, {"a": {"b": True}}, {"a": {"b": 1}}).startswith("The result holds {'b': True} for 'a'")


def test_equal_names_a_list_or_tuple_in_the_place_of_the_other():
    assert said(equal, [[1, 2]], [(1, 2)]) == "The result has a list at position 0, expected a tuple."
    assert said(equal, {"a": (1,)}, {"a": [1]}) == "The result holds a tuple for 'a', expected a list."
    assert said(equal, [None], [[1]]) == "The result has nothing at position 0, expected a list."
    assert said(equal, [Other("range")], [[1]]) == "The result has a range at position 0, expected a list."
    assert said(same_type, (1,), "list") == "Your function returned a tuple, expected a list."
    assert said(equal, [[1, (2,)]], [[1, [2]]]).startswith("The result has [1, (2,)] at position 0, expected")


def test_equal_shows_where_two_long_values_differ():
    one, other = "a" * 200 + "b" + "a" * 50, "a" * 200 + "c" + "a" * 50
    message = said(equal, [one], [other])
    assert "aaab" in message and "aaac" in message and len(message) < 250
    message = said(equal, {"k": list(range(100))}, {"k": [*range(99), 7]})
    assert "98, 99]" in message and "98, 7]" in message


@pytest.mark.parametrize(
    ("got", "expected", "texts"),
    [
        (0.4257574, 0.4257571, ("0.4257574", "0.4257571")),
        (0.1 + 0.2, 0.3, ("0.30000000000000004", "0.29999999999999999")),
        (1, 1 + 1e-8, ("1", "1.00000001")),
        (1 + 1e-7j, 1 + 2e-7j, ("1+1e-07i", "1+2e-07i")),
        (1 + 1j, 1.0000001 + 1j, ("1+1i", "1.0000001+1i")),
        (Fraction(1, 3), 0.3333, ("0.333333", "0.3333")),
    ],
)
def test_two_numbers_are_shown_with_as_many_digits_as_differ(got, expected, texts):
    assert said(close, expected, got, 1e-19) == f"The output is {texts[1]}, expected {texts[0]}."
    _, table = said(close, [0.5, expected], [0.5, got], 1e-19, time=0)
    assert table[1:] == [["0", "0.5", "0.5"], ["1", *texts]]


def test_rows_that_are_near_enough_look_the_same():
    _, table = said(close, [1.0 + 1e-9, 2.0], [1.0, 1.0], 1e-8, time=0)
    assert table[1:] == [["0", "1", "1"], ["1", "1", "2"]]


def test_numbers_of_more_bits_than_python_has():
    for value in (np.longdouble("0.1"), np.array(np.longdouble("0.1")), [np.longdouble("0.1")]):
        close(value, [0.1] if isinstance(value, list) else 0.1, 1e-15)
    close(np.array([1, 2], np.clongdouble), [1, 2])
    with checks.measured() as ratios:
        assert said(close, np.longdouble(2), 1.0) == "The output is 2, expected 1."
        said(close, np.array([np.longdouble("1e4000")]), [1.0])
    assert [type(ratio) for ratio in ratios] == [float, float]
    assert kind(np.longdouble(1)) == "float" and kind(np.longlong(1)) == "int" and kind(np.str_("a")) == "str"
    assert type(as_python([np.longdouble(1)])[0]) is float


def test_as_python_leaves_what_is_no_scalar():
    kept = [np.zeros(2), tensor([1]), Other("range"), None, "a"]
    assert all(one is other for one, other in zip(as_python(kept), kept, strict=True))
    got = as_python({np.int8(1): (np.float32(0.5), [np.bool_(False)])})
    assert got == {1: (0.5, [False])} and [type(key) for key in got] == [int]
    assert [type(v) for v in got[1]] == [float, list] and type(got[1][1][0]) is bool


def test_equal_in_a_dict():
    right = {"a": {"n": 2}, "b": {"a": 1}}
    message = "The counts lacks the key 'b' (expected value {'a': 1})."
    assert said(equal, {"a": {"n": 2}}, right, "the counts") == message
    message = "The result holds the key 'c', which should not be there."
    assert said(equal, right | {"c": {}}, right) == message
    message = "The result holds {'n': 3} for 'a', expected {'n': 2}."
    assert said(equal, right | {"a": {"n": 3}}, right) == message


def test_long_values_are_cut():
    message = said(equal, ["x" * 500], ["y" * 500])
    assert message == f"The result has 'xxxxx{'x' * 74} at position 0, expected 'yyyyy{'y' * 74}."
    assert len(said(equal, {"a": "x" * 500}, {"a": "y" * 500})) < 250


def test_true():
    true(True, "never read")
    assert said(true, False, "No state may grow.") == "No state may grow."
    assert said(true, np.bool_(False), "No state may grow.") == "No state may grow."


def test_unchanged():
    unchanged(SimpleNamespace(changed=[]))
    got = said(unchanged, SimpleNamespace(changed=[1]))
    assert got == "Your function changed its argument number 2 in place: work on a copy."
    got = said(unchanged, SimpleNamespace(changed=[0, 2]))
    assert got == "Your function changed its argument number 1, 3 in place: work on a copy."


def test_points_mark_a_rung_and_leave_it_as_it_is():
    def rung(learner):
        return learner

    for number, graded in ((1, False), (3, True)):
        assert points(number, graded=graded)(rung) is rung
        assert (rung.points, rung.graded) == (number, graded)
    points(2)(rung)
    assert rung.graded is False


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (np.float64(0.1), "0.1"),
        (3, "3"),
        ("a\n", "'a\\n'"),
        ([1.0, [2, "b"]], "[1, [2, 'b']]"),
        ((1.5, None), "(1.5, None)"),
        (np.array([0.5, 1.0]), "[0.5, 1]"),
        (np.array([1 + 2j]), "[1+2i]"),
        (np.zeros((3, 4)), "array of shape (3, 4)"),
        ([np.zeros((3, 4)), 1], "[array of shape (3, 4), 1]"),
        (np.array(2.0), "2"),
        ({"a": 1}, "{'a': 1}"),
    ],
)
def test_shown(value, text):
    assert shown(value) == text


def test_shown_is_short():
    assert shown(np.zeros(9), "tensor") == "tensor of shape (9,)"
    assert shown("x" * 200) == "'" + "x" * 79 + " ..."
    assert len(shown(list(range(1000)))) == 84


def test_an_array_far_too_large_is_not_walked_through():
    many = np.zeros((1000, 1001), np.int8)
    with pytest.raises(
        Wrong, match=r"^There is an array of shape \(1000, 1001\): far too large to be right\.$"
    ):
        finite(many)
    finite(many[:, 1:])


def test_a_long_key_is_cut():
    with pytest.raises(Wrong) as caught:
        equal({"a": 1, "x" * 1000: 2}, {"a": 1})
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("value", [None, "1.0", [1.0], 1j, True, Other("float64"), np.zeros(2)])
def test_what_is_no_float(value):
    with pytest.raises(Wrong):
        same_type(value, "float")


@pytest.mark.parametrize("value", [1.0, 1, np.float32(1), np.float64(1), np.int64(1)])
def test_what_is_as_good_as_a_float(value):
    same_type(value, "float")


def test_a_zero_is_shown_without_a_sign():
    assert checks.shown([-0.0, 0.0, complex(-0.0, 1.0)]) == "[0, 0, 0+1i]"
