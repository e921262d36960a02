"""The commands of a language model: train, eval, sample and runs.

Heavy modules are imported inside the commands, so that `--help` answers at once.
"""

from __future__ import annotations

import errno
import io
import math
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from minirnn.base.errors import UsageError, UserError
from minirnn.base.run_folder import CURVE, SAMPLE, list_runs, read_config
from minirnn.base.run_names import RUNS, find_run, new_run, resumed_run, shown
from minirnn.base.wording import command
from minirnn.presets import PRESETS

if TYPE_CHECKING:
    from minirnn.training.reports.reporter import Result

OWN = "[default: the preset's]"

app = typer.Typer(rich_markup_mode=None)


@app.command(short_help="Train a language model on text.")
def train(
    corpus: Annotated[
        str,
        typer.Option(
            metavar="TEXT", help="pydoc, stdlib, shakespeare, text8, enwik8, a path, a glob, or - for a pipe."
        ),
    ] = "pydoc",
    preset: Annotated[
        str, typer.Option(metavar="NAME", help=f"The kind of model: {', '.join(PRESETS)}.")
    ] = "hawk",
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
    batch: Annotated[int | None, typer.Option(metavar="B", help=f"Texts side by side. {OWN}")] = None,
    seq_len: Annotated[int | None, typer.Option(metavar="T", help=f"Tokens in a window. {OWN}")] = None,
    width: Annotated[int | None, typer.Option(metavar="D", help=f"Width of the model. {OWN}")] = None,
    depth: Annotated[int | None, typer.Option(metavar="L", help=f"Blocks of the model. {OWN}")] = None,
    lr: Annotated[float | None, typer.Option(metavar="X", help=f"Highest learning rate. {OWN}")] = None,
    tokens: Annotated[str, typer.Option(metavar="KIND", help="chars or bytes.")] = "chars",
    plain: Annotated[bool, typer.Option("--plain", help="Print lines instead of the live view.")] = False,
) -> None:
    """Train a language model on text and leave it in runs/.

    Example: minirnn train --corpus mybook.txt --minutes 5 --run mybook
    """
    if tokens not in ("chars", "bytes"):
        raise UsageError(f"Unknown kind of tokens {tokens!r}: use chars or bytes.")
    run_dir = resumed_run(run) if resume else new_run(run, corpus, preset)

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
            how = f"{command()} train --run {shown(result.run_dir)} --resume"
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
    run_dir = find_run(run)

    from minirnn.base.wording import WORDS, format_loss
    from minirnn.lm.evaluate import WINDOW, evaluate_stream, evaluate_window
    from minirnn.text.corpus import load_again
    from minirnn.training.folder.checkpoint import load_model
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
    run_dir = find_run(run)

    import torch

    from minirnn.base.wording import printable
    from minirnn.lm.generate import check_settings, generate
    from minirnn.text.vocabulary import normal
    from minirnn.training.folder.checkpoint import load_model

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


def _summary(result: Result) -> None:
    from minirnn.base.wording import printable
    from minirnn.training.reports.lines import summary_lines

    run_dir, name = result.run_dir, shown(result.run_dir)
    settings = read_config(run_dir)["train"]
    print()
    for line in summary_lines(result, settings["preset"], settings["tokens"]):
        print(printable(line))
    print(f"\nLoss curve: {run_dir / CURVE}\nSamples: {run_dir / SAMPLE}\n\nNext:")
    print(f"  {command()} sample {name} --temperature 0.7")
    print(f"  {command()} eval {name} --stream")
    print(f"  {command()} runs")
