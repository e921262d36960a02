"""What a learner's file does to the Python it runs in, kept apart from the grader's work in that process.

    World     a file may replace builtins.sum, json.dumps, numpy.dot or sys.stdout: its own code finds that,
              ours does not, and a right function stays right
    Imports   a module that is not to be used here may be imported all the same: its name stands for something
              that refuses to be used, so an import that nothing uses costs nothing and runs nothing

This file needs the standard library alone and is also read by the child, so it imports nothing of ours.
"""

import builtins
import importlib.util
import sys
from collections.abc import Callable
from typing import Any

# What our side of the process calls while the learner's code is loaded.
SHARED = """
    builtins contextlib io importlib importlib.util json json.decoder json.encoder linecache math numpy
    numpy.lib.format os os.path torch traceback types
"""
STREAMS = ("stdin", "stdout", "stderr")
MISSING = object()
Report = Callable[[dict[str, Any]], None]


class World:
    """The modules that both sides use, as they are now; `run` runs the learner's code in its own version."""

    def __init__(self) -> None:
        found = (sys.modules.get(name) for name in SHARED.split())
        spaces = [*(vars(module) for module in found if module is not None), sys.modules]
        # Each as it is, as we want it, and what the file has changed in it.
        self.spaces: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]
        self.spaces = [(space, dict(space), {}) for space in spaces]
        self.theirs: dict[str, Any] = self.spaces[0][2]  # of the built-in functions
        self.system, self.streams = vars(sys), dict[str, Any]()
        self.trace, self.profile = sys.settrace, sys.setprofile
        self.limit, self.set_limit = sys.getrecursionlimit, sys.setrecursionlimit
        self.deepest = self.limit()

    def run(self, function: Callable[..., Any], *args: Any) -> Any:
        """What the function returns when it is called as the learner's code."""
        for space, _, theirs in self.spaces:
            space.update(theirs)
        ours = {name: self.system.get(name) for name in STREAMS}
        self.system.update(self.streams)
        deepest = self.limit()
        self.set_limit(self.deepest)
        try:
            return function(*args)
        finally:
            self.trace(None)
            self.profile(None)
            self._leave(ours, deepest)

    def _leave(self, ours: dict[str, Any], deepest: int) -> None:
        # Built-in functions come first; up to there, this may call none.
        for space, before, theirs in self.spaces:
            theirs.clear()
            theirs.update(
                {key: value for key, value in space.items() if before.get(key, MISSING) is not value}
            )
            space.update(before)
        self.deepest = self.limit()
        self.set_limit(deepest)
        now = {name: self.system.get(name) for name in STREAMS}
        self.streams = {name: now[name] for name in STREAMS if now[name] is not ours[name]}
        for stream in self.streams.values():
            try:
                stream.flush()  # what it holds back belongs to this call
            except BaseException:
                continue
        self.system.update(ours)


class Imports:
    """`__import__` in the learner's world: for the file's own statements it knows what may be imported.

    space: the file's names. may: packages beside Python's own. guarded: lines in which the file expects an
    import to fail. report: gets what was used, where it is imported, and why it cannot be used; it raises.
    """

    def __init__(self, space: dict[str, Any], may: list[str], guarded: list[int], report: Report) -> None:
        self.space, self.guarded, self.report = space, guarded, report
        self.may = {"exercise", "minirnn", "__future__", *sys.stdlib_module_names, *may}  # rules.py: minirnn
        self.real, self.frame = builtins.__import__, sys._getframe

    def __call__(
        self,
        name: str,
        globals: Any = None,
        locals: Any = None,
        fromlist: Any = (),
        level: int = 0,
    ) -> Any:
        """As `import` calls it."""
        caller = self.frame(1)
        top = name.partition(".")[0]
        if caller.f_globals is not self.space:
            return self.real(name, globals, locals, fromlist, level)
        found: dict[str, Any] = {"line": caller.f_lineno, "why": "", "own": True}
        if level == 0 and (top in self.may or top.startswith("_")):
            try:
                return self.real(name, globals, locals, fromlist, level)
            except ImportError as error:  # tkinter is not everywhere
                found |= {"why": str(error)[:200], "own": False}
        elif level == 0:
            found["own"] = not installed(top)
        if caller.f_lineno in self.guarded:
            raise ModuleNotFoundError(f"No module named {top!r}", name=top)
        absent = Absent("." * level + (name if fromlist else top), found, self.report)
        if fromlist and "*" in fromlist:
            absent._refuse()
        return absent


def installed(name: str) -> bool:
    """Whether there is a module of that name, which is not run for that."""
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


class Absent:
    """Stands for a module that is not to be used, or for a part of it, as an annotation may name one."""

    __array_ufunc__ = None  # so that an array leaves the operation to us

    def __init__(self, name: str, found: dict[str, Any], report: Report) -> None:
        vars(self).update(_name=name, _found=found, _report=report)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        dot = "" if self._name.endswith(".") else "."
        return Absent(f"{self._name}{dot}{name}", self._found, self._report)

    def __getitem__(self, _: Any) -> Any:
        return self

    def __or__(self, _: Any) -> Any:
        return self

    __ror__ = __or__

    def _refuse(self, *_: Any, **__: Any) -> Any:
        self._report({"name": self._name, **self._found})


BINARY = "add sub mul matmul truediv floordiv mod divmod pow lshift rshift and xor"
USES = """
    call iter next len contains enter exit int float complex index array lt le gt ge neg pos abs invert round
    setattr setitem delitem mro_entries instancecheck subclasscheck
"""
for _name in [*USES.split(), *BINARY.split(), *(f"r{name}" for name in BINARY.split())]:
    setattr(Absent, f"__{_name}__", Absent._refuse)
