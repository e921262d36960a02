"""What does a training step cost on a machine that is not idle? (minirnn/threads.py)

A step of the default model, forward, backward and update, at the default batch and window, with all threads;
beside it nothing, or other programs that each keep a core busy, as many as there are cores or half of that.
Two ways to start: torch imported first, whose threads then wait as its OpenMP library does by itself, and
minirnn imported first. The ways take turns, so that a slow moment of the machine hits both alike.

Run: python benchmarks/busy_machine.py   (about six minutes on a machine that is otherwise quiet; writes
benchmarks/results/). With --settings NAME=VALUE ... it also tries others, and writes nothing.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time

WARM_UP, STEPS, SECONDS, ROUNDS = 5, 40, 8.0, 5  # a process measures so many steps, or as long
BUSY, QUIET = 3.0, 1.05  # at most: busy over quiet with minirnn; quiet with minirnn over quiet without
WAYS = ("torch first", "minirnn first")
PATIENT = ("OMP_WAIT_POLICY", "GOMP_SPINCOUNT", "KMP_BLOCKTIME")


def measure(way: str) -> None:
    """Print the seconds of each step, as JSON."""
    if way == "torch first":
        import warnings

        warnings.simplefilter(
            "ignore", RuntimeWarning
        )  # minirnn says that it is too late, which is the point
        import torch
    import minirnn.speed
    from minirnn.lm import LanguageModel, preset_config
    from minirnn.recipes import TrainConfig, resolve

    if way != "torch first":
        import torch
    minirnn.speed.keep_freed_memory()
    torch.manual_seed(0)
    config = resolve(TrainConfig(device="cpu"))
    model = LanguageModel(preset_config(config.preset, 90))
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
    tokens = torch.randint(90, (config.batch, config.seq_len + 1))
    times: list[float] = []
    began = time.perf_counter()
    with minirnn.speed.rounded_products():
        while len(times) < WARM_UP + STEPS and (
            len(times) < WARM_UP + 2 or time.perf_counter() - began < SECONDS
        ):
            start = time.perf_counter()
            logits = model(tokens[:, :-1])[0]
            torch.nn.functional.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten()).backward()
            optimizer.step()
            optimizer.zero_grad()
            times.append(time.perf_counter() - start)
    print(json.dumps(times[WARM_UP:]))


def run(way: str, busy: int, settings: dict[str, str]) -> float:
    """The median of a step in seconds, in a new process, beside so many busy programs."""
    clean = {name: value for name, value in os.environ.items() if name not in (*PATIENT, "OMP_NUM_THREADS")}
    others = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(busy)]
    try:
        done = subprocess.run(
            [sys.executable, __file__, "--measure", way],
            env=clean | settings,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    finally:
        for other in others:
            other.kill()
            other.wait()
    return statistics.median(json.loads(done.stdout))


def main() -> None:
    """Measure, print the table, write the results."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--measure", choices=WAYS, help="for the processes that this script starts")
    parser.add_argument(
        "--settings", nargs="*", default=[], help="such as GOMP_SPINCOUNT=300, each by itself"
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    if options.measure:
        measure(options.measure)
        return
    ways: dict[str, tuple[str, dict[str, str]]] = {way: (way, {}) for way in WAYS}
    ways |= {text: ("minirnn first", dict([text.split("=", 1)])) for text in options.settings}
    cores = os.cpu_count() or 1
    times: dict[tuple[str, int], list[float]] = {}
    for _ in range(options.rounds):
        for busy in sorted({0, cores // 2, cores}):
            for name, (way, settings) in ways.items():
                times.setdefault((name, busy), []).append(1e3 * run(way, busy, settings))
    steps = {key: round(statistics.median(all_rounds), 1) for key, all_rounds in times.items()}
    quiet = {name: steps[name, 0] for name in ways}
    print(
        f"{'ms a step, busy programs beside it':36}"
        + "".join(f"{busy:>10}" for busy in (0, cores // 2, cores))
    )
    for name in ways:
        cells = [f"{steps[name, busy]:10.1f}" for busy in sorted({0, cores // 2, cores})]
        print(f"{name:36}{''.join(cells)}   {steps[name, cores] / quiet[name]:.2f} times the quiet step")
    costs = [ours / theirs for ours, theirs in zip(*(times[way, 0] for way in reversed(WAYS)), strict=True)]
    cost, busy_ratio = statistics.median(costs), steps[WAYS[1], cores] / quiet[WAYS[1]]
    print(f"A quiet step with minirnn first takes {cost:.3f} times that of torch first (at most {QUIET}).")
    if options.settings:
        return
    from common import save
    from minirnn import threads

    cases = [
        {"way": name, "busy": busy, "ms": steps[name, busy], "all": [round(t, 1) for t in times[name, busy]]}
        for name, busy in times
    ]
    results = {
        "settings": threads.PATIENCE,
        "rounds": options.rounds,
        "cases": cases,
        "busy over quiet": {way: round(steps[way, cores] / quiet[way], 2) for way in WAYS},
        "quiet, minirnn first over torch first": round(cost, 3),
        "limits": {"busy over quiet": BUSY, "quiet, minirnn first over torch first": QUIET},
        "as expected": busy_ratio <= BUSY and cost <= QUIET,
    }
    print(save("busy-machine", results))


if __name__ == "__main__":
    main()
