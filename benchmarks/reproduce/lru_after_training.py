"""Where training moves the eigenvalues of an LRU: before and after, from two starts.

The task, the model and the recipe are those of the top rung of the ladder (lru_ladder.py): digits read pixel
by pixel, one layer, 32 states. One run starts on the ring of the ladder with its small phases, the other on
the whole disk with all phases, as a random matrix would. Everything else, the seed included, is the same.

It is one run each, so it shows what can happen and measures nothing: look at the picture, not at the last
digit. The phases and radii are kept as they are learned, a phase is not brought back into one turn.

Run: python benchmarks/reproduce/lru_after_training.py [--quick]
"""

import argparse
import math
from collections.abc import Callable
from typing import Any

from minirnn.layers.lru import LRU
from minirnn.tasks.common import Batch

import numpy as np
import torch
from lru_ladder import QUICK, SETTINGS, Data, Pooled, in_turn, of, pictures
from shared import Recipe, accuracy, finish, fit, side_by_side

STARTS: dict[str, tuple[tuple[float, float], float]] = {
    "ring": (SETTINGS["ring"], SETTINGS["max_phase"]),
    "disk": ((0.0, 1.0), 2 * math.pi),
}
SEED = 46  # the ladder has used those before it
RATE: float = SETTINGS["rates"]["gamma"]


def spectrum(layer: LRU) -> dict[str, list[float]]:
    """Radius, phase and gamma of every state."""
    with torch.no_grad():
        nu = layer.nu_log.double().exp()
        radius, phase, gamma = (-nu).exp(), layer.theta_log.double().exp(), layer.gamma_log.double().exp()
    values = {"radius": radius, "phase": phase, "gamma": gamma}
    return {name: [round(x, 6) for x in value.tolist()] for name, value in values.items()}


def train(start: str, settings: dict[str, Any], data: Data) -> dict[str, Any]:
    """Train one LRU; give its eigenvalues before and after, and how much it then names right."""
    torch.manual_seed(SEED)
    ring, max_phase = STARTS[start]
    width, states = settings["width"], settings["states"]
    model = Pooled(
        lambda: LRU(width, states, ring, max_phase),
        *(width, settings["layers"], 1, 10, settings["d_mlp"]),
        floats=True,
    )
    layer: Any = model.blocks[0].mixer
    before = spectrum(layer)

    def batches(step: int) -> Batch:
        rng = np.random.default_rng((SEED, step))
        return of(data["train"], rng.integers(0, len(data["train"].mask), settings["batch"]))

    def score(part: str) -> float:
        rows = range(0, len(data[part].mask), 50)
        return round(accuracy(model, [of(data[part], slice(row, row + 50)) for row in rows]), 4)

    losses = fit(model, batches, Recipe(settings["steps"], RATE, slow=settings["slow"]))
    return {
        **{part: score(part) for part in ("known", "unseen")},
        "loss": round(float(np.mean(losses[-50:])), 4),
        "before": before,
        "after": spectrum(layer),
    }


def study(settings: dict[str, Any], run_all: Callable[..., list[Any]]) -> dict[str, Any]:
    """Both starts. run_all: see `side_by_side`."""
    data = pictures(settings)
    found = run_all(train, [(start, settings, data) for start in STARTS])
    kept = ("width", "states", "steps", "batch", "slow")
    starts = {
        name: {"ring": list(ring), "max_phase": max_phase, **its}
        for (name, (ring, max_phase)), its in zip(STARTS.items(), found, strict=True)
    }
    return {
        "settings": {**{name: settings[name] for name in kept}, "rate": RATE, "seed": SEED},
        "starts": starts,
    }


def main(quick: bool = False) -> dict[str, Any]:
    """Train both, print what came out; write it unless it is the quick run."""
    results = study(*((QUICK, in_turn) if quick else (SETTINGS, side_by_side)))
    for name, its in results["starts"].items():
        radii = [np.median(its[when]["radius"]) for when in ("before", "after")]
        print(f"{name:5} known {its['known']:.1%}, unseen {its['unseen']:.1%}, median radius {radii}")
    if not quick:
        finish("lru-after-training", results)
    return results


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="a tiny run that writes nothing")
    main(parser.parse_args().quick)
