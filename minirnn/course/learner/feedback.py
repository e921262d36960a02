"""What a learner reads: the same words as plain lines, or laid out by rich in a terminal.

What is said is written once, in the functions below, in terms of a page: lines, headings, prose, code,
tables, two pieces of code side by side. Plain shows them as lines that a screen reader reads well; Rich adds
colour and columns. Colour never says anything that the words do not.
"""

from __future__ import annotations

import ast
import errno
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TextIO

from minirnn.base.wording import can_draw, command, lines_of, printable

if TYPE_CHECKING:
    from minirnn.course.bank import Exercise, Lesson
    from minirnn.course.grading.engine import Result, Rung
    from minirnn.course.learner.progress import State, Workspace

LINES = 20  # of what the learner's code printed
BAR = 24
OFTEN = 3  # failures of the same kind before a hint is offered


class Plain:
    """Lines of text, one thing at a time."""

    fancy = False

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def line(self, text: str = "", style: str = "") -> None:
        """A line, or several."""
        try:
            print(printable(text, self.stream.encoding or None), file=self.stream, flush=True)
        except OSError as error:
            # Whoever read our output is gone, which Windows calls EINVAL: end, and write nothing more.
            if error.errno not in (errno.EPIPE, errno.EINVAL):
                raise
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.stream.fileno())
            raise SystemExit(1) from None

    def heading(self, text: str) -> None:
        """What the following is about."""
        self.line()
        self.line(text)

    def prose(self, text: str) -> None:
        """Paragraphs of Markdown, as they are."""
        self.line(text)

    def text(self, text: str) -> None:
        """A piece of code."""
        for line in lines_of(text):
            self.line(f"    {line}".rstrip())

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Rows of (step, expected, yours), the first of them the header."""
        header = rows[0]
        for row in rows[1:]:
            cells = [f"{name} {cell}" for name, cell in zip(header[1:], row[1:], strict=True)]
            self.line(f"    {header[0]} = {row[0]}: {', '.join(cells)}{differs(row)}")

    def beside(self, left: tuple[str, str], right: tuple[str, str]) -> None:
        """Two titled pieces of code."""
        for title, code in (left, right):
            self.heading(title)
            self.text(code)

    def bar(self, done: int, total: int, text: str) -> None:
        """How far one is."""
        self.line(text)

    def statement(self, exercise: Exercise) -> None:
        """Where one reads what is asked for."""
        self.line(f"{exercise.filename.removesuffix('.py')}.md says what to write.")


class Rich(Plain):
    """The same on a terminal, with colour, a table and columns."""

    fancy = True

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        from rich.console import Console

        self.console: Any = Console(file=stream, highlight=False, markup=False, emoji=False)

    def line(self, text: str = "", style: str = "") -> None:
        """A line, or several."""
        self.console.print(printable(text, self.stream.encoding or None), style=style or None)

    def heading(self, text: str) -> None:
        """What the following is about."""
        self.line()
        self.line(text, "bold")

    def prose(self, text: str) -> None:
        """Paragraphs of Markdown, broken anew to fit the terminal."""
        out: list[str] = []
        open_, fenced = False, False
        for line in lines_of(text):
            fenced ^= line.startswith("```")
            plain = bool(line) and not fenced and line[0] not in " -*|#>`0123456789"
            if plain and open_:
                out[-1] += f" {line}"
            else:
                out.append(line)
            open_ = bool(line) and not fenced and line[0] not in " |#`"
        self.line("\n".join(out))

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Rows of (step, expected, yours), the first of them the header."""
        from rich.table import Table

        table = Table(*map(printable, rows[0]), "", box=None, padding=(0, 2, 0, 2))
        for row in rows[1:]:
            mark = differs(row).strip()
            table.add_row(*map(printable, row), mark, style="red" if mark else "")
        self.console.print(table)

    def beside(self, left: tuple[str, str], right: tuple[str, str]) -> None:
        """Two titled pieces of code, in columns if they fit."""
        widest = [max(map(len, lines_of(f"{title}\n{code}"))) for title, code in (left, right)]
        if sum(widest) + 6 > self.console.width:
            super().beside(left, right)
            return
        from rich.table import Table
        from rich.text import Text

        table = Table(left[0], right[0], box=None, padding=(0, 2, 0, 2))
        table.add_row(*(Text(printable(code), no_wrap=True) for _, code in (left, right)))
        self.line()
        self.console.print(table)

    def bar(self, done: int, total: int, text: str) -> None:
        """How far one is."""
        full = BAR * done // max(total, 1)
        self.line(f"[{'#' * full}{'.' * (BAR - full)}] {text}")


def make_page(plain: bool, stream: TextIO) -> Plain:
    """The page that fits the stream: rich in a terminal that can, unless `plain` asks for lines."""
    return Plain(stream) if plain or not can_draw(stream) else Rich(stream)


def differs(row: Sequence[str]) -> str:
    """What marks a row of a table whose numbers are not the same."""
    return "  <- differs" if len(set(row[1:])) > 1 else ""


