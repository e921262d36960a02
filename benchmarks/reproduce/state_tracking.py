"""State tracking: which recurrences can follow a state, and how far beyond the length they were trained at?

Two tasks of `minirnn.tasks.groups`: parity (one bit, and a 1 flips it) and the composition of permutations
in S_3. What can be expected of a layer is decided by its transition, the matrix before h_{t-1}:

- Real eigenvalues in [0, 1]: minGRU, RG-LRU, S6, DeltaNet. In finite precision they cannot do parity.
- [-1, 1]: a diagonal layer (`SignedDiagonal` below) can, by a_t = 1 - 2 x_t. DeltaNet with beta in (0, 2)
  can, as 1 - beta is then in (-1, 1). It mirrors, and mirrors do not commute.
- Complex: CG-LRU turns by an angle that its input decides; the LRU by one that is always the same.
- RNN, GRU, LSTM: not linear, and nothing forbids them either task.

For S_3 the theory asks for more: its elements do not commute, and diagonal transitions do. Who knows the sign
of the product alone, which is a parity, is right once in three times. But h -> a h + b is more than its
transition, and such maps do not commute. Every permutation of 0, 1, 2 is i -> +-i + c modulo 3, so one
diagonal state with a = +-1 and b in {-1, 0, 1} follows where 0 goes, as an integer that has to be read modulo
3. That integer wanders off like the square root of the length, and a finite network trained on short
sequences has learned to read the small ones alone: a way to fit, not a way to go on for ever.

The paper (Grazzi et al. 2024, "Unlocking State-Tracking in Linear RNNs Through Negative Eigenvalues", arXiv
2411.12537): trained up to length 40, tested from 40 to 256, 3 seeds: on parity diagonal models with
eigenvalues in [0, 1] are random, those in [-1, 1] perfect. For S_3 we have its theory only: products of
mirrors give every permutation, and a swap is one mirror while a 3-cycle is two, so one step of one such layer
is not enough.

Here: width 64, an MLP in each block, no convolution, `steps` steps of training, and the same settings for
all layers. Training sequences have 40 steps for parity; for S_3 they grow from 4 to 40 over the first 60 % of
training, without which some runs stay for long where only the sign is known. One layer for parity, one and
two for S_3, where not all layers are tried. Scaled accuracy is (accuracy - chance) / (1 - chance), 0 for a
guess, over the last 8 steps up to each length. Some runs on S_3 stay where only the sign is known, so beside
the median stands the seed with the lowest training loss: it says what a layer can do, not what it does at
once. For S_3 it is what table and figure show.

Run: python benchmarks/reproduce/state_tracking.py [--quick]
"""

import math
import statistics
from collections.abc import Callable
from typing import Any, NamedTuple

from minirnn.base.plots import INK, LINES, draw_level, figure_page, save_both
from minirnn.layers.cglru import CGLRU
from minirnn.layers.contract import SequenceLayer
from minirnn.layers.deltanet import DeltaNet
from minirnn.layers.gru import GRU
from minirnn.layers.lru import LRU
from minirnn.layers.lstm import LSTM
from minirnn.layers.mingru import MinGRU
from minirnn.layers.rglru import RGLRU
from minirnn.layers.rnn import RNN
from minirnn.layers.s6 import S6
from minirnn.tasks.common import Batch
from minirnn.tasks.groups import PARITY_CHANCE, parity, permutations, permutations_chance

import numpy as np
import torch
from shared import IMAGES, Recipe, TaskModel, finish, fit, is_quick, parameters, show_verdict, side_by_side
from torch import Tensor


