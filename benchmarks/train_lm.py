"""How low does each preset get in the same time on the same machine?

Every preset is trained with `minirnn train` on the same text, for the same wall-clock time, with several
seeds, and then measured with `minirnn eval` on the whole validation split: in windows of 64 and of 256
characters that start from nothing, and as one stream. The runs take turns, so a slow moment of the
machine hits all alike. "hawk, carried" is the default preset trained the other way: each window goes on
from the state that the one before it left.

Run: python benchmarks/train_lm.py --corpus shakespeare [--seconds 94] [--seeds 3] [--presets "hawk;gru"]
The results go to benchmarks/results/, the figure (the median seed of each preset) to docs/images/.
"""

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from common import save
from minirnn.base.run_folder import read_config, read_metrics
from minirnn.text.corpus import load
from minirnn.training.reports.curve import loss_against_time

CARRIED = "hawk, carried"
IMAGES = Path(__file__).parents[1] / "docs" / "images"


def minirnn(*arguments: str, cwd: str) -> str:
    """Run the command as a user would, and give what it prints."""
    command = [sys.executable, "-P", "-m", "minirnn", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True).stdout


def train(preset: str, seed: int, corpus: str, seconds: float, run: str, cwd: str) -> None:
    """Train as the command does; it has no option for carrying the state, so that goes without it."""
    if preset != CARRIED:
        arguments = ["--corpus", corpus, "--preset", preset, "--seed", str(seed)]
        arguments += ["--minutes", str(seconds / 60), "--run", run, "--device", "cpu", "--plain"]
        minirnn("train", *arguments, cwd=cwd)
        return
    code = (
        "import sys; from minirnn.training.reports.plain import PlainReporter\n"
        "from minirnn.training.settings import TrainConfig\n"
        "from minirnn.training.run import train\n"
        f"config = TrainConfig({corpus!r}, seed={seed}, minutes={seconds / 60}, device='cpu', carry=True)\n"
        f"train(config, {'runs/' + run!r}, reporter=PlainReporter(sys.stdout))"
    )
    subprocess.run([sys.executable, "-P", "-c", code], cwd=cwd, capture_output=True, check=True)


def nats(run: str, *how: str, cwd: str) -> float:
    """The loss that `minirnn eval` prints."""
    match = re.match(r"([\d.]+) nats/char", minirnn("eval", run, *how, cwd=cwd))
    assert match, "eval prints the loss first"
    return float(match[1])


def one_run(preset: str, seed: int, corpus: str, seconds: float, cwd: str) -> dict[str, Any]:
    """Train once and measure."""
    run = f"{preset.split(',')[0]}-{'carried-' * (preset == CARRIED)}{seed}"
    train(preset, seed, corpus, seconds, run, cwd)
    metrics = read_metrics(Path(cwd) / "runs" / run)
    config = read_config(Path(cwd) / "runs" / run)
    last = [line for line in metrics if "loss" in line][-1]
    return {
        "window 64": nats(run, "--window", "64", cwd=cwd),
        "window 256": nats(run, "--window", "256", cwd=cwd),
        "stream": None if config["model"]["preset"] == "transformer" else nats(run, "--stream", cwd=cwd),
        "tokens": last["tokens"],
        "seconds": last["seconds"],
        "tokens per second": round(last["tokens"] / last["seconds"]),
        "curve": [(line["seconds"], round(line["val_loss"], 4)) for line in metrics if "val_loss" in line],
        "train": config["train"],
        "model": config["model"],
    }


def main() -> None:
    """Train all, print the table, write results and figure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpus", required=True, help="as for minirnn train: a name or a path")
    parser.add_argument("--seconds", type=float, default=94.0)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--presets", default=f"hawk;griffin;transformer;gru;lstm;{CARRIED}")
    parser.add_argument("--name", default="train-lm", help="of the results file and the figure")
    options = parser.parse_args()
    source = Path(options.corpus)
    name = str(source.resolve()) if source.exists() else options.corpus
    corpus = load(name)
    presets = options.presets.split(";")
    runs: dict[str, list[dict[str, Any]]] = {preset: [] for preset in presets}
    with tempfile.TemporaryDirectory() as cwd:
        for seed in range(options.seeds):
            for preset in presets:
                result = one_run(preset, seed, name, options.seconds, cwd)
                runs[preset].append(result)
                shown = [
                    f"{key} {result[key]}"
                    for key in ("window 64", "window 256", "stream", "tokens per second")
                ]
                print(f"{preset:12} seed {seed}  " + "  ".join(shown), flush=True)
    medians = {
        preset: {
            key: statistics.median(result[key] for result in results)
            for key in ("window 64", "window 256", "stream", "tokens per second")
            if results[0][key] is not None
        }
        for preset, results in runs.items()
    }
    print(json.dumps(medians, indent=1))
    for results in runs.values():
        for result in results:
            # Where the reader's copy of the text lies is nobody's business; its hash says which it is.
            result["train"].pop("corpus")
    facts = {
        "unit": "nats per character",
        "seconds of training": options.seconds,
        "corpus": {"sha256": corpus.sha256, "train": len(corpus.train), "validation": len(corpus.val)},
    }
    print(save(options.name, {**facts, "medians": medians, "runs": runs}))
    print(draw(runs, options.name))


def draw(runs: dict[str, list[dict[str, Any]]], name: str) -> Path:
    """The figure: for each preset the curve of the seed whose final loss is the median."""
    curves = {}
    for preset, results in runs.items():
        middle = sorted(results, key=lambda result: result["window 256"])[len(results) // 2]
        if preset != CARRIED:
            # The last point is of the whole split, the others are of the same few windows of it.
            curves[preset] = [(seconds, loss) for seconds, loss in middle["curve"][:-1]]
    IMAGES.mkdir(parents=True, exist_ok=True)
    return loss_against_time(curves, IMAGES / f"{name}.svg")


if __name__ == "__main__":
    main()
