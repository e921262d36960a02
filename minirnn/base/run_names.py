"""Runs by their names: `one` is the folder runs/one, and a new run is called like pydoc-hawk-1."""

from __future__ import annotations

import os
import re
from pathlib import Path

from minirnn.base.errors import UsageError
from minirnn.base.run_folder import CONFIG
from minirnn.base.wording import command, nearest, quoted

RUNS = Path("runs")  # in the current folder


def find_run(name: str) -> Path:
    """The folder of a run, given by its name in runs/ or by a path. Raises UsageError if there is none."""
    for folder in (RUNS / name, Path(name)):
        if os.path.isfile(folder / CONFIG):  # where pathlib raises for a name too long, this says no
            return folder
    known = _names()
    if near := nearest(name, known):
        advice = near
    elif known:
        advice = f"`{command()} runs` lists those there are."
    else:
        advice = f"make one with `{command()} train`."
    raise UsageError(f"There is no run {name!r}: {advice}")


def resumed_run(name: str | None) -> Path:
    """The folder of the run to go on with. Raises UsageError without a name, or if there is no such run."""
    if name is None:
        raise UsageError(f"--resume needs --run NAME, the run to go on with: see `{command()} runs`.")
    return find_run(name)


def new_run(name: str | None, corpus: str, preset: str) -> Path:
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


def shown(run_dir: Path) -> str:
    """A run as the user would name it on the command line."""
    return run_dir.name if run_dir.parent == RUNS else quoted(run_dir)
