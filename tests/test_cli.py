"""The command, as a user meets it: what it prints, where, and with which exit code."""

import errno
import io
import json
import math
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from typer.testing import CliRunner

from minirnn import __version__, cli
from minirnn.base import run_names
from minirnn.base.errors import UsageError
from minirnn.cli import app, main
from minirnn.presets import PRESETS
from minirnn.training import commands

ROOT = Path(__file__).parents[1]
TINY = ["--steps", "3", "--width", "32", "--depth", "1", "--batch", "2", "--seq-len", "16"]
LOSS = re.compile(r"(\d+\.\d{4}) nats/char  (\d+\.\d{4}) bits/char\n")


def write_text(path):
    words = np.random.default_rng(0).choice(["red ", "green ", "blue ", "and\n"], 800)
    path.write_text("".join(words), encoding="utf-8")


@pytest.fixture(scope="module")
def workshop(tmp_path_factory):
    """A folder with a text and one finished run, runs/one, and what training it printed."""
    folder = tmp_path_factory.mktemp("workshop")
    write_text(folder / "colours.txt")
    outcome = minirnn(folder, "train", "--corpus", "colours.txt", "--run", "one", *TINY)
    assert outcome.returncode == 0, outcome.stderr
    return folder, outcome.stdout


@pytest.fixture
def here(workshop, monkeypatch):
    """The current folder is the workshop."""
    monkeypatch.chdir(workshop[0])
    return workshop[0]


def minirnn(folder, *args, **options):
    """Run the command in its own process, as a user does."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "minirnn", *args],
        cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=120, **options,
    )  # fmt: skip


def call(capsys, *args):
    """Run the command in this process; gives (exit code, stdout, stderr)."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as end:
        main(list(args))
    out, err = capsys.readouterr()
    return end.value.code, out, err


def one_sentence(err):
    """Whether stderr is the name of the command and one line that ends as a sentence does."""
    return re.fullmatch(r"minirnn: [^\n]*[^\n.][.?]\n", err)


def test_help_is_short_has_examples_and_loads_nothing_heavy():
    code = "import sys; from minirnn.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    heavy = {"torch", "numpy", "rich", "matplotlib", "safetensors"}
    code += f"print(sorted({{m.split('.')[0] for m in sys.modules}} & {heavy}))"
    command = [sys.executable, "-c", code]
    outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert outcome.stdout.endswith("[]\n")
    for command in ("train", "eval", "sample", "runs", "start", "check", "hint", "list", "update", "doctor"):
        assert f"\n  {command} " in outcome.stdout
        told = CliRunner().invoke(app, [command, "--help"])
        assert told.exit_code == 0 and f"Example: minirnn {command}" in told.stdout
        assert len(told.stdout.splitlines()) <= 30


def test_help_names_every_preset():
    told = CliRunner().invoke(app, ["train", "--help"]).stdout
    assert f"The kind of model: {', '.join(PRESETS)}." in " ".join(told.split())


def test_started_by_course_py_it_says_so(capsys, here, monkeypatch):
    monkeypatch.setenv("MINIRNN_COMMAND", "python3 course.py")
    for help_, example in ((["--help"], "start"), (["train", "--help"], "train")):
        _, out, _ = call(capsys, *help_)
        assert "Usage: python3 course.py" in out and f"Example: python3 course.py {example}" in out
    assert "`python3 course.py runs`" in call(capsys, "eval", "somewhere")[2]
    assert "See `python3 course.py eval --help`." in call(capsys, "eval", "one", "--no-such")[2]


def test_no_command_shows_the_help_and_version_the_version(capsys):
    assert call(capsys)[:2] == call(capsys, "--help")[:2]
    assert call(capsys, "--version") == (0, f"minirnn {__version__}\n", "")


