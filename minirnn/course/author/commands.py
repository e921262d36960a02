"""`minirnn dev`: what an author of exercises needs.

dev check [ID ...]           run the safety net on all exercises, or on those named
dev new LESSON/EXERCISE      make a skeleton that passes it, to be changed
"""

from typing import Annotated

import typer

from minirnn.base.errors import UserError

app = typer.Typer(help="Write exercises, and check that they are fair.", rich_markup_mode=None)


@app.command(short_help="Check that exercises are fair.")
def check(
    names: Annotated[list[str] | None, typer.Argument(metavar="ID", help="Exercises. [default: all]")] = None,
    seeds: Annotated[int, typer.Option(metavar="N", help="Seeds the solution is graded with.")] = 20,
) -> None:
    """Run stub, solution, alternatives and mistakes of exercises as learners will.

    Example: minirnn dev check combine
    """
    from minirnn.course import bank
    from minirnn.course.author.check import check_bank, check_exercise

    chosen = [bank.find(name) for name in names] if names else bank.exercises()
    problems = 0
    for sentence in [] if names else check_bank():
        problems += 1
        print(f"problem  {sentence}")
    for exercise in chosen:
        found = check_exercise(exercise, seeds)
        problems += len(found)
        print(f"{'problem' if found else 'ok':8} {exercise.lesson}/{exercise.id}", flush=True)
        for sentence in found:
            print(f"           {sentence}")
    if problems:
        raise UserError(
            f"{problems} {'problem' if problems == 1 else 'problems'} in {len(chosen)} exercises."
        )
    print(f"All {len(chosen)} exercises are fair." if len(chosen) != 1 else f"{chosen[0].id} is fair.")


@app.command(short_help="Make the skeleton of an exercise.")
def new(
    path: Annotated[str, typer.Argument(metavar="LESSON/EXERCISE", help="For example scan/sums.")],
) -> None:
    """Make a filled-in skeleton that passes `dev check`.

    Example: minirnn dev new scan/my_exercise
    """
    from minirnn.base.wording import command
    from minirnn.course.author.new import new_exercise

    folder = new_exercise(path)
    print(f"Made {folder}\nNow change its four files and check them: {command()} dev check {folder.name}")
