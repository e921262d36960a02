"""What has to listen? One layer of S6 on selective copying, with and without Delta, B and C from the input.

Three symbols stand scattered among 40 steps, the others are blank; then they are to be named in their order
(see `minirnn.tasks.copying`). With Delta = 0 at the blanks the layer's clock stands still there: a symbol is
always three symbols and markers away from its answer, however many blanks lie between. Selective copying is
then plain copying, which a recurrence that is the same at all steps can do. B and C cannot stop the clock:
they may leave the blanks out, but the state goes on fading at the same speed.

Hypotheses, stated before the run:
1. one layer solves the task where Delta alone listens, and where all three do;
2. it does not where B and C alone listen, nor where nothing does;
3. in each layer that solves it, Delta is smaller at blanks than at symbols, and a larger share of the state
   is kept there;
4. with Delta at the blanks forced to its mean at the symbols, a layer that solved it falls below one half;
5. what solves the task at 40 steps solves it at 160, too, without more training.

What does not listen reads one learned vector in place of its input, so all variants have the same number of
parameters. All have the same recipe and the same two learning rates: the one with which the first seed
does best on validation data is taken for the other seeds. In one layer Delta depends on the present token
alone, so a table of the tokens says all about it. Settings were tried with seed 0, which is not used here. A
first run was stopped before its last two networks. It showed that the means of hypothesis 3 hang on a few
channels with a large Delta at blanks, so the median over the channels is written down beside the mean.

We know of no published table like this one. Published is that S6 solves the task and S4 does not (Gu and Dao
2023, "Mamba", arXiv 2312.00752, table 1: without a gate 97.0 % and 18.3 %; two layers, 16 of 4,096 tokens).

Run: python benchmarks/reproduce/selection_delta.py [--quick]
"""

import statistics
import time
from collections.abc import Callable
from typing import Any

from minirnn.base.plots import INK, draw_level, draw_line, figure_page, label_lines, save_both
from minirnn.layers.s6 import S6
from minirnn.tasks.common import Batch
from minirnn.tasks.copying import copying_chance, selective_copying

import numpy as np
import torch
from shared import (
    IMAGES,
    Recipe,
    TaskModel,
    accuracy,
    finish,
    fit,
    is_quick,
    parameters,
    show_verdict,
    side_by_side,
)
from torch import Tensor, nn

VARIANTS = {
    "nothing": frozenset[str](),
    "B and C": frozenset({"B", "C"}),
    "Delta": frozenset({"Delta"}),
    "Delta, B and C": frozenset({"Delta", "B", "C"}),
}
SETTINGS: dict[str, Any] = {
    "length": 40,
    "lengths": [40, 80, 160],
    "n_data": 3,
    "n_symbols": 8,
    "width": 32,
    "d_state": 8,
    "layers": 1,
    "d_mlp": 64,
    "steps": 1000,
    "batch": 32,
    "rates": [1e-2, 3e-2],
    "seeds": [1, 2, 3],
    "examples": 512,
}
QUICK = SETTINGS | {"length": 8, "lengths": [8, 16], "steps": 3, "seeds": [1, 2], "examples": 64}
SOLVED = 0.95
VALIDATION, TEST = 1, 2


class Partly(S6):
    """S6 of which only `reads`, some of Delta, B and C, are made from the input; the others are constants."""

    def __init__(self, d_inner: int, d_state: int, reads: frozenset[str]) -> None:
        super().__init__(d_inner, d_state)
        self.reads = reads
        self.constant = nn.Parameter(torch.randn(d_inner))
        self.forced: Callable[[Tensor], Tensor] | None = None  # what to do to Delta, in an intervention

    def _select(self, x: Tensor, dtype: torch.dtype) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        found = super()._select(x, dtype)
        fixed = super()._select(self.constant.expand_as(x), dtype)
        names = ("Delta", "B", "C")
        delta, B, C = (
            one if name in self.reads else other
            for name, one, other in zip(names, found, fixed, strict=False)
        )
        return delta if self.forced is None else self.forced(delta), B, C, found[3]


