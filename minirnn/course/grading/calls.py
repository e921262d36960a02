"""The learner's file in a box: load it, call its function, and say what it gave, or why it gave nothing.

When the box is lost, because the file crashed or was stopped, the file may get another.
"""

from collections.abc import Callable
from inspect import getsource
from typing import Any

from minirnn.course import wire
from minirnn.course.exercise_files import PACKAGES
from minirnn.course.grading.box import CALLS, KEPT, SECONDS, Box, Lost
from minirnn.course.grading.failures import absent, guarded, raised
from minirnn.course.values import Wrong, as_python


class Learner:
    """A learner's function: calling it runs it in the box. Raises Wrong for all that is not a value.

    source, filename: of the learner's file. function: its name. uses: what the file may import.
    forbidden: names that are the answer, with the reason. seconds: the limit of one call. strict: whether the
    rules of the box hold. losses: how many boxes it may lose before the rest is not run. box: one that runs.
    changed: which arguments (from 0) the last call changed in place. last: what was called last, as
    (driver or "", arguments). printed: all that the file printed.
    failures: the arguments of the calls with which rungs failed, written by the engine.
    """

    def __init__(
        self,
        source: str,
        filename: str,
        function: str,
        uses: str,
        forbidden: dict[str, str] | None = None,
        *,
        seconds: float | None = None,
        strict: bool = True,
        losses: int = 1,
        box: Box | None = None,
    ) -> None:
        self.source, self.filename, self.function, self.uses = source, filename, function, uses
        self.forbidden, self.strict = forbidden or {}, strict
        self.seconds = SECONDS[uses] if seconds is None else seconds
        self.box, self.losses, self.loaded = box, losses, False
        self.rest()
        self.changed: list[int] = []
        self.last: tuple[str, tuple[Any, ...]] | None = None
        self.failures: list[tuple[Any, ...]] = []
        self._printed = self._said = self._at_first = ""

    def rest(self) -> None:
        """Let the time for all calls together begin anew."""
        self.left = CALLS * self.seconds

    @property
    def printed(self) -> str:
        """All that the file printed so far, up to a limit."""
        return (self._printed + (self.box.printed if self.box else ""))[:KEPT]

    @property
    def said(self) -> str:
        """What the file printed when it was run, and during the last call."""
        return (self._at_first + str(self.box.said) if self.box else self._said)[:KEPT]

    def __call__(self, *args: Any) -> Any:
        """What the learner's function returns for these arguments."""
        self._ready()
        self.last = ("", args)
        return self._ask({"do": "call", "function": self.function, "args": list(args)})

    def drive(self, driver: Callable[..., Any], *args: Any) -> Any:
        """What driver(function, *args) returns; it runs beside the learner's code, so it must stand alone."""
        self._ready()
        self.last = (driver.__name__, args)
        what = {"driver": getsource(driver), "name": driver.__name__}
        return self._ask({"do": "drive", "function": self.function, "args": list(args), **what})

    def _ready(self) -> None:
        self.last = None
        if self.loaded and self.box is not None:
            self.box.forget()
        self.load()

    def load(self) -> None:
        """Run the file, if that has not been done. Raises Wrong if it fails or lacks the function."""
        if self.losses <= 0:
            raise Wrong("Not run, because the file was stopped before.", kind="not run")
        if self.box is None:
            self.box, self.loaded = Box(self.uses), False
        if not self.loaded:
            self.box.forget()
            self._at_first = ""
            request: dict[str, Any] = {"do": "load", "source": self.source, "filename": self.filename}
            request |= {"uses": self.uses, "function": self.function}
            request |= {"may": list(PACKAGES[self.uses]), "guarded": guarded(self.source)}
            names = self._send({**request, "forbidden": self.forbidden, "strict": self.strict})["names"]
            if self.function not in names:
                there = ", ".join(str(name) for name in names[:8]) or "none"
                raise Wrong(
                    f"There is no function {self.function} in {self.filename} (functions there: {there}).",
                    kind="missing",
                )
            self.loaded, self._at_first = True, self.box.said
            self.box.forget()

    def close(self) -> None:
        """Stop the process."""
        if self.box is not None:
            self.box.close()
            self._printed, self._said = self.printed, self.said
            self.box, self.loaded = None, False

    def _ask(self, request: dict[str, Any]) -> Any:
        answer = self._send(request)
        self.changed = answer.get("changed", [])
        return as_python(answer.get("value"))

    def _send(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self.box is not None
        box, limit = self.box, min(self.seconds, self.left)
        try:
            answer = box.ask(request, limit)
        except Lost as lost:
            self._printed, self._said = self._printed + box.printed, self._at_first + box.said
            self.box = None
            self.losses -= 1
            if limit < self.seconds:
                self.losses = 0
                if lost.kind == "timeout":
                    lost = Lost(
                        lost.kind,
                        f"your code took more than {CALLS * self.seconds:g} seconds in all",
                    )
            raise Wrong(f"Stopped: {lost}.", kind=lost.kind) from None
        except wire.Broken as broken:
            raise AssertionError(f"the arguments cannot be sent: {broken}") from None
        finally:
            self.left = max(0.0, self.left - getattr(box, "spent", 0.0))  # a page keeps the time itself
        if "refused" in answer:
            what = answer["refused"].rstrip(".")
            raise Wrong(
                f"Your code tried to {what}. The box that it runs in does not allow this.", kind="refused"
            )
        if "absent" in answer:
            raise absent(answer["absent"], self.filename, self.uses)
        if "raised" in answer:
            raise raised(answer["raised"], self.filename)
        return answer
