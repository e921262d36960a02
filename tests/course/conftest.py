"""The course of tiny.py as the course of a test, and a workspace of it."""

import pytest

from minirnn.course import bank
from minirnn.course.learner import stubs
from tests.course.tiny import make_bank


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    """The folder of the tiny course, which is the course as long as the test runs."""
    place = make_bank(tmp_path / "bank")
    monkeypatch.setenv("MINIRNN_BANK", str(place))
    monkeypatch.delenv("MINIRNN_COMMAND", raising=False)
    bank.course.cache_clear()
    yield place
    bank.course.cache_clear()


@pytest.fixture
def desk(tiny, tmp_path, monkeypatch):
    """A fresh workspace of the tiny course, and the current folder."""
    folder = tmp_path / "desk"
    stubs.start(folder)
    monkeypatch.chdir(folder)
    return folder
