"""How the weights move: which optimiser moves which of them, and how far at which moment of the run."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import nn

from minirnn.layers.gru import GRU
from minirnn.layers.lstm import LSTM
from minirnn.layers.rnn import RNN
from minirnn.lm import LanguageModel
from minirnn.training.optim.muon import Muon

WARM_UP = 0.03  # share of the run in which the learning rate rises
LOWEST = 0.01  # the learning rate at the very start and end, as a share of its peak
WEIGHT_DECAY, BETAS = 0.1, (0.9, 0.99)
MUON_LR = 2.5  # Muon's learning rate in units of AdamW's


def schedule(progress: float) -> float:
    """The learning rate as a share of its peak: a linear rise, then a linear fall. progress: 0 to 1."""
    return max(LOWEST, min(progress / WARM_UP, (1 - progress) / (1 - WARM_UP)))


def make_optimizers(model: LanguageModel, lr: float) -> list[torch.optim.Optimizer]:
    """Muon for the linear maps inside the blocks, AdamW for all else; lr is AdamW's.

    Embedding and head are tables with a row for each symbol, and what else has two dimensions (the taps of a
    convolution, the eigenvalues of a state space) is no map either: not all directions should count alike.
    Only what Muon handles decays towards zero: no gain, bias, table or eigenvalue wants to be zero.
    """
    maps = [module for module in model.blocks.modules() if isinstance(module, nn.Linear | RNN | GRU | LSTM)]
    matrices = [p for module in maps for p in module.parameters(recurse=False) if p.ndim == 2]
    inside = {id(p) for p in matrices}
    others = [p for p in model.parameters() if id(p) not in inside]
    return [
        Muon(matrices, lr=MUON_LR * lr, weight_decay=WEIGHT_DECAY),
        torch.optim.AdamW(others, lr=lr, betas=BETAS, weight_decay=0.0, fused=True),
    ]


def set_rates(optimizers: Iterable[torch.optim.Optimizer], scale: float) -> None:
    """Set each learning rate to `scale` times its peak, which is the one that its optimiser was made with."""
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            # The schedulers of torch keep the peak under the same name.
            group["lr"] = scale * group.setdefault("initial_lr", group["lr"])
