"""Evaluation against a loop that predicts one token at a time."""

import itertools
import math
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from minirnn.base.errors import UsageError
from minirnn.lm import LanguageModel, evaluate, preset_config
from minirnn.lm.evaluate import evaluate_random, evaluate_stream, evaluate_window
from minirnn.presets import PRESETS

VOCABULARY = 7


def make(preset="hawk"):
    torch.manual_seed(0)
    model = LanguageModel(preset_config(preset, VOCABULARY, d_model=32, n_layers=1)).double()
    with torch.no_grad():  # far from uniform, so that a wrong context changes the loss
        for parameter in model.parameters():
            if parameter.ndim >= 2:
                parameter.mul_(3)
    return model


def text(length=75):
    return np.random.default_rng(0).integers(0, VOCABULARY, length).astype(np.uint8)


@torch.no_grad()
def by_steps(model, ids, window=None):
    """Mean of -log p in float64, by `step` alone, the state dropped before inputs 0, window, 2 window, ..."""
    model.eval()
    losses = []
    for position, (token, target) in enumerate(itertools.pairwise(ids)):
        if position == 0 or (window and position % window == 0):
            state = model.initial_state(1, dtype=torch.float64)
        logits, state = model.step(torch.tensor([int(token)]), state)
        losses.append(-math.log(torch.softmax(logits[0], -1)[int(target)].item()))
    assert len(losses) == len(ids) - 1
    return sum(losses) / len(losses)


def test_window_of_every_preset():
    for preset in PRESETS:
        model = make(preset)
        assert evaluate_window(model, text(), 20) == pytest.approx(by_steps(model, text(), 20), rel=1e-5)


# 74 predictions: windows that divide them (1, 2, 37, 74), that do not (7, 16, 73), and longer ones.
@pytest.mark.parametrize("window", [1, 2, 7, 16, 37, 73, 74, 75, 1000])
def test_window(window):
    model = make()
    assert evaluate_window(model, text(), window) == pytest.approx(by_steps(model, text(), window), rel=1e-5)


def test_window_in_several_batches(monkeypatch):
    monkeypatch.setattr(evaluate, "CHUNK", 22)
    model = make()
    assert evaluate_window(model, text(), 7) == pytest.approx(by_steps(model, text(), 7), rel=1e-5)


# There are 10 whole windows of 7.
@pytest.mark.parametrize(
    ("at_most", "windows"), [(4, [0, 3, 6, 9]), (1, [0]), (9, [0, 1, 2, 3, 4, 6, 7, 8, 9])]
)
def test_some_windows_all_over_the_text(at_most, windows):
    model = make()
    parts = [by_steps(model, text()[7 * k : 7 * k + 8]) for k in windows]
    assert evaluate_window(model, text(), 7, at_most=at_most) == pytest.approx(np.mean(parts), rel=1e-5)


def test_windows_at_random_places(monkeypatch):
    monkeypatch.setattr(evaluate, "CHUNK", 22)
    model = make()
    starts = np.random.default_rng(5).integers(75 - 7, size=10)
    parts = [by_steps(model, text()[start : start + 8]) for start in starts]
    assert evaluate_random(model, text(), 7, 10, seed=5) == pytest.approx(np.mean(parts), rel=1e-5)
    assert evaluate_random(model, text(), 7, 10, seed=6) != evaluate_random(model, text(), 7, 10, seed=5)
    # All places are possible, the last included, and no other: ids[i] = i shows where a window lies.
    seen = []
    model = make("hawk")
    model.register_forward_hook(lambda module, given, _: seen.append(given[0]))
    evaluate_random(model, np.arange(7), 5, 200)
    assert {int(x[0]) for x in torch.cat(seen)} == {0, 1}


def test_a_text_shorter_than_the_window_is_one_window():
    model = make()
    assert evaluate_random(model, text(), 1000, 2) == pytest.approx(by_steps(model, text()), rel=1e-5)


@pytest.mark.parametrize("at_most", [10, 11, 1000])
def test_as_many_windows_as_there_are_is_the_whole_text(at_most):
    model = make()
    assert evaluate_window(model, text(), 7, at_most=at_most) == evaluate_window(model, text(), 7)


def test_a_state_that_grows_is_refused():
    with pytest.raises(UsageError, match="use --window"):
        evaluate_stream(make("transformer"), text())


