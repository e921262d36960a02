"""What the small reproductions share: a model around any layer, one training loop, results and figures.

    x = embed(token) or W input;   n_layers times:  x = x + core(norm(x)), x = x + MLP(norm(x));   W norm(x)

A reproduction asks one question about layers, so all else is the same for all of them. Each script prints
its table, writes benchmarks/results/reproduce-<name>-<machine>.json and draws the figure
docs/images/reproduce-<name>.svg. Training counts steps, never seconds, so a result does not depend on how
busy the machine was; the time that it took is written beside it.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

import minirnn  # noqa: F401  # before torch: see minirnn/base/threads.py

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).parents[1]))  # for what all benchmarks share

from common import save
from common import show_verdict as show_verdict  # the scripts have both from here
from minirnn.blocks import GatedMLP, ResidualBlock, RMSNorm
from minirnn.layers.contract import SequenceLayer
from minirnn.tasks.common import Batch

IMAGES = Path(__file__).parents[2] / "docs" / "images"
STARTED = time.perf_counter()
SPENT: list[float] = []  # processor seconds of the jobs that ran in other processes


class Recipe(NamedTuple):
    """AdamW with a linear warm-up over the first tenth and a cosine to zero, as in Orvieto et al. 2023.

    slow: the learning rate of the parameters in `SLOW` as a share of lr; they have no weight decay.
    """

    steps: int
    lr: float
    weight_decay: float = 0.01
    slow: float = 0.5
    clip: float = 1.0


# What decides eigenvalues and time scales: the papers train it more gently than the maps around it.
SLOW = [
    "A",
    "A_log",
    "A_re_log",
    "A_im",
    "Lambda",
    "spectrum",
    "nu_log",
    "theta_log",
    "gamma_log",
    "delta_log",
    "dt_bias",
]


class TaskModel(nn.Module):
    """inputs (batch, time) int64, or (batch, time, features) float32 -> scores (batch, time, n_outputs).

    core: makes one layer from d_model to d_model. n_inputs: symbols, or features where `floats`.
    d_mlp: 0 for blocks without one.
    """

    def __init__(
        self,
        core: Callable[[], SequenceLayer],
        d_model: int,
        n_layers: int,
        n_inputs: int,
        n_outputs: int,
        d_mlp: int = 0,
        floats: bool = False,
    ) -> None:
        super().__init__()
        self.embed = nn.Linear(n_inputs, d_model) if floats else nn.Embedding(n_inputs, d_model)
        self.blocks = nn.ModuleList(
            ResidualBlock(d_model, core(), GatedMLP(d_model, d_mlp) if d_mlp else None)
            for _ in range(n_layers)
        )
        self.norm, self.head = RMSNorm(d_model), nn.Linear(d_model, n_outputs)

    def forward(self, inputs: Tensor) -> Tensor:
        """Scores at every step."""
        x = self.embed(inputs)
        for block in self.blocks:
            x, _ = block(x)
        return self.head(self.norm(x))


def loss_and_accuracy(model: nn.Module, batch: Batch) -> tuple[Tensor, float]:
    """Cross-entropy in nats and the share of right answers, over the steps that count."""
    mask = torch.from_numpy(np.ascontiguousarray(batch.mask))
    scores = model(torch.from_numpy(np.ascontiguousarray(batch.inputs)))[mask]
    targets = torch.from_numpy(np.ascontiguousarray(batch.targets))[mask]
    return F.cross_entropy(scores, targets), float((scores.argmax(-1) == targets).float().mean())


def cross_entropy(model: nn.Module, batch: Batch) -> Tensor:
    """In nats, over the steps that count."""
    return loss_and_accuracy(model, batch)[0]


LOOK_BACK = 50  # steps over which a loss is averaged


def until(goal: float) -> Callable[[int, float], bool]:
    """A `watch` for `fit`: the mean loss of the last LOOK_BACK steps is below the goal."""
    last: list[float] = []

    def reached(_: int, loss: float) -> bool:
        last.append(loss)
        return len(last) >= LOOK_BACK and float(np.mean(last[-LOOK_BACK:])) < goal

    return reached


def fit(
    model: nn.Module,
    batches: Callable[[int], Any],
    recipe: Recipe,
    watch: Callable[[int, float], bool | None] | None = None,
    loss_of: Callable[[nn.Module, Any], Tensor] = cross_entropy,
) -> list[float]:
    """Train on batches(step) for recipe.steps steps; give the losses. watch(step, loss) may end it by True.

    loss_of(model, batch) is what falls. A loss that is not finite ends the run too: what exploded is shown as
    exploded.
    """
    slow = [p for name, p in model.named_parameters() if set(name.split(".")) & set(SLOW)]
    fast = [p for name, p in model.named_parameters() if not set(name.split(".")) & set(SLOW)]
    groups = [
        {"params": fast, "lr": recipe.lr, "weight_decay": recipe.weight_decay},
        {"params": slow, "lr": recipe.slow * recipe.lr, "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW([group for group in groups if group["params"]])
    warm_up = max(1, recipe.steps // 10)

    def rate(step: int) -> float:
        rising = min(1.0, (step + 1) / warm_up)
        done = max(0.0, (step - warm_up) / max(1, recipe.steps - warm_up))
        return rising * 0.5 * (1 + np.cos(np.pi * done))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    losses: list[float] = []
    model.train()
    for step in range(recipe.steps):
        loss = loss_of(model, batches(step))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), recipe.clip)
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
        if not np.isfinite(losses[-1]) or (watch is not None and watch(step, losses[-1])):
            break
    model.eval()
    return losses


@torch.no_grad()
def accuracy(model: nn.Module, batches: Iterable[Batch]) -> float:
    """The mean share of right answers over batches of one size."""
    return float(np.mean([loss_and_accuracy(model, batch)[1] for batch in batches]))


def side_by_side(
    function: Callable[..., Any], jobs: Sequence[tuple[Any, ...]], processes: int = 2
) -> list[Any]:
    """[function(*job) for job in jobs], in so many processes of one thread each; in order.

    Small models gain nothing from a second thread, but two of them train at once in two processes.
    """
    with ProcessPoolExecutor(processes, get_context("spawn"), torch.set_num_threads, (1,)) as pool:
        done = [future.result() for future in [pool.submit(_timed, function, job) for job in jobs]]
    SPENT.extend(seconds for _, seconds in done)
    return [result for result, _ in done]


def _timed(function: Callable[..., Any], job: tuple[Any, ...]) -> tuple[Any, float]:
    started = time.process_time()
    return function(*job), time.process_time() - started


def parameters(model: nn.Module) -> int:
    """How many numbers the model learns."""
    return sum(p.numel() for p in model.parameters())


def is_quick(arguments: list[str] | None = None) -> bool:
    """Whether the command line asks for the quick run. arguments: instead of the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="a tiny run that writes nothing")
    return bool(parser.parse_args(arguments).quick)


def finish(name: str, results: dict[str, Any]) -> Path:
    """Write the results with the minutes since the script began; print where.

    Half of the processor minutes is what two quiet cores need: on busy ones it tells more than the clock.
    """
    minutes = round((time.perf_counter() - STARTED) / 60, 1)
    processor = round((time.process_time() + sum(SPENT)) / 60, 1)
    path = save(f"reproduce-{name}", {"minutes": minutes, "processor minutes": processor, **results})
    print(f"{minutes} minutes, {processor} processor minutes; written: {path}")
    return path
