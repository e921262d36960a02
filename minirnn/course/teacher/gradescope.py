"""An autograder for Gradescope: the zip that is uploaded there, and the program that runs in it.

The service unpacks the zip to <root>/source, runs setup.sh once, and for each submission run_autograder,
which has to leave <root>/results/results.json. A first results.json that earns nothing is there before
anything is graded and is replaced after every exercise, so whatever happens, there is a valid one.
"""

import json
import os
import sys
import zipfile
from pathlib import Path

from minirnn.base.errors import UserError
from minirnn.base.files import write_atomic
from minirnn.base.strict_json import json_text
from minirnn.course import bank
from minirnn.course.exercise_files import Exercise
from minirnn.course.grading import engine
from minirnn.course.grading.engine import Result
from minirnn.course.teacher.classroom import MISSING, STOPPED, chosen_exercises, without_file
from minirnn.course.teacher.formats import gradescope
from minirnn.course.teacher.submissions import take_one

ROOT = Path("/autograder")
CONFIG = "autograder.json"  # in source/: which exercises, and the seed
NOT_RUN = ("not run", "The autograder stopped before this exercise; please ask your teacher to run it again.")
SETUP = """#!/usr/bin/env bash
# Run once, as root, when the autograder's image is built. Needs Python 3.11 or newer: choose Ubuntu 24.04.
set -euo pipefail
apt-get update
apt-get install -y python3 python3-venv
cd "$(dirname "$0")"
python3 course.py doctor
"""
RUN = """#!/usr/bin/env bash
# Run for each submission. Whatever happens, results.json is valid and this script ends well.
root=${AUTOGRADER_ROOT:-/autograder}
mkdir -p "$root/results"
cd "$root/source"
python=.venv/bin/python
[ -x "$python" ] || python=${AUTOGRADER_PYTHON:-python3}
"$python" -m minirnn.course.teacher.gradescope "$root"
code=$?
if [ $code -ne 0 ] && [ ! -s "$root/results/results.json" ]; then
    echo '{"score": 0, "output": "The autograder could not start: please tell your teacher."}' \\
        > "$root/results/results.json"
fi
exit 0
"""
PARTS = ("course.py", "pyproject.toml", "constraints.txt", "README.md", "LICENSE", "minirnn", "lessons")
DATE = (1980, 1, 1, 0, 0, 0)  # the same files make the same zip


def pack(folder: Path, names: list[str], seed: str) -> Path:
    """Write autograder.zip into `folder`, for these exercises or lessons (all if none are named)."""
    chosen = chosen_exercises(names)
    place = bank.root()
    files = {"setup.sh": SETUP.encode(), "run_autograder": RUN.encode()}
    files[CONFIG] = json.dumps({"exercises": [e.id for e in chosen], "seed": seed}, indent=1).encode()
    sources = [place / part for part in PARTS] + [e.folder for e in chosen]
    for source in sources:
        for path in [source] if source.is_file() else sorted(source.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                files[path.relative_to(place).as_posix()] = path.read_bytes()
    folder.mkdir(parents=True, exist_ok=True)
    target, unfinished = folder / "autograder.zip", folder / "autograder.zip.new"
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            info = zipfile.ZipInfo(name, DATE)
            runs = name in ("setup.sh", "run_autograder")
            info.external_attr = (0o100755 if runs else 0o100644) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    os.replace(unfinished, target)
    return target


def run(root: Path = ROOT) -> None:
    """Grade <root>/submission and leave <root>/results/results.json."""
    config = json.loads((root / "source" / CONFIG).read_text(encoding="utf-8"))
    exercises = [bank.find(name) for name in config["exercises"]]
    results: dict[str, Result] = {e.id: without_file(e, config["seed"], *NOT_RUN) for e in exercises}
    path = root / "results" / "results.json"
    path.parent.mkdir(exist_ok=True)

    notes: list[str] = []

    def write() -> None:
        write_atomic(path, json_text(gradescope(results, notes), indent=1) + "\n")

    write()
    submission = take_one(root / "submission", [e.id for e in exercises])
    notes += submission.notes
    for exercise in exercises:
        data = submission.files.get(exercise.id)
        if data is None:
            problem = submission.problems.get(exercise.id, MISSING)
            results[exercise.id] = without_file(exercise, config["seed"], *problem)
        else:
            results[exercise.id] = _graded(exercise, data, config["seed"])
        write()


def _graded(exercise: Exercise, data: bytes, seed: str) -> Result:
    try:
        return engine.grade(exercise, data, seed=seed, graded=True)
    except Exception as error:  # a fault of ours, which must not cost the other exercises
        message = f"The grader itself stopped here ({type(error).__name__}): please tell your teacher."
        return without_file(exercise, seed, STOPPED, message)


if __name__ == "__main__":
    try:
        run(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT)
    except UserError as error:
        print(error, file=sys.stderr)
        raise SystemExit(1) from None
