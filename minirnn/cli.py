"""The `minirnn` command: train, eval, sample, runs, and those of the course (minirnn/course/*/commands.py).

Only this module knows of exit codes: 0 it is done; 1 it failed, or was interrupted; 2 it cannot be done
as asked. What the user can mend is one sentence on stderr; anything else is a bug and keeps its
traceback. Heavy modules are imported inside the commands, so that `--help` answers at once.
"""

from __future__ import annotations

import difflib
import errno
import io
import math
import os
import re
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from minirnn import __version__
from minirnn.base.errors import UsageError, UserError
from minirnn.base.run_folder import CONFIG, CURVE, SAMPLE, list_runs, read_config
from minirnn.base.wording import command, quoted
from minirnn.course.author import commands as dev_commands
from minirnn.course.learner import commands
from minirnn.course.site import commands as site_commands
from minirnn.course.teacher import commands as teach

if TYPE_CHECKING:
    from minirnn.training.reports.reporter import Result

RUNS = Path("runs")  # in the current folder
INTERRUPTED = 130  # how typer ends on Ctrl-C; we end with 1
PATIENCE = 60  # seconds in which rank 0 has found what another rank has
PRESETS = "[default: the preset's]"
# Not taken from lm/model.py, which needs torch: help must answer at once. A test compares the two.
KINDS = (
    "hawk, griffin, transformer, lru, s4d, s5, mamba, mamba2, mingru, deltanet, rnn, gru, lstm, "
    "griffin-gpu, transformer-gpu"
)
# The base of every complaint about arguments, under this name in all versions of typer.
_Complaint: Any = typer.BadParameter.__base__

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def main(args: list[str] | None = None) -> None:
    """Run the command with these arguments (default: those of the process) and end with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # What the encoding lacks becomes "?": a sample must never die of a euro sign.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    group: Any = typer.main.get_command(app)
    for each in _all(group):
        each.help = (each.help or "").replace("Example: minirnn", f"Example: {command()}")
    try:
        code = group.main(args, prog_name=command(), standalone_mode=False)
    except UserError as error:
        _fail(str(error), error.exit_code)
    except _Complaint as error:
        _fail(f"{error.format_message().rstrip('.')}. See `{_path(error)} --help`.", 2)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        sys.stdout = io.StringIO()  # what it still holds cannot be written at the end either
        _fail("The disk is full: what this command prints could not be written.", 1)
    if code == INTERRUPTED:
        _fail("Stopped.", 1, patience=0)
    raise SystemExit(code or 0)


def _all(group: Any) -> list[Any]:
    """A command and all below it."""
    return [group, *(each for below in getattr(group, "commands", {}).values() for each in _all(below))]


def _fail(sentence: str, code: int, patience: float = PATIENCE) -> None:
    # What torchrun started in many processes is wrong in all of them: rank 0 says so. When one has ended
    # torchrun ends the others, so those wait until rank 0 has; but not when Ctrl-C has reached all of them.
    if "TORCHELASTIC_RUN_ID" not in os.environ or os.environ.get("RANK") == "0":
        print(f"minirnn: {sentence}", file=sys.stderr)
    elif patience:
        with suppress(KeyboardInterrupt):
            time.sleep(patience)
    raise SystemExit(code)


def _path(complaint: Any) -> str:
    return complaint.ctx.command_path if complaint.ctx else command()


def _version(wanted: bool) -> None:
    if wanted:
        print(f"minirnn {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _main(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Learn modern recurrent networks: exercises, and small language models to train.

    Example: minirnn start ../minirnn-exercises
    """
    if context.invoked_subcommand is None:
        print(context.get_help())


