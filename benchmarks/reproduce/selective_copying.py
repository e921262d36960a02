"""Selective copying: which layers can tell what to keep?

Five symbols stand scattered among 40 steps, the others are blank; then they are to be named in their order.
The number of blanks between them differs from one example to the next, so a layer that does the same at every
step cannot know, when it has to answer, how long ago a symbol came. It must listen to its input.

The paper (Gu and Dao 2023, "Mamba", arXiv 2312.00752, table 1 and appendix E.1) takes 16 of 4,096 tokens, a
vocabulary of 16, two layers of width 64, and 400,000 steps of 64 examples. Accuracy there: S4 without a gate
18.3 %, S6 without a gate 97.0 %, S4 in Mamba's block 56.4 %, S6 in it 99.8 %. Here everything is smaller, so
that it takes minutes on two cores; `SETTINGS` has the sizes.

"Without a gate" means a plain residual block. All layers stand in the same one, with an MLP after each, since
S4D does not mix its channels. All have the same recipe and the same grid of learning rates: the one with
which the first seed does best on validation data is taken for the other seeds. Every example is new,
in training too. Chance is one in eight: a guess.

Run: python benchmarks/reproduce/selective_copying.py [--quick]
"""

import statistics
import time
from collections.abc import Callable
from typing import Any

from minirnn.base.plots import INK, LINES, figure_page, save_both
from minirnn.layers.contract import SequenceLayer
from minirnn.layers.lru import LRU
from minirnn.layers.mingru import MinGRU
from minirnn.layers.rglru import RGLRU
from minirnn.layers.s4d import S4D
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

WIDTH = 32
# States: 16 real numbers for each channel in S4D and S6 (in S4D, 8 complex ones), 32 complex ones in the LRU,
# and one real number for each channel in minGRU and RG-LRU.
LAYERS: dict[str, Callable[[], SequenceLayer]] = {
    "S4D": lambda: S4D(WIDTH, 16),
    "LRU": lambda: LRU(WIDTH, WIDTH),
    "minGRU": lambda: MinGRU(WIDTH, WIDTH),
    "RG-LRU": lambda: RGLRU(WIDTH),
    "S6": lambda: S6(WIDTH, 16),
}
SETTINGS: dict[str, Any] = {
    "length": 40,
    "n_data": 5,
    "n_symbols": 8,
    "width": WIDTH,
    "layers": 2,
    "d_mlp": WIDTH,
    "steps": 1500,
    "batch": 32,
    "rates": [3e-3, 1e-2],
    "seeds": 3,
    "examples": 1024,
}
QUICK = SETTINGS | {"length": 8, "n_data": 2, "steps": 3, "seeds": 2, "examples": 64}
PUBLISHED = {
    "S4, no gate": 0.183,
    "S6, no gate": 0.970,
    "S4, Mamba's block": 0.564,
    "S6, Mamba's block": 0.998,
}
SOLVED = 0.95


