"""The committed results of benchmarks, for lessons: `load("reproduce-vandermonde")`.

A notebook may run where there is no clone of the project; its second cell brings the results that it needs.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from minirnn.base.errors import UsageError
from minirnn.course import bank

FOLDER = Path("benchmarks") / "results"
_brought: dict[str, str] = {}


def load(name: str) -> dict[str, Any]:
    """What benchmarks/results/<name>-<machine>.json holds; of several machines, the first by name.

    Raises UsageError if there is none.
    """
    if name in _brought:
        return dict(json.loads(_brought[name]))
    return dict(json.loads(path(bank.root(), name).read_text(encoding="utf-8")))


def path(root: Path, name: str) -> Path:
    """The file of that result. Raises UsageError."""
    found = [each for each in sorted((root / FOLDER).glob("*.json")) if result_name(each) == name]
    if not found:
        known = sorted({result_name(each) for each in (root / FOLDER).glob("*.json")})
        raise UsageError(f"There is no result {name!r} in {FOLDER.as_posix()}: known are {', '.join(known)}.")
    return found[0]


def result_name(path: Path) -> str:
    """reproduce-lru-ladder for reproduce-lru-ladder-2core-x86_64.json, scan-gpu for scan-gpu-h100.json."""
    return re.sub(r"(?:-\d+core-\w+|(?<=-gpu)-[\w.-]+)$", "", path.stem)


def bring(name: str, text: str) -> None:
    """Have `load` answer with this text, a JSON object."""
    _brought[name] = text
