"""Training is killed at random moments, resumed each time, and must end as if nothing had happened.

The training runs in processes of their own, which die of SIGKILL (TerminateProcess on Windows): between
two steps, in the middle of a write, before and after each flush, rename and removal, in the final
evaluation. The verdict depends on no clock: wherever the kill falls, the end must be the same.
"""

import json
import multiprocessing
import os
import random
import shutil
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
import safetensors
import torch

from minirnn.training import observers
from minirnn.training import run as train
from minirnn.training.folder.checkpoint import unflatten
from tests.training.runs import Recorder, contents, metrics, small, write_text
from tests.training.test_checkpoint import same

# Elsewhere each process must import torch for itself, which takes seconds.
QUICK_START = sys.platform == "linux"
KILLS = 20 if QUICK_START else 6
STEPS = 40
EVENTS = ("fsync", "replace", "unlink")


def child(run_dir: Path, text: Path, keep_best: bool, kill_at: int | None, pipe: Connection) -> None:
    """Start or resume the run; die at the `kill_at`-th event, or tell the parent of each step."""
    torch.set_num_threads(1)
    observers.CHECKPOINT_SECONDS = observers.REPORT_SECONDS = 0
    observers.LOG_STEPS, train.SAMPLE_LENGTH = 3, 10
    events = 0

    def event(before_death=None):
        nonlocal events
        events += 1
        if events == kill_at:
            if before_death:
                before_death()
            os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)

    synced = {}  # bytes of each file that have reached the disk, by inode

    def lose_half(file):
        now = os.fstat(file)
        os.ftruncate(file, (synced.get(now.st_ino, 0) + now.st_size) // 2)

    def watch(name):
        real = getattr(os, name)

        def watched(*args, **more):
            # A file that is killed while it is written is half there.
            half = name == "fsync" and os.path.isfile(args[0])
            event(lambda: lose_half(args[0]) if half else None)
            real(*args, **more)
            if half:
                synced[os.fstat(args[0]).st_ino] = os.fstat(args[0]).st_size
            event()

        setattr(os, name, watched)

    for name in EVENTS:
        watch(name)
    resume = (run_dir / "config.json").exists()

    def report(info):
        pipe.send(info)
        pipe.recv()  # the parent lets the next step begin

    # The loss falls from 3 to 0.8. This estimate is best half-way, so the best weights are not the last.
    estimate = observers.evaluate_random
    observers.evaluate_random = lambda *args, **how: abs(estimate(*args, **how) - 1.3)
    settings = small(text, steps=STEPS, keep_best=keep_best)
    train.train(settings, run_dir, resume=resume, reporter=Recorder(report))


def run_child(
    run_dir: Path, text: Path, keep_best: bool, kill_at: int | None = None, kill_after: int | None = None
) -> int:
    """Run `child`; kill it when it has reported `kill_after` steps. Gives its exit code.

    The kill falls somewhere in the step that follows: however slow this process is, the child waits after it.
    """
    context = multiprocessing.get_context("forkserver" if QUICK_START else "spawn")
    if QUICK_START:
        context.set_forkserver_preload([__name__, "torch._dynamo", "matplotlib.figure"])
    here, there = context.Pipe()
    process = context.Process(target=child, args=(run_dir, text, keep_best, kill_at, there))
    process.start()
    there.close()
    heard = 0
    try:
        while heard != kill_after:
            here.recv()
            here.send(None)
            heard += 1
        process.kill()
    except (EOFError, ConnectionError):
        pass  # it ended by itself
    finally:
        here.close()
    process.join()
    return process.exitcode


def trainer_state(run_dir: Path):
    with safetensors.safe_open(run_dir / f"trainer-{STEPS}.safetensors", framework="pt") as file:
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        state = unflatten(tensors, json.loads(file.metadata()["minirnn"])["tree"])
    del state["seconds"]
    return state


def assert_same_run(left: Path, right: Path) -> None:
    """All that a run leaves is the same, but for the clock."""
    assert contents(left).keys() == contents(right).keys()
    for name in ("checkpoint.safetensors", "config.json", "sample.txt", "loss.svg"):
        assert (left / name).read_bytes().replace(left.name.encode(), right.name.encode()) == (
            right / name
        ).read_bytes()
    assert metrics(left) == metrics(right)
    assert same(trainer_state(left), trainer_state(right))


@pytest.fixture(scope="module")
def text(tmp_path_factory):
    return write_text(tmp_path_factory.mktemp("text"))


@pytest.fixture(scope="module", params=[False, True], ids=["last", "best"])
def keep_best(request):
    """Whether the run ends with the weights of its best estimate."""
    return request.param


@pytest.fixture(scope="module")
def whole(tmp_path_factory, text, keep_best):
    """A run that nothing disturbed."""
    run_dir = tmp_path_factory.mktemp("runs") / "undisturbed"
    assert run_child(run_dir, text, keep_best) == 0
    if keep_best:
        assert 10 < trainer_state(run_dir)["best"]["step"] < 30
    return run_dir


def test_killed_at_random_moments(tmp_path, text, keep_best, whole):
    killed = tmp_path / "killed"
    rng = random.Random(20)
    died = 0
    kills = KILLS // 2 if keep_best else KILLS
    for kill in range(kills):
        # In turn: at one of the calls that touch the disk, and from outside after so many steps.
        if kill % 3:
            code = run_child(killed, text, keep_best, kill_at=rng.randint(1, 60))
        else:
            code = run_child(killed, text, keep_best, kill_after=rng.randint(1, 4))
        died += code != 0
    assert died >= kills - 2, "the kills came too late to test anything"
    assert run_child(killed, text, keep_best) == 0
    assert_same_run(killed, whole)


def test_killed_at_each_moment_of_the_end(tmp_path, text, keep_best, whole):
    """From the last checkpoint on: the final evaluation, the samples, the loss curve."""
    killed = tmp_path / "killed"
    shutil.copytree(whole, killed)
    for name in ("loss.svg", "sample.txt"):
        (killed / name).unlink()
    lines = (killed / "metrics.jsonl").read_bytes().splitlines(keepends=True)
    (killed / "metrics.jsonl").write_bytes(b"".join(lines[:-1]))
    kill_at = 1
    while run_child(killed, text, keep_best, kill_at=kill_at) != 0:
        kill_at += 1 if QUICK_START else 5
    assert kill_at > 20, "the end touches the disk less often than it should"
    assert_same_run(killed, whole)
