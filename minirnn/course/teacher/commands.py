"""`minirnn teach`: grade a class, see where it stands, pack an autograder, and plan a workshop.

teach grade SUBMISSIONS      grade folders and zip files; continues where it was stopped
teach report GRADES          a report: which rung and which misconception stopped the class
teach pack --gradescope DIR  an autograder for that service
teach plan --minutes N       a route through the course, with its timetable
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from minirnn.base.errors import UsageError, UserError
from minirnn.base.wording import printable

app = typer.Typer(help="Grade a class, and see where it stands.", rich_markup_mode=None)
EXERCISES = "Exercises or lessons, with commas between. [default: all]"


@app.command(short_help="Grade what a class handed in.")
def grade(
    submissions: Annotated[
        Path,
        typer.Argument(
            metavar="SUBMISSIONS", help="A platform's zip, or a folder with a folder or zip for each learner."
        ),
    ],
    jobs: Annotated[int, typer.Option("-j", "--jobs", metavar="N", help="Files graded at a time.")] = 1,
    form: Annotated[
        str, typer.Option("--format", metavar="NAMES", help="csv, json, junit, gradescope, markdown.")
    ] = "csv,json,markdown",
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the grades go.")] = Path("grades"),
    only: Annotated[str, typer.Option(metavar="IDS", help=EXERCISES)] = "",
    seed: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The inputs depend on it. [default: of this run]")
    ] = None,
) -> None:
    """Grade folders and zip files, also as learning platforms name them.

    Example: minirnn teach grade submissions -j 2 --format csv,markdown
    """
    from minirnn.course.teacher import classroom, formats
    from minirnn.course.teacher import submissions as handed_in

    wanted = [name.strip() for name in form.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in formats.FORMATS]
    if unknown or not wanted:
        raise UsageError(f"Unknown format {form!r}: use {', '.join(formats.FORMATS)}, with commas between.")
    if jobs < 1:
        raise UsageError(f"-j must be 1 or more, but it is {jobs}.")
    exercises = classroom.chosen_exercises([name.strip() for name in only.split(",") if name.strip()])
    handed = handed_in.take_in(submissions, [exercise.id for exercise in exercises])
    print(f"{len(handed.submissions)} submissions, {len(exercises)} exercises.", flush=True)
    for each in handed.passed_over:
        print(f"Passed over: {printable(each)}", flush=True)

    def report(done: int, total: int, what: str) -> None:
        print(f"{done} of {total} files graded ({what})", file=sys.stderr, flush=True)

    try:
        grades = classroom.grade_class(
            handed.submissions,
            exercises,
            out,
            jobs=jobs,
            seed=seed,
            passed_over=handed.passed_over,
            report=report,
        )
    except KeyboardInterrupt:
        raise UserError("Interrupted; the same command goes on from here.") from None
    except OSError as error:
        raise UserError(f"{out} cannot be written ({error.strerror}).") from error
    for name in wanted:
        paths = formats.FORMATS[name](grades, out)
        print(f"{name}: {paths[0] if len(paths) == 1 else paths[0].parent}")
    for learner, row in grades.results.items():
        points = sum(result.points for result in row.values())
        total = sum(map(formats.possible, row.values()))
        print(f"{points:5} of {total}  {printable(learner)}")
        unsolved = any(not result.sha256 for result in row.values())
        for note in grades.notes[learner]:
            if note.startswith(handed_in.PASSED_OVER) and not unsolved:
                continue  # it is in the files
            print(f"{'':{len(f'{points:5} of {total}  ')}}{printable(note)}")
    stopped = [
        f"{printable(learner)} ({name})"
        for learner, row in grades.results.items()
        for name, result in row.items()
        if formats.verdict(result) == classroom.STOPPED
    ]
    if stopped:
        said = f"No mark, because the grader itself stopped: {', '.join(stopped)}."
        print(f"{said} The same command tries again.", file=sys.stderr)


@app.command(short_help="A report of where the class stands.")
def report(
    grades: Annotated[
        Path, typer.Argument(metavar="GRADES", help="The folder that `teach grade` wrote.")
    ] = Path("grades"),
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A .html or .md file. [default: report.html there]")
    ] = None,
    names: Annotated[bool, typer.Option("--names", help="Show names, not pseudonyms.")] = False,
) -> None:
    """Which rung and which misconception stopped the class, and who is stuck.

    Example: minirnn teach report grades --out report.md
    """
    from minirnn.base.files import write_atomic
    from minirnn.course.teacher import report as reports
    from minirnn.course.teacher.classroom import Grades

    graded = Grades.load(grades)
    path = out or (grades if grades.is_dir() else grades.parent) / "report.html"
    if path.suffix not in (".html", ".md"):
        raise UsageError(f"--out is {path}: the report is a .html or a .md file.")
    parts = reports.tables(graded, names)
    try:
        write_atomic(path, reports.as_markdown(parts) if path.suffix == ".md" else reports.as_html(parts))
    except OSError as error:
        raise UserError(f"{path} cannot be written ({error.strerror}).") from error
    print(f"Written: {path}")


@app.command(short_help="Make an autograder to upload.")
def pack(
    gradescope: Annotated[Path, typer.Option(metavar="DIR", help="Write autograder.zip into this folder.")],
    only: Annotated[str, typer.Option(metavar="IDS", help=EXERCISES)] = "",
    seed: Annotated[str | None, typer.Option(metavar="TEXT", help="The inputs depend on it.")] = None,
) -> None:
    """Make the zip that Gradescope takes as an autograder.

    Example: minirnn teach pack --gradescope upload --only vanilla_rnn
    """
    import secrets

    from minirnn.course.teacher import gradescope as service

    names = [name.strip() for name in only.split(",") if name.strip()]
    print(f"Written: {service.pack(gradescope, names, seed or secrets.token_hex(8))}")


@app.command(short_help="Make a workshop's timetable.")
def plan(
    minutes: Annotated[int, typer.Option(metavar="M", help="How long a day is.")] = 90,
    track: Annotated[str, typer.Option(metavar="NAME", help="school or university.")] = "school",
    days: Annotated[int, typer.Option(metavar="N", help="How many days.")] = 1,
    known: Annotated[str, typer.Option(metavar="IDS", help="Lessons the class has had, with commas.")] = "",
    only: Annotated[str, typer.Option(metavar="IDS", help="Lessons to teach, with commas.")] = "",
) -> None:
    """A route through the course that fits the time, with its timetable.

    Example: minirnn teach plan --minutes 90 --track school
    """
    from minirnn.course import bank
    from minirnn.course.teacher import plan as plans

    had, among = (tuple(n.strip() for n in names.split(",") if n.strip()) for names in (known, only))
    made = plans.make_plan(bank.course(), track, minutes, days, had, among)
    print(plans.as_markdown(made, track, minutes))
