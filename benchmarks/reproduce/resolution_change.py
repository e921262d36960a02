"""Resolution change: a layer trained at one sampling rate, asked at half of it.

A recording of one second holds a note, a sine of any phase, and noise; at the end the note is to be named,
one of twelve that are a quarter of an octave apart. Training has 64 samples of each recording, the test
every second one of them. The same second then has half as many steps, so what a layer has learnt in steps
is twice as fast in seconds.

The hypothesis, written before the run. Asked at half the rate as it is, every layer hears all notes an octave
too high, and says so where there is such a note. S4D has a number for the length of a step, delta: with it
doubled, it names the notes as well as before, without any training. The LRU has no such number, but the same
can be done to it, as if a delta had been multiplied out:

    Lambda^2 for Lambda,    gamma (1 + Lambda) B for gamma B

is what two of its steps with one and the same input do. A GRU has no such rule: what is left is to give it
each sample twice, which is tried for all three layers and takes as many steps as the full rate does. It was
expected to harm the GRU, which never saw a staircase. The first trials, of one seed and 128 samples, showed
that it hardly does: so what delta buys here is half of the steps, and not a better answer.

Neither is exact for two layers: between two samples the output of the first one changes, which the second
one no longer sees.

All have the same recipe and grid of learning rates; the one with which the first seed does best on validation
data, at the full rate, is taken for the other seeds. Nothing is chosen at half the rate. No published
number stands beside ours: this task is made up here.

Run: python benchmarks/reproduce/resolution_change.py [--quick]
"""

import copy
import math
import statistics
import time
from collections.abc import Callable
from typing import Any

from minirnn.base.plots import INK, LINES, figure_page, save_both
from minirnn.layers.contract import SequenceLayer
from minirnn.layers.gru import GRU
from minirnn.layers.lru import LRU
from minirnn.layers.s4d import S4D
from minirnn.tasks.common import Batch, Seed, guess, last_steps

import numpy as np
import torch
from shared import (
    IMAGES,
    Recipe,
    TaskModel,
    finish,
    fit,
    is_quick,
    parameters,
    show_verdict,
    side_by_side,
)
from torch import nn

WIDTH = 32
# States: 16 real numbers for each channel in S4D (8 complex ones), 32 complex ones in the LRU, 32 in the GRU.
LAYERS: dict[str, Callable[[], SequenceLayer]] = {
    "S4D": lambda: S4D(WIDTH, 16),
    "LRU": lambda: LRU(WIDTH, WIDTH),
    "GRU": lambda: GRU(WIDTH, WIDTH),
}
OCTAVE = 4  # notes
SETTINGS: dict[str, Any] = {
    "samples": 64,
    "notes": 12,
    "lowest": 2.2,  # cycles a second; the highest is then 14.8, and half the rate can hold 16
    "noise": 0.3,
    "width": WIDTH,
    "layers": 2,
    "d_mlp": WIDTH,
    "steps": 600,
    "batch": 32,
    "rates": [3e-3, 1e-2],
    "seeds": 3,
    "examples": 1024,
}
QUICK = SETTINGS | {"samples": 16, "lowest": 0.5, "steps": 3, "seeds": 2, "examples": 64}
FULL, HALF, TWICE = "full rate", "half rate, as it is", "half rate, each sample twice"
CONVERTED = {"S4D": "half rate, delta doubled", "LRU": "half rate, Lambda squared"}
KEEPS = 0.05  # a loss of accuracy smaller than this counts as none
SOLVED = 0.95


def notes(batch: int, settings: dict[str, Any], seed: Seed) -> Batch:
    """inputs (batch, samples, 1) float32, targets (batch, samples) the note; the last step counts."""
    rng, n = np.random.default_rng(seed), settings["samples"]
    note = rng.integers(0, settings["notes"], batch)
    frequency = settings["lowest"] * 2 ** (note / OCTAVE)
    turns = frequency[:, None] * np.arange(n) / n + rng.random((batch, 1))
    wave = np.sin(2 * np.pi * turns) + settings["noise"] * rng.standard_normal((batch, n))
    targets = np.repeat(note[:, None], n, 1)
    return Batch(wave[..., None].astype(np.float32), targets, last_steps(batch, n))


