"""How low does each preset get on a GPU, in the same time?

`griffin-gpu` and `transformer-gpu`, of one size and with one recipe, are trained on tiny Shakespeare for 60
seconds each: in bfloat16, compiled. Compiling comes before the clock starts and is reported beside it, so
that both readings of "60 seconds" can be had. A public recipe for a Transformer of that size reports 1.4697
nats per character, after about three minutes on an A100.

Three losses of the weights that a run ends with, those of its best estimate: that estimate itself, on windows
of 256 at random places, the lowest of about thirty and so a little too low; windows at other random places;
and the whole validation split in windows of 256, which no chance decides. (All three look at the split by
which the weights were chosen, as the public recipe does.)

Model FLOPs are those of the matrix products, of attention and of the scan, and no others: for a token,
forward and backward, 6 N + 12 d_model K A + 5 S, where N are the weights in products (all but the embedding,
norms, biases, decays and convolutions), K the keys that a token sees on average, A the layers of attention
and S the states of the scans. The peak that they are a share of is what a large bfloat16 product reaches in
the same run on the same card.

Run: python benchmarks/train_gpu.py [--corpus shakespeare] [--seconds 60] [--seeds 1]
"""

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from common import save
from minirnn.base.run_folder import read_metrics
from minirnn.layers.attention import Attention
from minirnn.layers.rglru import RGLRU
from minirnn.lm import LanguageModel
from minirnn.lm.evaluate import WINDOW, evaluate_random
from minirnn.presets import GPU_PRESETS
from minirnn.text.corpus import load
from minirnn.training.folder.checkpoint import load_model
from minirnn.training.reports.reporter import Result
from minirnn.training.run import train
from minirnn.training.settings import TrainConfig

import torch
from torch import nn

REFERENCE = 1.4697  # nats per character: a public recipe for a Transformer of 10.65 million weights
OTHER_WINDOWS, OTHER_SEED = 2_000, 1
PEAK_SIZE, PEAK_ROUNDS = 8_192, 20


class Watch:
    """A reporter that prints messages and remembers how long compiling took."""

    def __init__(self) -> None:
        self.compile_seconds: float | None = None

    def start(self, info: dict[str, Any]) -> None:
        """Nothing: the settings are in the results."""

    def progress(self, info: dict[str, Any]) -> None:
        """Only the time of compiling is new."""
        self.compile_seconds = info.get("compile_seconds")

    def sample(self, text: str) -> None:
        """Nothing: the samples cost time as in any run, and are not shown."""

    def message(self, text: str) -> None:
        """Shown: it may say that compiling failed."""
        print(text, flush=True)

    def finish(self, result: Result) -> None:
        """Nothing: the result is returned as well."""


def weights_in_products(model: LanguageModel) -> int:
    """The N of the formula."""
    linear = sum(m.weight.numel() for m in model.modules() if isinstance(m, nn.Linear))
    return linear + sum(m.gate_weight.numel() for m in model.modules() if isinstance(m, RGLRU))


def mean_keys(seq_len: int, window: int | None) -> float:
    """The K of the formula: step t of a window of text sees t keys, or as many as attention lets it."""
    return sum(min(t, window or seq_len) for t in range(1, seq_len + 1)) / seq_len


def flops_per_token(model: LanguageModel, keys: float) -> dict[str, float]:
    """Of a training step, forward and backward, for each token; a product and a sum are two.

    A weight takes part in one product and one sum forward and in two of each backward. So does each number
    of a key and of a value that a token sees. A state takes 2 forward, h = a h + b, and 3 backward.
    """
    attention = [m for m in model.modules() if isinstance(m, Attention)]
    states = sum(m.d_rnn for m in model.modules() if isinstance(m, RGLRU))
    return {
        "products": 6.0 * weights_in_products(model),
        "attention": sum(12.0 * m.d_model * keys for m in attention),
        "scan": 5.0 * states,
    }


