"""The process in which a learner's file runs: it answers what the grader asks.

It is started as a program of its own, imports what the exercise may use, and then answers messages: "load"
runs the learner's file, "call" calls a function of it, "drive" lets a small function of the grader call it.
Nothing worth stealing is here: the right answers, the seeds and the tolerances stay with the parent, which
takes what comes back as data and decides. What the file may not do here is the matter of limits.py.
"""

import contextlib
import importlib.util
import io
import linecache
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, BinaryIO

MARK = b"\0\xffanswered\xff\0"  # in what is printed: here the next answer was given


class Program:
    """The learner's file as a module, and what can be asked of it."""

    def __init__(
        self,
        wire: ModuleType,
        theirs: ModuleType,
        limits: ModuleType,
        lock: Callable[[], None] | None = None,
        tried: list[str] | None = None,
    ) -> None:
        self.wire, self.theirs, self.limits, self.lock = wire, theirs, limits, lock
        self.world: Any = None
        self.tried = [] if tried is None else tried  # what the rules refused
        self.absent: list[dict[str, Any]] = []  # what was used of modules that are not to be used
        self.module = ModuleType("exercise")
        self.filename, self.uses = "exercise.py", "python"
        self.lines: list[str] = []
        self.drivers: dict[str, Any] = {}

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Do what is asked; whatever happens becomes an answer."""
        self.tried.clear()
        self.absent.clear()
        try:
            answer = getattr(self, "do_" + request["do"])(request)
        except self.limits.Refused as refused:
            answer = {"refused": str(refused)}
        except BaseException as error:
            answer = {"raised": self._where(error)}
        if self.tried:  # even if the learner's file caught it
            answer = {"refused": self.tried[0]}
        elif self.absent:
            answer = {"absent": self.absent[0] | {"code": self._line(self.absent[0]["line"])}}
        return answer

    def do_load(self, request: dict[str, Any]) -> dict[str, Any]:
        """Run the file. From here on the rules hold."""
        self.filename, self.uses, source = request["filename"], request["uses"], request["source"]
        self.lines = source.split("\n")  # the grader sends no other line end
        linecache.cache[self.filename] = (len(source), None, [f"{x}\n" for x in self.lines], self.filename)
        self.module, self.drivers = ModuleType("exercise"), {}
        self.module.__file__ = os.path.join(os.getcwd(), os.path.basename(self.filename))
        self.limits.forbid(request["forbidden"])
        sys.modules["exercise"] = self.module
        code: CodeType = compile(source, self.filename, "exec")
        if request["strict"] and self.lock is not None:
            self.lock()
            self.lock = None  # for good
        self.world, space = self.theirs.World(), self.module.__dict__
        wanted = request.get("may", []), request.get("guarded", [])
        self.world.theirs["__import__"] = self.theirs.Imports(space, *wanted, self._report)
        try:
            self.world.run(exec, code, space)
        except SystemExit:  # a program's last line; what it has defined is there
            if request.get("function") not in space:
                raise
        return {"names": [name for name, value in vars(self.module).items() if callable(value)]}

    def do_call(self, request: dict[str, Any]) -> dict[str, Any]:
        """Call a function of the file."""
        args = self._arguments(request["args"])
        before = [self.wire.pack(arg) for arg in args]
        value = self.world.run(getattr(self.module, request["function"]), *args)
        if isinstance(value, self.theirs.Absent):
            value._refuse()
        changed = [i for i, arg in enumerate(args) if self.wire.pack(arg) != before[i]]
        return {"value": value, "changed": changed}

    def do_drive(self, request: dict[str, Any]) -> dict[str, Any]:
        """Let a function of the grader use the learner's."""
        source = request["driver"]
        if source not in self.drivers:
            space: dict[str, Any] = {}
            exec(compile(source, "<check>", "exec"), space)
            self.drivers[source] = space[request["name"]]
        function = getattr(self.module, request["function"])
        args = self._arguments(request["args"])
        return {"value": self.world.run(self.drivers[source], function, *args), "changed": []}

    def _arguments(self, value: Any) -> Any:
        if isinstance(value, (list, tuple)) and not isinstance(value, self.wire.Tensor):
            return type(value)(self._arguments(item) for item in value)
        if isinstance(value, dict):
            return {key: self._arguments(item) for key, item in value.items()}
        numpy, torch = sys.modules.get("numpy"), sys.modules.get("torch")
        if (
            self.uses == "torch"
            and numpy is not None
            and torch is not None
            and isinstance(value, numpy.ndarray)
        ):
            return torch.from_numpy(value.copy())
        return value

    def _report(self, used: dict[str, Any]) -> None:
        self.absent.append(used)
        raise self.limits.Refused(used["name"])

    def _line(self, number: int) -> str:
        return self.lines[number - 1].strip()[:200] if 0 < number <= len(self.lines) else ""

    def _where(self, error: BaseException) -> dict[str, Any]:
        """The error and the last line of the learner's own file on the way to it."""
        # Not traceback.extract_tb: it would open files to show their lines, and the rules hold here too.
        walk = traceback.walk_tb(error.__traceback__)
        numbers = [number for frame, number in walk if frame.f_code.co_filename == self.filename]
        line = numbers[-1] if numbers else None
        code = self._line(line or 0)
        if isinstance(error, SyntaxError) and error.filename == self.filename:
            line, code = error.lineno, (error.text or "").strip()
        try:
            message = str(error)[:500]
        except BaseException:
            message = ""
        return {"type": type(error).__name__, "message": message, "line": line, "code": str(code or "")[:200]}


def main(uses: str, home: Path) -> None:
    """Answer messages on what was standard input until it ends."""
    requests, answers = io.BufferedReader(io.FileIO(os.dup(0), "r")), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)  # what the learner prints goes the way of the errors
    marks = os.dup(2)  # the file may close the other one
    here = Path(__file__).parent
    limits = module(here / "limits.py")
    limits.die_with_parent()
    wire, theirs = module(here.parent / "wire.py"), module(here / "theirs.py")
    if uses in ("numpy", "torch"):
        import numpy  # noqa: F401
    if uses == "torch":
        import torch

        torch.set_num_threads(1)
    limits.set_limits()
    tried: list[str] = []
    program = Program(wire, theirs, limits, limits.lock_for(home, tried), tried)
    serve(requests, answers, marks, wire, program)


def module(path: Path) -> ModuleType:
    """The module in a file of ours; the package itself is out of reach here."""
    spec = importlib.util.spec_from_file_location(f"_{path.stem}", path)
    assert spec is not None and spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def serve(requests: BinaryIO, answers: BinaryIO, marks: int, wire: ModuleType, program: Program) -> None:
    """Read, answer, repeat. marks: where it is marked what was printed before an answer."""
    answers.write(wire.pack({"ready": True}))
    answers.flush()
    while (request := wire.read(requests)) is not None:
        answer = program.answer(request)
        with contextlib.suppress(Exception):  # the file may have closed it
            sys.stdout.flush()
        with contextlib.suppress(OSError):
            os.write(marks, MARK)
        try:
            message = wire.pack(answer)
        except BaseException as error:  # a value may be of a class of the learner's own
            message = wire.pack(unsendable(error, wire))
        answers.write(message)
        answers.flush()


def unsendable(error: BaseException, wire: ModuleType) -> dict[str, Any]:
    """The answer if that is what happened to one on its way."""
    reason = str(error) if isinstance(error, wire.Broken) else type(error).__name__
    where = {"type": "ValueError", "message": f"what came back cannot be sent: {reason}"}
    return {"raised": {**where, "line": None, "code": ""}}


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
