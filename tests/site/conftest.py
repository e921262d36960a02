"""The site, built once for all tests that look at it."""

import os
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from minirnn.base.errors import UsageError
from minirnn.course.site import build as site

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def pages():
    """The folder of the real site. Without what builds it: skipped, but an error where CI is set."""
    try:
        site.build(ROOT)
    except (UsageError, PackageNotFoundError) as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))
    return ROOT / "site"