def test_training_in_a_pipe_says_all_in_plain_lines(workshop):
    folder, out = workshop
    assert "\x1b" not in out and "\r" not in out
    assert "The state starts at zero in each window" in out and "Run: " in out
    assert re.search(r"^100%  step 3  loss ", out, re.M)
    for order in range(6):
        assert f"n-gram of order {order} " in out
    assert out.count("\nSample ") == 3
    assert "minirnn sample one" in out and "minirnn eval one --stream" in out
    files = {path.name for path in (folder / "runs" / "one").iterdir()}
    assert {"config.json", "metrics.jsonl", "checkpoint.safetensors", "loss.svg", "sample.txt"} <= files
    assert str(Path("runs", "one", "loss.svg")) in out


def test_the_summary_reports_the_stored_losses(workshop):
    folder, out = workshop
    lines = (folder / "runs" / "one" / "metrics.jsonl").read_text(encoding="utf-8").splitlines()
    final = json.loads(lines[-1])
    assert re.search(rf"hawk +{final['val_loss']:.4f} +{final['val_loss'] / math.log(2):.4f}", out)
    assert re.search(rf"hawk +{final['stream_loss']:.4f} +{final['stream_loss'] / math.log(2):.4f}", out)


def test_eval_prints_nats_and_bits_and_nothing_else(here, capsys):
    final = json.loads((here / "runs" / "one" / "metrics.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    printed = {}
    for name, args in {
        "val": [],
        "window": ["--window", "256"],
        "short": ["--window", "4"],
        "stream": ["--stream"],
        "train": ["--split", "train"],
    }.items():
        code, out, err = call(capsys, "eval", "one", *args)
        assert (code, err) == (0, "") and LOSS.fullmatch(out)
        printed[name] = out
        nats, bits = map(float, LOSS.fullmatch(out).groups())
        assert bits == pytest.approx(nats / math.log(2), abs=1e-4)
    assert printed["val"] == printed["window"] and printed["val"].startswith(f"{final['val_loss']:.4f} ")
    assert printed["stream"].startswith(f"{final['stream_loss']:.4f} ")
    assert len(set(printed.values())) == 4


def test_a_run_is_found_by_name_and_by_path(here, capsys, monkeypatch):
    by_name = call(capsys, "sample", "one", "--seed", "1", "--tokens", "9")
    assert by_name[0] == 0
    path = str(here / "runs" / "one")
    assert call(capsys, "sample", path, "--seed", "1", "--tokens", "9") == by_name
    monkeypatch.chdir(here / "runs")
    assert call(capsys, "sample", "one", "--seed", "1", "--tokens", "9") == by_name


def test_sample_repeats_with_its_seed_and_begins_with_the_prompt(here, capsys):
    args = ["sample", "one", "--prompt", "red and", "--tokens", "50", "--seed"]
    code, out, err = call(capsys, *args, "5")
    assert (code, err) == (0, "") and out.startswith("red and") and len(out) == len("red and") + 50 + 1
    assert call(capsys, *args, "5")[1] == out
    assert call(capsys, *args, "6")[1] != out
    assert call(capsys, *args, "6", "--temperature", "0")[1] == call(capsys, *args, "5", "--top-k", "1")[1]
    assert call(capsys, *args, "6", "--top-p", "0.000001")[1] == call(capsys, *args, "5", "--top-k", "1")[1]
    assert call(capsys, *args, "6", "--temperature", "9")[1] != call(capsys, *args, "6")[1]


def test_sample_streams(here, monkeypatch):
    """Each piece is on its way before the next is made."""
    from minirnn.lm import generate

    events = []

    def pieces(*args, **kwargs):
        for letter in "abc":
            events.append(f"make {letter}")
            yield letter

    class Stream:
        def write(self, text):
            events.append(f"write {text}")

        def flush(self):
            events.append("flush")

        def isatty(self):
            return False

    monkeypatch.setattr(generate, "generate", pieces)
    monkeypatch.setattr(sys, "stdout", Stream())
    with pytest.raises(SystemExit):
        main(["sample", "one"])
    order = [event for event in events if event not in ("write ", "write \n")]
    assert order[order.index("make a") :][:6] == ["make a", "write a", "flush", "make b", "write b", "flush"]


def test_runs_lists_them(here, capsys, tmp_path, monkeypatch):
    code, out, err = call(capsys, "runs")
    final = json.loads((here / "runs" / "one" / "metrics.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (code, err) == (0, "")
    wanted = ["one", "hawk", "colours.txt", "3", f"{final['val_loss']:.4f}", "finished"]
    assert out == "\t".join(wanted) + "\n"
    monkeypatch.chdir(tmp_path)
    assert call(capsys, "runs")[:2] == (0, "There are no runs in runs/ yet: make one with `minirnn train`.\n")


def test_runs_lists_unfinished_and_damaged_ones_too(here, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("half", "broken"):
        shutil.copytree(here / "runs" / "one", tmp_path / "runs" / name)
    (tmp_path / "runs" / "half" / "loss.svg").unlink()
    (tmp_path / "runs" / "broken" / "config.json").write_text("{", encoding="utf-8")
    (tmp_path / "runs" / "no run").mkdir()
    code, out, err = call(capsys, "runs")
    names_and_status = [line.split("\t")[::5] for line in out.splitlines()]
    assert code == 0 and names_and_status == [["broken", "damaged"], ["half", "unfinished"]]
    assert "config.json" in err and "Traceback" not in err


def test_a_finished_run_is_not_touched_by_resume(here, capsys):
    def content():
        return {path: path.read_bytes() for path in (here / "runs" / "one").iterdir()}

    before = content()
    code, out, err = call(capsys, "train", "--run", "one", "--resume")
    assert (code, err) == (0, "") and "finished" in out and "Sample" not in out
    assert content() == before


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["train", "--minutes", "-1"], "--minutes must be above 0"),
        (["train", "--minutes", "nan"], "--minutes must be above 0"),
        (["train", "--steps", "0"], "--steps must be above 0"),
        (["train", "--steps", "5", "--minutes", "1"], "not both"),
        (["train", "--steps", "many"], "'--steps'"),
        (["train", "--lr", "-0.1"], "--lr must be above 0"),
        (["train", "--seed", "-1"], "--seed must be 0 or more"),
        (["train", "--preset", "mamba9"], "hawk"),
        (["train", "--tokens", "words"], "chars or bytes"),
        (["train", "--device", "abacus", "--steps", "1"], "auto, cpu, cuda or mps"),
        (["train", "--corpus", "missing.txt", "--steps", "1"], "missing.txt"),
        (["train", "--run", "one", "--steps", "1"], "exists"),
        (["train", "--run", "../out"], "cannot name a run"),
        (["train", "--run", ""], "cannot name a run"),
        (["train", "--resume"], "--resume needs --run NAME"),
        (["train", "--resume", "--run", "onne"], "did you mean one?"),
        (["eval", "on"], "did you mean one?"),
        (["eval", "nothing-like-it"], "`minirnn runs`"),
        (["eval"], "'{run}'|run|RUN"),
        (["eval", "one", "--window", "0"], "--window must be 1 or more"),
        (["eval", "one", "--window", "8", "--stream"], "not both"),
        (["eval", "one", "--split", "test"], "val or train"),
        (["eval", "one", "--window", "9999"], r"A window of 9,999 .* is longer .*--window \d+ or less"),
        (["train", "--seq-len", "9999", "--corpus", "colours.txt"], "A window of 9,999 characters is longer"),
        (["train", "--run", "one", "--resume", "--steps", "-4"], "--steps must be above 0"),
        (["sample", "one", "--top-p", "1.5"], "top-p"),
        (["sample", "one", "--top-k", "0"], "top-k"),
        (["sample", "one", "--temperature", "-1"], "temperature"),
        (["sample", "one", "--tokens", "-1"], "tokens"),
        (["sample", "one", "--seed", "-1"], "seed"),
        (["sample", "one", "--prompt", "Zebra"], "'Z'"),
        (["sample", "one", "--colour", "red"], "--colour"),
        (["samplee"], "sample"),
        (["sample", "x" * 5000], "no run"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_as_asked_is_one_sentence_and_2(here, capsys, args, says):
    before = sorted((here / "runs").iterdir())
    code, out, err = call(capsys, *args)
    assert (code, out) == (2, "") and one_sentence(err), err
    assert re.search(says, err), err
    assert sorted((here / "runs").iterdir()) == before


def test_a_changed_text_and_a_damaged_checkpoint_are_one_sentence_and_1(here, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(here / "runs", tmp_path / "runs")
    (tmp_path / "colours.txt").write_text("another text " * 500, encoding="utf-8")
    code, out, err = call(capsys, "eval", "one")
    assert (code, out) == (1, "") and one_sentence(err) and "colours.txt" in err
    weights = tmp_path / "runs" / "one" / "checkpoint.safetensors"
    weights.write_bytes(weights.read_bytes()[:100])
    code, out, err = call(capsys, "sample", "one")
    assert (code, out) == (1, "") and one_sentence(err) and "checkpoint.safetensors" in err


def test_a_text_is_found_from_another_folder(here, capsys, tmp_path, monkeypatch):
    measured = call(capsys, "eval", "one")
    monkeypatch.chdir(tmp_path)
    path = str(here / "runs" / "one")
    assert call(capsys, "eval", path) == measured and measured[0] == 0
    shutil.copytree(here / "runs" / "one", tmp_path / "alone")
    code, _, err = call(capsys, "eval", "alone")
    assert code == 2 and one_sentence(err) and "colours.txt" in err
    assert call(capsys, "eval", "alone", "--corpus", str(here / "colours.txt")) == measured


def test_own_output_is_no_text(here, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(here / "colours.txt", tmp_path)
    for name in ("a", "b"):
        assert call(capsys, "train", "--corpus", ".", "--run", name, *TINY)[0] == 0
    for name in ("a", "b"):
        about = json.loads((tmp_path / "runs" / name / "config.json").read_bytes())["corpus"]
        assert about["description"].startswith("1 text files")
        assert call(capsys, "eval", name)[0] == 0
    code, out, _ = call(capsys, "train", "--run", "a", "--resume", "--steps", "4")
    assert code == 0 and "from 3 steps to 4 steps in all" in out and "Trained for 4 steps" in out


def test_a_text_from_a_pipe(here, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    data = (here / "colours.txt").read_bytes()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    code, out, err = call(capsys, "train", "--corpus", "-", *TINY)
    assert (code, err) == (0, "") and "minirnn eval stdin-hawk-1" in out
    code, _, err = call(capsys, "eval", "stdin-hawk-1")
    assert code == 2 and one_sentence(err) and "came through a pipe" in err
    text = ["--corpus", str(here / "colours.txt")]
    assert call(capsys, "eval", "stdin-hawk-1", *text)[0] == 0
    more = ["train", "--run", "stdin-hawk-1", "--resume", "--steps", "4"]
    code, _, err = call(capsys, *more)
    assert code == 2 and one_sentence(err) and "came through a pipe" in err
    code, out, err = call(capsys, *more, *text)
    assert (code, err) == (0, "") and "Trained for 4 steps" in out and "ignored" not in out


def test_a_loss_that_is_no_number_is_no_text(here, capsys, monkeypatch):
    from minirnn.lm import evaluate

    monkeypatch.setattr(evaluate, "evaluate_window", lambda *_, **__: math.nan)
    code, out, err = call(capsys, "eval", "one")
    assert (code, out) == (1, "") and one_sentence(err) and "no finite numbers" in err


def test_a_full_disk_behind_the_output(here, monkeypatch, capsys):
    class Full(io.StringIO):
        def write(self, text):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(sys, "stdout", Full())
    with pytest.raises(SystemExit) as end:
        main(["runs"])
    assert end.value.code == 1 and one_sentence(capsys.readouterr().err)


def test_names_are_made_up_with_the_next_free_number(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run_names.new_run(None, "pydoc", "hawk") == Path("runs/pydoc-hawk-1")
    for name in ("Pydoc-hawk-1", "pydoc-HAWK-9", "pydoc-hawk-x", "pydoc-gru-30", "a-pydoc-hawk-50"):
        (tmp_path / "runs" / name).mkdir(parents=True)
    assert run_names.new_run(None, "pydoc", "hawk") == Path("runs/pydoc-hawk-10")
    assert run_names.new_run(None, "/books/My Book (1).txt", "gru") == Path("runs/My-Book-1-gru-1")
    assert run_names.new_run(None, "texts/*.txt", "hawk") == Path("runs/hawk-1")
    assert run_names.new_run(None, "-", "gru") == Path("runs/stdin-gru-1")
    assert run_names.new_run("pydoc-hawk-1.b+c", "pydoc", "hawk") == Path("runs/pydoc-hawk-1.b+c")


def test_bytes_are_counted_as_bytes(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_text(tmp_path / "text")
    code, out, err = call(capsys, "train", "--corpus", "text", "--tokens", "bytes", "--run", "raw", *TINY)
    assert (code, err) == (0, "") and "nats/byte" in out and "nats/char" not in out
    assert re.fullmatch(r"\d+\.\d{4} nats/byte  \d+\.\d{4} bits/byte\n", call(capsys, "eval", "raw")[1])
    sample = ["sample", "raw", "--tokens", "5", "--prompt", "é€"]
    assert call(capsys, *sample)[1].startswith("é€")
    # A console that lacks these characters shows question marks.
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "minirnn", *sample]
    poor = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, timeout=120)
    assert poor.returncode == 0 and poor.stdout.startswith(b"??") and poor.stderr == b""


def test_an_interrupted_training_says_how_to_go_on(here, capsys, monkeypatch):
    from minirnn.training import run as train

    def stop(config, run_dir, **_):
        return train.Result("interrupted", run_dir, 70, 1.5)

    monkeypatch.setattr(train, "train", stop)
    code, _, err = call(capsys, "train", "--run", "new", "--steps", "100")
    how = "go on with: minirnn train --run new --resume"
    assert (code, err) == (1, f"minirnn: Interrupted and saved at step 70; {how}\n")
    monkeypatch.setattr(train, "train", lambda *args, **kwargs: (_ for _ in ()).throw(KeyboardInterrupt))
    assert call(capsys, "train", "--steps", "100") == (1, "", "minirnn: Stopped.\n")


@pytest.mark.parametrize("interrupted", [False, True])
def test_another_rank_waits_for_rank_0_but_never_once_it_is_interrupted(monkeypatch, capsys, interrupted):
    """torchrun passes Ctrl-C on to all ranks, and gives them 30 seconds before it kills them."""
    waited = []

    def sleep(seconds):
        waited.append(seconds)
        raise KeyboardInterrupt  # now the reader is tired of it

    def ask(*args):
        raise KeyboardInterrupt if interrupted else UsageError("It is wrong in all ranks.")

    monkeypatch.setenv("TORCHELASTIC_RUN_ID", "1")
    monkeypatch.setenv("RANK", "1")
    monkeypatch.setattr(commands, "new_run", ask)
    monkeypatch.setattr(cli, "time", SimpleNamespace(sleep=sleep))
    assert call(capsys, "train") == (1 if interrupted else 2, "", "")
    assert waited == ([] if interrupted else [cli.PATIENCE])


def test_a_bug_keeps_its_traceback(here, monkeypatch):
    from minirnn.lm import generate

    monkeypatch.setattr(generate, "check_settings", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        main(["sample", "one"])


@pytest.mark.parametrize("number", [errno.EPIPE, errno.EINVAL])
def test_a_reader_that_leaves_is_known_by_either_error(here, monkeypatch, capsys, number):
    class Gone(io.StringIO):
        def write(self, text):
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr(sys, "stdout", Gone())
    with pytest.raises(SystemExit) as end:
        main(["sample", "one", "--tokens", "3"])
    sys.stdout.close()
    assert end.value.code == 1 and capsys.readouterr().err == ""


def test_a_reader_that_leaves_ends_it_quietly(here):
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "minirnn", "sample", "one", "--tokens", "1000000"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=here, env=environment, stdout=pipe, stderr=pipe) as process:
        process.stdout.read(1)
        process.stdout.close()
        error = process.stderr.read()
        process.wait(60)
    assert error == b"" and process.returncode == 1
