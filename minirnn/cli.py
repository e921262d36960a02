"""The `minirnn` command: what all commands share; each of them is in the commands.py of its own folder.

Exit codes: 0 it is done; 1 it failed, was interrupted, or an exercise did not pass; 2 it cannot be done as
asked. What the user can mend is one sentence on stderr (`minirnn.base.errors`); anything else is a bug and
keeps its traceback.
"""

from __future__ import annotations

import errno
import io
import os
import sys
import time
from contextlib import suppress
from typing import Annotated, Any

import typer

from minirnn import __version__
from minirnn.base.errors import UserError
from minirnn.base.wording import command
from minirnn.course.author import commands as author
from minirnn.course.learner import commands as learner
from minirnn.course.site import commands as site
from minirnn.course.teacher import commands as teacher
from minirnn.training import commands as training

INTERRUPTED = 130  # how typer ends on Ctrl-C; we end with 1
PATIENCE = 60  # seconds in which rank 0 has found what another rank has
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


app.add_typer(training.app)
app.add_typer(learner.app)
app.add_typer(teacher.app, name="teach")
app.add_typer(author.app, name="dev")
app.add_typer(site.app)
