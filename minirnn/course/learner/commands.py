"""The commands of a learner: start, check, hint, solution, list, reset, update, doctor.

Exit codes: 0 passed or done; 1 not passed, or a problem; 2 asked for wrongly. Everything heavy is imported
inside the commands, and a check starts its process first, so that Python starts twice at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minirnn.base.wording import command, printable, quoted

if TYPE_CHECKING:
    from minirnn.course.exercise_files import Exercise
    from minirnn.course.grading.boxes import Ahead
    from minirnn.course.learner.progress import Workspace
    from minirnn.course.learner.terminal import Plain

app = typer.Typer(rich_markup_mode=None)
Name = Annotated[
    str | None, typer.Argument(metavar="ID", help="An exercise. [default: the first not solved]")
]
PlainLines = Annotated[bool, typer.Option("--plain", help="Plain lines, as for a screen reader.")]


@app.command(short_help="Make a folder with exercises.")
def start(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that is new or empty.")] = Path(
        "minirnn-exercises"
    ),
) -> None:
    """Make a folder with the exercises of the course, for you to work in.

    Example: minirnn start ../minirnn-exercises
    """
    from minirnn.course import bank
    from minirnn.course.learner import stubs

    made = stubs.start(folder)
    here, _ = stubs.commands_in(made.folder)
    print(printable(f"Made {made.folder} with {len(bank.exercises())} exercises.\n\nNext:"))
    print(printable(f"  cd {quoted(stubs.relative(made.folder, Path.cwd()))}"))
    print(f"  {here} list")
    print(f"  {here} check --watch")


@app.command(short_help="Check an exercise.")
def check(
    name: Name = None,
    watch: Annotated[bool, typer.Option("--watch", help="Check again each time you save it.")] = False,
    plain: PlainLines = False,
) -> None:
    """Check an exercise: see the first thing that is not right yet, or what there is to say when all is.

    Example: minirnn check combine --watch
    """
    from minirnn.course.grading.boxes import Ahead
    from minirnn.course.learner import progress

    workspace = progress.find()
    exercise, why = _chosen(workspace, name)
    if exercise is None:
        print(f"All exercises of the course are solved. `{command()} check ID` checks one again.")
        return
    data = workspace.read(exercise)
    with Ahead() as boxes:
        boxes.fill(exercise.uses, 1)
        from minirnn.course.grading import engine
        from minirnn.course.learner import feedback
        from minirnn.course.learner.terminal import output_for

        out = output_for(sys.stdout, plain)
        out.line(f"{exercise.id}, {exercise.title}{why}")
        if note := workspace.note(exercise):
            out.line(note)
        out.line()
        engine.test_module(exercise)  # which imports numpy, while the box does so too
        if workspace.begun(exercise):
            # For the typical mistakes, which are only looked at if something was returned. Not before:
            # three that import numpy on two processors would wait for each other.
            boxes.fill(exercise.uses, 2)
        if watch:
            raise typer.Exit(_watch(workspace, exercise, out, boxes))
        result = progress.check(workspace, exercise, data, boxes)
        feedback.show_result(out, exercise, result, workspace, data)
    raise typer.Exit(int(not result.passed))


def _watch(workspace: Workspace, exercise: Exercise, out: Plain, boxes: Ahead) -> int:
    import signal

    from minirnn.course.learner.watch import Events, Watch

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP"):  # nothing may stay behind when the window is closed
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)
    keys = sys.stdin.isatty()
    try:
        with Events(workspace.folder, keys=keys) as events:
            code = Watch(workspace, exercise, out, boxes, keys=keys).run(events)
    except KeyboardInterrupt:  # a second one, while the first was being obeyed
        code = 1
    out.line()
    out.line("Stopped watching.")
    return code


@app.command(short_help="Show the next hint.")
def hint(
    name: Name = None,
    again: Annotated[bool, typer.Option("--again", help="Show those that you have seen.")] = False,
    plain: PlainLines = False,
) -> None:
    """Show the next hint of an exercise: first the idea, then the place, then nearly the code.

    Example: minirnn hint combine
    """
    from minirnn.course.learner import progress
    from minirnn.course.learner.terminal import output_for
    from minirnn.course.learner.watch import give_hint

    workspace = progress.find()
    exercise = _wanted(workspace, name)
    give_hint(output_for(sys.stdout, plain), workspace, exercise, again)


@app.command(short_help="Show the solution of an exercise.")
def solution(
    name: Annotated[str, typer.Argument(metavar="ID", help="An exercise, or its file.")],
    plain: PlainLines = False,
) -> None:
    """Show the solution of an exercise. That you have seen it is written down in progress.json.

    Example: minirnn solution combine
    """
    from minirnn.course import bank
    from minirnn.course.learner import progress
    from minirnn.course.learner.terminal import output_for

    workspace = progress.find()
    exercise = bank.find(name)
    with workspace.change(exercise) as state:
        state.solution_seen = True
    out = output_for(sys.stdout, plain)
    out.heading(f"The solution of {exercise.id}")
    out.text(exercise.solution())


@app.command("list", short_help="List the exercises, and how far you are.")
def list_(plain: PlainLines = False) -> None:
    """List the lessons and exercises, and how far you are in each.

    Example: minirnn list
    """
    from minirnn.course import bank
    from minirnn.course.learner import feedback, progress
    from minirnn.course.learner.terminal import output_for

    workspace = progress.find()
    here = workspace.current()
    out = output_for(sys.stdout, plain)
    feedback.show_list(out, bank.course(), workspace, here)
    if here is not None:
        out.line(f"Next: {here.filename}, `{command()} check`.")


@app.command(short_help="Start an exercise again.")
def reset(name: Annotated[str, typer.Argument(metavar="ID", help="An exercise, or its file.")]) -> None:
    """Write the file of an exercise as it was at the start. What you wrote is kept beside it.

    Example: minirnn reset combine
    """
    from minirnn.course import bank
    from minirnn.course.learner import progress, stubs

    exercise = bank.find(name)
    kept = stubs.reset(progress.find(), exercise)
    print(f"{exercise.filename} is as it was at the start.")
    if kept is not None:
        print(f"Your old file is {kept.parent.name}/{kept.name}.")


@app.command(short_help="Bring a workspace up to date.")
def update() -> None:
    """Bring your folder to this version of the course. What you wrote is kept.

    Example: minirnn update
    """
    from minirnn import __version__
    from minirnn.base.errors import UsageError
    from minirnn.course.learner import progress, stubs

    folder = progress.locate(Path())
    if folder is None:
        raise UsageError(progress.NOWHERE.format(command()))
    _, said = stubs.update(folder)
    for sentence in said:
        print(sentence)
    print(
        f"{folder} is at version {__version__} of the course{'' if said else ', and nothing was to be done'}."
    )


@app.command(short_help="Find out what is wrong.")
def doctor() -> None:
    """Look at Python, the packages, the exercises and your folder, one line each, and say what to do.

    Example: minirnn doctor
    """
    from minirnn.course.learner.doctor import examine

    problems = 0
    for fine, sentence in examine():
        problems += not fine
        print(f"{'ok' if fine else 'problem':7}  {sentence}", flush=True)
    raise typer.Exit(int(problems > 0))


def _chosen(workspace: Workspace, name: str | None) -> tuple[Exercise | None, str]:
    """The exercise of that name, or the current one and why it is that."""
    from minirnn.course import bank

    if name is not None:
        return bank.find(name), ""
    return workspace.current(), " (the first exercise that is not solved)"


def _wanted(workspace: Workspace, name: str | None) -> Exercise:
    from minirnn.base.errors import UsageError

    exercise, _ = _chosen(workspace, name)
    if exercise is None:
        raise UsageError("All exercises are solved: name the one that you mean.")
    return exercise