@app.command(short_help="Train a language model on text.")
def train(
    corpus: Annotated[
        str,
        typer.Option(
            metavar="TEXT", help="pydoc, stdlib, shakespeare, text8, enwik8, a path, a glob, or - for a pipe."
        ),
    ] = "pydoc",
    preset: Annotated[str, typer.Option(metavar="NAME", help=f"The kind of model: {KINDS}.")] = "hawk",
    minutes: Annotated[float | None, typer.Option(metavar="M", help="Train so long. [default: 2]")] = None,
    steps: Annotated[int | None, typer.Option(metavar="N", help="Train so many steps instead.")] = None,
    run: Annotated[str | None, typer.Option(metavar="NAME", help="Name it. [default: made up]")] = None,
    resume: Annotated[
        bool,
        typer.Option(
            "--resume",
            help="Go on with the run of that name. A finished one takes more --minutes or --steps, counted "
            "from its beginning; its learning rate then rises again to that of a run so long.",
        ),
    ] = False,
    seed: Annotated[int, typer.Option(metavar="S", help="Another seed gives another run.")] = 0,
    device: Annotated[str, typer.Option(metavar="NAME", help="auto, cpu, cuda or mps.")] = "auto",
    batch: Annotated[int | None, typer.Option(metavar="B", help=f"Texts side by side. {PRESETS}")] = None,
    seq_len: Annotated[int | None, typer.Option(metavar="T", help=f"Tokens in a window. {PRESETS}")] = None,
    width: Annotated[int | None, typer.Option(metavar="D", help=f"Width of the model. {PRESETS}")] = None,
    depth: Annotated[int | None, typer.Option(metavar="L", help=f"Blocks of the model. {PRESETS}")] = None,
    lr: Annotated[float | None, typer.Option(metavar="X", help=f"Highest learning rate. {PRESETS}")] = None,
    tokens: Annotated[str, typer.Option(metavar="KIND", help="chars or bytes.")] = "chars",
    plain: Annotated[bool, typer.Option("--plain", help="Print lines instead of the live view.")] = False,
) -> None:
    """Train a language model on text and leave it in runs/.

    Example: minirnn train --corpus mybook.txt --minutes 5 --run mybook
    """
    if tokens not in ("chars", "bytes"):
        raise UsageError(f"Unknown kind of tokens {tokens!r}: use chars or bytes.")
    run_dir = _resumed_run(run) if resume else _new_run(run, corpus, preset)

    from minirnn.training.ranks import join
    from minirnn.training.reports.live import make_reporter
    from minirnn.training.run import train as train_model
    from minirnn.training.settings import TrainConfig

    config = TrainConfig(
        corpus=corpus,
        tokens=tokens,  # type: ignore[arg-type]  # checked above
        preset=preset,
        minutes=minutes,
        steps=steps,
        seed=seed,
        device=device,
        batch=batch,
        seq_len=seq_len,
        width=width,
        depth=depth,
        lr=lr,
    )
    with join(device) as ranks:
        with make_reporter(plain, io.StringIO() if ranks.rank else sys.stdout) as reporter:
            # A name that was made up may be taken meanwhile, or be another one on another rank.
            result = train_model(
                config, run_dir, resume=resume, next_free=run is None, reporter=reporter, ranks=ranks
            )
        if result.status == "interrupted":
            how = f"{command()} train --run {_shown(result.run_dir)} --resume"
            raise UserError(f"Interrupted and saved at step {result.step}; go on with: {how}")
    if result.samples:  # else the run was finished before, and training has said so; or we are not rank 0
        _summary(result)


