"""The process in which one lesson runs: `python -m minirnn.course.lesson_run ROOT LESSON FOLDER`.

The code cells run in order in one module. FOLDER gets the figures as they were drawn and run.json: what was
shown, cell by cell, and which files of the project the lesson read. A cell that fails ends the process with
file, cell and line on stderr.
"""

from __future__ import annotations

import json
import sys
import time
import traceback
from pathlib import Path
from types import ModuleType
from typing import Any

if __name__ == "__main__":
    # Before anything of the lesson is imported or read. An audit hook sees every file that is opened.
    opened: set[str] = set()
    sys.addaudithook(
        lambda event, args: opened.add(args[0]) if event == "open" and isinstance(args[0], str) else None
    )


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
        from minirnn.plots import save_figure

        self.drawn += 1
        return save_figure(figure, self.folder / f"figure-{self.drawn}.svg", "Figure", alt).name


def run(root: Path, path: Path, folder: Path) -> dict[str, Any]:
    """Run the lesson's code. Raises SystemExit with the sentence and the traceback if a cell fails."""
    from minirnn.course import figures
    from minirnn.course.lessons import parse

    recorder = Recorder(folder)
    figures.taker, figures.drawer = recorder.take, recorder.draw
    module, before = ModuleType("__main__"), sys.stdout
    sys.modules["__main__"], sys.stdout = module, recorder
    started = time.process_time()
    try:
        for cell in parse(path):
            if cell.kind != "text":
                recorder.cell = cell.number
                # Empty lines in front, so that a traceback names the lines of the file.
                source = "\n" * (cell.line - 1) + cell.text
                _execute(path, cell.number, source, module.__dict__)
    finally:
        sys.stdout = before
    seconds = round(time.process_time() - started, 2)
    return {"seconds": seconds, "outputs": recorder.outputs}


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


def main(root: Path, path: Path, folder: Path) -> None:
    """Run a lesson and leave what it showed in that folder."""
    record = run(root, path, folder)
    text = json.dumps({**record, "inputs": inputs(root)})
    (folder / "run.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*(Path(argument).resolve() for argument in sys.argv[1:4]))
