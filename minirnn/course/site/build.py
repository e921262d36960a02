"""The site: what is made before mkdocs builds it, and `minirnn site`.

What is made lies in docs/ beside what is written and is not committed: docs/lessons from lessons/*.py,
course.md and exercises.md from the manifest and the bank, results.md from benchmarks/results, and
docs/assets from the npm packages, so that a page needs nothing from anywhere but the site.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from minirnn.base.errors import UsageError, UserError
from minirnn.course import bank
from minirnn.course.site import lesson_pages, lessons, page_files, site_pages

PACKAGES = ("mkdocs", "mkdocs-material", "mkdocstrings-python")
# Folder in docs/assets: what is copied there, from node_modules.
ASSETS = {
    "katex": ["katex/dist/katex.min.css", "katex/dist/fonts/*.woff2"],
    "pyodide": [
        f"pyodide/{name}"
        for name in (
            "pyodide.mjs",
            "pyodide.asm.mjs",
            "pyodide.asm.wasm",
            "python_stdlib.zip",
            "pyodide-lock.json",
        )
    ],
}


def build_lessons(root: Path, names: list[str] | None = None) -> list[lessons.Page]:
    """Run the lessons that changed, on all cores, and write their pages to docs/lessons.

    Lessons of the manifest whose file is not there yet are left out. Raises UserError, for all lessons that
    fail, after the others are written.
    """
    course = bank.load(root)
    files = {lesson.name: lesson for lesson in course}
    for path in sorted((root / "lessons").glob("*.py")):
        if path.stem not in files:
            raise UserError(_misnamed(path, course))
        if files[path.stem].planned:
            raise UserError(
                f"lessons/{path.name} is there: take away `written = false` in lessons/course.toml."
            )
    named = [bank.find_lesson(name, course).id for name in names or ()]
    chosen = [lesson for lesson in lessons.written(root) if not names or lesson.id in named]
    pages, problems = [], []
    for page in lessons.load(root, chosen):
        try:
            if isinstance(page, UserError):
                raise page
            lesson_pages.write(root, page)
            pages.append(page)
        except UserError as error:
            problems.append(str(error))
    if problems:
        raise UserError("\n".join(sorted(problems)))
    if not names:
        lesson_pages.sweep(root, chosen)
    return sorted(pages, key=lambda page: chosen.index(page.lesson))


def _misnamed(path: Path, course: tuple[bank.Lesson, ...]) -> str:
    for lesson in course:
        if path.stem.lstrip("0123456789_") == lesson.id:
            return f"By its place in lessons/course.toml, lessons/{path.name} is {lesson.name}.py: rename it."
    return f"lessons/{path.name} is not in lessons/course.toml."


def prepare(root: Path) -> list[lessons.Page]:
    """Make all that mkdocs needs. Raises UserError or UsageError."""
    copy_assets(root)
    page_files.write(root)
    pages = build_lessons(root)
    for name, text in site_pages.all_pages(root).items():
        lesson_pages.write_changed(root / "docs" / name, text)
    return pages


def copy_assets(root: Path) -> None:
    """Copy what the pages load from node_modules to docs/assets. Raises UsageError if it is not there."""
    for folder, patterns in ASSETS.items():
        for pattern in patterns:
            found = sorted((root / "node_modules").glob(pattern))
            if not found:
                raise UsageError(_npm(root))
            for file in found:
                inside = "fonts" if file.parent.name == "fonts" else ""
                # .js: there are servers that do not know that .mjs is JavaScript too
                name = f"{file.stem}.js" if file.suffix == ".mjs" else file.name
                copy = root / "docs" / "assets" / folder / inside / name
                # Copied with its time, so that the next build can see that it is the same.
                if not copy.is_file() or copy.stat().st_mtime != file.stat().st_mtime:
                    copy.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(file, copy)


def _npm(root: Path) -> str:
    what = "The site's mathematics and its Python come from npm packages that are not here: "
    if shutil.which("npm"):
        return f"{what}run `npm ci --ignore-scripts` in {root}, then again."
    return f"{what}install Node.js 20 or newer from nodejs.org, run `npm ci` in {root}, then again."


def build(root: Path) -> bool:
    """Build the site into root/site; a warning is an error. False if it was there and nothing had changed.

    Raises UserError.
    """
    _check(root)
    prepare(root)
    stamp, before = root / "build" / "site.stamp", _stamp(root)
    built = (root / "site" / "index.html").is_file() and stamp.is_file()
    if built and stamp.read_text(encoding="utf-8") == before:
        return False
    _mkdocs(root, "build", "--strict")
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(before, encoding="utf-8")
    return True


def _stamp(root: Path) -> str:
    """The same as long as nothing changes that the site is made of; by names, sizes and times of change."""
    files = [root / "mkdocs.yml", *(root / "docs").rglob("*"), *(root / "minirnn").rglob("*.py")]
    kept = sorted(file for file in files if file.is_file() and "__pycache__" not in file.parts)
    lines = [f"{file} {file.stat().st_size} {file.stat().st_mtime_ns}" for file in kept]
    versions = [f"{name} {version(name)}" for name in PACKAGES]
    return hashlib.sha256("\n".join([*versions, *lines]).encode()).hexdigest()


def serve(root: Path, port: int) -> None:
    """Build the site, serve it on this machine and build again when a file changes, until Ctrl-C."""
    _check(root)
    _mkdocs(root, "serve", "--dev-addr", f"localhost:{port}")


def _check(root: Path) -> None:
    """Raises UsageError, with what to do, if something is missing that the site is built with."""
    try:
        for name in PACKAGES:
            version(name)
    except PackageNotFoundError:
        pip = f"{Path(sys.executable).name} -m pip install --constraint constraints.txt --editable '.[site]'"
        raise UsageError(
            f"The site is built with packages that are not installed: run `{pip}` in {root}."
        ) from None
    copy_assets(root)


def _mkdocs(root: Path, *arguments: str) -> None:
    # The theme advertises its successor at each build.
    settings = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    try:
        done = subprocess.run([sys.executable, "-m", "mkdocs", *arguments], cwd=root, env=settings)
    except KeyboardInterrupt:
        return
    if done.returncode:
        raise UserError("The site was not built: see above.")
