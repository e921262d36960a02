"""An exercise as it lies in its folder: what it asks, what a learner starts from, and the answer.

exercises/NN_lesson/exercise/README.md     statement, three hints, debrief
                             exercise.py   the solution; the stub is made from it
                             test_*.py     the rungs, the probe, the oracle
                             mistakes.py   typical wrong implementations, each with its message
"""

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from minirnn.base.errors import UserError
from minirnn.base.files import read_text
from minirnn.base.plain_math import plain_math
from minirnn.base.wording import lines_of
from minirnn.course.mentions import Named, in_words

PACKAGES = {
    "python": ("numpy",),  # it does without, but whoever knows numpy may think in it
    "numpy": ("numpy",),
    "torch": ("numpy", "torch"),
}  # what a file may import, by `uses`
USES = tuple(PACKAGES)
UNCHANGED = "Do not change the arguments in place."
BLOCK = re.compile(r"^([ \t]*)# BEGIN SOLUTION\n.*?^[ \t]*# END SOLUTION\n", re.MULTILINE | re.DOTALL)
MARKS = re.compile(r"^[ \t]*# (BEGIN|END) SOLUTION\n", re.MULTILINE)


@dataclass(frozen=True)
class Exercise:
    """One exercise. folder: where its files lie; the rest as in the manifest.

    instead_of: the exercise that asks the same of arrays, for one that needs no more than lists. lessons:
    those of the course, which its texts may name.
    """

    id: str
    lesson: str
    title: str
    minutes: int
    difficulty: int
    importance: int
    points: int
    uses: str
    folder: Path = field(repr=False)
    instead_of: str = ""
    lessons: Sequence[Named] = field(default=(), repr=False, compare=False)

    @property
    def runs_in_page(self) -> bool:
        """Whether the page's Python can check it: there is no torch for browsers."""
        return self.uses != "torch"

    @property
    def test_file(self) -> Path:
        """The rungs."""
        return self.folder / f"test_{self.id}.py"

    @property
    def filename(self) -> str:
        """Where a learner's file lies in a workspace: in a folder called like that of the bank."""
        return f"{self.folder.parent.name}/{self.id}.py"

    @property
    def function(self) -> str:
        """The name of the function to be written: the one that holds the solution."""
        return self._definition().name

    @property
    def parameters(self) -> list[str]:
        """The names of that function's parameters."""
        arguments = self._definition().args
        return [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]

    def _definition(self) -> ast.FunctionDef:
        if (found := _unsolved(read_text(self.folder / "exercise.py"))) is not None:
            return found
        raise UserError(f"{self.folder / 'exercise.py'} has no function with `# BEGIN SOLUTION` in it.")

    def solution(self) -> str:
        """The reference, without the marks."""
        return MARKS.sub("", read_text(self.folder / "exercise.py"))

    def stub(self) -> str:
        """What a learner starts from: everything but what they are to write."""
        message = f'raise NotImplementedError("write {self.function} here")'
        source = read_text(self.folder / "exercise.py")
        stub, found = BLOCK.subn(lambda block: f"{block[1]}{message}\n", source)
        if not found:
            raise UserError(f"{self.folder / 'exercise.py'} has no block from BEGIN to END SOLUTION.")
        return _plain_docstrings(stub) if "$" in stub else stub

    def readme(self, drawn: bool = False) -> dict[str, Any]:
        """The parts of README.md: statement (with its title), hints (three texts), debrief.

        drawn: with formulas as a page draws them; else they are in plain letters.
        """
        text = read_text(self.folder / "README.md")
        text = in_words(text if drawn else plain_math(text), self.lessons)
        statement, _, rest = text.partition("\n## Hints\n")
        hints, _, debrief = rest.partition("\n## Debrief\n")
        parts = [part.strip() for part in re.split(r"^### \d+.*\n", hints, flags=re.MULTILINE)[1:]]
        return {"statement": statement.strip() + "\n", "hints": parts, "debrief": debrief.strip()}

    def rules(self) -> str:
        """What holds beside the statement, made from `uses` and the rungs: it says what they ask for."""
        return f"{may_import(self.uses)} {UNCHANGED}" if self._wants_unchanged() else may_import(self.uses)

    def statement(self, drawn: bool = False) -> str:
        """The statement with its title, and under it the rules; formulas as in `readme`."""
        return f"{self.readme(drawn)['statement']}\n{self.rules()}\n"

    def _wants_unchanged(self) -> bool:
        """Whether a rung asks that the arguments be left alone."""
        calls = (
            node.func for node in ast.walk(ast.parse(read_text(self.test_file))) if isinstance(node, ast.Call)
        )
        return any(getattr(each, "id", getattr(each, "attr", "")) == "unchanged" for each in calls)


@cache
def _unsolved(source: str) -> ast.FunctionDef | None:
    """The function around the first block of a solution."""
    lines = [i for i, line in enumerate(lines_of(source), 1) if line.strip() == "# BEGIN SOLUTION"]
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and lines and node.lineno < lines[0] <= (node.end_lineno or 0):
            return node
    return None


def _plain_docstrings(source: str) -> str:
    """The source with the formulas of its docstrings in plain letters; a $ in code stays."""
    lines = lines_of(source)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node):
            at = slice(node.body[0].lineno - 1, node.body[0].end_lineno)
            said = plain_math("\n".join(lines[at])).split("\n")
            # As many lines as before, so that those of the nodes to come are where they were.
            lines[at] = said + [""] * (len(lines[at]) - len(said))
    return "\n".join(lines) + "\n"


def may_import(uses: str) -> str:
    """The sentence that says what a learner's file may import."""
    known = ["Python's standard library", *PACKAGES[uses]]
    listed = ", ".join(known[:-1]) + " and " + known[-1] if len(known) > 1 else known[0]
    return f"You may import {listed}."