class SignedDiagonal(MinGRU):
    """h_t = tanh(W_a x_t) h_{t-1} + W_b x_t: a diagonal recurrence with eigenvalues in [-1, 1]."""

    def _coefficients(self, x: Tensor, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
        gate, v = self.into(x).to(dtype).chunk(2, -1)
        return torch.tanh(gate), v


class Kind(NamedTuple):
    """A layer of the study: the class its eigenvalues belong to, and how to make one of width d."""

    family: str
    make: Callable[[int], SequenceLayer]


POSITIVE, COMPLEX, SIGNED, NONLINEAR = "in [0, 1]", "complex", "in [-1, 1]", "not linear"
KINDS = {
    "mingru": Kind(POSITIVE, lambda d: MinGRU(d, d)),
    "rglru": Kind(POSITIVE, lambda d: RGLRU(d, n_blocks=4)),
    "s6": Kind(POSITIVE, lambda d: S6(d)),
    "deltanet": Kind(POSITIVE, lambda d: DeltaNet(d)),
    "lru": Kind(COMPLEX, lambda d: LRU(d, d)),
    "cglru": Kind(COMPLEX, lambda d: CGLRU(d, n_blocks=4)),
    "signed diagonal": Kind(SIGNED, lambda d: SignedDiagonal(d, d)),
    "deltanet negative": Kind(SIGNED, lambda d: DeltaNet(d, negative=True)),
    "rnn": Kind(NONLINEAR, lambda d: RNN(d, d)),
    "gru": Kind(NONLINEAR, lambda d: GRU(d, d)),
    "lstm": Kind(NONLINEAR, lambda d: LSTM(d, d)),
}
STUDIES = (("parity", 1), ("S_3", 1), ("S_3", 2))  # task and number of layers
ON_PARITY_ALONE = ("rglru", "s6", "lstm")
CHANCE = {"parity": PARITY_CHANCE.accuracy, "S_3": permutations_chance(3).accuracy}
SIGN_ALONE = (1 / 3 - CHANCE["S_3"]) / (1 - CHANCE["S_3"])  # scaled
PERFECT, RANDOM = 0.99, 0.1  # scaled accuracy of at least, and below
PUBLISHED = {"parity, diagonal, in [0, 1]": "random", "parity, diagonal, in [-1, 1]": "perfect"}
SETTINGS: dict[str, Any] = {
    "d_model": 64,
    "d_mlp": 128,
    "train length": 40,
    "first length": {"parity": 40, "S_3": 4},
    "growing": 0.6,
    "lengths": [40, 64, 96, 128, 192, 256],
    "test sequences": 256,
    "batch": 32,
    "rate": 3e-3,
    "steps": {"parity": 400, "S_3": 1000},
    "seeds": {"parity": 3, "S_3": 2},
}
QUICK = SETTINGS | {
    "d_model": 16,
    "steps": {"parity": 2, "S_3": 2},
    "seeds": {"parity": 1, "S_3": 1},
    "test sequences": 32,
}
NAMES = {"median": "median of the seeds", "best fitted": "best fitted seed"}
WINDOW = 8  # answers are counted over so many steps up to each length
ROWS = 32  # test sequences at once


def make(task: str, batch: int, length: int, seed: tuple[int, ...]) -> Batch:
    return parity(batch, length, seed) if task == "parity" else permutations(batch, length, 3, seed)


@torch.no_grad()
def scaled_accuracy(model: torch.nn.Module, task: str, settings: dict[str, Any]) -> dict[int, float]:
    """For each length: every layer is causal, so one long batch has them all as its beginnings."""
    lengths = settings["lengths"]
    batch = make(task, settings["test sequences"], max(lengths), (99,))
    inputs = torch.from_numpy(batch.inputs).split(ROWS)
    right = np.concatenate([model(rows).argmax(-1).numpy() for rows in inputs]) == batch.targets
    chance = CHANCE[task]
    return {n: round(float((right[:, n - WINDOW : n].mean() - chance) / (1 - chance)), 4) for n in lengths}


@torch.no_grad()
def lowest_eigenvalue(model: TaskModel) -> float:
    """The transition's eigenvalue nearest to -1, over both symbols, in the first layer of a SIGNED kind.

    What is remembered is multiplied by it at every 1, so at -0.99 little is left after some hundred steps.
    """
    block = model.blocks[0]
    layer: Any = block.mixer
    made = layer.into(block.norm_mixer(model.embed(torch.arange(2))))
    if isinstance(layer, SignedDiagonal):
        return round(float(torch.tanh(made[:, : layer.d_hidden]).min()), 4)
    beta, dt = made[:, 3 * layer.d_model :].chunk(2, -1)
    g = -torch.exp(layer.A_log) * torch.nn.functional.softplus(dt + layer.dt_bias)
    return round(float((torch.exp(g) * (1 - 2 * torch.sigmoid(beta))).min()), 4)


def train(task: str, layers: int, name: str, seed: int, settings: dict[str, Any]) -> dict[str, Any]:
    """Train one model once; give its scaled accuracy for each length."""
    torch.manual_seed(seed)
    d, answers = settings["d_model"], round(1 / CHANCE[task])
    model = TaskModel(lambda: KINDS[name].make(d), d, layers, answers, answers, settings["d_mlp"])

    steps, last, first = settings["steps"][task], settings["train length"], settings["first length"][task]

    def batches(step: int) -> Batch:
        grown = min(1.0, step / (settings["growing"] * steps))
        return make(task, settings["batch"], first + int(grown * (last - first)), (seed, step))

    losses = fit(model, batches, Recipe(steps, settings["rate"]))
    found = {
        "seed": seed,
        "loss": round(float(np.mean(losses[-50:])), 4),
        "accuracy": scaled_accuracy(model, task, settings),
        "parameters": parameters(model),
    }
    if task == "parity" and KINDS[name].family == SIGNED:
        found["lowest eigenvalue"] = lowest_eigenvalue(model)
    print(f"{task:6} {layers} {name:17} {found}", flush=True)
    return found


def study(settings: dict[str, Any]) -> dict[str, Any]:
    """Every layer on every task with every seed."""
    jobs = [
        (task, layers, name, seed, settings)
        for task, layers in STUDIES
        for name in tried(task)
        for seed in range(settings["seeds"][task])
    ]
    runs = side_by_side(train, jobs)
    studies: dict[str, Any] = {}
    for task, layers in STUDIES:
        table = {}
        for name in tried(task):
            own = [run for job, run in zip(jobs, runs, strict=True) if job[:3] == (task, layers, name)]
            lengths = settings["lengths"]
            median = {n: statistics.median(run["accuracy"][n] for run in own) for n in lengths}
            fitted = min(own, key=lambda run: run["loss"] if math.isfinite(run["loss"]) else math.inf)
            table[name] = {
                "eigenvalues": KINDS[name].family,
                "median": median,
                "best fitted": fitted["accuracy"],
                "runs": own,
            }
        studies[title(task, layers)] = table
    return {
        "settings": settings,
        "chance": CHANCE,
        "scaled accuracy of the sign alone": SIGN_ALONE,
        "published": PUBLISHED,
        "studies": studies,
        "verdict": verdict(studies, settings["lengths"]),
    }


def tried(task: str) -> list[str]:
    """The layers that are tried on a task."""
    return [name for name in KINDS if task == "parity" or name not in ON_PARITY_ALONE]


def title(task: str, layers: int) -> str:
    return f"{task}, {layers} {'layer' if layers == 1 else 'layers'}"


def which(case: str) -> str:
    """The row that is shown: on S_3 some seeds stay with the sign."""
    return "best fitted" if case.startswith("S_3") else "median"


def verdict(studies: dict[str, Any], lengths: list[int]) -> dict[str, bool]:
    """The published claims on parity, by medians; on S_3 who learns more than the sign, and who keeps it."""
    claims = {}
    short, long = lengths[0], lengths[-1]
    for name, row in studies["parity, 1 layer"].items():
        scores = row["median"]
        if row["eigenvalues"] == POSITIVE:
            claims[f"parity: {name} random at all lengths"] = max(scores.values()) < RANDOM
        elif row["eigenvalues"] == COMPLEX:
            claims[f"parity: {name} perfect at {short}"] = scores[short] >= PERFECT
        else:
            for n in (short, long):
                claims[f"parity: {name} perfect at {n}"] = scores[n] >= PERFECT
    for layers in (1, 2):
        case, table = f"S_3, {layers}:", studies[title("S_3", layers)]
        for name, row in table.items():
            scores = row["median"]
            if row["eigenvalues"] in (POSITIVE, COMPLEX):
                claims[f"{case} {name} not above the sign alone at {short}"] = (
                    scores[short] < SIGN_ALONE + 0.05
                )
                continue
            for n in (short, long):
                claims[f"{case} {name} perfect at {n}, best fitted seed"] = row["best fitted"][n] >= PERFECT
        best = table["signed diagonal"]["best fitted"]
        claims[f"{case} signed diagonal above the sign alone at {short}"] = best[short] > SIGN_ALONE + 0.05
        claims[f"{case} signed diagonal loses from {short} to {long}"] = best[long] < best[short] - 0.05
    return claims


def draw(results: dict[str, Any]) -> None:
    """One panel for each task and depth: a colour and dash for each family, a marker for each layer."""
    families = (POSITIVE, SIGNED, NONLINEAR, COMPLEX)
    lengths, said, markers = results["settings"]["lengths"], [], "osD^"
    with figure_page() as (figure, axes):
        figure.clear()
        figure.set_figheight(4.6)
        panels = figure.subplots(1, len(results["studies"]), sharey=True)
        for axes, (case, table) in zip(panels, results["studies"].items(), strict=True):
            shown = which(case)
            for name, row in table.items():
                family = row["eigenvalues"]
                color, dash, _ = LINES[families.index(family)]
                marker = markers[[n for n, kind in KINDS.items() if kind.family == family].index(name)]
                scores = [row[shown][n] for n in lengths]
                axes.plot(*(lengths, scores), color=color, ls=dash, marker=marker, markersize=4.5, label=name)
                said.append(
                    f"{case}: {name} {scores[0]:.2f} at {lengths[0]}, {scores[-1]:.2f} at {lengths[-1]}."
                )
            if case.startswith("S_3"):
                draw_level(axes, SIGN_ALONE, "the sign alone")
            axes.set_title(f"{case}\n({NAMES[shown]})", color=INK)
            axes.set_xticks([40, 128, 256])
            axes.set_xlabel("length (trained at 40)")
            axes.grid(axis="y", color=INK, alpha=0.25, linewidth=0.6)
        panels[0].set_ylim(-0.06, 1.04)
        panels[0].set_ylabel("scaled accuracy (0: a guess)")
        known = {
            label: handle
            for axes in panels
            for handle, label in zip(*axes.get_legend_handles_labels(), strict=True)
        }
        figure.legend(known.values(), known, loc="outside lower center", ncols=3)
        heading = "Parity and the composition of permutations, by the eigenvalues of the layer"
        save_both(figure, IMAGES / "reproduce-state-tracking.svg", heading, " ".join(said))


def main(arguments: list[str] | None = None) -> dict[str, Any]:
    """Train all, print the tables; write results and figure unless it is the quick run."""
    quick = is_quick(arguments)
    results = study(QUICK if quick else SETTINGS)
    for case, table in results["studies"].items():
        lengths = " ".join(f"{n:6}" for n in results["settings"]["lengths"])
        first, last = results["settings"]["lengths"][0], results["settings"]["lengths"][-1]
        print(f"\n{case:18} {'eigenvalues':11} {lengths}   {NAMES[which(case)]}; {first}, {last}: each")
        for name, row in table.items():
            scores = " ".join(f"{score:6.2f}" for score in row[which(case)].values())
            seeds = "  ".join(
                f"{run['accuracy'][first]:.2f} {run['accuracy'][last]:.2f}" for run in row["runs"]
            )
            print(f"{name:18} {row['eigenvalues']:11} {scores}   {seeds}")
    show_verdict(results["verdict"])
    if not quick:
        draw(results)
        finish("state-tracking", results)
    return results


if __name__ == "__main__":
    main()
