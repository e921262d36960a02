"""`minirnn dev`: what an author of lessons and exercises needs.

dev check [ID ...]           run the safety net on all lessons and exercises, or on those named
dev new LESSON/EXERCISE      make a skeleton of an exercise that passes it, to be changed
dev new lesson LESSON        the same for a lesson, which is only too short
"""

from typing import Annotated

import typer

from minirnn.base.errors import UserError

app = typer.Typer(help="Write lessons and exercises, and check them.", rich_markup_mode=None)


@app.command(short_help="Check that lessons have their form and exercises are fair.")
def check(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="ID", help="Lessons or exercises. [default: all]")
    ] = None,
    seeds: Annotated[int, typer.Option(metavar="N", help="Seeds the solution is graded with.")] = 20,
) -> None:
    """Look at the form of lessons, and run stub, solution, alternatives and mistakes of exercises.

    A lesson that is named is checked without its exercises.

    Example: minirnn dev check scan combine
    """
    from minirnn.course import bank
    from minirnn.course.author.check import check_bank, check_exercise
    from minirnn.course.author.form import check_lesson
    from minirnn.course.exercise_files import Exercise
    from minirnn.course.site.lessons import written

    named = [bank.find_either(name) for name in names or ()]
    lessons = [each for each in named if isinstance(each, bank.Lesson)] if names else written(bank.root())
    exercises = [each for each in named if isinstance(each, Exercise)] if names else bank.exercises()
    problems = 0
    for sentence in [] if names else check_bank():
        problems += 1
        print(f"problem  {sentence}")
    for lesson in lessons:
        problems += _say(lesson.id, check_lesson(bank.root(), lesson))
    for exercise in exercises:
        problems += _say(f"{exercise.lesson}/{exercise.id}", check_exercise(exercise, seeds))
    what = " and ".join(
        f"{len(each)} {name}{'s' * (len(each) != 1)}"
        for each, name in ((lessons, "lesson"), (exercises, "exercise"))
        if each
    )
    if problems:
        raise UserError(f"{problems} {'problem' if problems == 1 else 'problems'} in {what}.")
    if lessons:
        print(f"Nothing to find fault with in {what}.")
    else:
        many = len(exercises) != 1
        print(f"All {len(exercises)} exercises are fair." if many else f"{exercises[0].id} is fair.")


def _say(name: str, found: list[str]) -> int:
    """Print what was found; gives how much it is."""
    print(f"{'problem' if found else 'ok':8} {name}", flush=True)
    for sentence in found:
        print(f"           {sentence}")
    return len(found)


@app.command(short_help="Make the skeleton of an exercise or a lesson.")
def new(
    path: Annotated[
        str, typer.Argument(metavar="LESSON/EXERCISE", help="For example scan/sums; or the word lesson.")
    ],
    lesson: Annotated[
        str | None, typer.Argument(metavar="LESSON", help="After the word lesson: its id.")
    ] = None,
) -> None:
    """Make a filled-in skeleton that passes `dev check`; a lesson's is only too short.

    Examples: minirnn dev new scan/my_exercise, minirnn dev new lesson vanishing
    """
    from minirnn.base.errors import UsageError
    from minirnn.base.wording import command
    from minirnn.course import bank
    from minirnn.course.author.new import new_exercise, new_lesson

    if path == "lesson" and lesson:
        page, exercise = new_lesson(lesson)
        print(f"Made {page}\n     {exercise}\n     and the entries of both in {bank.MANIFEST.as_posix()}")
        print(f"Now write over them. Run it: {command()} site --lessons {lesson}")
        print(f"               Check it: {command()} dev check {lesson}")
        print(f"               See it:   {command()} site")
        return
    if lesson:
        raise UsageError(f"`dev new` makes LESSON/EXERCISE, or lesson LESSON; not {path!r} and {lesson!r}.")
    folder = new_exercise(path)
    print(f"Made {folder}\n     and its entry in {bank.MANIFEST.as_posix()}")
    print(f"Now change both, and check them: {command()} dev check {folder.name}")
    print(
        f"Then put {{{{ exercise {folder.name} }}}} into lessons/{folder.parent.name}.py, where it is needed."
    )
