"""What a learner is told: how a check went, a hint, the debrief, the whole course.

Each thing is said once, here, in terms of what `minirnn.course.learner.terminal` can show.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING

from minirnn.base.wording import command, lines_of

if TYPE_CHECKING:
    from minirnn.course.bank import Lesson
    from minirnn.course.exercise_files import Exercise
    from minirnn.course.grading.engine import Result, Rung
    from minirnn.course.learner.progress import State, Workspace
    from minirnn.course.learner.terminal import Plain

LINES = 20  # of what the learner's code printed
OFTEN = 3  # failures of the same kind before a hint is offered


def count(number: int, thing: str) -> str:
    """`1 check`, `2 checks`."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def words(name: str) -> str:
    """The name of a rung: `first step` for test_first_step."""
    return name.removeprefix("test_").replace("_", " ")


def show_result(
    out: Plain,
    exercise: Exercise,
    result: Result,
    workspace: Workspace,
    data: bytes,
    *,
    watching: bool = False,
) -> None:
    """How a check went: its lowest failure, or what comes after success. data: the file that was checked."""
    show_verdict(out, exercise, result)
    if result.first_failure is None:
        show_success(out, exercise, data)
    else:
        offer_hint(out, exercise, workspace.state(exercise), watching)
    show_course(out, workspace)


def show_verdict(out: Plain, exercise: Exercise, result: Result) -> None:
    """The lowest failure, if there is one, and the score."""
    failed = result.first_failure
    if failed is not None:
        out.line(f"NOT YET: the check {words(failed.name)!r} of {exercise.filename}", "bold red")
        about = aim(exercise, failed)
        if about:
            out.line(f"What it checks: {about}")
        show_failure(out, exercise, failed, result)
        out.line()
    else:
        out.line(f"PASSED: {exercise.filename}", "bold green")
    out.line(score(exercise, result))


def aim(exercise: Exercise, rung: Rung) -> str:
    """What the test of a rung says of itself."""
    from minirnn.course.grading import engine

    return (getattr(engine.test_module(exercise), rung.name).__doc__ or "").strip().partition("\n")[0]


def show_failure(out: Plain, exercise: Exercise, rung: Rung, result: Result) -> None:
    """All that is known about a rung that is not passed; of the first one also the misconception."""
    if rung.called and rung.status != "not begun":
        out.line(f"Called: {rung.called}")
    out.line(rung.message)
    if rung.status == "not begun":
        out.statement(exercise)
    if rung.table:
        out.table(rung.table)
    if rung.where:
        out.line(f"Where: {rung.where}")
    if result.diagnosis and rung is result.first_failure:
        out.line("Your function returns what a well-known mistake returns:", "bold")
        out.line(f"    {result.diagnosis}")
    lines = lines_of(rung.printed)
    if lines:
        out.line("Your code printed:")
        for line in lines[:LINES]:
            out.line(f"    | {line[:200]}")
        if len(lines) > LINES:
            out.line(f"    ({count(len(lines) - LINES, 'line')} more)")


def score(exercise: Exercise, result: Result) -> str:
    """`4 of 7 checks pass (5 of 10 points).` When all do, also what is still to come."""
    passed, shown = sum(rung.passed for rung in result.rungs), len(result.rungs)
    points = f"{result.points} of {count(exercise.points, 'point')}"
    verb = "passes" if shown == 1 else "pass"
    if passed < shown or not result.hidden:
        return f"{passed} of {count(shown, 'check')} {verb} ({points})."
    more = f"{result.hidden} more {'runs' if result.hidden == 1 else 'run'} when it is graded"
    rest = exercise.points - result.points
    return f"{passed} of {count(shown, 'check')} shown {verb} ({points}); {more} ({count(rest, 'point')})."


def offer_hint(out: Plain, exercise: Exercise, state: State, watching: bool) -> None:
    """After some failures of the same kind, say where help is."""
    if state.stuck < OFTEN:
        return
    total = len(exercise.readme()["hints"])
    key = "press h" if watching else f"`{command()} hint {exercise.id}`"
    if state.hints < total:
        help_ = f"{key} for hint {state.hints + 1} of {total}"
    else:
        help_ = f"`{command()} solution {exercise.id}` shows the solution"
    out.line(f"This check has failed {state.stuck} times in a row in the same way. If you like: {help_}.")


def show_success(out: Plain, exercise: Exercise, data: bytes) -> None:
    """The debrief, and the learner's code beside the reference."""
    out.heading("Debrief")
    out.prose(exercise.readme()["debrief"])
    mine = definition(data.decode("utf-8-sig", "replace"), exercise.function)
    reference = definition(exercise.solution(), exercise.function)
    out.beside((f"Yours, {exercise.filename}", mine), ("The reference", reference))


def definition(source: str, function: str) -> str:
    """The code of one function, without its docstring; the whole source if it has no such function."""
    lines = lines_of(source)
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return source
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == function:
            first, last = node.lineno - 1, node.end_lineno or len(lines)
            body = node.body[0]
            if ast.get_docstring(node) is not None and len(node.body) > 1 and body.lineno > node.lineno:
                return "\n".join([*lines[first : body.lineno - 1], *lines[body.end_lineno or first : last]])
            return "\n".join(lines[first:last])
    return source


def show_course(out: Plain, workspace: Workspace) -> None:
    """How far the learner is in the whole course."""
    from minirnn.course import bank

    total = len(bank.exercises())
    solved = workspace.solved()
    out.line()
    if workspace.trouble:
        out.line(workspace.trouble)
    out.bar(solved, total, f"{solved} of {count(total, 'exercise')} of the course solved.")


def show_hint(out: Plain, exercise: Exercise, number: int) -> None:
    """One level, and what comes after it. number: from 1."""
    hints = exercise.readme()["hints"]
    out.heading(f"Hint {number} of {len(hints)} for {exercise.id}")
    out.prose(hints[number - 1])


def show_list(out: Plain, lessons: Sequence[Lesson], workspace: Workspace, here: Exercise | None) -> None:
    """All lessons and exercises; the state of each in words."""
    wide = max((len(e.id) for lesson in lessons for e in lesson.exercises), default=0)
    rest = False
    for lesson in lessons:
        minutes = sum(exercise.minutes for exercise in lesson.exercises if not exercise.instead_of)
        out.heading(f"{lesson.name}: {lesson.title} ({count(minutes, 'minute')} of exercises)")
        for exercise in lesson.exercises:
            state = workspace.state(exercise)
            word = "solved" if state.solved else "begun" if workspace.begun(exercise) else "to do"
            seen = [f"{count(state.hints, 'hint')} seen"] if state.hints else []
            seen += ["solution seen"] if state.solution_seen else []
            seen += ["you are here"] if exercise == here else []
            points = f"{state.points} of {count(exercise.points, 'point')}"
            about = ", ".join([f"{exercise.minutes} min", points, *seen])
            style = {"solved": "green", "begun": "yellow"}.get(word, "")
            out.line(f"  {word:6}  {exercise.id:{wide}}  {exercise.title} ({about})", style)
            rest |= bool(state.solved) and state.points < exercise.points
    if rest:
        out.line("\nWhat a solved exercise lacks in points is for checks that run when it is graded.")
    show_course(out, workspace)