@app.command(name="eval", short_help="Measure how well a run predicts its text.")
def evaluate(
    run: Annotated[str, typer.Argument(help="Name of a run, or path of its folder.")],
    split: Annotated[str, typer.Option(metavar="NAME", help="The part of the text: val or train.")] = "val",
    window: Annotated[
        int | None,
        typer.Option(metavar="W", help="Start from nothing after each W tokens. [default: 256]"),
    ] = None,
    stream: Annotated[bool, typer.Option("--stream", help="Carry the state through the whole text.")] = False,
    text: Annotated[
        str | None,
        typer.Option("--corpus", metavar="TEXT", help="Where its text is now. [default: where it was]"),
    ] = None,
) -> None:
    """Measure how well a run predicts its text, in nats and bits per character.

    Example: minirnn eval pydoc-hawk-1 --window 64
    """
    if split not in ("train", "val"):
        raise UsageError(f"Unknown split {split!r}: use val or train.")
    if window is not None and stream:
        raise UsageError("Give --window or --stream, not both.")
    if window is not None and window < 1:
        raise UsageError(f"--window must be 1 or more, but it is {window}.")
    run_dir = _find_run(run)

    from minirnn.base.wording import WORDS, format_loss
    from minirnn.lm.evaluate import WINDOW, evaluate_stream, evaluate_window
    from minirnn.text.corpus import load_again
    from minirnn.training.checkpoint import load_model
    from minirnn.training.settings import choose_device

    device = choose_device("auto")
    model, _, config = load_model(run_dir, device)
    settings = config["train"]
    corpus = load_again(run_dir, config, text)
    if corpus.sha256 != config["corpus"].get("sha256"):
        text = text or settings["corpus"]
        raise UserError(
            f"The text {text} is not what {run_dir.name} was trained on: bring it back, or say where it "
            "is now with --corpus."
        )
    ids = corpus.val if split == "val" else corpus.train
    if window is not None and window >= len(ids):
        raise UsageError(
            f"A window of {window:,} {WORDS[settings['tokens']]} is longer than the text to measure, "
            f"which has {len(ids):,}: give --window {len(ids) - 1} or less, or --stream."
        )
    if stream:
        nats = evaluate_stream(model, ids, device=device)
    else:
        nats = evaluate_window(model, ids, window or WINDOW, device=device)
    if not math.isfinite(nats):
        raise UserError(
            f"{run_dir.name} predicts no finite numbers, so its loss is none either: its training diverged, "
            "or its state grows without bound; train another run with a smaller --lr."
        )
    print(format_loss(nats, settings["tokens"]))


