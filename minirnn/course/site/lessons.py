"""One file, `lessons/NN_name.py`, becomes a page, a notebook, a script and a handout.

    python lessons/NN_scan.py          runs it: prints what it prints, says what each figure shows
    minirnn site --lessons [ID ...]    makes docs/lessons/scan.md and, in a folder beside it, the figures,
                                       scan.ipynb and scan.py

For authors
-----------
The name of the file is the lesson's place in lessons/course.toml, counted from 00, and its id; take away the
`written = false` of a lesson that you begin. Title, question, minutes and requirements come from there and
are put on top: begin with the picture or the first words, not with a heading. Cells:

    # %% [markdown]     text; every line begins with `# `. Headings start at `##`. Mathematics: $h_t$, $$...$$
    # %%                code: shown, run, and below it what it printed and the figures that it showed
    # %% fold           code that is not the point of the lesson (drawing, say): below its output, folded

Print what the reader is to see; a value left on the last line is not shown. Seed all chance. Print no times:
what a lesson says must be the same on each run. The figures and tables, from `minirnn.course.figures`:

    with picture("What one sees, in words.", table=[["step", "h"], [0, 1.0], [1, 0.5]]) as axes:
        draw_line(axes, 0, points, "one half")      # minirnn.base.plots; ink and lines for light and dark
    show(figure, alt="...", table=None)             # a figure made by hand; None: a drawing without numbers
    show_table([["a", "b"], [1, 2]])                # numbers as a table

    tell(share=f"{share:.1%}", losses=points)       # numbers for the text, and curves for predictions

Results of longer experiments: `minirnn.course.results.load("reproduce-vandermonde")`.

In text, alone on a line:

    {{ part "Two machines make one" }}              where a class may stop: the first line, and before a `##`
    {{ objectives }}  {{ keypoints }}               from the manifest
    {{ minutes }}                                   of teaching, from the dry run: for the teacher's part
    {{ source minirnn/scan/sequential.py }}         code of the library, read from it and folded; one or more
    {{ source minirnn/layers/lru.py LRU.run }}      names of functions, classes or methods may follow
    {{ source open minirnn/scan/matrix.py }}        the same, standing open, where it is the point
    {{ exercise combine }}                          an exercise of the bank with its hints, under a heading;
                                                    with the one for lists in a tab beside it, if there is one
    {{ widget eigenvalue radius=0.9 phase=0.5 }}    an interactive figure, with attributes

Anywhere in text:

    {{ value share }}                               what a cell told, above or below; also in a key point
    {{ lesson lru }}  {{ Lesson lru#on-a-ring }}    another lesson, or a part of it: number, title, and a link
                                                    if it is written. Nobody types a number
    lesson {{ number lru }}                         where the title would be too much

Notes and folds as in Material, with a block that is set in: `!!! note "Title"`, `??? info "For those who know
derivatives"`. Some are ours:

    ??? predict NAME "The question?"                what follows is veiled until the reader has guessed; see
                                                    predictions.py for choices, numbers and curves
    ??? primer "Complex numbers in five lines"      near the top
    !!! sofar                                       two lines, once, in the middle
    !!! history "Title"                             a short box
    ??? check "A question?"                         four, under `## Check yourself`, each with its answer
    ??? teacher "For teachers"                      last; the notebook and the handout leave it out

The notebook asks what is predicted and checked, and does not answer. Links to other pages are relative to
docs/lessons/: `[the last one](lru.md)`, `[scan](../api/scan.md)`. Words of the glossary become links by
themselves (terms.py). docs/write-a-lesson.md leads through all of this, and `minirnn dev check ID` says what
a page lacks.

The minutes of teaching are counted: `python benchmarks/dry_run.py` makes them again after a larger change.
Then the checkpoints of the teacher's part may need other minutes, too.

A failing cell, an unknown directive, a figure without words stop the build with file, cell and line. A
lesson runs on one thread, in a process of its own, with others beside it (lesson_run.py). What
it printed and drew is kept in build/lessons/ until the file changes, or a module of minirnn or another file
of the project that it read, or the version of Python, numpy, torch or matplotlib.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from minirnn.base.errors import UserError
from minirnn.base.plots import narrow_path
from minirnn.course import bank

LIMIT = 180  # seconds; a lesson takes less than 20 on a quiet machine
TIMEOUT = "Timeout ("  # so begins what faulthandler says
CACHE = Path("build") / "lessons"
SAID = "said.txt"  # in the folder of a lesson there: what went to stderr
MARK = re.compile(r"# %%[ \t]*(?P<kind>.*?)[ \t]*")
KINDS = {"[markdown]": "text", "": "code", "fold": "fold"}
FORKS = sys.platform == "linux"  # elsewhere a copy of a process with torch in it may crash, or cannot be made
DIRECTIVE = re.compile(r"(?P<indent>[ \t]*)\{\{[ \t]*(?P<words>.*?)[ \t]*\}\}[ \t]*")


@dataclass(frozen=True)
class Cell:
    """kind: text, code or fold. line: that of its first line in the file. text: without the `# ` of text."""

    kind: str
    number: int
    line: int
    text: str


@dataclass(frozen=True)
class Output:
    """What a code cell showed: kind text, figure or table, and what there is to it."""

    kind: str
    content: dict[str, Any]


@dataclass(frozen=True)
class Page:
    """A lesson that has run.

    outputs: for the number of each code cell. inputs: the files that it read. told: values for the text.
    """

    lesson: bank.Lesson
    path: Path
    cells: list[Cell]
    outputs: dict[int, list[Output]]
    inputs: list[str]
    seconds: float
    ran: bool
    told: dict[str, Any] = field(default_factory=dict)

    def where(self, cell: Cell, line: int) -> str:
        """A line of a cell, as a sentence begins."""
        return f"lessons/{self.path.name}, cell {cell.number}, line {cell.line + line}"


def parse(path: Path) -> list[Cell]:
    """The cells of a lesson. Raises UserError, with the line, for what is not a cell of ours."""
    name = f"lessons/{path.name}"
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{name} cannot be read: {error}.") from None
    marks = [number for number, line in enumerate(lines) if line.startswith("# %%")]
    before = marks[0] if marks else len(lines)
    for number, line in enumerate(lines[:before], 1):
        if line.strip():
            raise UserError(f"{name}, line {number}: a lesson begins with a cell, `# %% [markdown]`.")
    if not marks:
        raise UserError(f"{name} has no cells.")
    cells = []
    for number, (start, end) in enumerate(zip(marks, [*marks[1:], len(lines)], strict=True), 1):
        mark = MARK.fullmatch(lines[start])
        kind = KINDS.get(mark["kind"]) if mark else None
        if kind is None:
            known = ", ".join(f"`# %% {each}`".replace(" `", "`") for each in KINDS)
            raise UserError(f"{name}, line {start + 1}: {lines[start]!r} is no kind of cell: {known}.")
        body = lines[start + 1 : end]
        if kind == "text":
            for at, line in enumerate(body, start + 2):
                if line.strip() and not re.match(r"#( |$)", line):
                    raise UserError(f"{name}, cell {number}, line {at}: a line of text begins with `# `.")
            body = [line[2:] for line in body]
        while body and not body[-1].strip():
            body.pop()
        cells.append(Cell(kind, number, start + 2, "\n".join(body)))
    return cells


def written(root: Path) -> list[bank.Lesson]:
    """The lessons of the manifest, in order, that have a file."""
    return [lesson for lesson in bank.load(root) if source(root, lesson).is_file()]


def source(root: Path, lesson: bank.Lesson) -> Path:
    """The file of a lesson."""
    return root / "lessons" / f"{lesson.name}.py"


def load(root: Path, chosen: list[bank.Lesson]) -> Iterator[Page | UserError]:
    """Those lessons with what they show, run if need be, as soon as it is there; an error if it fails."""
    stale: dict[str, tuple[bank.Lesson, list[Cell]]] = {}
    for lesson in chosen:
        try:
            cells = parse(source(root, lesson))
        except UserError as error:
            yield error
            continue
        if (record := _kept(root, root / CACHE / lesson.name)) is None:
            stale[lesson.name] = lesson, cells
        else:
            yield _page(root, lesson, cells, record, ran=False)
    for name, code in _run(root, list(stale)):
        try:
            yield _page(root, *stale[name], _record(root / CACHE / name, code), ran=True)
        except UserError as error:
            yield error


def _page(root: Path, lesson: bank.Lesson, cells: list[Cell], record: dict[str, Any], ran: bool) -> Page:
    outputs: dict[int, list[Output]] = {}
    for number, kind, content in record["outputs"]:
        outputs.setdefault(number, []).append(Output(kind, content))
    path, inputs, seconds = source(root, lesson), list(record["inputs"]), record["seconds"]
    return Page(lesson, path, cells, outputs, inputs, seconds, ran, record["told"])


def _run(root: Path, names: list[str]) -> Iterator[tuple[str, int]]:
    """Run lessons, as many at once as there are cores; give each, with its exit code, when it has ended."""
    for name in names:
        kept = root / CACHE / name
        kept.mkdir(parents=True, exist_ok=True)
        for old in ("run.json", SAID):
            (kept / old).unlink(missing_ok=True)
    command = [sys.executable, "-m", "minirnn.course.site.lesson_run", str(root), str(LIMIT)]
    one = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    settings = {**os.environ, **one, "PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "MPLBACKEND": "agg"}
    paths = [str(Path(__file__).resolve().parents[3]), os.environ.get("PYTHONPATH", "")]
    settings |= {"MINIRNN_BANK": str(root), "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    if FORKS and len(names) > 1:
        left = set(names)
        with subprocess.Popen(
            [*command, *names], cwd=root, env=settings, stdout=subprocess.PIPE, encoding="utf-8"
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                code, _, name = line.strip().partition(" ")
                left.remove(name)
                yield name, int(code)
        yield from ((name, process.returncode) for name in sorted(left))
        return

    def alone(name: str) -> tuple[str, int]:
        done = subprocess.run([*command, name], cwd=root, env=settings, stdout=subprocess.DEVNULL)
        return name, done.returncode

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for task in as_completed([pool.submit(alone, name) for name in names]):
            yield task.result()


def _record(kept: Path, code: int) -> dict[str, Any]:
    """What a lesson has left that ended with that code. Raises UserError if it failed."""
    name, said = kept.name, ""
    if (kept / SAID).is_file():
        said = (kept / SAID).read_text(encoding="utf-8", errors="replace").strip()
    if f"\n{TIMEOUT}" in f"\n{said}":
        where = said[said.index(TIMEOUT) :].partition("\n")[2]
        raise UserError(f"lessons/{name}.py was stopped after {LIMIT} s: it should take 20.\n\n{where}")
    if code or not (kept / "run.json").is_file():
        said = said or f"ended with {code} and said nothing."
        raise UserError(said if said.startswith("lessons/") else f"lessons/{name}.py: {said}")
    if said:
        print(textwrap.indent(said, f"{name}: "), file=sys.stderr)
    return dict(json.loads((kept / "run.json").read_text(encoding="utf-8")))


def _kept(root: Path, kept: Path) -> dict[str, Any] | None:
    """What the lesson showed when it ran last, if it would show the same today."""
    try:
        record = json.loads((kept / "run.json").read_text(encoding="utf-8"))
        figures = [content["file"] for _, kind, content in record["outputs"] if kind == "figure"]
        same = (
            "told" in record
            and record["versions"] == versions()
            and all(digest(root / name) == before for name, before in record["inputs"].items())
        )
    except (OSError, ValueError, KeyError):
        return None
    drawn = [path for name in figures for path in (kept / name, narrow_path(kept / name))]
    return record if same and all(path.is_file() for path in drawn) else None


def digest(path: Path) -> str:
    """The hash of a file, or a word if there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "none"


def versions() -> dict[str, str]:
    """The versions that change what a lesson shows."""
    found = {"python": sys.version}
    for name in ("numpy", "torch", "matplotlib"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "none"
    return found
