"""These tests need an NVIDIA GPU: `python3 course.py test --gpu`. Nothing else runs them."""

import pytest
import torch


@pytest.fixture(autouse=True, scope="session")
def gpu():
    """Without a GPU each of these tests fails, and says so: they were asked for by name."""
    if not torch.cuda.is_available():
        pytest.fail("this torch finds no NVIDIA GPU here, and the tests in tests/gpu need one", pytrace=False)
