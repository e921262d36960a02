"""JSON that every program reads, whatever the values are."""

import json
import math

import numpy as np
import pytest

from minirnn.base.strict_json import json_text


def test_json_knows_no_nan():
    content = {"a": [1.5, math.nan, (math.inf, {"b": -math.inf})], "c": "NaN", "d": np.float64("nan")}
    text = json_text(content)
    back = json.loads(text, parse_constant=pytest.fail)
    assert back == {"a": [1.5, None, [None, {"b": None}]], "c": "NaN", "d": None}
    assert json_text({"a": 1}, indent=1) == json.dumps({"a": 1}, indent=1)


def test_json_is_json_whatever_the_value():
    value = {
        "a": [np.longdouble(1.5), np.float32("inf"), np.int64(3), np.bool_(True), float("nan"), 2],
        "b": ("x\udceb", None, True, 1.5, np.array(2.5), object),
        3: {"c": 10**400},
    }
    assert json.loads(json_text(value)) == {
        "a": [1.5, None, 3, True, None, 2],
        "b": ["x\\udceb", None, True, 1.5, 2.5, "<class 'object'>"],
        "3": {"c": 10**400},
    }
