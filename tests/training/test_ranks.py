"""Data parallel training: real processes, started by torchrun, against one process.

The processes run parallel_process.py, which is the command itself and may die or be interrupted at a step
that the test names. No verdict depends on a clock.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from minirnn.base.errors import UsageError
from minirnn.base.run_folder import read_config
from minirnn.training import machine, observers
from minirnn.training import run as train
from minirnn.training.ranks import LOST, Order, Ranks, join
from minirnn.training.settings import TrainConfig
from tests.thorough import few
from tests.training.runs import Recorder, contents, metrics, small, write_text

ROOT = Path(__file__).parents[2]
STEPS, BATCH = 20, 5  # five rows are uneven for two processes and for three


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(train, "SAMPLE_LENGTH", 10)
    monkeypatch.setattr(observers, "LOG_STEPS", 1)
    # Where products of bfloat16 round, those of five rows and those of two round differently.
    monkeypatch.setattr(machine, "_multiplies_bfloat16", lambda: False)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)
    torch.set_default_dtype(torch.float32)


@pytest.fixture(scope="module")
def text(tmp_path_factory):
    return write_text(tmp_path_factory.mktemp("text"))


@pytest.fixture
def whole(tmp_path, text):
    """The loss curve of one process that nothing disturbed."""
    return alone(tmp_path / "whole", small(text, steps=STEPS, batch=BATCH))


def alone(run_dir: Path, config: TrainConfig | None = None) -> list[float]:
    """Train in this process, or go on with the run, and give its loss curve."""
    train.train(config or TrainConfig(), run_dir, resume=config is None, reporter=Recorder())
    return curve(run_dir)


def curve(run_dir: Path) -> list[float]:
    return [line["loss"] for line in metrics(run_dir) if "loss" in line]


def torchrun(processes: int, cwd: Path, *program: str) -> tuple[int, str, str]:
    """Start the program in so many processes; gives the exit code, stdout and stderr."""
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node"]
    # Not every torch for Windows has libuv.
    env = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "USE_LIBUV": "0"}
    with subprocess.Popen(
        [*command, str(processes), *program],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as started:
        try:
            out, err = started.communicate(timeout=300)
        except BaseException:
            started.terminate()  # then torchrun ends the others
            raise
    return started.returncode, out, err


def command(text: Path, *more: str, steps: int = STEPS, batch: int = BATCH, run: str = "run") -> list[str]:
    """The settings of `small`, as arguments."""
    sizes = {"steps": steps, "batch": batch, "seq-len": 16, "width": 32, "depth": 1, "lr": 8e-3, "seed": 3}
    arguments = [part for name, value in sizes.items() for part in (f"--{name}", str(value))]
    return ["train", "--corpus", str(text), "--device", "cpu", "--run", run, *arguments, *more]


def together(processes, cwd, arguments, *, dtype="float32", carry=True, **accident):
    """Run the command in so many processes, with an accident; as `torchrun`."""
    settings = {"command": arguments, "dtype": dtype, "carry": carry, "accident": accident}
    script = Path(__file__).with_name("parallel_process.py")
    return torchrun(processes, cwd, str(script), json.dumps(settings))


def sentences(err: str) -> list[str]:
    """What minirnn says on stderr. No traceback is ours; torchrun prints its own."""
    assert str(ROOT / "minirnn") not in err
    return [line.removeprefix("minirnn: ") for line in err.splitlines() if line.startswith("minirnn: ")]


def endings(cwd: Path, processes: int) -> list[dict[str, object]]:
    """Where each rank came out. They may differ in nothing but what they draw, if a model has dropout."""
    found = [json.loads((cwd / f"rank-{rank}.json").read_text()) for rank in range(processes)]
    assert len({each.pop("chance") for each in found}) == processes
    return found


# -- the parts ---------------------------------------------------------------------------------------


@given(st.integers(1, 40), st.integers(0, 100))
def test_every_row_has_one_rank(size, more):
    batch = size + more
    parts = [list(range(batch))[Ranks(rank, size).rows(batch)] for rank in range(size)]
    assert [row for part in parts for row in part] == list(range(batch))
    assert max(map(len, parts)) - min(map(len, parts)) <= 1
    assert parts == [list(range(batch))[Ranks(0, size).rows(batch, rank)] for rank in range(size)]


def test_a_rank_without_rows_is_refused():
    with pytest.raises(
        UsageError, match="A batch of 2 cannot be shared by 3 processes: give --batch 3 or more"
    ):
        Ranks(1, 3).rows(2)


def test_alone_nothing_is_sent(monkeypatch):
    """And nothing is copied: what comes back is what was given."""
    for name in ("all_reduce", "broadcast", "send", "recv", "init_process_group"):
        monkeypatch.setattr(torch.distributed, name, None)
    for name in ("RANK", "TORCHELASTIC_RUN_ID"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WORLD_SIZE", "4")  # of something else than torchrun
    with join("auto") as ranks:
        loss, state = torch.ones(()), (torch.ones(2),)
        assert ranks.add([], loss) is loss and ranks.whole(state, 2) is state
        assert ranks.path("a") == "a" and ranks.first()
        ranks.order(Order.LEARN, 0.5)
        ranks.meet()
        ranks.leave()


# -- the same training -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("processes", "dtype", "carry", "batch", "close"),
    few([(3, "float64", True, 5, 1e-10), (2, "float32", False, 4, 1e-4)]),
)
def test_the_loss_curve_of_one_process(tmp_path, text, processes, dtype, carry, batch, close):
    torch.set_default_dtype(getattr(torch, dtype))
    expected = alone(tmp_path / "alone", small(text, steps=50, batch=batch, carry=carry))
    arguments = command(text, steps=50, batch=batch)
    code, out, err = together(processes, tmp_path, arguments, dtype=dtype, carry=carry)
    assert (code, sentences(err)) == (0, []), err
    assert curve(tmp_path / "runs" / "run") == pytest.approx(expected, rel=0, abs=close)
    assert len(expected) == 50 and expected[-1] < expected[0] - 0.5, "it learned too little to test anything"
    # Each line of the output is there once, so only one rank prints.
    assert out.count("Run: ") == out.count("Trained for 50 steps") == 1
    ranks = endings(tmp_path, processes)
    assert ranks[1:] == ranks[:-1] and ranks[0]["step"] == 50, "the ranks hold different weights"
    assert contents(tmp_path / "runs" / "run").keys() == contents(tmp_path / "alone").keys()
    assert read_config(tmp_path / "runs" / "run") == read_config(tmp_path / "alone")


def test_by_the_clock_all_ranks_take_the_same_steps(tmp_path, text):
    """Of rank 0: in this test the clock of the other one is ten times as fast."""
    arguments = [part for part in command(text) if part not in ("--steps", str(STEPS))]
    code, _, err = together(2, tmp_path, [*arguments, "--minutes", "0.01"])
    assert (code, sentences(err)) == (0, []), err
    first, second = endings(tmp_path, 2)
    assert first == second and 10 < first["step"] < 60


# -- a process is lost, and the run goes on ----------------------------------------------------------


@pytest.mark.parametrize(("processes", "rank", "others"), few([(2, 1, 3), (3, 0, 2)]))
def test_a_rank_dies(tmp_path, text, whole, processes, rank, others):
    code, _, err = together(processes, tmp_path, command(text), rank=rank, step=7, what="kill")
    assert code != 0
    (sentence,) = sentences(err)
    assert sentence.startswith(LOST), err
    run_dir, copy = tmp_path / "runs" / "run", tmp_path / "copy"
    shutil.copytree(run_dir, copy)
    assert alone(copy) == pytest.approx(whole, abs=1e-4)
    code, out, err = together(others, tmp_path, ["train", "--run", "run", "--resume"])
    assert code == 0, err
    assert "Going on from step 6." in out or "Going on from step 7." in out
    assert curve(run_dir) == pytest.approx(whole, abs=1e-4)
    assert contents(run_dir).keys() == contents(copy).keys()


def test_killed_before_there_was_a_run(tmp_path, text, whole):
    # The calls of os.replace: the trainer's state, the weights, config.json.
    code, _, err = together(2, tmp_path, command(text), rank=0, call=3, what="kill")
    (sentence,) = sentences(err)
    assert code != 0 and sentence.startswith(LOST), err
    assert not (tmp_path / "runs" / "run" / "config.json").exists()
    code, _, err = together(2, tmp_path, command(text))
    assert code == 0, err
    assert curve(tmp_path / "runs" / "run") == pytest.approx(whole, abs=1e-4)


# -- an end that was asked for -----------------------------------------------------------------------

if sys.platform != "win32":  # where torchrun has no such signals to send

    @pytest.mark.parametrize("name", few(["SIGINT", "SIGTERM"]))
    def test_interrupted(tmp_path, text, whole, name):
        code, out, err = together(2, tmp_path, command(text), rank=0, step=5, what=name)
        assert code != 0
        (sentence,) = sentences(err)
        stopped = re.fullmatch(r"Interrupted and saved at step (\d+); go on with: .* --resume", sentence)
        # The signal came within step 5, or after the measurement that follows it.
        assert stopped and int(stopped[1]) in (6, 7), err
        first, second = endings(tmp_path, 2)
        assert first == second and first["step"] == int(stopped[1])
        assert "Trained for" not in out
        assert alone(tmp_path / "runs" / "run") == pytest.approx(whole, abs=1e-4)


# -- what goes wrong is said once --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "words"),
    few(
        [
            (["--batch", "1"], "A batch of 1 cannot be shared by 2 processes"),  # rank 0 alone finds it
            (["--tokens", "words"], "Unknown kind of tokens"),  # all find it
            (["--stepps", "3"], "No such option"),
            (["--lr", "1e30"], "Training diverged after step"),
        ],
        count=2,
    ),
)
def test_an_error_is_told_once(tmp_path, text, more, words):
    # Without "--" torchrun, which has an option --run-path, would take --run for its own.
    code, _, err = torchrun(2, tmp_path, "-m", "--", "minirnn", *command(text, *more))
    assert code != 0
    (sentence,) = sentences(err)
    assert sentence.startswith(words)
    assert err.count(words) == 1
    assert (tmp_path / "runs").exists() == (words == "Training diverged after step")


@pytest.mark.parametrize("late", few([0, 1]))
def test_an_error_is_told_by_rank_0_though_another_finds_it_first(tmp_path, text, late):
    """torchrun ends all when one has ended: it must not be the one that says nothing."""
    code, _, err = together(2, tmp_path, command(text, "--tokens", "words"), rank=late, what="late")
    assert code != 0
    assert sentences(err) == ["Unknown kind of tokens 'words': use chars or bytes."]
