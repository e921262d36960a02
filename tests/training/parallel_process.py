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

import torch

from minirnn import cli
from minirnn.presets import PRESETS
from minirnn.training import machine, trainer
from minirnn.training import run as train

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
settings = json.loads(sys.argv[1])
rank = int(os.environ["RANK"])
accident = settings["accident"] if settings["accident"] and settings["accident"]["rank"] == rank else {}
calls = 0
real_replace = os.replace


class Watched(trainer.Trainer):
    """Dies, or lets torchrun be interrupted, before a step."""

    def learn(self, scale: float) -> None:
        if self.step == accident.get("step"):
            if accident["what"] == "kill":
                os.kill(os.getpid(), KILL)
            ours, theirs = os.pipe()
            os.set_blocking(theirs, False)
            signal.set_wakeup_fd(theirs)
            os.kill(os.getppid(), getattr(signal, accident["what"]))
            os.read(ours, 1)
        super().learn(scale)

    def run(self, stop: list[int]) -> None:
        super().run(stop)
        data = b"".join(p.detach().numpy().tobytes() for p in self.model.parameters())
        about = {"step": self.step, "lr": self.lr, "weights": hashlib.sha256(data).hexdigest()}
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


torch.set_default_dtype(getattr(torch, settings["dtype"]))
torch.set_num_threads(1)
trainer.REPORT_SECONDS = 0
machine._multiplies_bfloat16 = lambda: False
if settings["accident"]:
    trainer.CHECKPOINT_SECONDS = 0
if "--minutes" in settings["command"]:
    clock = itertools.count(step=0.1 if rank else 0.01)
    trainer.time = SimpleNamespace(perf_counter=lambda: next(clock))
trainer.LOG_STEPS, train.SAMPLE_LENGTH, train.Trainer, os.replace = 1, 10, Watched, watched_replace
PRESETS["hawk"] = replace(PRESETS["hawk"], recipe=replace(PRESETS["hawk"].recipe, carry=settings["carry"]))
if accident.get("what") == "late":
    time.sleep(3)
cli.main(settings["command"])
