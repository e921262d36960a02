"""How well a model predicts a text: the mean of `-log p(x_t | what came before)` over it, in nats per token.

What "before" means is the whole difference between the two measures. `evaluate_window` cuts the text
into disjoint windows and forgets everything at each cut, as small Transformers are usually measured;
`evaluate_stream` carries the state through the whole text, as a recurrent model is used. In both, every
token but the first of the text is predicted exactly once. Divide by log 2 for bits.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from minirnn.errors import UsageError

if TYPE_CHECKING:
    from minirnn.lm import LanguageModel

CHUNK = 16_384  # tokens in one call of the model: logits stay a few megabytes
STREAM_CHUNK = 2_048
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
    token. The last window may be shorter. With `at_most` only so many whole windows are measured, evenly
    spread over the text. ids: 1-D integers, at least 2. Raises ValueError otherwise.
    """
    inputs, targets = _pairs(ids)
    if window < 1:
        raise ValueError(f"a window holds 1 token or more; got {window}")
    window = min(window, len(inputs))
    count = len(inputs) // window
    whole = count * window
    some = torch.arange(count)
    if at_most is not None and at_most < count:
        some = torch.linspace(0, count - 1, at_most, dtype=torch.float64).round().long()
        whole = len(inputs)  # the rest at the end is left out too
    batch = max(1, CHUNK // window)
    total, seen = 0.0, 0
    with _evaluating(model):
        for part in some.split(batch):
            x, y = (z[: count * window].view(count, window)[part] for z in (inputs, targets))
            total, seen = total + _loss_sum(model(x.to(device))[0], y), seen + y.numel()
        if whole < len(inputs):
            total += _loss_sum(model(inputs[None, whole:].to(device))[0], targets[None, whole:])
            seen += len(inputs) - whole
    return total / seen


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
    inputs, targets = _pairs(ids)
    total, state = 0.0, None
    with _evaluating(model):
        for x, y in zip(inputs.split(STREAM_CHUNK), targets.split(STREAM_CHUNK), strict=True):
            logits, state = model(x[None].to(device), state)
            total += _loss_sum(logits, y[None])
    return total / len(inputs)


def _pairs(ids: NDArray[Any]) -> tuple[Tensor, Tensor]:
    if ids.ndim != 1 or len(ids) < 2:
        raise ValueError(f"evaluation needs a 1-D array of 2 tokens or more; got shape {ids.shape}")
    tokens = torch.from_numpy(ids.astype(np.int64))
    return tokens[:-1], tokens[1:]


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
