"""The exercises that use numpy: each is fair, and the page says of it what the command line says."""

import pytest

from tests.course import fair


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    return fair.unpack(tmp_path_factory.mktemp("course"))


@pytest.mark.parametrize("exercise", [e for e in fair.HERE if e.uses == "numpy"], ids=lambda e: e.id)
def test_it_is_fair_and_the_page_says_what_the_command_line_says(exercise, unpacked, monkeypatch):
    fair.check(exercise, unpacked, monkeypatch)
