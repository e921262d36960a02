"""Induction heads: trained at length 64, what is left at 4,096?

A trigger comes twice among random symbols, somewhere and at the end; what followed it the first time is
asked for (see `minirnn.tasks.recall`). A recurrence has no positions: if it stores that symbol and lets
nothing else in, the length does not matter. Attention meets distances that it has never seen.

The paper (Gu and Dao 2023, "Mamba", arXiv 2312.00752, appendix E.1): trained at length 256, 8 sequences at a
time, for 204,800 steps (attention with RoPE: 409,600), tested from 2^6 to 2^20. Mamba stays perfect up to
2^20, that is 4,000 times the trained length. No variant of attention goes beyond about twice the trained
length; this last number we know from others, not from the paper's own text.

Here: trained at 64, tested up to 64 times that, two layers of width 32, `steps` steps of 32 sequences, so
that it takes minutes on two cores. Mamba's block stands beside Griffin's recurrent block around RG-LRU,
minGRU and LRU, all with a convolution and without an MLP, and beside a Transformer's block: attention with
RoPE and an MLP. Every layer has the same three learning rates; the best on validation sequences of length
64, with the first seed, is taken for the other seeds. No weight decay, as in the paper.

Run: python benchmarks/reproduce/induction_heads.py [--quick]
"""

import math
import statistics
from collections.abc import Callable
from typing import Any

from minirnn.base.plots import INK, draw_level, draw_line, figure_page, label_lines, save_both
from minirnn.blocks import RecurrentBlock
from minirnn.blocks.mamba import MambaBlock
from minirnn.layers.attention import Attention
from minirnn.layers.contract import SequenceLayer
from minirnn.layers.lru import LRU
from minirnn.layers.mingru import MinGRU
from minirnn.layers.rglru import RGLRU
from minirnn.tasks.common import Batch
from minirnn.tasks.recall import induction_heads, induction_heads_chance

import torch
from shared import (
    IMAGES,
    Recipe,
    TaskModel,
    accuracy,
    finish,
    fit,
    is_quick,
    loss_and_accuracy,
    parameters,
    show_verdict,
    side_by_side,
)

LAYERS = ("mamba", "rglru", "mingru", "lru", "attention")
PUBLISHED = {"mamba, perfect up to": "4,000 x", "attention, fails beyond (second-hand)": "about 2 x"}
PERFECT = 0.99
SETTINGS: dict[str, Any] = {
    "d_model": 32,
    "layers": 2,
    "d_state": 8,
    "symbols": 16,
    "train length": 64,
    "lengths": [64, 128, 256, 512, 1024, 2048, 4096],
    "test sequences": 128,
    "batch": 32,
    "steps": 1200,
    "rates": [3e-3, 1e-2, 3e-2],
    "seeds": 3,
}
QUICK = SETTINGS | {"steps": 2, "rates": [3e-3], "seeds": 1, "lengths": [64, 512], "test sequences": 16}
TOKENS = 2**15  # in one test batch
VALIDATION, TEST = 98, 99


def core(name: str, settings: dict[str, Any]) -> SequenceLayer:
    """One mixer; the recurrent ones are twice as wide inside."""
    d, inner = settings["d_model"], 2 * settings["d_model"]
    recurrences: dict[str, Callable[[], SequenceLayer]] = {
        "rglru": lambda: RGLRU(inner, n_blocks=4),
        "mingru": lambda: MinGRU(inner, inner),
        "lru": lambda: LRU(inner, d),
    }
    if name == "mamba":
        return MambaBlock(d, settings["d_state"])
    if name == "attention":
        return Attention(d, n_heads=4, n_kv_heads=4)
    return RecurrentBlock(d, inner, recurrences[name]())


