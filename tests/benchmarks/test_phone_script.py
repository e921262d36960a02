"""benchmarks/phone.py: what it takes from a report, its verdict, and that pages are served packed."""

import gzip
import importlib
import urllib.request
from pathlib import Path

import pytest

REPORT = {
    "categories": {
        "performance": {"score": 0.93},
        "accessibility": {
            "score": 0.96,
            "auditRefs": [{"id": "contrast"}, {"id": "labels"}, {"id": "video"}],
        },
    },
    "audits": {
        "first-contentful-paint": {"numericValue": 1500},
        "largest-contentful-paint": {"numericValue": 2250},
        "long-tasks": {"details": {"items": [{"duration": 300}, {"duration": 90}]}},
        "cumulative-layout-shift": {"numericValue": 0.01},
        "total-byte-weight": {"numericValue": 430_000},
        "contrast": {"score": 0, "title": "Too pale"},
        "labels": {"score": 1, "title": "Labelled"},
        "video": {"score": None, "title": "No video here"},
    },
}


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks"))
    return importlib.import_module("phone")


def test_what_a_report_says(script):
    assert script.measured(REPORT) == {
        "performance": 93,
        "accessibility": 96,
        "first paint, s": 1.5,
        "largest paint, s": 2.25,
        "long tasks, s": pytest.approx(0.39),
        "layout shift": 0.01,
        "kilobytes": 430.0,
        "failing": ["Too pale"],
    }


def test_the_median_of_each_number_and_the_bars(script):
    runs = [script.measured(REPORT) | {"performance": mark} for mark in (80, 92, 95)]
    page = script.median(runs)
    assert page["performance"] == 92 and page["failing"] == ["Too pale"]
    assert script.verdict({"one": page, "two": page | {"long tasks, s": 1.6}}) == {
        "performance: at least 90": True,
        "accessibility: at least 100": False,
        "long tasks, s: at most 1.5": False,
        "layout shift: at most 0.02": True,
        "kilobytes: at most 500": True,
    }


def test_pages_are_served_packed(script, tmp_path):
    (tmp_path / "lesson").mkdir()
    (tmp_path / "lesson/index.html").write_text("h" * 1000, "utf-8")
    with script.served(tmp_path) as address, urllib.request.urlopen(f"{address}lesson/") as answer:
        packed = answer.read()
        assert answer.headers["Content-Encoding"] == "gzip" and answer.headers["Content-Type"] == "text/html"
    assert len(packed) < 100 and gzip.decompress(packed) == b"h" * 1000