@pytest.mark.parametrize("preset", [name for name in PRESETS if not name.startswith("transformer")])
@pytest.mark.parametrize("chunk", [10, 37, 2048])
def test_stream(preset, chunk, monkeypatch):
    monkeypatch.setattr(evaluate, "STREAM_CHUNK", chunk)
    model = make(preset)
    assert evaluate_stream(model, text()) == pytest.approx(by_steps(model, text()), rel=1e-5)


def test_the_two_measures_differ():
    model = make()
    assert abs(evaluate_window(model, text(), 4) - evaluate_stream(model, text())) > 1e-3


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.uint32, np.int64])
def test_every_kind_of_ids(dtype):
    model = make()
    assert evaluate_stream(model, text().astype(dtype)) == evaluate_stream(model, text())


@pytest.mark.parametrize("training", [True, False])
def test_the_model_is_left_as_it_was(training):
    model = make().train(training)
    before = torch.get_rng_state()
    seen = []
    model.register_forward_hook(lambda module, *_: seen.append((module.training, torch.is_grad_enabled())))
    evaluate_window(model, text(), 8)
    evaluate_stream(model, text())
    assert set(seen) == {(False, False)}
    assert model.training is training
    assert all(parameter.grad is None for parameter in model.parameters())
    assert torch.equal(torch.get_rng_state(), before)


def test_the_model_can_still_be_trained():
    model = make()
    evaluate_window(model, text(), 8)
    model(torch.zeros(2, 8, dtype=torch.long))[0].sum().backward()
    assert any(parameter.grad is not None for parameter in model.parameters())


def test_two_tokens_are_enough_and_one_is_not():
    model = make()
    assert evaluate_window(model, text(2), 64) == pytest.approx(by_steps(model, text(2)), rel=1e-5)
    for ids in (text(1), text(0), text(4).reshape(2, 2)):
        with pytest.raises(ValueError, match=r"2 tokens or more; got shape"):
            evaluate_window(model, ids, 64)
        with pytest.raises(ValueError, match=r"2 tokens or more; got shape"):
            evaluate_stream(model, ids)
    with pytest.raises(ValueError, match="1 token or more; got 0"):
        evaluate_window(model, text(), 0)


class Counting(torch.nn.Module):
    """All of `vocab_size` symbols are as likely; it notes how many tokens it was given at once."""

    state_grows = False

    def __init__(self, vocab_size):
        super().__init__()
        self.config, self.calls, self.states = SimpleNamespace(vocab_size=vocab_size), [], []

    def forward(self, tokens, state=None):
        self.calls.append(tokens.shape)
        self.states.append(state)
        return torch.zeros(*tokens.shape, self.config.vocab_size), len(self.calls)


@pytest.mark.parametrize("vocab_size", [3, 50_000, 200_001])
def test_the_logits_of_one_call_are_bounded_whatever_the_vocabulary(vocab_size, monkeypatch):
    monkeypatch.setattr(evaluate, "LOGITS", 200_000)
    model, ids = Counting(vocab_size), np.zeros(40, np.uint8)
    for measure in (
        lambda: evaluate_window(model, ids, 3),
        lambda: evaluate_window(model, ids, 30),  # longer than a call may be: the state goes on
        lambda: evaluate_random(model, ids, 6, 5),
        lambda: evaluate_stream(model, ids),
    ):
        model.calls.clear()
        assert measure() == pytest.approx(math.log(model.config.vocab_size))
        assert all(b * t == 1 or b * t * model.config.vocab_size <= 200_000 for b, t in model.calls)
    model.states.clear()
    model.calls.clear()
    evaluate_window(model, ids, 30)
    if vocab_size == 50_000:
        assert [t for _, t in model.calls] == [4] * 7 + [2] + [4, 4, 1]
        assert [state is None for state in model.states] == [True] + [False] * 7 + [True] + [False] * 2


def test_a_window_longer_than_a_call_is_read_in_pieces(monkeypatch):
    monkeypatch.setattr(evaluate, "LOGITS", 5 * VOCABULARY)
    for preset in ("hawk", "transformer", "griffin"):
        model = make(preset)
        assert evaluate_window(model, text(), 20) == pytest.approx(by_steps(model, text(), 20), rel=1e-5)
