"""How long do a learner and a teacher wait?

- check: from the shell, `python -m minirnn check ID`, for an exercise in pure Python, numpy and torch, right
  and wrong (a wrong one also compares with the typical mistakes).
- save: in watch mode, from the moment the file is saved until the verdict is printed.
- class: thirty submissions of every exercise in the bank, no two files alike: right, wrong and not begun.

Run: python benchmarks/course_speed.py [--submissions 30]    (on a machine that does nothing else)
"""

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from common import save
from minirnn.course import bank
from minirnn.course.author import check as dev
from minirnn.course.grading import diagnosis

CHOSEN = {"python": "count_bigrams", "numpy": "rnn_unroll", "torch": "polar_eigenvalues"}
ROUNDS = 7
COMMAND = [sys.executable, "-P", "-m", "minirnn"]
BARS = {
    "check": {"python": 1.0, "numpy": 1.0, "torch": 3.0},
    "save": {"python": 0.4, "numpy": 0.4, "torch": 1.0},
}
CLASS_BAR = 300.0  # seconds


def wrong(name: str) -> str:
    """A typical mistake, as a learner's file."""
    exercise = bank.find(name)
    mistake = next(m for m in diagnosis.mistake_names(exercise) if not m.startswith("right_"))
    return dev.as_submission(exercise, mistake)


def checks(workspace: Path) -> dict[str, Any]:
    """Seconds of `check` from the shell."""
    found: dict[str, Any] = {}
    for uses, name in CHOSEN.items():
        exercise = bank.find(name)
        for kind, source in (("right", exercise.solution()), ("wrong", wrong(name))):
            (workspace / exercise.filename).write_text(source, encoding="utf-8")
            times = []
            for _ in range(ROUNDS):
                start = time.perf_counter()
                subprocess.run([*COMMAND, "check", name], cwd=workspace, capture_output=True, check=False)
                times.append(time.perf_counter() - start)
            found[f"{uses}, {kind}"] = figures(times, BARS["check"][uses])
    return found


def saves(workspace: Path) -> dict[str, Any]:
    """Seconds from a save to the verdict, in watch mode."""
    found: dict[str, Any] = {}
    for uses, name in CHOSEN.items():
        exercise = bank.find(name)
        path = workspace / exercise.filename
        path.write_text(exercise.solution(), encoding="utf-8")
        watch = subprocess.Popen(
            [*COMMAND, "check", name, "--watch", "--plain"],
            cwd=workspace,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        until(watch, "Watching")
        times = []
        for number in range(ROUNDS):
            time.sleep(5)  # a learner reads, and the next process starts meanwhile
            source = exercise.solution() if number % 2 else wrong(name)
            start = time.perf_counter()
            path.write_text(f"{source}\n# {number}\n", encoding="utf-8")
            until(watch, "PASSED" if number % 2 else "NOT YET")
            times.append(time.perf_counter() - start)
            until(watch, "Watching")
        watch.terminate()
        watch.wait()
        # The first wrong one also runs the typical mistakes, once for the session.
        found[uses] = figures(times, BARS["save"][uses])
    return found


def until(process: "subprocess.Popen[str]", word: str) -> None:
    """Read lines until one begins with the word."""
    assert process.stdout is not None
    while not process.stdout.readline().startswith(word):
        if process.poll() is not None:
            raise SystemExit("The watching process ended.")


def a_class(folder: Path, submissions: int) -> None:
    """Files of a class: a third right, half with a typical mistake, the rest not begun."""
    chance = random.Random(0)
    for learner in range(submissions):
        for exercise in bank.exercises():
            names = [n for n in diagnosis.mistake_names(exercise) if not n.startswith("right_")]
            kind = chance.random()
            if kind < 1 / 3:
                source = exercise.solution()
            elif kind < 5 / 6:
                source = dev.as_submission(exercise, chance.choice(names))
            else:
                source = exercise.stub()
            path = folder / f"learner-{learner:02}" / exercise.filename
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{source}\n# {learner}\n", encoding="utf-8")


def figures(times: list[float], bar: float) -> dict[str, Any]:
    """Median, least and most, and whether the median keeps the bar."""
    median = statistics.median(times)
    return {
        "median": round(median, 3),
        "min": round(min(times), 3),
        "max": round(max(times), 3),
        "bar": bar,
        "met": median <= bar,
    }


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--submissions", type=int, default=30)
    options = parser.parse_args()
    os.environ["PYTHONPATH"] = str(Path(__file__).parents[1])
    with tempfile.TemporaryDirectory() as scratch:
        workspace = Path(scratch) / "work"
        subprocess.run([*COMMAND, "start", str(workspace)], check=True, capture_output=True)
        results: dict[str, Any] = {"check": checks(workspace), "save": saves(workspace)}
        for part, rows in results.items():
            for name, row in rows.items():
                print(f"{part:6} {name:14} {row['median']:6.2f} s (bar {row['bar']:g})", flush=True)
        a_class(Path(scratch) / "class", options.submissions)
        start = time.perf_counter()
        out = str(Path(scratch) / "grades")
        grade = [*COMMAND, "teach", "grade", str(Path(scratch) / "class"), "-j", "2", "--out", out]
        subprocess.run(grade, check=True, capture_output=True)
        seconds = time.perf_counter() - start
        files = options.submissions * len(bank.exercises())
        results["class"] = {
            "submissions": options.submissions,
            "files": files,
            "seconds": round(seconds, 1),
            "bar": CLASS_BAR,
            "met": seconds <= CLASS_BAR,
        }
        print(f"class  {files} files in {seconds:.0f} s (bar {CLASS_BAR:g})")
        shutil.rmtree(scratch, ignore_errors=True)
    print(f"Written: {save('course-speed', results)}")


if __name__ == "__main__":
    main()
