"""Plain pytest in a workspace: `NN_scan/combine.py::grouping` is a rung, with the verdict of `check`.

pytest.ini of a workspace loads this plugin. The learner's file is never imported here: it is graded once, in
its box, and each of its rungs is an item that says how that rung went. Progress is recorded as by `check`.
"""

import io
from collections.abc import Generator, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from minirnn.base.errors import UserError
from minirnn.course import bank
from minirnn.course.exercise_files import Exercise
from minirnn.course.grading import engine
from minirnn.course.grading.engine import Result, Rung
from minirnn.course.learner import feedback, progress, terminal

FOUND = pytest.StashKey[tuple[progress.Workspace, dict[str, Exercise]] | None]()


class NotPassed(Exception):
    """A rung that is not passed."""


class ExerciseFile(pytest.File):
    """A learner's file, and its rungs as items."""

    exercise: Exercise
    workspace: progress.Workspace

    @cached_property
    def result(self) -> Result:
        """How the file did. Raises UserError if it cannot be read."""
        result = progress.check(self.workspace, self.exercise, self.workspace.read(self.exercise))
        if self.workspace.trouble:
            self.warn(pytest.PytestWarning(self.workspace.trouble))
        return result

    def collect(self) -> Iterator[pytest.Item]:
        """One item for each rung that a check shows."""
        for name, test in engine.rung_functions(engine.test_module(self.exercise)):
            if not engine.marks(test)[1]:
                yield RungItem.from_parent(self, name=feedback.words(name))


class RungItem(pytest.Item):
    """One rung."""

    parent: ExerciseFile

    @property
    def rung(self) -> Rung:
        """How it went."""
        return next(rung for rung in self.parent.result.rungs if feedback.words(rung.name) == self.name)

    def runtest(self) -> None:
        """Grade the file, if that has not been done, and fail if the rung is not passed."""
        if not self.rung.passed:
            raise NotPassed

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The words that `check` uses."""
        if isinstance(excinfo.value, UserError):
            return str(excinfo.value)
        if not isinstance(excinfo.value, NotPassed):
            return super().repr_failure(excinfo, style)
        said = io.StringIO()
        feedback.show_failure(terminal.Plain(said), self.parent.exercise, self.rung, self.parent.result)
        return said.getvalue().rstrip()

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where it lies and what it is called."""
        return self.path, None, f"{self.parent.exercise.id}, {self.name}"


def pytest_configure(config: pytest.Config) -> None:
    """Find out what is to be collected here. Raises pytest.UsageError if it is broken."""
    config.stash[FOUND] = None
    if progress.is_workspace(config.rootpath):
        try:
            known = {exercise.filename: exercise for exercise in bank.exercises()}
            config.stash[FOUND] = progress.load(config.rootpath), known
        except UserError as error:
            raise pytest.UsageError(str(error)) from None


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Generator[None, Any, Any]:
    """A learner's file gives rungs, and nothing else: pytest itself would import it."""
    others = yield
    found = parent.config.stash[FOUND]
    if found is None or not file_path.is_relative_to(parent.config.rootpath):
        return others
    workspace, known = found
    exercise = known.get(file_path.relative_to(parent.config.rootpath).as_posix())
    if exercise is None:
        return others
    file = ExerciseFile.from_parent(parent, path=file_path)
    file.exercise, file.workspace = exercise, workspace
    return [file]