def train(name: str, rate: float, seed: int, settings: dict[str, Any]) -> dict[str, Any]:
    """Train one layer once; give its accuracy on validation and test data, all of them new examples."""
    task = settings["length"], settings["n_data"], settings["n_symbols"]
    batch, tokens = settings["batch"], settings["n_symbols"] + 2

    def examples(part: int, step: int) -> Batch:
        return selective_copying(batch, *task, seed=(seed, part, step))

    started = time.process_time()
    torch.manual_seed(seed)
    model = TaskModel(LAYERS[name], settings["width"], settings["layers"], tokens, tokens, settings["d_mlp"])
    losses = fit(model, lambda step: examples(0, step), Recipe(settings["steps"], rate))
    loss = float(np.mean(losses[-50:]))
    measured = range(settings["examples"] // batch)
    found = {
        "rate": rate,
        "seed": seed,
        "validation": round(accuracy(model, (examples(1, step) for step in measured)), 4),
        "test": round(accuracy(model, (examples(2, step) for step in measured)), 4),
        "loss": round(loss, 4) if np.isfinite(loss) else None,
        "exploded": not np.isfinite(losses[-1]),
        "parameters": parameters(model),
        "processor seconds": round(time.process_time() - started, 1),
    }
    print(f"{name:8} {found}", flush=True)
    return found


def study(settings: dict[str, Any], run_all: Callable[..., list[Any]] = side_by_side) -> dict[str, Any]:
    """All layers: the grid on the first seed, then the best rate on all. run_all: see `side_by_side`."""
    order = sorted(LAYERS, key=lambda name: name not in ("S6", "S4D"))  # slow ones first: no long last one
    grid = [(name, rate, 0, settings) for name in order for rate in settings["rates"]]
    tried = dict(zip([job[:2] for job in grid], run_all(train, grid), strict=True))
    best = {name: max(settings["rates"], key=lambda r: tried[name, r]["validation"]) for name in order}
    more = [(name, best[name], seed, settings) for name in order for seed in range(1, settings["seeds"])]
    again = run_all(train, more)
    layers = {}
    for name in LAYERS:
        runs = [
            tried[name, best[name]],
            *(run for job, run in zip(more, again, strict=True) if job[0] == name),
        ]
        layers[name] = {
            "median": statistics.median(run["test"] for run in runs),
            "rate": best[name],
            "runs": runs,
            "other rates": [tried[name, rate] for rate in settings["rates"] if rate != best[name]],
        }
    return {
        "settings": settings,
        "chance": copying_chance(settings["n_symbols"]).accuracy,
        "published": PUBLISHED,
        "layers": layers,
        "verdict": verdict({name: found["median"] for name, found in layers.items()}),
    }


def in_turn(function: Callable[..., Any], jobs: list[tuple[Any, ...]]) -> list[Any]:
    """What `side_by_side` does, in this process: for so little, starting two would take longest."""
    return [function(*job) for job in jobs]


def verdict(median: dict[str, float]) -> dict[str, bool]:
    """What the paper and the course say of these layers, and whether it came out."""
    fixed, between = ("S4D", "LRU"), ("minGRU", "RG-LRU")
    return {
        "S6 solves it (95 % or more)": median["S6"] >= SOLVED,
        "S4D does not": median["S4D"] < SOLVED,
        "LRU does not": median["LRU"] < SOLVED,
        "every layer that listens to its input is above every one that does not": (
            min(median[name] for name in (*between, "S6")) > max(median[name] for name in fixed)
        ),
        "minGRU between S6 and the two that do not": max(median[n] for n in fixed)
        < median["minGRU"]
        < median["S6"],
        "RG-LRU between S6 and the two that do not": max(median[n] for n in fixed)
        < median["RG-LRU"]
        < median["S6"],
    }


def draw(results: dict[str, Any]) -> None:
    """One row for each layer: its seeds as dots, their median as a bar, the published numbers beside."""
    chance, names = results["chance"], list(results["layers"])
    said = []
    with figure_page() as (figure, axes):
        for row, (name, found) in enumerate(results["layers"].items()):
            color, _, marker = LINES[row % len(LINES)]
            axes.barh(row, found["median"], height=0.55, color=color, alpha=0.35)
            scores = [run["test"] for run in found["runs"]]
            axes.plot(scores, [row] * len(scores), marker, color=color, markersize=6, linestyle="")
            said.append(f"{name}: {found['median']:.1%}, seeds {', '.join(f'{s:.1%}' for s in scores)}.")
        known = {"S4, no gate": names.index("S4D"), "S6, no gate": names.index("S6")}
        scores = [results["published"][paper] for paper in known]
        (paper,) = axes.plot(scores, known.values(), "|", color=INK, markersize=26, markeredgewidth=1.6)
        figure.legend([paper], ["S4 and S6 in the paper, no gate"], loc="outside upper left", markerscale=0.4)
        said += [f"Published for {name}: {score:.1%}." for name, score in zip(known, scores, strict=True)]
        axes.axvline(chance, color=INK, linestyle=(0, (1, 2)), linewidth=1)
        axes.annotate("chance", (chance, -0.6), (4, 0), textcoords="offset points")
        said.append(f"Chance: {chance:.1%}.")
        medians = [found["median"] for found in results["layers"].values()]
        rows = [f"{name}, {median:.1%}" for name, median in zip(names, medians, strict=True)]
        axes.set_yticks(range(len(names)), rows)
        axes.set_xlim(0, 1.02)
        axes.set_ylim(-0.7, len(names) - 0.2)
        axes.xaxis.set_major_formatter(lambda x, _: f"{x:.0%}")
        axes.set_xlabel("symbols named right, on new examples")
        task = results["settings"]
        title = f"Selective copying: {task['n_data']} symbols among {task['length']} steps"
        save_both(figure, IMAGES / "reproduce-selective-copying.svg", title, " ".join(said))


def main(quick: bool = False) -> dict[str, Any]:
    """Train all, print the table; write results and figure unless it is the quick run."""
    results = study(QUICK, in_turn) if quick else study(SETTINGS)
    print(f"\n{'layer':8} {'parameters':>10} {'rate':>7} {'median':>7}   seeds")
    for name, found in results["layers"].items():
        seeds = "  ".join(f"{run['test']:.1%}" for run in found["runs"])
        size = found["runs"][0]["parameters"]
        print(f"{name:8} {size:10,} {found['rate']:7g} {found['median']:7.1%}   {seeds}")
    print(f"chance {results['chance']:.1%}; published: {PUBLISHED}")
    show_verdict(results["verdict"])
    if not quick:
        draw(results)
        finish("selective-copying", results)
    return results


if __name__ == "__main__":
    main(is_quick())
