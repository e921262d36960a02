"""The processes in which lessons run: `python -m minirnn.course.site.lesson_run ROOT LIMIT LESSON ...`.

Each lesson has a process of its own, in which its code cells run in order in one module. Its folder in
build/lessons gets the figures as they were drawn and run.json: what was shown, cell by cell, what was told
to the text, and the files of the project that the lesson read, each with its hash. What goes to stderr is in
said.txt there; if a cell fails, so are file, cell and line. After LIMIT seconds a lesson is ended.

One lesson runs in this process. Of several, as many run side by side as there are cores, each in a copy of
this process (a fork) that has torch and matplotlib in it already: to import them takes longer than what most
lessons do with them. For each that has ended, a line with its exit code and its id is printed.
"""

from __future__ import annotations

import faulthandler
import gc
import importlib
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

if __name__ == "__main__":
    # Before anything of the lesson is imported or read. An audit hook sees every file that is opened.
    opened: set[str] = set()
    sys.addaudithook(
        lambda event, args: opened.add(args[0]) if event == "open" and isinstance(args[0], str) else None
    )

# Imported before the copies are made, none of it ours: what is ours counts as read by each lesson. The first
# scan of a process asks torch for _dynamo, which alone takes a second.
HEAVY = ("torch", "torch._dynamo", "matplotlib.figure", "matplotlib.backends.backend_svg")


class Recorder:
    """What the cells show, in order: text printed to it, figures and tables. Stands in for stdout."""

    encoding = "utf-8"

    def __init__(self, folder: Path) -> None:
        self.folder, self.cell = folder, 0
        self.outputs: list[tuple[int, str, dict[str, Any]]] = []
        self.drawn = 0

    def write(self, text: str) -> int:
        last = self.outputs[-1] if self.outputs else None
        if last and last[0] == self.cell and last[1] == "text":
            last[2]["text"] += text
        elif text:
            self.outputs.append((self.cell, "text", {"text": text}))
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""

    def isatty(self) -> bool:
        return False

    def take(self, kind: str, content: dict[str, Any]) -> None:
        self.outputs.append((self.cell, kind, content))

    def draw(self, figure: Any, alt: str) -> str:
        """Write the figure as SVG and give its name."""
        from minirnn.base.plots import save_both

        self.drawn += 1
        return save_both(figure, self.folder / f"figure-{self.drawn}.svg", "Figure", alt).name


@contextmanager
def recording(recorder: Recorder) -> Iterator[dict[str, Any]]:
    """The names of an empty module in which cells run meanwhile; what they show goes to the recorder."""
    from minirnn.course import figures

    module, main, out = ModuleType("__main__"), sys.modules["__main__"], sys.stdout
    taker, drawer = figures.taker, figures.drawer
    figures.told.clear()
    figures.taker, figures.drawer = recorder.take, recorder.draw
    sys.modules["__main__"], sys.stdout = module, recorder
    try:
        yield module.__dict__
    finally:
        sys.modules["__main__"], sys.stdout = main, out
        figures.taker, figures.drawer = taker, drawer


def run(root: Path, path: Path, folder: Path) -> dict[str, Any]:
    """Run the lesson's code. Raises SystemExit with the sentence and the traceback if a cell fails."""
    from minirnn.course import figures
    from minirnn.course.site.lessons import parse

    recorder = Recorder(folder)
    started = time.process_time()
    with recording(recorder) as names:
        for cell in parse(path):
            if cell.kind != "text":
                recorder.cell = cell.number
                # Empty lines in front, so that a traceback names the lines of the file.
                source = "\n" * (cell.line - 1) + cell.text
                _execute(path, cell.number, source, names)
    seconds = round(time.process_time() - started, 2)
    return {"seconds": seconds, "outputs": recorder.outputs, "told": dict(figures.told)}


def _execute(path: Path, number: int, source: str, names: dict[str, Any]) -> None:
    try:
        exec(compile(source, str(path), "exec"), names)
    except (Exception, SystemExit) as error:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
        line = frames[-1].lineno if frames else getattr(error, "lineno", None)
        said = "".join(traceback.format_exception_only(error)).strip().splitlines()[-1]
        within = error.__traceback__.tb_next if error.__traceback__ else None  # without this function
        story = "".join(traceback.format_exception(type(error), error, within)).strip()
        raise SystemExit(f"lessons/{path.name}, cell {number}, line {line}: {said}\n\n{story}") from None


def inputs(root: Path) -> list[str]:
    """The files of the project that were read: modules by their source, and whatever was opened."""
    modules = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
    found = set()
    for name in (*modules, *opened):
        path = Path(name) if name else root
        if not path.is_absolute():
            path = root / path
        try:
            inside = path.resolve().relative_to(root)
        except (ValueError, OSError):
            continue
        hidden = any(part.startswith(".") or part in ("build", "__pycache__") for part in inside.parts)
        if path.is_file() and not hidden:
            found.add(inside.as_posix())
    return sorted(found)


def one(root: Path, limit: float, name: str) -> NoReturn:
    """Run a lesson, leave in its folder what it showed, and end this process; with 1 if it failed."""
    from minirnn.base.files import write_atomic
    from minirnn.course.site.lessons import CACHE, SAID, digest, versions

    path, folder, code = root / "lessons" / f"{name}.py", root / CACHE / name, 1
    with open(folder / SAID, "wb") as said, open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(said.fileno(), 2)
    faulthandler.dump_traceback_later(limit, exit=True, file=2)
    try:
        before = {f"lessons/{path.name}": digest(path)}  # an author may change it while it runs
        record = run(root, path, folder)
        record["versions"] = versions()
        record["inputs"] = {each: digest(root / each) for each in inputs(root)} | before
        write_atomic(folder / "run.json", json.dumps(record))
        code = 0
    except SystemExit as error:
        print(error, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
    sys.stderr.flush()
    os._exit(code)  # a copy must not do what the process that it is a copy of has left to do


def side_by_side(root: Path, limit: float, names: list[str]) -> None:
    """Run each lesson in a copy of this process, and say which has ended."""
    gc.disable()
    for module in HEAVY:
        importlib.import_module(module)
    gc.freeze()  # else each copy would look through all of torch again and again, and so copy it
    gc.enable()
    waiting, running = list(reversed(names)), dict[int, str]()
    while waiting or running:
        if waiting and len(running) < (os.cpu_count() or 1):
            name = waiting.pop()
            if not (process := os.fork()):
                one(root, limit, name)
            running[process] = name
        else:
            process, status = os.wait()
            print(os.waitstatus_to_exitcode(status), running.pop(process), flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C: who started this says what there is to say
    place, seconds, chosen = Path(sys.argv[1]).resolve(), float(sys.argv[2]), sys.argv[3:]
    if len(chosen) == 1:
        one(place, seconds, *chosen)
    side_by_side(place, seconds, chosen)
