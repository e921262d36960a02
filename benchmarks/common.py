"""What every benchmark needs: a quiet clock, the facts of the machine, and a results file."""

import datetime
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import minirnn  # noqa: F401  # before torch: see minirnn/base/threads.py

import torch

RESULTS = Path(__file__).parent / "results"
EVICT = torch.zeros(2**24)


def machine() -> dict[str, Any]:
    """Processor, cores, memory, versions, date and commit: what a reader needs to judge a number."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = info.read_text(encoding="utf-8").splitlines()
        cpu = next((line.split(":", 1)[1].strip() for line in lines if "model name" in line), cpu)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=Path(__file__).parent
    ).stdout.strip()
    return {
        **({"gpu": torch.cuda.get_device_name()} if torch.cuda.is_available() else {}),
        "cpu": cpu,
        "cores": os.cpu_count(),
        "threads": torch.get_num_threads(),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "torch": torch.__version__,
        "date": datetime.date.today().isoformat(),
        "commit": commit,
    }


def save(name: str, results: dict[str, Any], *, gpu: bool = False) -> Path:
    """Write `results/<name>-<cores>core-<arch>.json` with the machine's facts in front.

    gpu: the results are those of a GPU, and it is what the file is called by.
    """
    facts = machine()
    where = f"{facts['cores']}core-{platform.machine().lower()}"
    if gpu:
        where = re.sub(r"\W+", "-", facts["gpu"].removeprefix("NVIDIA ").lower()).strip("-")
    path = RESULTS / f"{name}-{where}.json"
    RESULTS.mkdir(exist_ok=True)
    path.write_text(json.dumps({"machine": facts, **results}, indent=1) + "\n", encoding="utf-8")
    return path


def interleaved(runs: dict[str, Callable[[], Any]], rounds: int) -> dict[str, dict[str, float]]:
    """Time each function once a round, in turn, so that a slow moment of the machine hits all alike.

    Before each timed call the function runs once untimed, so that it finds the heap as its own last call
    left it, and then 64 MiB are written, which empties the caches, as the other layers of a network would.
    Returns for each name the median, minimum and maximum in milliseconds.
    """
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            run()
            EVICT.add_(1)
            start = time.perf_counter()
            run()
            times[name].append(1e3 * (time.perf_counter() - start))
    return {
        name: {"median": round(statistics.median(t), 4), "min": round(min(t), 4), "max": round(max(t), 4)}
        for name, t in times.items()
    }


def peak_bytes() -> int:
    """The most memory that this process ever had."""
    status = Path("/proc/self/status")
    if status.exists():  # the other way, a process on Linux starts at the peak of the one that started it
        lines = status.read_text(encoding="ascii").splitlines()
        return next(1024 * int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def show_verdict(verdict: dict[str, bool]) -> None:
    """Print what was to be seen, each claim with whether it was."""
    for claim, held in verdict.items():
        print(f"{'yes' if held else 'NO':4}{claim}")


def geometric_mean(values: list[float]) -> float:
    """The mean to use for ratios."""
    return statistics.geometric_mean(values)
