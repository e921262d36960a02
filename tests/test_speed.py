"""The two settings below torch: that they take hold, that they are put back, and that they do no harm."""

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from minirnn import speed

ROOT = Path(__file__).parents[1]
FAULTS = """
import resource, sys, torch
from minirnn.speed import keep_freed_memory
if sys.argv[1] == "kept":
    assert keep_freed_memory()
torch.set_num_threads(1)
torch.ones(2**24)
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
torch.ones(2**24)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def faults(how):
    """Pages that the system has to hand out for 64 MiB that were just freed."""
    command = [sys.executable, "-c", FAULTS, how]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return int(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)


def test_freed_memory_is_used_again():
    if platform.libc_ver()[0] == "glibc":
        assert faults("kept") <= 8 < 30 <= faults("default")
    else:
        assert speed.keep_freed_memory() is False


@pytest.mark.parametrize("able", [True, False])
def test_products_round_only_inside_and_only_where_it_pays(monkeypatch, able):
    monkeypatch.setattr(speed, "_multiplies_bfloat16", lambda: able)
    before = torch.get_float32_matmul_precision()
    with speed.rounded_products():
        assert torch.get_float32_matmul_precision() == ("medium" if able else before)
    assert torch.get_float32_matmul_precision() == before
    with pytest.raises(ZeroDivisionError), speed.rounded_products():
        raise ZeroDivisionError
    assert torch.get_float32_matmul_precision() == before


def test_rounded_products_are_close_to_exact_ones():
    a, b = torch.randn(64, 256), torch.randn(256, 64)
    exact = a.double() @ b.double()
    with speed.rounded_products():
        rounded = a @ b
    # Two factors with 8 significant bits each: the error of a sum of 256 is some 2^-8 times its typical size.
    assert rounded.dtype == torch.float32
    assert (rounded - exact).abs().max() < 6 * 2**-8 * 256**0.5
