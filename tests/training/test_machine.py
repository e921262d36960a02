"""The two settings below torch: that they take hold, that they are put back, and that they do no harm."""

import itertools
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from minirnn.training import machine as speed

ROOT = Path(__file__).parents[2]
FAULTS = """
import resource, sys, torch
from minirnn.training.machine import keep_freed_memory
if sys.argv[1] == "kept":
    assert keep_freed_memory()
torch.set_num_threads(1)
for _ in range(10):  # glibc takes up to seven rounds to find a shape that fits
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


class Machine:
    """Steps of a machine where `all_threads` takes so many seconds a step, and one thread takes one."""

    def __init__(self, monkeypatch, all_threads):
        self.number, self.all_threads, self.used = 4, all_threads, []
        monkeypatch.setattr(torch, "get_num_threads", lambda: self.number)
        monkeypatch.setattr(torch, "set_num_threads", lambda number: setattr(self, "number", number))

    def run(self, threads, steps):
        for _ in range(steps):
            self.used.append(self.number)
            first = len(self.used) < 2 or self.used[-2] != self.number
            threads.took((1.0 if self.number == 1 else self.all_threads) + 5 * first)


@pytest.mark.parametrize(("all_threads", "best"), [(0.5, 4), (3.0, 1)])
def test_the_faster_number_of_threads_wins_and_the_other_is_tried_now_and_then(
    monkeypatch, all_threads, best
):
    machine = Machine(monkeypatch, all_threads)
    threads = speed.Threads()
    machine.run(threads, 2000)
    assert set(machine.used) == {1, 4}, "both were tried"
    assert machine.used.count(best) > 0.94 * 2000
    threads.restore()
    assert machine.number == 4


def test_the_number_of_threads_follows_the_machine(monkeypatch):
    machine = Machine(monkeypatch, 0.5)
    threads = speed.Threads()
    machine.run(threads, 500)
    assert machine.used[-40:].count(4) >= 35
    machine.all_threads = 3.0  # somebody opens a browser
    machine.run(threads, 900)
    assert machine.used[-40:].count(1) >= 35
    machine.all_threads = 0.5
    machine.run(threads, 900)
    assert machine.used[-40:].count(4) >= 35


def test_a_hopeless_trial_ends_at_once_and_the_next_comes_later_and_later(monkeypatch):
    machine = Machine(monkeypatch, 100.0)
    machine.run(speed.Threads(), 2000)
    trials = [step for step, number in enumerate(machine.used) if number == 4]
    assert len(trials) in (3, 4), "one step each"
    assert all(later - sooner > 200 for sooner, later in itertools.pairwise(trials))
    assert trials[2] - trials[1] > 1.9 * (trials[1] - trials[0])


def test_one_thread_stays_one_thread(monkeypatch):
    machine = Machine(monkeypatch, 0.5)
    machine.number = 1
    machine.run(speed.Threads(), 300)
    assert set(machine.used) == {1}
