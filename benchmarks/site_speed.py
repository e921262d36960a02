"""How long does the site take to build when the course has twenty lessons?

- from nothing: every lesson runs, every page is made, mkdocs builds all of them, strictly.
- nothing changed: the same command once more.

The course that is built lies in a temporary folder: all files of the project, and of each lesson that is
written as many copies as make twenty. A copy has a name of its own, so nothing that the first one showed is
used for it: it runs. Its exercises are copied too, statements, tests, mistakes and all, and since the name of
an exercise must be unique, theirs get the number of the copy behind it. The time includes Python's start;
it does not include the installation, nor `npm ci`, whose packages are copied before.

Run: python benchmarks/site_speed.py [--lessons N]    (on a machine that does nothing else)
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from common import save, show_verdict
from minirnn.course import bank
from minirnn.course.site import build as site
from minirnn.course.site import lessons

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-m", "minirnn", "site", "--build"]
LESSONS = 20
BARS = {"from nothing": 60.0, "nothing changed": 5.0}  # seconds


def project(folder: Path) -> None:
    """The files of the project, without what was made from them, and the npm packages of the site."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():  # git also lists what was just deleted
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    for package in site.ASSETS:
        shutil.copytree(ROOT / "node_modules" / package, folder / "node_modules" / package)


def multiply(root: Path, wanted: int) -> None:
    """Copy the lessons of that course, in turn, until so many are written: exercises, manifest, minutes."""
    originals = lessons.written(root)
    manifest = root / bank.MANIFEST
    tables = _tables(manifest.read_text(encoding="utf-8"), originals)
    dry_run = json.loads((root / bank.DRY_RUN).read_text(encoding="utf-8"))
    following = len(bank.load(root))
    with manifest.open("a", encoding="utf-8") as out:
        for number in range(len(originals), wanted):
            turn, place = divmod(number, len(originals))
            lesson, table = originals[place], tables[place]
            copy = replace(lesson, id=f"{lesson.id}_{turn}", number=following)
            following += 1
            table = table.replace(f'id = "{lesson.id}"', f'id = "{copy.id}"')
            table = re.sub(r"^formerly = .*\n", "", table, flags=re.MULTILINE)
            text = lessons.source(root, lesson).read_text(encoding="utf-8")
            for exercise in lesson.exercises:
                new = f"{exercise.id}_{turn}"
                for key in ("id", "instead_of"):
                    table = table.replace(f'{key} = "{exercise.id}"', f'{key} = "{new}"')
                text = text.replace(f"{{{{ exercise {exercise.id} }}}}", f"{{{{ exercise {new} }}}}")
                folder = root / "exercises" / copy.name / new
                shutil.copytree(exercise.folder, folder)
                (folder / exercise.test_file.name).rename(folder / f"test_{new}.py")
            lessons.source(root, copy).write_text(text, encoding="utf-8")
            out.write(f"\n[[lesson]]\n{table.strip()}\n")
            dry_run["lessons"][copy.id] = dry_run["lessons"][lesson.id]
    (root / bank.DRY_RUN).write_text(json.dumps(dry_run), encoding="utf-8")


def _tables(manifest: str, chosen: list[bank.Lesson]) -> list[str]:
    """The text of the manifest on each of these lessons."""
    tables = re.split(r"^\[\[lesson\]\]\n", manifest, flags=re.MULTILINE)[1:]
    return [next(table for table in tables if f'id = "{lesson.id}"' in table) for lesson in chosen]


def build(root: Path) -> float:
    """Seconds of the command that builds the site of that course."""
    start = time.perf_counter()
    subprocess.run(COMMAND, cwd=root, env={**os.environ, "MINIRNN_BANK": str(root)}, check=True)
    return time.perf_counter() - start


def verdict(seconds: dict[str, float]) -> dict[str, bool]:
    """Was each of the two builds as fast as it is to be?"""
    return {f"{name}: less than {bar:g} s": seconds[name] < bar for name, bar in BARS.items()}


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lessons", type=int, default=LESSONS)
    wanted = parser.parse_args().lessons
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch).resolve()
        project(root)
        multiply(root, wanted)
        seconds = {name: round(build(root), 1) for name in BARS}
        pages = len(list((root / "site").rglob("index.html")))
        ran = len(list((root / lessons.CACHE).glob("*/run.json")))
    claims = verdict(seconds)
    print(f"{ran} lessons, {pages} pages: {', '.join(f'{name} {s} s' for name, s in seconds.items())}")
    show_verdict(claims)
    counts = {"lessons": ran, "pages": pages}
    print(f"Written: {save('site-speed', {'verdict': claims, **counts, 'seconds': seconds})}")


if __name__ == "__main__":
    main()
