"""Python in the page: an exercise checked within one Python, in a browser, in the words of the command line.

The engine is the same, but there is no second process: the learner's file runs beside the grader. Values
still cross as bytes, so the function gets copies and a list stays a list; but there are no rules about what
the file may do, for a page keeps nothing that is worth stealing. What stops an endless loop is the page:
before each call it is told what to show if there is no answer, and keeps the clock.

Nothing here needs pytest, a process or a terminal, and numpy comes only when an exercise uses it.
"""

import contextlib
import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from minirnn.course import bank, wire
from minirnn.course.exercise_files import Exercise
from minirnn.course.grading import child, engine, limits, theirs
from minirnn.course.grading.box import KEPT, SECONDS
from minirnn.course.grading.engine import Result, Rung
from minirnn.course.learner import feedback, terminal

Tell = Callable[[str], None]


class Printed(io.TextIOBase):
    """What the learner's code prints, up to the limit of a box. line: called at the first lines."""

    def __init__(self, line: Callable[[], None] | None = None) -> None:
        self.text, self.said, self.line = "", "", line

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, text: str) -> int:
        """Keep the text if there is room."""
        self.text += text[: KEPT - len(self.text)]
        self.said += text[: KEPT - len(self.said)]
        if self.line and "\n" in text and self.said.count("\n") <= feedback.LINES:
            self.line()
        return len(text)


class Here:
    """A box (grading/box.py) without a process: the same requests, and the same program, in this Python.

    begin, end: called around each request.
    """

    def __init__(
        self, printed: Printed, begin: Callable[[], None] | None = None, end: Callable[[], None] | None = None
    ) -> None:
        self.output, self.begin, self.end = printed, begin, end
        self.program = child.Program(wire, theirs, limits)

    @property
    def printed(self) -> str:
        """All that was printed so far."""
        return self.output.text

    @property
    def said(self) -> str:
        """What was printed since `forget`."""
        return self.output.said

    def forget(self) -> None:
        """Let `said` be what is printed from now on."""
        self.output.said = ""

    def ask(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Answer a request. The page keeps the time."""
        if self.begin:
            self.begin()
        with contextlib.redirect_stdout(self.output), contextlib.redirect_stderr(self.output):
            answer = self.program.answer(_copied(request))
            try:
                answer = _copied(answer)
            except BaseException as error:
                answer = child.unsendable(error, wire)
        if self.end:
            self.end()
        return answer

    def close(self) -> None:
        """Nothing is open."""


def _copied(value: dict[str, Any]) -> dict[str, Any]:
    copy: dict[str, Any] = wire.read(io.BytesIO(wire.pack(value)))
    return copy


class Blocks(terminal.Plain):
    """What a learner reads as a list of blocks that the page lays out; each has a kind and its content."""

    def __init__(self) -> None:
        self.blocks: list[dict[str, Any]] = []

    def line(self, text: str = "", style: str = "") -> None:
        """A line; one that is set in is what somebody else says: a message, or the learner's own print."""
        if text.startswith("    | "):
            self._add("printed", text.removeprefix("    | "))
        elif text.startswith("    ") and not text.startswith("    ("):
            self._add("quote", text.strip())
        elif text:
            self._add("line", text.strip(), style)

    def table(self, rows: Any) -> None:
        """Rows, each with a last cell that says whether its numbers differ."""
        marks = ["", *(terminal.differs(row).removeprefix("  <- ") for row in rows[1:])]
        self._add("table", [[*row, mark] for row, mark in zip(rows, marks, strict=True)])

    def statement(self, exercise: Exercise) -> None:
        """Where one reads what is asked for."""
        self.line("The text above says what to write.")

    def _add(self, kind: str, content: Any, style: str = "") -> None:
        self.blocks.append({"kind": kind, "content": content, "style": style})


class Check:
    """One check of a file: where it runs, and what to say if a call of it must be stopped."""

    def __init__(self, exercise: Exercise, tell: Tell) -> None:
        self.exercise, self.tell, self.printed = exercise, tell, Printed(self.begin)
        self.learner: Any = None
        self.rungs: list[Rung] = []

    def grade(self, source: str) -> Result:
        """What `engine.grade` says of it."""
        return engine.grade(self.exercise, source.encode("utf-8", "replace"), boxes=self.box, run=self.run)

    def box(self, uses: str) -> Any:
        """The first is for the learner's file; one after it is for the mistakes, which always answer."""
        if self.learner is None:
            return Here(self.printed, self.begin, lambda: self.tell(""))
        return Here(Printed())

    def run(self, exercise: Exercise, learner: Any, seed: str, rungs: dict[str, Rung]) -> None:
        """Run the rungs, and know which of them is running."""
        self.learner, self.rungs = learner, list(rungs.values())
        engine.run_rungs(exercise, learner, seed, rungs)

    def begin(self) -> None:
        """Say how it went if the call that comes now, or runs now and prints, does not end."""
        rungs = [replace(rung) for rung in self.rungs]
        if (running := next((rung for rung in rungs if rung.status == "not run"), None)) is not None:
            seconds = SECONDS[self.exercise.uses]
            running.status = "timeout"
            running.message = f"Stopped: your code was still running after {seconds:g} seconds."
            running.called = engine.called(self.exercise, self.learner)
            running.printed = self.printed.said
        tests = engine.rung_functions(engine.test_module(self.exercise))
        hidden = len(tests) - len(rungs)
        result = Result(
            self.exercise.id, "", engine.PRACTICE, False, rungs, hidden, printed=self.printed.text
        )
        self.tell(json.dumps(described(self.exercise, result)))


def check(name: str, source: str, tell: Tell = lambda text: None) -> str:
    """Check the text of a learner's file and describe the outcome as JSON.

    tell: gets, before each call of the learner's function, the outcome (as JSON) should there be no answer
    within its `seconds`, and after the call an empty text.
    """
    exercise = bank.find(name)
    return json.dumps(described(exercise, Check(exercise, tell).grade(source)))


def described(exercise: Exercise, result: Result) -> dict[str, Any]:
    """All that the page shows of a result; it has the debrief itself, with formulas drawn."""
    page, failed = Blocks(), result.first_failure
    feedback.show_verdict(page, exercise, result)
    return {
        "passed": result.passed,
        "rung": failed.name if failed else "",
        "status": failed.status if failed else "passed",
        "mistake": result.mistake,
        "points": result.points,
        "hidden": result.hidden,
        "seconds": SECONDS[exercise.uses],
        "blocks": page.blocks,
    }
