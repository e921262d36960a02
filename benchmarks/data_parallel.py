"""What does data parallel training cost, and what does it gain, on the cores of one machine?

The same global batch is trained by several processes that torchrun starts, each with one thread, and by one
process, with one thread and with as many threads as there were processes.
For each size of model: the time of a step; the time in the all-reduce, which includes waiting for the slowest
process; the same all-reduce with nothing else to do; the bytes of its message; and the bytes that the
loopback device carried meanwhile (Linux; it counts both what is sent and other programs' traffic). The
runs take turns, so that a slow moment of the machine hits all alike.

Run: python benchmarks/data_parallel.py [--processes 2]   (about two minutes; writes benchmarks/results/)
"""

import argparse
import io
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from common import save
from minirnn.lm import LanguageModel, preset_config
from minirnn.text.corpus import load
from minirnn.training.loop import learn
from minirnn.training.ranks import Order, Ranks, join
from minirnn.training.reports.plain import PlainReporter
from minirnn.training.settings import TrainConfig, resolve
from minirnn.training.trainer import Trainer

import torch
from torch import Tensor

# Width, batch and window: a small model, the default one, and two ways to give each message more work.
CASES = ((64, 8, 128), (None, 8, 128), (None, 32, 128), (None, 8, 512))
WARM_UP, STEPS, ROUNDS = 3, 15, 3


class Timed(Ranks):
    """Ranks that remember how long they took."""

    seconds = 0.0

    def add(self, *arguments: Any) -> Tensor:
        """As Ranks.add."""
        began = time.perf_counter()
        total = super().add(*arguments)
        self.seconds += time.perf_counter() - began
        return total

    def order(self, order: Order, scale: float = 0.0) -> None:
        """As Ranks.order."""
        began = time.perf_counter()
        super().order(order, scale)
        self.seconds += time.perf_counter() - began

    def hear(self) -> tuple[Order, float]:
        """As Ranks.hear."""
        began = time.perf_counter()
        heard = super().hear()
        self.seconds += time.perf_counter() - began
        return heard


def loopback() -> int | None:
    """The bytes that the loopback device has sent so far, where the system tells."""
    devices = Path("/proc/net/dev")
    if not devices.exists():
        return None
    lines = (line.split() for line in devices.read_text(encoding="ascii").splitlines())
    return next((int(line[9]) for line in lines if line[0] == "lo:"), None)


def measure(width: int | None, batch: int, seq_len: int) -> dict[str, Any] | None:
    """Train some steps in this process, with the others if there are some; rank 0 gives the numbers."""
    corpus = load("pydoc")
    settings = resolve(TrainConfig(width=width, batch=batch, seq_len=seq_len, steps=1_000, device="cpu"))
    torch.manual_seed(0)
    model = LanguageModel(
        preset_config(
            settings.preset, corpus.vocabulary.size, d_model=settings.width, n_layers=settings.depth
        )
    )
    with join("cpu") as joined:
        ranks = Timed(joined.rank, joined.size, joined.store)
        trainer = Trainer(model, corpus, settings, Path(), PlainReporter(io.StringIO()), ranks)
        steps, waits = [], []
        for _ in range(WARM_UP + STEPS):
            ranks.seconds, began = 0.0, time.perf_counter()
            if ranks.rank:
                ranks.hear()
            else:
                ranks.order(Order.LEARN, 0.5)
            learn(trainer, 0.5)
            steps.append(time.perf_counter() - began)
            waits.append(ranks.seconds)
        for parameter in model.parameters():
            parameter.grad = torch.zeros_like(parameter)
        alone, before = [], loopback()
        for _ in range(STEPS):
            ranks.meet()
            began = time.perf_counter()
            ranks.add(model.parameters(), torch.zeros(()))
            alone.append(time.perf_counter() - began)
        after = loopback()
        ranks.leave()
    if joined.rank:
        return None
    return {
        "parameters": sum(p.numel() for p in model.parameters()),
        "step ms": 1e3 * statistics.median(steps[WARM_UP:]),
        "communication ms": 1e3 * statistics.median(waits[WARM_UP:]),
        "all-reduce alone ms": 1e3 * statistics.median(alone),
        "message bytes": sum(p.numel() * p.element_size() for p in model.parameters()) + 4,  # and the loss
        "loopback bytes": None if before is None or after is None else (after - before) / STEPS,
    }


def run(processes: int, threads: int, case: tuple[int | None, int, int]) -> dict[str, Any]:
    """Measure one case in so many processes of so many threads."""
    start = [sys.executable]
    if processes > 1:
        start += ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", str(processes)]
    done = subprocess.run(
        [*start, __file__, "--worker", json.dumps(case)],
        env=os.environ | {"OMP_NUM_THREADS": str(threads)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def main() -> None:
    """Measure all cases, print the table, write the results."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--worker", help="for the processes that this script starts")
    options = parser.parse_args()
    if options.worker:
        if result := measure(*json.loads(options.worker)):
            print(json.dumps(result))
        return
    results = []
    ways = ((1, 1), (1, options.processes), (options.processes, 1))  # processes, threads of each
    print("width batch window  parameters  step ms: one  threads  together  gain  communication  message MB")
    for case in CASES:
        rounds: dict[tuple[int, int], list[dict[str, Any]]] = {way: [] for way in ways}
        for _ in range(ROUNDS):
            for way, found in rounds.items():
                found.append(run(*way, case))
        one, threads, many = (
            {
                key: None if part[0][key] is None else round(statistics.median(r[key] for r in part), 3)
                for key in part[0]
            }
            for part in rounds.values()
        )
        many["gain"] = round(one["step ms"] / many["step ms"], 3)
        many["communication share"] = round(many["communication ms"] / many["step ms"], 3)
        width, batch, seq_len = case
        results.append(
            {
                "width": width,
                "batch": batch,
                "seq_len": seq_len,
                "one": one,
                "threads": threads,
                "together": many,
            }
        )
        print(
            f"{width or 'usual':>5} {batch:5} {seq_len:6} {one['parameters']:11,} {one['step ms']:13.1f} "
            f"{threads['step ms']:8.1f} {many['step ms']:9.1f} {many['gain']:5.2f} "
            f"{many['communication share']:14.1%} {many['message bytes'] / 1e6:11.2f}",
            flush=True,
        )
    facts = {"processes": options.processes, "steps": STEPS, "rounds": ROUNDS}
    print(f"\n{save('data-parallel', {**facts, 'cases': results})}")


if __name__ == "__main__":
    main()
