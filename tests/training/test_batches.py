"""The data feed: read ahead or not, it gives the windows of the step that is asked for."""

import tracemalloc
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from minirnn.lm import evaluate
from minirnn.lm.evaluate import evaluate_random, evaluate_stream, evaluate_window
from minirnn.training.batches import Cut, Feed, windows

CUT = Cut(batch=3, seq_len=5, carry=False, seed=7)
HUGE = 20_000_000  # tokens


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.uint32])
@pytest.mark.parametrize("carry", [True, False])
@pytest.mark.parametrize("ahead", [True, False])
def test_in_any_order_each_step_gets_its_windows(dtype, carry, ahead):
    ids = np.random.default_rng(0).integers(0, 200, 101).astype(dtype)
    cut = replace(CUT, carry=carry)
    feed = Feed(ids, cut, torch.device("cpu"), ahead=ahead)
    # A resumed run begins anywhere, and compiling asks for a step twice.
    for step in (4, 5, 5, 6, 7, 0, 1, 30, 31):
        inputs, targets, fresh = feed(step)
        wanted_inputs, wanted_targets, wanted_fresh = windows(ids, step, cut)
        assert (inputs.dtype, targets.dtype, fresh) == (torch.int64, torch.int64, wanted_fresh)
        assert torch.equal(inputs, wanted_inputs) and torch.equal(targets, wanted_targets)


def test_the_next_windows_are_cut_before_they_are_asked_for():
    feed = Feed(np.arange(101), CUT, torch.device("cpu"), ahead=True)
    feed(4)
    assert feed.next[0] == 5
    text, _ = feed.next[1].result(timeout=60)
    assert torch.equal(text[:, :-1], windows(np.arange(101), 5, CUT)[0])


class Uniform(torch.nn.Module):
    """A stand-in for a language model that takes no time: all of 4 symbols are as likely."""

    state_grows = False
    config = SimpleNamespace(vocab_size=4)

    def forward(self, tokens, state=None):
        return torch.zeros(*tokens.shape, 4), ()


def test_a_long_text_is_not_copied(monkeypatch):
    """20 million bytes stay 20 million bytes: nothing of that order is allocated beside them."""
    ids = np.zeros(HUGE, np.uint8)
    feed = Feed(ids, Cut(64, 256, False, 0), torch.device("cpu"), ahead=True)
    monkeypatch.setattr(evaluate, "STREAM_CHUNK", 65_536)
    tracemalloc.start()
    try:
        for step in range(5):
            feed(step)
        model = Uniform()
        assert evaluate_window(model, ids, 256, at_most=100) == pytest.approx(np.log(4))
        assert evaluate_random(model, ids, 256, 100) == pytest.approx(np.log(4))
        assert evaluate_window(model, ids, 65_536) == pytest.approx(np.log(4))
        assert evaluate_stream(model, ids) == pytest.approx(np.log(4))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < HUGE // 4
