"""The counts that two figures show are those of the manual that they name."""

import importlib.util
import platform
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "widgets"
spec = importlib.util.spec_from_file_location("export_letter_counts", FOLDER / "export_letter_counts.py")
export = importlib.util.module_from_spec(spec)
spec.loader.exec_module(export)


def test_the_file_is_what_the_script_writes():
    there = export.FILE.read_text(encoding="utf-8")
    if f"Python {platform.python_version()}." not in there:
        pytest.skip("each version of Python has its own manual")
    assert export.page() == there
