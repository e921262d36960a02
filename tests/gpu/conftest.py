"""These tests need an NVIDIA GPU: `python3 course.py test --gpu`. Nothing else runs them."""

import pytest
import torch


def pytest_sessionstart() -> None:
    """They were asked for by name: without a GPU that is a failure, and one sentence is enough."""
    if not torch.cuda.is_available():
        pytest.exit("tests/gpu: these tests need an NVIDIA GPU, and this torch finds none here", returncode=1)
