"""What a class handed in: folders, zip files and the names that learning platforms give them.

Nothing is unpacked to disk. A zip is read member by member, and only members that are called like an
exercise are read at all, at most 250 kB of each: a path that climbs out of the folder or a file that unpacks
to terabytes stays what it is, a name in a list. Links are not followed.
"""

import os
import re
import stat
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from minirnn.course.engine import LONGEST
from minirnn.errors import UsageError

MOST_FILES = 5000  # looked at per learner; more is not a submission of this course
# Who handed it in, in the names of Moodle, Canvas, Blackboard and Gradescope; then what is left of the file.
PLATFORMS = (
    re.compile(r"(?P<who>.+?)_(?P<id>\d+)_assignsubmission_\w+?_(?P<rest>.*)"),
    re.compile(r"(?P<who>[^_]+)_(?:LATE_)?(?P<id>\d+)_\d+_(?P<rest>.+)"),
    re.compile(r".+?_(?P<who>[^_]+)_attempt_[\d-]+(?:_(?P<rest>.*))?"),
    re.compile(r"(?P<who>submission_\d+)(?P<rest>)"),
)
COPY = re.compile(r"(?: ?\(\d+\)|-\d+)$")  # "rnn_step (1).py", "rnn_step-2.py": uploaded again


@dataclass
class Submission:
    """All that one learner handed in.

    files: exercise id -> bytes. problems: exercise id -> (verdict, sentence). notes: for the teacher.
    """

    learner: str
    files: dict[str, bytes] = field(default_factory=dict)
    problems: dict[str, tuple[str, str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def collect(place: Path, ids: Iterable[str]) -> list[Submission]:
    """One submission for each learner, in the order of their names. Raises UsageError if there are none.

    place: a folder with one folder, zip or set of files for each learner; or the zip that a platform made.
    """
    wanted = frozenset(ids)
    if place.is_file() and zipfile.is_zipfile(place):
        found = list(_members(place, wanted))
        tops = {PurePosixPath(name).parts[0] for name, _, _ in found}
        entries = [(top, [f for f in found if PurePosixPath(f[0]).parts[0] == top]) for top in sorted(tops)]
        single = {PurePosixPath(name).name for name, _, _ in found} == tops and not any(map(_platform, tops))
        groups = {place.stem: found} if single else _grouped(entries)
    elif place.is_dir():
        groups = _grouped((path.name, list(_entry(path, wanted))) for path in sorted(place.iterdir()))
    else:
        raise UsageError(f"{place} is neither a folder nor a zip file: give the folder of all submissions.")
    submissions = [_submission(learner, files, wanted) for learner, files in sorted(groups.items())]
    if not submissions:
        raise UsageError(f"{place} is empty: expected a folder or a zip for each learner in it.")
    return submissions


Found = tuple[str, bytes, str]  # path, bytes, problem


def _grouped(entries: Iterable[tuple[str, list[Found]]]) -> dict[str, list[Found]]:
    """Files by learner; several files of one learner may lie side by side."""
    groups: dict[tuple[str, str], list[Found]] = {}
    for name, files in entries:
        if name.startswith((".", "__MACOSX")):
            continue
        match = _platform(name)
        learner = match["who"].strip() if match else re.sub(r"\.(zip|py)$", "", name)
        number = match.groupdict().get("id") or "" if match else ""
        groups.setdefault((learner, number), []).extend(files)
    # Two learners may have the same name; then the platform's number tells them apart.
    often = Counter(learner for learner, _ in groups)
    return {
        f"{learner} ({number})" if number and often[learner] > 1 else learner: files
        for (learner, number), files in groups.items()
    }


def _platform(name: str) -> "re.Match[str] | None":
    return next((match for pattern in PLATFORMS if (match := pattern.fullmatch(name))), None)


def _entry(path: Path, wanted: frozenset[str]) -> Iterator[Found]:
    """The files of interest in one entry of the class's folder."""
    if path.is_symlink():
        yield path.name, b"", "it is a link, and links are not followed"
    elif path.is_dir():
        for number, (folder, names) in enumerate(_walk(path)):
            for name in names:
                file = folder / name
                if zipfile_like(file):
                    yield from _members(file, wanted)
                elif exercise_of(name, wanted):
                    yield str(file.relative_to(path)), *_content(file)
            if number > MOST_FILES:
                return
    elif zipfile_like(path):
        yield from _members(path, wanted)
    elif exercise_of(path.name, wanted):
        yield path.name, *_content(path)


def _walk(top: Path) -> Iterator[tuple[Path, list[str]]]:
    """Folders and the names in them that may be files, and folders that are called like one."""
    for folder, folders, names in os.walk(top, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        strange = [name for name in folders if name.endswith(".py")]
        yield Path(folder), sorted(names + strange)


def zipfile_like(path: Path) -> bool:
    """Whether this is a zip file, by its name and its end."""
    try:
        return path.suffix.lower() == ".zip" and not path.is_symlink() and zipfile.is_zipfile(path)
    except OSError:
        return False


def _content(file: Path) -> tuple[bytes, str]:
    """(bytes, problem) of a file that may be anything."""
    try:
        mode = file.lstat().st_mode
        if stat.S_ISLNK(mode):
            return b"", "it is a link, and links are not followed"
        if stat.S_ISDIR(mode):
            return b"", "it is a folder, expected a file"
        if not stat.S_ISREG(mode):
            return b"", "it is not a regular file"
        with file.open("rb") as stream:
            return stream.read(LONGEST + 1), ""
    except OSError as error:
        return b"", f"it cannot be read ({error.strerror})"


def _members(path: Path, wanted: frozenset[str]) -> Iterator[Found]:
    """The members of a zip that are called like an exercise."""
    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist()[:MOST_FILES]:
                name = info.filename.replace("\\", "/")
                if info.is_dir() or not exercise_of(PurePosixPath(name).name, wanted):
                    continue
                if name.startswith("__MACOSX/"):
                    continue
                if stat.S_ISLNK(info.external_attr >> 16):
                    yield name, b"", "it is a link, and links are not followed"
                elif (
                    name.startswith("/") or ".." in PurePosixPath(name).parts or re.match(r"[A-Za-z]:", name)
                ):
                    yield name, b"", "its path in the zip leads out of the folder"
                elif info.flag_bits & 1:
                    yield name, b"", "the zip is locked with a password"
                else:
                    with archive.open(info) as stream:
                        yield name, stream.read(LONGEST + 1), ""
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        yield path.name, b"", f"the zip {path.name} is broken ({error})"
    except Exception as error:  # zlib.error and what other compressions raise
        yield path.name, b"", f"the zip {path.name} is broken ({error})"


def exercise_of(name: str, wanted: frozenset[str]) -> str:
    """The exercise that a file is called like, or an empty text."""
    match = _platform(name)
    for candidate in (name, match["rest"] or "" if match else ""):
        if candidate.lower().endswith(".py"):
            stem = COPY.sub("", candidate[:-3])
            if stem in wanted:
                return stem
    return ""


def _submission(learner: str, found: list[Found], wanted: frozenset[str]) -> Submission:
    """Choose one file for each exercise; say so if there was a choice."""
    submission = Submission(learner)
    candidates: dict[str, list[Found]] = {}
    for path, data, problem in found:
        exercise = exercise_of(PurePosixPath(path).name, wanted)
        if exercise:
            candidates.setdefault(exercise, []).append((path, data, problem))
        else:
            submission.notes.append(f"{path}: {problem}.")
    for exercise, files in candidates.items():
        # A file that can be read before one that cannot; the highest number of a copy; the shallowest.
        files.sort(key=lambda f: (bool(f[2]), -_copy(f[0]), f[0].count("/"), f[0]))
        path, data, problem = files[0]
        if problem:
            submission.problems[exercise] = ("unreadable", f"{path}: {problem}.")
        else:
            submission.files[exercise] = data
        if len({data for _, data, bad in files if not bad}) > 1:
            submission.notes.append(f"{exercise}: {len(files)} different files; graded {path}.")
    return submission


def _copy(path: str) -> int:
    match = re.search(r"(\d+)\)?\.py$", path) if COPY.search(path[:-3]) else None
    return int(match[1]) if match else 0
