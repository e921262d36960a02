"""JSON as its standard has it (RFC 8259), whatever the values come from.

A loss or a check's number may be of numpy, infinite, or none at all, and a learner's text may be no text: the
module `json` stops at some of these and writes others in a way that no other program reads.
"""

import json
import math
from typing import Any

from minirnn.base.wording import valid_text


def json_text(value: Any, indent: int | None = None) -> str:
    """The value as JSON: a number that is not finite is null, what is no text is written out."""
    return json.dumps(_plain(value), indent=indent, allow_nan=False)


def _plain(value: Any) -> Any:
    """The value made of dict, list, str, bool, int, float and None alone, all of them finite and valid."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return valid_text(value)
    if isinstance(value, dict):
        return {valid_text(str(key)): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float) or hasattr(value, "__float__"):
        number = value.item() if hasattr(value, "item") else value
        if isinstance(number, (bool, int)):
            return number
        number = float(number)
        return number if math.isfinite(number) else None
    return valid_text(str(value))
