"""Draw the figures of docs/images again from the committed results, for a new style: nothing is measured.

python benchmarks/redraw.py [NAME ...]
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from minirnn.course import results

ROOT = Path(__file__).parents[1]
sys.path += [str(ROOT / "benchmarks"), str(ROOT / "benchmarks" / "reproduce")]


def drawers() -> dict[str, Callable[[dict[str, Any]], object]]:
    """For the name of each result that has a figure, what draws it."""
    found: dict[str, Callable[[dict[str, Any]], object]] = {
        "layers-cpu": lambda kept: importlib.import_module("layers_cpu").draw(kept["times"]),
        "loss-against-time": lambda kept: importlib.import_module("train_lm").draw(
            kept["runs"], "loss-against-time"
        ),
    }
    for path in sorted((ROOT / results.FOLDER).glob("reproduce-*.json")):
        name = results.result_name(path)
        script = name.removeprefix("reproduce-").replace("-", "_")
        text = (ROOT / "benchmarks" / "reproduce" / f"{script}.py").read_text(encoding="utf-8")
        if "def draw(" not in text:  # a lesson draws it
            continue
        found[name] = lambda kept, script=script: importlib.import_module(script).draw(kept)  # type: ignore[misc]
    return found


def restored(text: str) -> dict[str, Any]:
    """A result as its script had it: JSON has made strings of the keys that were numbers."""

    def numbered(found: dict[str, Any]) -> dict[Any, Any]:
        return {int(key) if key.isdigit() else key: value for key, value in found.items()}

    return dict(json.loads(text, object_hook=numbered))


def main(names: list[str]) -> None:
    """Draw those that are named, or all."""
    for name, draw in drawers().items():
        if not names or name in names:
            draw(restored(results.path(ROOT, name).read_text(encoding="utf-8")))
            print(name)


if __name__ == "__main__":
    main(sys.argv[1:])
