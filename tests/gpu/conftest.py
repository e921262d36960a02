"""What is under tests/gpu needs a CUDA device; elsewhere it is skipped, and says so."""

import pytest
import torch


@pytest.fixture(autouse=True)
def a_gpu():
    if not torch.cuda.is_available():
        pytest.skip("there is no CUDA device here")
