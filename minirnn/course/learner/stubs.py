"""The files of a workspace: `start` makes them, `update` brings them up to date, `reset` gives one back.

    README.md           what to type here
    pytest.ini          lets plain pytest run the checks; a folder with it is a workspace
    progress.json       what was done so far (progress.py)
    NN_scan/combine.py  the learner's file, made from the stub
    NN_scan/combine.md  the statement

No answer, hint or debrief is ever written here. What a learner wrote is never overwritten: where something
else must take its place, it stays beside that as combine.bak-1.py.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path

from minirnn import __version__
from minirnn.base.errors import UsageError, UserError
from minirnn.base.files import write_atomic
from minirnn.base.wording import command, program, quoted
from minirnn.course import bank
from minirnn.course.exercise_files import Exercise
from minirnn.course.learner.lock import locked
from minirnn.course.learner.progress import (
    CONFIG,
    PLUGIN,
    PROGRESS,
    State,
    Unusable,
    Workspace,
    digest,
    load,
    locate,
)

README = "README.md"
NAME = "minirnn-exercises"
CONFIG_TEXT = f"""# With this file plain pytest runs the checks of the course in this folder.
[pytest]
addopts = -p {PLUGIN}
"""


def start(folder: Path) -> Workspace:
    """Make a workspace in a folder that is new or empty. Raises UsageError, UserError."""
    folder = Path(os.path.abspath(folder))
    for place in (folder.resolve(), *folder.resolve().parents):
        clone = (place / "course.py").is_file() and (place / "minirnn").is_dir()
        if clone or (place / bank.MANIFEST).is_file():
            beside = quoted(relative(place.parent / NAME, Path.cwd()))
            raise UsageError(
                f"{folder} lies inside a clone of the project, where the answers are: "
                f"choose another place, for example `{command()} start {beside}`."
            )
    there = locate(folder)
    if there is not None:
        advice = f"change into it; `{command()} update` brings what is new."
        raise UsageError(f"{there} is a workspace already: {advice}")
    bank.course()
    try:
        if folder.is_dir() and any(not path.name.startswith(".") for path in folder.iterdir()):
            raise UsageError(f"{folder} is not empty: choose a folder that is new or empty.")
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise UsageError(f"{folder} is a file: choose a folder that is new or empty.") from None
    except OSError as error:
        raise UserError(f"{folder} cannot be made: {error.strerror or error}.") from None
    write_atomic(folder / CONFIG, CONFIG_TEXT)  # first: from here on `update` can finish
    return update(folder)[0]


def update(folder: Path) -> tuple[Workspace, list[str]]:
    """Bring a workspace to this version of the course; gives it, and a sentence for each thing done."""
    with locked(folder):
        return _update(folder)


def _update(folder: Path) -> tuple[Workspace, list[str]]:
    said: list[str] = []
    lost = False
    try:
        workspace = load(folder)
    except Unusable:
        workspace = Workspace(folder)
        if lost := (folder / PROGRESS).exists():
            said.append(f"{PROGRESS} could not be used; the old one is {_keep(folder / PROGRESS).name}.")
    for exercise in bank.exercises():
        said += _bring(workspace, exercise)
    for name, text in ((README, readme_text(folder)), (CONFIG, CONFIG_TEXT)):
        path = folder / name
        if not path.exists() or digest(_read(path)) != digest(text):
            if path.exists():
                said.append(f"{name} has changed; the old one is {_keep(path).name}.")
            write_atomic(path, text)
    if lost:
        said.append("Check your exercises again, so that they count as solved.")
    workspace.version = __version__
    workspace.save()
    return workspace, said


def _bring(workspace: Workspace, exercise: Exercise) -> list[str]:
    """Bring the two files of an exercise up to date."""
    said: list[str] = []
    stub, path = exercise.stub(), workspace.path(exercise)
    known = exercise.id in workspace.states
    state = workspace.states.setdefault(exercise.id, State(exercise.filename, digest(stub), ""))
    _make_folder(path.parent)
    if state.file != exercise.filename:
        said += _move(workspace.folder, state.file, exercise.filename)
        state.file = exercise.filename
    changed = state.stub != digest(stub)
    if not path.exists():
        write_atomic(path, stub)
        said.append(
            f"{state.file} was missing and is there again, as at the start."
            if known
            else f"{state.file} is new: {exercise.title}."
        )
        state.stub = digest(stub)
    elif not workspace.begun(exercise):
        if changed:
            write_atomic(path, stub)
            said.append(f"{state.file} is replaced by a new one; you had not changed it.")
        state.stub = digest(stub)
    elif changed or not known:
        # The hash stays that of the old stub, or of none: the file remains one that the learner wrote.
        said.append(f"{state.file} is kept as you wrote it; `reset {exercise.id}` would write a new one.")
    return said + _bring_statement(path.with_suffix(".md"), exercise, state)


def _bring_statement(path: Path, exercise: Exercise, state: State) -> list[str]:
    said: list[str] = []
    text = exercise.statement()
    name = f"{path.parent.name}/{path.name}"
    if path.exists() and digest(_read(path)) not in (state.statement, digest(text)):
        if state.statement == digest(text):  # the learner has written into it, and it is the latest
            return []
        said.append(f"What you wrote into {name} is now in {_keep(path).name}.")
    if state.statement not in ("", digest(text)):
        said.append(f"The statement of {exercise.id} has changed: read {name} again.")
    if not path.exists() or digest(_read(path)) != digest(text):
        write_atomic(path, text)
    state.statement = digest(text)
    return said


def _move(folder: Path, old: str, new: str) -> list[str]:
    """The exercise is in another lesson now, and its files go with it."""
    said = []
    for suffix in (".py", ".md"):
        source, target = (
            folder / name for name in (Path(old).with_suffix(suffix), Path(new).with_suffix(suffix))
        )
        if source.is_file() and not target.exists():
            try:
                os.replace(source, target)
            except OSError as error:
                raise UserError(f"{source} cannot be moved to {target}: {error.strerror or error}.") from None
            said.append(
                f"{source.relative_to(folder).as_posix()} is now {target.relative_to(folder).as_posix()}."
            )
    with suppress(OSError):  # something else is still in it
        (folder / old).parent.rmdir()
    return said


def reset(workspace: Workspace, exercise: Exercise) -> Path | None:
    """Write the stub again; gives where the learner's file is kept, or None if it was not changed."""
    path = workspace.path(exercise)
    kept = _keep(path) if path.exists() and digest(_read(path)) != digest(exercise.stub()) else None
    _make_folder(path.parent)
    write_atomic(path, exercise.stub())
    with workspace.change(exercise) as state:
        state.file, state.stub = exercise.filename, digest(exercise.stub())
        state.stuck_at, state.stuck = "", 0
        _bring_statement(path.with_suffix(".md"), exercise, state)
    return kept


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"{folder} cannot be made: {error.strerror or error}.") from None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror or error}.") from None


