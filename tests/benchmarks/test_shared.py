"""What the reproductions share: the time of jobs in other processes is counted."""

import importlib
import time
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "benchmarks" / "reproduce"


class Here:
    """A pool of processes that has none."""

    def __init__(self, processes, context, initializer, arguments):
        assert (processes, arguments) == (2, (1,))

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def submit(self, function, *arguments):
        result = function(*arguments)
        return type("Future", (), {"result": lambda self: result})()


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    script = importlib.import_module("shared")
    monkeypatch.setattr(script, "ProcessPoolExecutor", Here)
    monkeypatch.setattr(script, "SPENT", [])
    return script


def test_processor_time_is_counted_and_written(script, monkeypatch, capsys):
    clock = iter([0.0, 60.0, 60.0, 210.0, 30.0])
    monkeypatch.setattr(time, "process_time", lambda: next(clock))
    assert script.side_by_side(pow, [(2, 3), (3, 2)]) == [8, 9]
    assert script.SPENT == [60.0, 150.0]
    written = {}
    monkeypatch.setattr(script, "save", lambda name, results: written.update({name: results}))
    script.finish("a-name", {"answer": 1})
    results = written["reproduce-a-name"]
    assert results["processor minutes"] == 4.0 and results["answer"] == 1
    assert "4.0 processor minutes" in capsys.readouterr().out