@app.command(short_help="Let a trained run write.")
def sample(
    run: Annotated[str, typer.Argument(help="Name of a run, or path of its folder.")],
    prompt: Annotated[str, typer.Option(metavar="TEXT", help="The text to go on from.")] = "",
    tokens: Annotated[int, typer.Option(metavar="N", help="How many characters (or bytes) to write.")] = 500,
    temperature: Annotated[
        float, typer.Option(metavar="X", help="0: always the likeliest; 1: as the model says.")
    ] = 0.8,
    top_k: Annotated[int | None, typer.Option(metavar="K", help="Choose among the K likeliest only.")] = None,
    top_p: Annotated[
        float | None, typer.Option(metavar="P", help="Choose among the likeliest that add up to P.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(metavar="S", help="The same seed gives the same text. [default: chance]")
    ] = None,
) -> None:
    """Let a trained run write, as a stream of text.

    Example: minirnn sample pydoc-hawk-1 --prompt "The list" --temperature 0.7
    """
    run_dir = _find_run(run)

    import torch

    from minirnn.base.wording import printable
    from minirnn.lm.generate import check_settings, generate
    from minirnn.text.vocabulary import normal
    from minirnn.training.checkpoint import load_model

    check_settings(tokens, temperature, top_k, top_p, seed)
    # One symbol is too little work to share: a second thread would only wait.
    torch.set_num_threads(1)
    model, vocabulary, _ = load_model(run_dir)
    pieces = generate(
        model, vocabulary, prompt, tokens, temperature=temperature, top_k=top_k, top_p=top_p, seed=seed
    )
    in_terminal = sys.stdout.isatty()
    try:
        prompt = normal(prompt) if vocabulary.kind == "chars" else prompt
        print(printable(prompt) if in_terminal else prompt, end="", flush=True)
        for piece in pieces:
            print(printable(piece) if in_terminal else piece, end="", flush=True)
        print(flush=True)
    except OSError as error:
        # Whoever read our output is gone, which Windows calls EINVAL. Nothing more can be said there.
        if error.errno not in (errno.EPIPE, errno.EINVAL):
            raise
        sys.stdout = io.StringIO()
        raise typer.Exit(1) from error


@app.command(short_help="List the runs in this folder.")
def runs() -> None:
    """List the runs in runs/: text, steps, validation loss and whether they are finished.

    Example: minirnn runs
    """
    found = list_runs(RUNS)
    if not found:
        print(f"There are no runs in runs/ yet: make one with `{command()} train`.")
        return
    names = ("run", "preset", "corpus", "steps", "val loss, nats", "status")
    rows = [
        (
            run.name,
            run.preset,
            run.corpus,
            f"{run.step}",
            "-" if run.val_loss is None else f"{run.val_loss:.4f}",
            "damaged" if run.problem else "finished" if run.finished else "unfinished",
        )
        for run in found
    ]
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.table import Table

        table = Table(*names, box=None)
        for row in rows:
            table.add_row(*row)
        Console(markup=False, highlight=False).print(table)
    else:
        for row in rows:
            print("\t".join(row))
    for run in found:
        if run.problem:
            print(run.problem, file=sys.stderr)


app.add_typer(commands.app)
app.add_typer(teach.app, name="teach")
app.add_typer(dev_commands.app, name="dev")
app.add_typer(site_commands.app)


def _find_run(name: str) -> Path:
    """The folder of a run, given by its name in runs/ or by a path. Raises UsageError if there is none."""
    for folder in (RUNS / name, Path(name)):
        if os.path.isfile(folder / CONFIG):  # where pathlib raises for a name too long, this says no
            return folder
    known = _names()
    near = difflib.get_close_matches(name, known, 1)
    if near:
        advice = f"did you mean {near[0]}?"
    elif known:
        advice = f"`{command()} runs` lists those there are."
    else:
        advice = f"make one with `{command()} train`."
    raise UsageError(f"There is no run {name!r}: {advice}")


def _resumed_run(name: str | None) -> Path:
    if name is None:
        raise UsageError(f"--resume needs --run NAME, the run to go on with: see `{command()} runs`.")
    return _find_run(name)


def _new_run(name: str | None, corpus: str, preset: str) -> Path:
    """The folder for a new run, by default called like pydoc-hawk-1 with the next free number.

    Nothing is made yet: training makes it, and takes a higher number if somebody was faster.
    """
    if name is not None:
        if not re.fullmatch(r"\w[\w.+-]{0,99}", name) or name.endswith("."):
            raise UsageError(f"{name!r} cannot name a run: use letters, digits, '_', '-', '+' and '.'.")
        return RUNS / name
    text = "stdin" if corpus in ("-", "/dev/stdin") else Path(corpus).stem
    base = re.sub(r"[^\w.]+", "-", f"{text}-{preset}").strip("-.")[:80]
    # Some file systems do not tell A from a.
    same = re.compile(re.escape(base) + r"-([0-9]{1,9})", re.IGNORECASE)
    taken = [int(match[1]) for name in _names() if (match := same.fullmatch(name))]
    return RUNS / f"{base}-{max(taken, default=0) + 1}"


def _names() -> list[str]:
    return sorted(path.name for path in RUNS.iterdir()) if RUNS.is_dir() else []


def _shown(run_dir: Path) -> str:
    """A run as the user would name it on the command line."""
    return run_dir.name if run_dir.parent == RUNS else quoted(run_dir)


def _summary(result: Result) -> None:
    from minirnn.base.wording import printable
    from minirnn.training.reports.lines import summary_lines

    run_dir, name = result.run_dir, _shown(result.run_dir)
    settings = read_config(run_dir)["train"]
    print()
    for line in summary_lines(result, settings["preset"], settings["tokens"]):
        print(printable(line))
    print(f"\nLoss curve: {run_dir / CURVE}\nSamples: {run_dir / SAMPLE}\n\nNext:")
    print(f"  {command()} sample {name} --temperature 0.7")
    print(f"  {command()} eval {name} --stream")
    print(f"  {command()} runs")