def _keep(path: Path) -> Path:
    """Move a file out of the way, to the next free name such as combine.bak-1.py."""
    number = 1
    while (kept := path.with_name(f"{path.stem}.bak-{number}{path.suffix}")).exists():
        number += 1
    try:
        os.replace(path, kept)
    except OSError as error:
        raise UserError(f"{path} cannot be moved to {kept.name}: {error.strerror or error}.") from None
    return kept


def commands_in(folder: Path) -> tuple[str, str]:
    """What to type in that folder for this command, and for plain pytest."""
    if "MINIRNN_COMMAND" not in os.environ:
        return "minirnn", "pytest"
    first = command().split()[0]  # python3 or py
    course, python = bank.root() / "course.py", Path(sys.executable)
    return f"{first} {quoted(relative(course, folder))}", f"{program(relative(python, folder))} -m pytest"


def relative(path: Path, folder: Path) -> str:
    """The path as seen from the folder; the whole path if they lie on different drives."""
    try:
        return os.path.relpath(path, folder)
    except ValueError:
        return str(path)


def readme_text(folder: Path) -> str:
    """README.md of a workspace."""
    here, pytest = commands_in(folder)
    first = bank.exercises()[0].filename.removesuffix(".py")
    return f"""# Exercises

This is your folder. Each exercise is a file to complete, such as `{first}.py`, and beside it lies
what it asks for, `{first}.md`. Open both in your editor. Then, in a terminal in this folder:

    {here} list            # the exercises, and how far you are
    {here} check --watch   # check the next one now, and again each time you save it
    {here} hint            # when you are stuck: three hints, one at a time

`check ID` checks the exercise of that name once. `solution ID` shows the solution at any time, `reset ID`
starts again (your file is kept), `update` brings a new version of the course (your files are kept), and
`doctor` finds out what is wrong when something does not work. Each command explains itself with `--help`.

A screen reader gets plain lines from `--plain`, and so does a file or a pipe.

Plain pytest gives the same verdicts: `{pytest}` for all exercises, `{pytest} {first}.py` for one.

What you have done is written down in `progress.json`, which is yours to read. Nothing here is sent anywhere.
"""
