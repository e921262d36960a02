"""What Python in the page needs from the project: one zip, and a list of the exercises that run there.

    docs/assets/python/minirnn.zip       in_page.py and what it imports, and the bank of these exercises
    docs/assets/python/exercises.json    what the page shows before Python has started

Solutions are not in the zip: exercise.py is the stub there, and the right alternatives of mistakes.py are
left out. It hides nothing from who is determined: a test file holds an oracle, a mistake tells what is right,
and all of it can be read in a clone anyway. What counts is graded elsewhere.

numpy for the browser is on neither npm nor PyPI. A site that is to need nothing from elsewhere gets a copy
of that one file when it is deployed: `python -m minirnn.course.site.page_files` fetches it to
docs/assets/pyodide, where its SHA-256 must be that of pyodide-lock.json. Without a copy the page asks its
public address.
"""

from __future__ import annotations

import ast
import hashlib
import io
import json
import zipfile
from pathlib import Path

from minirnn.base.errors import UsageError, UserError
from minirnn.base.wording import lines_of
from minirnn.course import bank
from minirnn.course.bank import MANIFEST
from minirnn.course.exercise_files import BLOCK, Exercise

ASSETS = Path("docs") / "assets"
PUBLIC = "https://cdn.jsdelivr.net/pyodide/v{}/full/"


def exercises(root: Path) -> list[Exercise]:
    """Those that run in the page."""
    found = (exercise for lesson in bank.load(root) for exercise in lesson.exercises)
    return [exercise for exercise in found if exercise.runs_in_page]


def write(root: Path) -> None:
    """Write both files, if they changed. Raises UserError or UsageError."""
    packed = pack(root)
    version, wheel = numpy_wheel(root)
    copy = root / ASSETS / "pyodide" / wheel["file_name"]
    if copy.is_file() and hashlib.sha256(copy.read_bytes()).hexdigest() != wheel["sha256"]:
        raise UserError(
            f"{copy} is not the file that pyodide-lock.json names: delete it, and fetch it again."
        )
    index = {
        "zip": f"minirnn.zip?{hashlib.sha256(packed).hexdigest()[:12]}",
        "packages": "" if copy.is_file() else PUBLIC.format(version),  # "": they lie beside the core
        "exercises": {
            exercise.id: {
                "filename": exercise.filename,
                "function": exercise.function,
                "uses": exercise.uses,
                "stub": exercise.stub(),
            }
            for exercise in exercises(root)
        },
    }
    for name, data in (("minirnn.zip", packed), ("exercises.json", json.dumps(index, indent=1).encode())):
        path = root / ASSETS / "python" / name
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def pack(root: Path) -> bytes:
    """The zip; the same bytes as long as nothing in it changes."""
    files = modules(root)
    files[MANIFEST.as_posix()] = (root / MANIFEST).read_text(encoding="utf-8")
    for exercise in exercises(root):
        folder = exercise.folder.relative_to(root).as_posix()
        for name in ("README.md", "exercise.py", "mistakes.py", exercise.test_file.name):
            files[f"{folder}/{name}"] = (exercise.folder / name).read_text(encoding="utf-8")
        files[f"{folder}/exercise.py"] = unsolved(exercise)
        files[f"{folder}/mistakes.py"] = without_right_ones(files[f"{folder}/mistakes.py"])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in sorted(files.items()):
            out.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def modules(root: Path) -> dict[str, str]:
    """in_page.py and all of minirnn that it imports when it is imported: path -> text."""
    found: dict[str, str] = {}
    waiting = ["minirnn.course.site.in_page"]
    while waiting:
        name = waiting.pop()
        waiting += [name.rpartition(".")[0]] if "." in name else []
        path = name.replace(".", "/")
        for file in (f"{path}.py", f"{path}/__init__.py"):
            if file in found or not (root / file).is_file():
                continue
            found[file] = (root / file).read_text(encoding="utf-8")
            for node in ast.parse(found[file]).body:
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("minirnn"):
                    waiting += [str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)]
    return found


def unsolved(exercise: Exercise) -> str:
    """exercise.py with its marks, and between them what the stub has."""
    source = (exercise.folder / "exercise.py").read_text(encoding="utf-8")
    message = f'raise NotImplementedError("write {exercise.function} here")'
    return BLOCK.sub(rf"\1# BEGIN SOLUTION\n\1{message}\n\1# END SOLUTION\n", source)


def without_right_ones(source: str) -> str:
    """mistakes.py without the functions that are another way to get it right."""
    lines = [f"{line}\n" for line in lines_of(source)]
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("right_"):
            lines[node.lineno - 1 : node.end_lineno] = [""] * ((node.end_lineno or 0) - node.lineno + 1)
    return "".join(lines).rstrip("\n") + "\n"


def numpy_wheel(root: Path) -> tuple[str, dict[str, str]]:
    """The version of Pyodide, and what its lock file says of numpy. Raises UsageError if it is not there."""
    folder = root / "node_modules" / "pyodide"
    try:
        version = json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"]
        lock = json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError(f"{folder} is not there: run `npm ci --ignore-scripts` in {root}.") from None
    return str(version), lock["packages"]["numpy"]


def fetch_numpy(root: Path) -> Path:
    """Put numpy for the browser beside the core, for a site that needs nothing from elsewhere.

    Raises UserError if the download fails or has another hash than the lock file says.
    """
    from urllib.request import urlopen

    from minirnn.base.files import write_atomic

    version, wheel = numpy_wheel(root)
    path, url = root / ASSETS / "pyodide" / wheel["file_name"], PUBLIC.format(version) + wheel["file_name"]
    try:
        with urlopen(url, timeout=60) as answer:
            data = answer.read()
    except OSError as error:
        raise UserError(f"{url} could not be fetched: {error}.") from None
    if hashlib.sha256(data).hexdigest() != wheel["sha256"]:
        raise UserError(f"{url} is not the file that pyodide-lock.json names.")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, data)
    return path


if __name__ == "__main__":
    print(f"Fetched {fetch_numpy(bank.root())}")