@torch.no_grad()
def two_steps_in_one(model: nn.Module) -> nn.Module:
    """A copy whose S4D and LRU layers do in one step what they did in two with the same input."""
    model = copy.deepcopy(model)
    for layer in model.modules():
        if isinstance(layer, S4D):
            layer.delta_log += math.log(2)
        if isinstance(layer, LRU):
            B = torch.complex(*layer.B.unbind(1)) * (1 + layer.Lambda())[:, None]
            layer.B.copy_(torch.stack([B.real, B.imag], 1))
            layer.nu_log += math.log(2)  # |Lambda| = exp(-nu), its phase theta: both double
            layer.theta_log += math.log(2)
    return model


@torch.no_grad()
def named(model: nn.Module, inputs: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The note that the model names at the end of each of the recordings (batch, time, 1)."""
    return model(torch.from_numpy(np.ascontiguousarray(inputs)))[:, -1].argmax(-1).numpy()


def score(said: np.ndarray[Any, Any], note: np.ndarray[Any, Any], n: int) -> dict[str, float]:
    """The share of notes named right; of those with an octave above them, the share of which that is said."""
    low = note + OCTAVE < n
    return {
        "right": round(float(np.mean(said == note)), 4),
        "an octave up": round(float(np.mean(said[low] == note[low] + OCTAVE)), 4),
    }


def train(name: str, rate: float, seed: int, settings: dict[str, Any]) -> dict[str, Any]:
    """Train one layer once at the full rate; ask it at both."""
    batch, n = settings["batch"], settings["notes"]
    started = time.process_time()
    torch.manual_seed(seed)
    model = TaskModel(
        LAYERS[name], settings["width"], settings["layers"], 1, n, settings["d_mlp"], floats=True
    )
    losses = fit(model, lambda step: notes(batch, settings, (seed, 0, step)), Recipe(settings["steps"], rate))
    validation, test = (notes(settings["examples"], settings, (seed, part)) for part in (1, 2))
    half, note = test.inputs[:, ::2], test.targets[:, 0]
    asked = {
        FULL: named(model, test.inputs),
        HALF: named(model, half),
        TWICE: named(model, np.repeat(half, 2, 1)),
    }
    if name in CONVERTED:
        asked[CONVERTED[name]] = named(two_steps_in_one(model), half)
    loss = float(np.mean(losses[-50:]))
    found = {
        "rate": rate,
        "seed": seed,
        "validation": score(named(model, validation.inputs), validation.targets[:, 0], n)["right"],
        "test": {how: score(said, note, n) for how, said in asked.items()},
        "loss": round(loss, 4) if np.isfinite(loss) else None,
        "parameters": parameters(model),
        "processor seconds": round(time.process_time() - started, 1),
    }
    print(f"{name:5} {found}", flush=True)
    return found


def study(settings: dict[str, Any], run_all: Callable[..., list[Any]] = side_by_side) -> dict[str, Any]:
    """All layers: the grid on the first seed, then the best rate on all. run_all: see `side_by_side`."""
    order = ("GRU", "S4D", "LRU")  # slow ones first: no long last one
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
            "rate": best[name],
            "median": {
                how: {
                    what: statistics.median(run["test"][how][what] for run in runs)
                    for what in runs[0]["test"][how]
                }
                for how in runs[0]["test"]
            },
            "runs": runs,
            "other rates": [tried[name, rate] for rate in settings["rates"] if rate != best[name]],
        }
    return {
        "settings": settings,
        "chance": guess(settings["notes"]).accuracy,
        "layers": layers,
        "verdict": verdict({name: found["median"] for name, found in layers.items()}),
    }


def in_turn(function: Callable[..., Any], jobs: list[tuple[Any, ...]]) -> list[Any]:
    """What `side_by_side` does, in this process: for so little, starting two would take longest."""
    return [function(*job) for job in jobs]


def verdict(median: dict[str, dict[str, dict[str, float]]]) -> dict[str, bool]:
    """What was expected, and whether it came out; medians of the seeds."""

    def right(name: str, how: str) -> float:
        return median[name][how]["right"]

    return {
        "all three learn it at the full rate (95 % or more)": all(right(n, FULL) >= SOLVED for n in LAYERS),
        "at half the rate, as they are, all three name fewer than half": all(
            right(n, HALF) < 0.5 for n in LAYERS
        ),
        "what they say then is mostly the note an octave up": all(
            median[n][HALF]["an octave up"] > 0.5 for n in LAYERS
        ),
        "S4D with delta doubled loses less than 5 points": right("S4D", CONVERTED["S4D"])
        > right("S4D", FULL) - KEEPS,
        "LRU with Lambda squared loses less than 5 points": right("LRU", CONVERTED["LRU"])
        > right("LRU", FULL) - KEEPS,
        "GRU with each sample twice, at twice the steps, loses less than 5 points too": right("GRU", TWICE)
        > right("GRU", FULL) - KEEPS,
    }


def draw(results: dict[str, Any]) -> None:
    """For each layer a group of bars, one for each way to ask it; the seeds as markers."""
    ways = {"full rate": (FULL,), "half": (HALF,), "half, longer steps": tuple(CONVERTED.values())}
    ways |= {"half, samples twice": (TWICE,)}
    said, shown = [], {}
    with figure_page() as (figure, axes):
        for group, (name, found) in enumerate(results["layers"].items()):
            for number, (label, kinds) in enumerate(ways.items()):
                for how in (kind for kind in kinds if kind in found["median"]):
                    row, median = group + 0.2 * (number - 1.5), found["median"][how]
                    color, _, marker = LINES[number]
                    axes.barh(row, median["right"], height=0.16, color=color, alpha=0.35)
                    scores = [run["test"][how]["right"] for run in found["runs"]]
                    style = {"color": color, "marker": marker, "markersize": 5, "linestyle": ""}
                    (shown[label],) = axes.plot(scores, [row] * len(scores), **style)
                    said.append(f"{name}, {how}: {median['right']:.1%}.")
                    if how == HALF:
                        up = f"{median['an octave up']:.0%} an octave up"
                        axes.annotate(up, (max(scores), row), (9, -4), textcoords="offset points")
                        said.append(f"Of the notes that have one, {up}.")
        axes.axvline(results["chance"], color=INK, linestyle=(0, (1, 2)), linewidth=1)
        said.append(f"Chance: {results['chance']:.1%}.")
        axes.set_yticks(range(len(results["layers"])), results["layers"])
        axes.invert_yaxis()
        axes.set_xlim(0, 1.03)
        axes.xaxis.set_major_formatter(lambda x, _: f"{x:.0%}")
        axes.set_xlabel("notes named right (dotted: a guess)")
        figure.legend(shown.values(), shown, loc="outside upper left", ncols=2)
        title = "Trained at one sampling rate, asked at half of it"
        save_both(figure, IMAGES / "reproduce-resolution-change.svg", title, " ".join(said))


def main(quick: bool = False) -> dict[str, Any]:
    """Train all, print the table; write results and figure unless it is the quick run."""
    results = study(QUICK, in_turn) if quick else study(SETTINGS)
    for name, found in results["layers"].items():
        print(f"\n{name}: rate {found['rate']:g}, {found['runs'][0]['parameters']:,} parameters")
        for how, median in found["median"].items():
            seeds = "  ".join(f"{run['test'][how]['right']:.1%}" for run in found["runs"])
            print(
                f"  {how:30} {median['right']:6.1%}, octave up {median['an octave up']:6.1%}; seeds {seeds}"
            )
    print(f"chance {results['chance']:.1%}")
    show_verdict(results["verdict"])
    if not quick:
        draw(results)
        finish("resolution-change", results)
    return results


if __name__ == "__main__":
    main(is_quick())
