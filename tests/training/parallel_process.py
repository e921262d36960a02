"""One process of a training in test_ranks.py: the `minirnn` command, with an accident on the way.

Its argument is JSON: `command`, the arguments of minirnn; `dtype` and `carry`, for which the command has no
option; and an `accident` that happens to one `rank`: "kill" before a `step`, or at the `call` of os.replace;
"interrupt", a signal to torchrun, after which rank 0 waits until the signal has come back to it; "late", a
start so late that the other ranks are through with their arguments.
With `--minutes` the clock moves when it is read, by 10 ms on rank 0 and by 100 ms on the others.
Each rank that comes to its end leaves `rank-<r>.json`: its step, its rate, the hash of its weights and what
it draws next.
"""

import hashlib
import itertools
import json
import os
import signal
import sys
import time
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import torch

from minirnn import cli
from minirnn.presets import PRESETS
from minirnn.training import loop, machine, observers, progress
from minirnn.training import run as train
from minirnn.training.trainer import Trainer

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
asked = json.loads(sys.argv[1])
rank = int(os.environ["RANK"])
accident = asked["accident"] if asked["accident"] and asked["accident"]["rank"] == rank else {}
calls = 0
real_replace, real_learn, real_run = os.replace, loop.learn, loop.run


def watched_learn(trainer: Trainer, scale: float) -> None:
    """Die, or let torchrun be interrupted, before a step."""
    if trainer.now.step == accident.get("step"):
        if accident["what"] == "kill":
            os.kill(os.getpid(), KILL)
        ours, theirs = os.pipe()
        os.set_blocking(theirs, False)
        signal.set_wakeup_fd(theirs)
        os.kill(os.getppid(), getattr(signal, accident["what"]))
        os.read(ours, 1)
    real_learn(trainer, scale)


def watched_run(trainer: Trainer, *more: Any) -> None:
    """Leave word of where this rank came out."""
    real_run(trainer, *more)
    data = b"".join(p.detach().numpy().tobytes() for p in trainer.model.parameters())
    weights = hashlib.sha256(data).hexdigest()
    about = {"step": trainer.now.step, "lr": trainer.now.lr, "weights": weights}
    about["chance"] = torch.rand(()).item()
    with open(f"rank-{rank}.json", "w", encoding="ascii") as file:
        json.dump(about, file)


def watched_replace(*arguments: str) -> None:
    """Die instead of the call of that number."""
    global calls
    calls += 1
    if calls == accident.get("call"):
        os.kill(os.getpid(), KILL)
    real_replace(*arguments)


torch.set_default_dtype(getattr(torch, asked["dtype"]))
torch.set_num_threads(1)
observers.REPORT_SECONDS = 0
machine._multiplies_bfloat16 = lambda: False
if asked["accident"]:
    observers.CHECKPOINT_SECONDS = 0
if "--minutes" in asked["command"]:
    clock = itertools.count(step=0.1 if rank else 0.01)
    progress.time = SimpleNamespace(perf_counter=lambda: next(clock))
observers.LOG_STEPS, train.SAMPLE_LENGTH, os.replace = 1, 10, watched_replace
loop.learn, loop.run = watched_learn, watched_run
PRESETS["hawk"] = replace(PRESETS["hawk"], recipe=replace(PRESETS["hawk"].recipe, carry=asked["carry"]))
if accident.get("what") == "late":
    time.sleep(3)
cli.main(asked["command"])