def count(number: int, thing: str) -> str:
    """`1 check`, `2 checks`."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def words(name: str) -> str:
    """The name of a rung: `first step` for test_first_step."""
    return name.removeprefix("test_").replace("_", " ")


def show_result(
    page: Plain,
    exercise: Exercise,
    result: Result,
    workspace: Workspace,
    data: bytes,
    *,
    watching: bool = False,
) -> None:
    """How a check went: its lowest failure, or what comes after success. data: the file that was checked."""
    show_verdict(page, exercise, result)
    if result.first_failure is None:
        show_success(page, exercise, data)
    else:
        offer_hint(page, exercise, workspace.state(exercise), watching)
    show_course(page, workspace)


def show_verdict(page: Plain, exercise: Exercise, result: Result) -> None:
    """The lowest failure, if there is one, and the score."""
    failed = result.first_failure
    if failed is not None:
        page.line(f"NOT YET: the check {words(failed.name)!r} of {exercise.filename}", "bold red")
        about = aim(exercise, failed)
        if about:
            page.line(f"What it checks: {about}")
        show_failure(page, exercise, failed, result)
        page.line()
    else:
        page.line(f"PASSED: {exercise.filename}", "bold green")
    page.line(score(exercise, result))


def aim(exercise: Exercise, rung: Rung) -> str:
    """What the test of a rung says of itself."""
    from minirnn.course.grading import engine

    return (getattr(engine.test_module(exercise), rung.name).__doc__ or "").strip().partition("\n")[0]


def show_failure(page: Plain, exercise: Exercise, rung: Rung, result: Result) -> None:
    """All that is known about a rung that is not passed; of the first one also the misconception."""
    if rung.called and rung.status != "not begun":
        page.line(f"Called: {rung.called}")
    page.line(rung.message)
    if rung.status == "not begun":
        page.statement(exercise)
    if rung.table:
        page.table(rung.table)
    if rung.where:
        page.line(f"Where: {rung.where}")
    if result.diagnosis and rung is result.first_failure:
        page.line("Your function returns what a well-known mistake returns:", "bold")
        page.line(f"    {result.diagnosis}")
    lines = lines_of(rung.printed)
    if lines:
        page.line("Your code printed:")
        for line in lines[:LINES]:
            page.line(f"    | {line[:200]}")
        if len(lines) > LINES:
            page.line(f"    ({count(len(lines) - LINES, 'line')} more)")


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


def offer_hint(page: Plain, exercise: Exercise, state: State, watching: bool) -> None:
    """After some failures of the same kind, say where help is."""
    if state.stuck < OFTEN:
        return
    total = len(exercise.readme()["hints"])
    key = "press h" if watching else f"`{command()} hint {exercise.id}`"
    if state.hints < total:
        help_ = f"{key} for hint {state.hints + 1} of {total}"
    else:
        help_ = f"`{command()} solution {exercise.id}` shows the solution"
    page.line(f"This check has failed {state.stuck} times in a row in the same way. If you like: {help_}.")


def show_success(page: Plain, exercise: Exercise, data: bytes) -> None:
    """The debrief, and the learner's code beside the reference."""
    page.heading("Debrief")
    page.prose(exercise.readme()["debrief"])
    mine = definition(data.decode("utf-8-sig", "replace"), exercise.function)
    reference = definition(exercise.solution(), exercise.function)
    page.beside((f"Yours, {exercise.filename}", mine), ("The reference", reference))


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


def show_course(page: Plain, workspace: Workspace) -> None:
    """How far the learner is in the whole course."""
    from minirnn.course import bank

    total = len(bank.exercises())
    solved = workspace.solved()
    page.line()
    if workspace.trouble:
        page.line(workspace.trouble)
    page.bar(solved, total, f"{solved} of {count(total, 'exercise')} of the course solved.")


def show_hint(page: Plain, exercise: Exercise, number: int) -> None:
    """One level, and what comes after it. number: from 1."""
    hints = exercise.readme()["hints"]
    page.heading(f"Hint {number} of {len(hints)} for {exercise.id}")
    page.prose(hints[number - 1])


def show_list(page: Plain, lessons: Sequence[Lesson], workspace: Workspace, here: Exercise | None) -> None:
    """All lessons and exercises; the state of each in words."""
    wide = max((len(e.id) for lesson in lessons for e in lesson.exercises), default=0)
    rest = False
    for lesson in lessons:
        minutes = sum(exercise.minutes for exercise in lesson.exercises if not exercise.instead_of)
        page.heading(f"{lesson.name}: {lesson.title} ({count(minutes, 'minute')} of exercises)")
        for exercise in lesson.exercises:
            state = workspace.state(exercise)
            word = "solved" if state.solved else "begun" if workspace.begun(exercise) else "to do"
            seen = [f"{count(state.hints, 'hint')} seen"] if state.hints else []
            seen += ["solution seen"] if state.solution_seen else []
            seen += ["you are here"] if exercise == here else []
            points = f"{state.points} of {count(exercise.points, 'point')}"
            about = ", ".join([f"{exercise.minutes} min", points, *seen])
            style = {"solved": "green", "begun": "yellow"}.get(word, "")
            page.line(f"  {word:6}  {exercise.id:{wide}}  {exercise.title} ({about})", style)
            rest |= bool(state.solved) and state.points < exercise.points
    if rest:
        page.line("\nWhat a solved exercise lacks in points is for checks that run when it is graded.")
    show_course(page, workspace)