def data(settings: dict[str, Any], part: tuple[int, ...], length: int) -> list[Batch]:
    """All examples of one part, in batches."""
    size = settings["batch"]
    task = length, settings["n_data"], settings["n_symbols"]
    return [selective_copying(size, *task, seed=(*part, i)) for i in range(settings["examples"] // size)]


@torch.no_grad()
def look(model: TaskModel, batches: list[Batch], marker: int) -> dict[str, Any]:
    """Delta of each kind of token, and what share of the state it keeps: |exp(Delta A) h| / |h|, by its mean.

    Delta: first the mean over the symbols, then mean and median over the channels. The share: over the steps
    at which there is something in the state.
    """
    block: Any = model.blocks[0]
    tokens = torch.arange(marker + 1)
    delta = block.mixer._select(block.norm_mixer(model.embed(tokens)), torch.float32)[0]
    kinds = {"blank": delta[0], "symbol": delta[1:marker].mean(0), "marker": delta[marker]}
    kept: dict[str, list[Tensor]] = {"blank": [], "symbol": [], "marker": []}
    for batch in batches:
        inputs = torch.from_numpy(batch.inputs)
        x = block.norm_mixer(model.embed(inputs))
        made, B, _, A = block.mixer._select(x, torch.float32)
        h = torch.zeros(len(x), *A.shape)
        for t in range(x.shape[1]):
            keep = torch.exp(made[:, t].unsqueeze(1) * A) * h
            size = h.flatten(1).norm(dim=1)
            share = keep.flatten(1).norm(dim=1) / size
            token = inputs[:, t]
            for name, is_one in (
                ("blank", token == 0),
                ("symbol", (token > 0) & (token < marker)),
                ("marker", token == marker),
            ):
                kept[name].append(share[is_one & (size > 0)])
            h = keep + (made[:, t] * x[:, t]).unsqueeze(1) * B[:, t].unsqueeze(2)
    return {
        "delta": {name: round(each.mean().item(), 6) for name, each in kinds.items()},
        "median delta": {name: round(each.quantile(0.5).item(), 6) for name, each in kinds.items()},
        "channels slower at blanks": round((kinds["blank"] < kinds["symbol"]).float().mean().item(), 4),
        "kept": {name: round(torch.cat(shares).mean().item(), 6) for name, shares in kept.items()},
    }


@torch.no_grad()
def clock_runs_on(model: TaskModel, batches: list[Batch], marker: int) -> float:
    """The accuracy where Delta at the blanks is, in each channel, its mean over the symbols."""
    block: Any = model.blocks[0]
    layer = block.mixer
    usual = layer._select(block.norm_mixer(model.embed(torch.arange(1, marker))), torch.float32)[0].mean(0)
    scores = []
    for batch in batches:
        blank = torch.from_numpy(batch.inputs == 0).unsqueeze(-1)
        layer.forced = lambda delta, blank=blank: torch.where(blank, usual, delta)
        scores.append(accuracy(model, [batch]))
    layer.forced = None
    return float(np.mean(scores))


def train(name: str, rate: float, seed: int, settings: dict[str, Any]) -> dict[str, Any]:
    """Train one variant once; give its accuracy by length, and what Delta does in it."""
    started = time.process_time()
    task = settings["length"], settings["n_data"], settings["n_symbols"]
    marker = settings["n_symbols"] + 1
    torch.manual_seed(seed)
    model = TaskModel(
        lambda: Partly(settings["width"], settings["d_state"], VARIANTS[name]),
        settings["width"],
        settings["layers"],
        marker + 1,
        marker + 1,
        settings["d_mlp"],
    )
    losses = fit(
        model,
        lambda step: selective_copying(settings["batch"], *task, seed=(seed, 0, step)),
        Recipe(settings["steps"], rate),
    )
    test = data(settings, (seed, TEST), settings["length"])
    found = {
        "rate": rate,
        "seed": seed,
        "validation": round(accuracy(model, data(settings, (seed, VALIDATION), settings["length"])), 4),
        "accuracy": {
            n: round(accuracy(model, data(settings, (seed, TEST), n)), 4) for n in settings["lengths"]
        },
        "clock runs on": round(clock_runs_on(model, test, marker), 4),
        **look(model, test, marker),
        "loss": round(float(np.mean(losses[-50:])), 4),
        "parameters": parameters(model),
        "processor seconds": round(time.process_time() - started, 1),
    }
    print(f"{name:15} {found}", flush=True)
    return found


def study(settings: dict[str, Any], run_all: Callable[..., list[Any]] = side_by_side) -> dict[str, Any]:
    """All variants: the rates on the first seed, then the best one on all. run_all: see `side_by_side`."""
    first, *others = settings["seeds"]
    grid = [(name, rate, first, settings) for name in VARIANTS for rate in settings["rates"]]
    tried = dict(zip([job[:2] for job in grid], run_all(train, grid), strict=True))
    best = {name: max(settings["rates"], key=lambda r: tried[name, r]["validation"]) for name in VARIANTS}
    more = [(name, best[name], seed, settings) for name in VARIANTS for seed in others]
    again = run_all(train, more)
    variants = {}
    for name in VARIANTS:
        runs = [
            tried[name, best[name]],
            *(run for job, run in zip(more, again, strict=True) if job[0] == name),
        ]
        variants[name] = {
            "median": {n: statistics.median(run["accuracy"][n] for run in runs) for n in settings["lengths"]},
            "rate": best[name],
            "runs": runs,
            "other rates": [tried[name, rate] for rate in settings["rates"] if rate != best[name]],
        }
    return {
        "settings": settings,
        "chance": copying_chance(settings["n_symbols"]).accuracy,
        "variants": variants,
        "verdict": verdict(variants),
    }


def in_turn(function: Callable[..., Any], jobs: list[tuple[Any, ...]]) -> list[Any]:
    """What `side_by_side` does, in this process: for so little, starting two would take longest."""
    return [function(*job) for job in jobs]


def verdict(variants: dict[str, Any]) -> dict[str, bool]:
    """The hypotheses, by the medians over the seeds, and what is said of Delta in every single run."""
    lengths = list(variants["Delta"]["median"])
    claims = {}
    for name, found in variants.items():
        solves = "Delta" in VARIANTS[name]
        claim = "solves it (95 % or more)" if solves else "does not solve it"
        claims[f"{name} from the input: {claim}"] = (found["median"][lengths[0]] >= SOLVED) is solves
    for name in ("Delta", "Delta, B and C"):
        runs, median = variants[name]["runs"], variants[name]["median"]
        claims |= {
            f"{name}: in every run Delta, the mean over the channels, "
            "is smaller at blanks than at symbols": all(
                run["delta"]["blank"] < run["delta"]["symbol"] for run in runs
            ),
            f"{name}: in every run the median over the channels is smaller at blanks than at symbols": all(
                run["median delta"]["blank"] < run["median delta"]["symbol"] for run in runs
            ),
            f"{name}: in every run a larger share of the state kept at blanks than at symbols": all(
                run["kept"]["blank"] > run["kept"]["symbol"] for run in runs
            ),
            f"{name}: below one half in every run where the clock runs on": all(
                run["clock runs on"] < 0.5 for run in runs
            ),
            f"{name}: solved at {lengths[-1]} steps, trained at {lengths[0]}": median[lengths[-1]] >= SOLVED,
        }
    return claims


def draw(results: dict[str, Any]) -> None:
    """Accuracy against length: the medians, and the range of the seeds."""
    said = []
    with figure_page() as (figure, axes):
        for number, (name, found) in enumerate(results["variants"].items()):
            points = list(found["median"].items())
            draw_line(axes, number, points, f"{name} from the input")
            lows, highs = (
                [pick(run["accuracy"][n] for run in found["runs"]) for n, _ in points] for pick in (min, max)
            )
            axes.fill_between(
                [n for n, _ in points], lows, highs, color=axes.lines[-1].get_color(), alpha=0.15
            )
            said.append(f"{name}: " + ", ".join(f"{right:.1%} at {n}" for n, right in points) + ".")
        draw_level(axes, results["chance"], "chance")
        axes.set_xscale("log", base=2)
        axes.set_xticks(results["settings"]["lengths"], [str(n) for n in results["settings"]["lengths"]])
        axes.set_ylim(0, 1.03)
        axes.yaxis.set_major_formatter(lambda y, _: f"{y:.0%}")
        axes.set_xlabel(f"length (trained at {results['settings']['length']})")
        axes.set_ylabel("symbols named right")
        axes.grid(axis="y", color=INK, alpha=0.25, linewidth=0.6)
        label_lines(axes)
        title = "Selective copying with one layer: which of its parts has to listen"
        save_both(figure, IMAGES / "reproduce-selection-delta.svg", title, " ".join(said))


def main(quick: bool = False) -> dict[str, Any]:
    """Train all, print the table; write results and figure unless it is the quick run."""
    results = study(QUICK, in_turn) if quick else study(SETTINGS)
    header = f"{'from the input':15} {'rate':>6} {'seed':>4} {'accuracy by length':30} runs on   Delta:"
    print(f"\n{header} mean, median; kept")
    for name, found in results["variants"].items():
        for run in found["runs"]:
            scores = " ".join(f"{n}: {right:6.1%}" for n, right in run["accuracy"].items())
            more = " ".join(
                f"{kind} {run['delta'][kind]:.4f} {run['median delta'][kind]:.4f} {run['kept'][kind]:.1%}"
                for kind in ("blank", "symbol")
            )
            print(
                f"{name:15} {run['rate']:6g} {run['seed']:4} {scores:30} {run['clock runs on']:7.1%}   {more}"
            )
    show_verdict(results["verdict"])
    if not quick:
        draw(results)
        finish("selection-delta", results)
    return results


if __name__ == "__main__":
    main(is_quick())
