"""When a misconception is named: a guarded case, a second error, a part of the answer; and when it is not.

The exercise of these tests returns y = 2 x + z and h = x - z. Its mistakes: y without the 2, h with a plus.
"""

import numpy as np
import pytest

from minirnn.course.grading import diagnosis
from minirnn.course.wire import Tensor

INPUTS = [(0.3, 1.1), (0.0, 0.7), (-1.7, 0.4)]


def right(x, z):
    return 2 * x + z, x - z


def without_two(x, z):
    return x + z, x - z


def with_a_plus(x, z):
    return 2 * x + z, x + z


MISTAKES = {"without_two": without_two, "with_a_plus": with_a_plus}


def rows(learner, inputs=INPUTS, mistakes=MISTAKES):
    def outcomes(function):
        return [("value", function(*args)) for args in inputs]

    return {
        name: list(zip(outcomes(learner), outcomes(theirs), outcomes(right), strict=True))
        for name, theirs in mistakes.items()
    }


def test_each_mistake_is_known():
    assert diagnosis.only(rows(without_two)) == "without_two"
    assert diagnosis.only(rows(with_a_plus)) == "with_a_plus"


def test_a_guarded_case_does_not_hide_the_mistake():
    assert diagnosis.only(rows(lambda x, z: right(x, z) if x > 0 else without_two(x, z))) == "without_two"


def test_right_answers_and_other_wrong_ones_have_no_name():
    assert diagnosis.only(rows(right)) == ""
    assert diagnosis.only(rows(lambda x, z: (3 * x + z, x - z))) == ""
    # It is right where the mistake is wrong, but goes wrong in a way of its own elsewhere.
    assert diagnosis.only(rows(lambda x, z: without_two(x, z) if x > 0 else (9.5, x - z))) == ""


def test_of_two_errors_each_part_tells_its_own():
    both = rows(lambda x, z: (x + z, x + z))
    assert diagnosis.only(both) == ""
    assert diagnosis.only(diagnosis.parts(both, 0)) == "without_two"
    assert diagnosis.only(diagnosis.parts(both, 1)) == "with_a_plus"
    assert [diagnosis.how_many_parts(("value", value)) for value in (right(1, 2), [1.0, 2.0], 3.0)] == [
        2,
        0,
        0,
    ]


def test_two_mistakes_that_fit_alike_are_none():
    twins = {"one": without_two, "two": lambda x, z: (x + z, x - z)}
    assert diagnosis.only(rows(without_two, mistakes=twins)) == ""
    # Here only one of them is right wherever the learner is.
    twins["two"] = lambda x, z: without_two(x, z) if x < 0.2 else (0.0, 0.0)
    learner = rows(lambda x, z: right(x, z) if x > 0.2 else without_two(x, z), mistakes=twins)
    assert diagnosis.only(learner) == ""
    guarded = {"one": without_two, "two": lambda x, z: right(x, z) if x > 0.2 else without_two(x, z)}
    learner = rows(lambda x, z: right(x, z) if x > 0.2 else without_two(x, z), mistakes=guarded)
    assert diagnosis.only(learner) == "two"


@pytest.mark.parametrize(
    ("mine", "true", "weight"),
    [
        (0.0, 0.5, 1),
        (3, 2, 1),
        (0.25, 0.5, 2),
        ([0.0, 0.0, 0.0], [0.1, 0.2, 0.3], 1),
        ([1.0, 2.0], [1.5, 2.5], 2),
        ([0.5, 2.0], [0.5, 3.0], 1),
        ([1.0], [1.0, 2.0], 2),
        ({"a": {"b": 2}}, {"a": {"b": 1}}, 1),
        ({"a": {"b": 2}}, {"a": {"c": 2}}, 2),
        ("abc", "abx", 2),
        (None, 0.5, 1),
        (float("nan"), 0.5, 1),
        (np.zeros((2, 2)), np.ones((2, 2)), 1),
        (Tensor(np.array([0.1, 0.2]), "float64"), Tensor(np.array([0.1, 0.3]), "float64"), 2),
    ],
    ids=str,
)
def test_what_could_be_chance_weighs_little(mine, true, weight):
    assert diagnosis.weight([(mine, true)]) == weight


def test_zeros_everywhere_are_no_evidence():
    zeros = {"forgot": lambda x, z: (0.0, 0.0), "without_two": without_two}
    assert diagnosis.only(rows(lambda x, z: (0.0, 0.0) if x else right(x, z), mistakes=zeros)) == ""
