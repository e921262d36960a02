"""How well a model predicts a text: the mean of `-log p(x_t | what came before)` over it, in nats per token.

What "before" means is the whole difference between the two measures. `evaluate_window` cuts the text
into disjoint windows and forgets everything at each cut, as small Transformers are usually measured;
`evaluate_stream` carries the state through the whole text, as a recurrent model is used. In both, every
token but the first of the text is predicted exactly once. Divide by log 2 for bits.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from minirnn.base.errors import UsageError
from minirnn.lm.model import LanguageModel

CHUNK = 16_384  # tokens in one call of the model, at most
STREAM_CHUNK = 2_048
LOGITS = 16_000_000  # numbers in one call's logits, at most: 64 megabytes in float32, as much for their loss
WINDOW = 256  # of training reports and `eval`: one for all runs, so that their losses can be compared


@torch.no_grad()
def evaluate_window(
    model: LanguageModel,
    ids: NDArray[Any],
    window: int,
    *,
    at_most: int | None = None,
    device: torch.device | str = "cpu",
) -> float:
    """Mean loss over disjoint windows of `window` tokens, the state zero at the start of each.

    Window k reads x[kW .. kW+W-1] and predicts x[kW+1 .. kW+W], so its first prediction sees one
    token. The last window may be shorter. at_most: how many windows to measure, whole ones and evenly spread
    over the text; None for all. ids: 1-D integers, at least 2. Raises ValueError otherwise.
    """
    predictions = _predictions(ids)
    if window < 1:
        raise ValueError(f"a window holds 1 token or more; got {window}")
    window = min(window, predictions)
    count = predictions // window
    some = torch.arange(count)
    if at_most is not None and at_most < count:
        some = torch.linspace(0, count - 1, at_most, dtype=torch.float64).round().long()
    total, seen = _windows_sum(model, ids, some.numpy() * window, window, device), len(some) * window
    if len(some) == count and seen < predictions:  # the rest at the end, left out of a selection
        rest = predictions - seen
        total += _windows_sum(model, ids, np.array([seen]), rest, device)
        seen = predictions
    return total / seen


@torch.no_grad()
def evaluate_random(
    model: LanguageModel,
    ids: NDArray[Any],
    window: int,
    count: int,
    *,
    seed: int = 0,
    device: torch.device | str = "cpu",
) -> float:
    """Mean loss over `count` windows that start anywhere in the text, the same ones for the same seed.

    As the public recipes for small Transformers estimate it; for the rest see `evaluate_window`.
    """
    window = min(window, _predictions(ids))
    starts = np.random.default_rng(seed).integers(len(ids) - window, size=count)
    return _windows_sum(model, ids, starts, window, device) / (count * window)


@torch.no_grad()
def evaluate_stream(model: LanguageModel, ids: NDArray[Any], *, device: torch.device | str = "cpu") -> float:
    """Mean loss with the state carried from the first token to the last (zero before the first).

    ids: 1-D integers, at least 2. Raises ValueError otherwise, and UsageError for a model whose state
    grows with the text: it would soon fill the memory.
    """
    if model.state_grows:
        raise UsageError(
            "This model keeps every token it has read, so it cannot read a whole text: use --window."
        )
    predictions = _predictions(ids)
    total, state = 0.0, None
    with _evaluating(model):
        chunk = _tokens(model, STREAM_CHUNK)
        for start in range(0, predictions, chunk):
            text = torch.from_numpy(ids[None, start : start + chunk + 1].astype(np.int64))
            logits, state = model(text[:, :-1].to(device), state)
            total += _loss_sum(logits, text[:, 1:])
    return total / predictions


def _predictions(ids: NDArray[Any]) -> int:
    if ids.ndim != 1 or len(ids) < 2:
        raise ValueError(f"evaluation needs a 1-D array of 2 tokens or more; got shape {ids.shape}")
    return len(ids) - 1


def _windows_sum(
    model: LanguageModel, ids: NDArray[Any], starts: NDArray[Any], window: int, device: torch.device | str
) -> float:
    """The sum of the losses of all windows that begin at `starts`, in calls of at most CHUNK tokens."""
    chunk, total = _tokens(model, CHUNK), 0.0
    batch = max(1, chunk // window)
    with _evaluating(model):
        for first in range(0, len(starts), batch):
            # Only these become int64 tensors: a text of 100 million bytes would be 800 MB.
            places = starts[first : first + batch, None] + np.arange(window + 1)
            text = torch.from_numpy(ids[places].astype(np.int64))
            state = None
            for tokens, targets in zip(
                text[:, :-1].split(chunk, 1), text[:, 1:].split(chunk, 1), strict=True
            ):
                logits, state = model(tokens.to(device), state)
                total += _loss_sum(logits, targets)
    return total


def _tokens(model: LanguageModel, at_most: int) -> int:
    """How many tokens one call may read: `at_most`, or fewer if their logits would be more than LOGITS."""
    return max(1, min(at_most, LOGITS // model.config.vocab_size))


def _loss_sum(logits: Tensor, targets: Tensor) -> float:
    losses = F.cross_entropy(
        logits.flatten(0, 1).float(), targets.flatten().to(logits.device), reduction="none"
    )
    # Summed in float64 on the CPU: a hundred million float32 losses would lose digits.
    return float(losses.cpu().double().sum())


@contextmanager
def _evaluating(model: nn.Module) -> Iterator[None]:
    """Evaluation mode inside the `with`; afterwards the mode it was in before."""
    was_training = model.training
    model.eval()
    try:
        yield
    finally:
        model.train(was_training)
