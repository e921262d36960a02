"""What does a training step cost on a machine that is not idle? (minirnn/base/threads.py)

A step of the default model, forward, backward and update, at the default batch and window, with all threads;
beside it nothing, or other programs that each keep a core busy, as many as there are cores or half of that.
Two ways to start: torch imported first, whose threads then wait as its OpenMP library does by itself, and
minirnn imported first. A process for each way, they take turns, a few steps each, so that a slow moment of
the machine hits both alike. Where a process finds its memory makes it a few percent faster or slower, so
several pairs of processes are measured one after the other.

Run: python benchmarks/busy_machine.py   (about four minutes on a machine that is otherwise quiet; writes
benchmarks/results/). With --settings NAME=VALUE ... it also tries others, and writes nothing.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from typing import Any

WARM_UP, STEPS, TURNS = 6, 4, 10  # steps of each process at first, in a turn, and turns
PAIRS = 6
SECONDS = 10.0  # after which no turn begins any more: beside busy programs a step can take seconds
REST = 0.05  # seconds between two turns, in which threads that spin fall asleep
BUSY, QUIET = 3.0, 1.05  # at most: busy over quiet with minirnn; quiet with minirnn over quiet without
WAYS = ("torch first", "minirnn first")
PATIENT = ("OMP_WAIT_POLICY", "GOMP_SPINCOUNT", "KMP_BLOCKTIME")


def work(way: str) -> None:
    """Take as many steps as a line of standard input says, and print their seconds as JSON; and so on."""
    if way == "torch first":
        import warnings

        warnings.simplefilter(
            "ignore", RuntimeWarning
        )  # minirnn says that it is too late, which is the point
        import torch
    import minirnn.training.machine
    from minirnn.lm import LanguageModel, preset_config
    from minirnn.training.settings import TrainConfig, resolve

    if way != "torch first":
        import torch
    minirnn.training.machine.keep_freed_memory()
    torch.manual_seed(0)
    config = resolve(TrainConfig(device="cpu"))
    model = LanguageModel(preset_config(config.preset, 90))
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
    tokens = torch.randint(90, (config.batch, config.seq_len + 1))
    for line in sys.stdin:
        times: list[float] = []
        with minirnn.training.machine.rounded_products():
            for _ in range(int(line)):
                start = time.perf_counter()
                logits = model(tokens[:, :-1])[0]
                torch.nn.functional.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten()).backward()
                optimizer.step()
                optimizer.zero_grad()
                times.append(time.perf_counter() - start)
        print(json.dumps(times), flush=True)


class Worker:
    """A process that takes steps when it is asked to."""

    def __init__(self, way: str, settings: dict[str, str]) -> None:
        clean = {
            name: value for name, value in os.environ.items() if name not in (*PATIENT, "OMP_NUM_THREADS")
        }
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--work", way], env=clean | settings, **pipes
        )
        self.steps(WARM_UP)

    def steps(self, number: int) -> list[float]:
        """The milliseconds of so many steps."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(f"{number}\n")
        self.process.stdin.flush()
        return [1e3 * seconds for seconds in json.loads(self.process.stdout.readline())]

    def close(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.communicate()


def beside(busy: int, workers: dict[str, Worker], turns: int) -> dict[str, list[float]]:
    """The median step of each turn of each worker, beside so many busy programs."""
    others = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(busy)]
    found: dict[str, list[float]] = {name: [] for name in workers}
    began = time.perf_counter()
    try:
        for _ in range(turns):
            for name, worker in workers.items():
                time.sleep(REST)
                found[name].append(statistics.median(worker.steps(STEPS)))
            if time.perf_counter() - began > SECONDS:
                break
    finally:
        for other in others:
            other.kill()
            other.wait()
    return found


def main() -> None:
    """Measure, print the table, write the results."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", choices=WAYS, help="for the processes that this script starts")
    parser.add_argument(
        "--settings", nargs="*", default=[], help="such as GOMP_SPINCOUNT=300, each by itself"
    )
    parser.add_argument("--turns", type=int, default=TURNS)
    parser.add_argument("--pairs", type=int, default=PAIRS)
    options = parser.parse_args()
    if options.work:
        work(options.work)
        return
    ways: dict[str, tuple[str, dict[str, str]]] = {way: (way, {}) for way in WAYS}
    ways |= {text: ("minirnn first", dict([text.split("=", 1)])) for text in options.settings}
    cores = os.cpu_count() or 1
    counts = sorted({0, cores // 2, cores})
    times: dict[int, dict[str, list[float]]] = {busy: {name: [] for name in ways} for busy in counts}
    for _ in range(options.pairs):
        workers = {name: Worker(*way) for name, way in ways.items()}
        try:
            for busy in counts:
                for name, found in beside(busy, workers, options.turns).items():
                    times[busy][name] += found
        finally:
            for worker in workers.values():
                worker.close()
    steps = {
        busy: {name: round(statistics.median(t), 1) for name, t in times[busy].items()} for busy in counts
    }
    slower = {name: round(steps[cores][name] / steps[0][name], 2) for name in ways}
    alone = {
        name: round(
            statistics.median(a / b for a, b in zip(times[0][name], times[0][WAYS[0]], strict=True)), 3
        )
        for name in ways
    }
    print(f"{'ms a step, busy programs beside it:':36}" + "".join(f"{busy:>9}" for busy in counts))
    for name in ways:
        cells = "".join(f"{steps[busy][name]:9.1f}" for busy in counts)
        print(
            f"{name:36}{cells}   busy {slower[name]:.2f} times quiet; quiet {alone[name]:.3f} times {WAYS[0]}"
        )
    if options.settings:
        return
    from common import save
    from minirnn.base import threads

    ours = WAYS[1]
    results = {
        "settings": threads.PATIENCE,
        "pairs of processes": options.pairs,
        "turns": options.turns,
        "ms a step": [{"busy programs": busy, **steps[busy]} for busy in counts],
        "busy over quiet": slower,
        "quiet, minirnn first over torch first": alone[ours],
        "verdict": {
            f"beside {cores} busy programs a step takes at most {BUSY:g} times the quiet one": slower[ours]
            <= BUSY,
            f"the quiet step is at most {QUIET - 1:.0%} slower than with torch first": alone[ours] <= QUIET,
        },
    }
    print(save("busy-machine", results))


if __name__ == "__main__":
    main()