def one_run(config: TrainConfig, folder: Path, peak: float) -> dict[str, Any]:
    """Train once and measure; `peak` in FLOPs per second."""
    on_gpu = config.device == "cuda"
    if on_gpu:
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats()
    torch.compiler.reset()
    watch = Watch()
    result = train(config, folder, reporter=watch)
    assert result.best is not None and result.val_loss is not None
    memory = torch.cuda.max_memory_allocated() if on_gpu else None
    model, _, stored = load_model(folder, config.device)
    lines = read_metrics(folder)
    estimates = [(line["seconds"], line["val_loss"]) for line in lines if "val_loss" in line]
    reached = next((seconds for seconds, loss in estimates if loss <= REFERENCE), None)
    val = load(config.corpus, config.tokens).val
    flops = flops_per_token(model, mean_keys(stored["train"]["seq_len"], model.config.window))
    speed = lines[-1]["tokens"] / result.seconds
    compiling = watch.compile_seconds
    return {
        "parameters": sum(p.numel() for p in model.parameters()),
        "steps": result.step,
        "tokens": lines[-1]["tokens"],
        "seconds": round(result.seconds, 2),
        "seconds with compiling": None if compiling is None else round(result.seconds + compiling, 2),
        "seconds of compiling": None if compiling is None else round(compiling, 2),
        "tokens per second": round(speed),
        "tokens per second in the median step": statistics.median(
            line["tokens_per_second"] for line in lines if "tokens_per_second" in line
        ),
        "FLOPs per token": flops,
        "model FLOP utilisation": round(speed * sum(flops.values()) / peak, 4),
        f"seconds to {REFERENCE}": reached,
        "loss": {
            "best estimate": round(result.best["val_loss"], 4),
            "other random windows": round(
                evaluate_random(model, val, WINDOW, OTHER_WINDOWS, seed=OTHER_SEED, device=config.device),
                4,
            ),
            "whole split": round(result.val_loss, 4),
            "whole split, state carried": result.stream_loss and round(result.stream_loss, 4),
        },
        "step of the best": result.best["step"],
        "peak memory in bytes": memory,
        "curve": [(seconds, round(loss, 4)) for seconds, loss in estimates[:-1]],
        "train": {name: value for name, value in stored["train"].items() if name != "corpus"},
        "model": stored["model"],
    }


def matmul_peak(size: int = PEAK_SIZE, rounds: int = PEAK_ROUNDS) -> float:
    """FLOPs per second of the fastest of some bfloat16 products of two square matrices on the GPU."""
    a, b = (torch.randn(size, size, device="cuda", dtype=torch.bfloat16) for _ in range(2))
    times = []
    for _ in range(rounds):
        begin, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        begin.record()
        a @ b
        end.record()
        end.synchronize()
        times.append(begin.elapsed_time(end) / 1e3)
    return 2.0 * size**3 / min(times)


def table(runs: dict[str, list[dict[str, Any]]]) -> str:
    """The main numbers, a column for each run."""
    columns = [(f"{preset} {seed}", run) for preset, each in runs.items() for seed, run in enumerate(each)]
    flat = [
        (name, run | {f"loss: {how}": loss for how, loss in run["loss"].items()}) for name, run in columns
    ]
    left_out = ("loss", "curve", "train", "model", "FLOPs per token")
    rows = [["", *(name for name, _ in flat)]]
    rows += [[key, *(str(run[key]) for _, run in flat)] for key in flat[0][1] if key not in left_out]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(wide) for cell, wide in zip(row, widths, strict=True)) for row in rows
    )


def main(arguments: list[str] | None = None) -> int:
    """Train all, print the table, write the results. Gives the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpus", default="shakespeare", help="as for minirnn train: a name or a path")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seeds", type=int, default=1)
    options = parser.parse_args(arguments)
    if not torch.cuda.is_available():
        print("This measures a GPU, and torch finds no CUDA device here.", file=sys.stderr)
        return 2
    corpus = load(options.corpus)
    peak = matmul_peak()
    print(
        f"A bfloat16 product of two {PEAK_SIZE} x {PEAK_SIZE} matrices: {peak / 1e12:.0f} TFLOP/s.",
        flush=True,
    )
    runs: dict[str, list[dict[str, Any]]] = {preset: [] for preset in GPU_PRESETS}
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(options.seeds):
            for preset in runs:
                minutes = options.seconds / 60
                config = TrainConfig(options.corpus, preset=preset, minutes=minutes, seed=seed, device="cuda")
                run = one_run(config, Path(folder) / f"{preset}-{seed}", peak)
                runs[preset].append(run)
                print(f"{preset} seed {seed}: {json.dumps(run['loss'])}", flush=True)
    print(table(runs))
    facts = {
        "unit": "nats per character",
        "the clock": "counts estimates, samples and checkpoints, but not compiling, which is given beside it",
        "compared with": {"nats": REFERENCE, "what": "a public Transformer recipe, 3 minutes on an A100"},
        "corpus": {"sha256": corpus.sha256, "train": len(corpus.train), "validation": len(corpus.val)},
        "peak TFLOP/s, bfloat16 product": round(peak / 1e12, 1),
        "peak measured as": f"the fastest of {PEAK_ROUNDS} products of two matrices of {PEAK_SIZE} squared",
    }
    print(save("train-gpu", {**facts, "runs": runs}, gpu=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