def test_batches(length: int, settings: dict[str, Any], seed: int) -> list[Batch]:
    count = settings["test sequences"]
    whole = induction_heads(count, length, settings["symbols"], (seed, length))
    rows = max(1, min(count, TOKENS // length))
    return [Batch(*(part[at : at + rows] for part in whole)) for at in range(0, count, rows)]


def train(name: str, rate: float, seed: int, settings: dict[str, Any]) -> dict[str, Any]:
    """Train one layer once; give its accuracy for each length."""
    torch.manual_seed(seed)
    d, symbols, length = settings["d_model"], settings["symbols"], settings["train length"]
    d_mlp = 2 * d if name == "attention" else 0
    model = TaskModel(lambda: core(name, settings), d, settings["layers"], symbols + 1, symbols, d_mlp)

    def batches(step: int) -> Batch:
        return induction_heads(settings["batch"], length, symbols, (seed, step))

    fit(model, batches, Recipe(settings["steps"], rate, weight_decay=0.0))
    with torch.no_grad():
        losses = [loss_and_accuracy(model, b)[0].item() for b in test_batches(length, settings, VALIDATION)]
    found = {
        "rate": rate,
        "seed": seed,
        "validation loss": statistics.mean(losses),
        "accuracy": {
            n: round(accuracy(model, test_batches(n, settings, TEST)), 4) for n in settings["lengths"]
        },
        "parameters": parameters(model),
    }
    print(f"{name:9} {found}", flush=True)
    return found


def study(settings: dict[str, Any]) -> dict[str, Any]:
    """All layers: the rates on the first seed, then the best one on all seeds."""
    grid = [(name, rate) for name in LAYERS for rate in settings["rates"]]
    tried = dict(zip(grid, side_by_side(train, [(*key, 0, settings) for key in grid]), strict=True))

    def loss(key: tuple[str, float]) -> float:
        found = tried[key]["validation loss"]
        return found if math.isfinite(found) else math.inf

    best = {name: min((key for key in grid if key[0] == name), key=loss) for name in LAYERS}
    more = [(*best[name], seed, settings) for name in LAYERS for seed in range(1, settings["seeds"])]
    again = side_by_side(train, more)
    layers = {}
    for name in LAYERS:
        runs = [tried[best[name]], *(run for job, run in zip(more, again, strict=True) if job[0] == name)]
        layers[name] = {
            "median": {n: statistics.median(run["accuracy"][n] for run in runs) for n in settings["lengths"]},
            "runs": runs,
            "other runs of the grid": [tried[key] for key in grid if key[0] == name and key != best[name]],
        }
    chance = induction_heads_chance(settings["symbols"]).accuracy
    return {
        "settings": settings,
        "chance": chance,
        "published": PUBLISHED,
        "layers": layers,
        "verdict": verdict({name: found["median"] for name, found in layers.items()}, chance),
    }


def verdict(median: dict[str, dict[int, float]], chance: float) -> dict[str, bool]:
    """The published claims, on the medians; and who else keeps what was learned, at every length."""
    lengths = list(median["mamba"])
    attention = median["attention"]
    recurrent = {name: found for name, found in median.items() if name not in ("attention", "lru")}
    claims = {}
    for name, found in recurrent.items():
        perfect = [n for n in lengths if min(found[m] for m in lengths if m <= n) >= PERFECT]
        for n in (8 * lengths[0], lengths[-1]):
            claims[f"{name} perfect ({PERFECT:.0%}) up to {n}"] = n in perfect
        claims[f"{name} above attention at all lengths beyond"] = all(
            found[n] > attention[n] for n in lengths[1:]
        )
    return claims | {
        "attention perfect at the trained length": attention[lengths[0]] >= PERFECT,
        "attention still perfect at twice that": attention[lengths[1]] >= PERFECT,
        "attention below one half beyond twice that": all(attention[n] < 0.5 for n in lengths[2:]),
        "lru below twice chance at all lengths": max(median["lru"].values()) < 2 * chance,
    }


def draw(results: dict[str, Any]) -> None:
    """Accuracy against length: the medians, and the range of the seeds."""
    said = []
    with figure_page() as (figure, axes):
        for number, (name, found) in enumerate(results["layers"].items()):
            points = list(found["median"].items())
            draw_line(axes, number, points, name)
            lows, highs = (
                [pick(run["accuracy"][n] for run in found["runs"]) for n, _ in points] for pick in (min, max)
            )
            axes.fill_between(
                [n for n, _ in points], lows, highs, color=axes.lines[-1].get_color(), alpha=0.15
            )
            said.append(f"{name}: " + ", ".join(f"{right:.1%} at {n:,}" for n, right in points) + ".")
        draw_level(axes, results["chance"], "chance")
        axes.set_xscale("log", base=2)
        axes.set_xticks(results["settings"]["lengths"], [f"{n:,}" for n in results["settings"]["lengths"]])
        axes.set_ylim(0, 1.03)
        axes.yaxis.set_major_formatter(lambda y, _: f"{y:.0%}")
        axes.set_xlabel("length (trained at 64)")
        axes.set_ylabel("symbols recalled")
        axes.grid(axis="y", color=INK, alpha=0.25, linewidth=0.6)
        label_lines(axes)
        title = "Induction heads, trained at length 64"
        save_both(figure, IMAGES / "reproduce-induction-heads.svg", title, " ".join(said))


def main(arguments: list[str] | None = None) -> dict[str, Any]:
    """Train all, print the table; write results and figure unless it is the quick run."""
    quick = is_quick(arguments)
    results = study(QUICK if quick else SETTINGS)
    lengths = results["settings"]["lengths"]
    print(f"\n{'layer':9} {'rate':>6} {'seed':>4} " + " ".join(f"{n:6,}" for n in lengths))
    for name, found in results["layers"].items():
        for run in found["runs"]:
            scores = " ".join(f"{right:6.1%}" for right in run["accuracy"].values())
            print(f"{name:9} {run['rate']:6g} {run['seed']:4} {scores}")
    show_verdict(results["verdict"])
    if not quick:
        draw(results)
        finish("induction-heads", results)
    return results


if __name__ == "__main__":
    main()
