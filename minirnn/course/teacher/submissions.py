"""What a class handed in: folders, zip files and the names that learning platforms give them.

    the tree of names -> who handed in what -> one file for each exercise

archives.py reads the tree, people.py says who, naming.py what a name means. Nobody is lost, invented or
merged: whatever is passed over is named in the result, and so is every choice between files.
"""

import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from minirnn.base.errors import UsageError, UserError
from minirnn.course import bank
from minirnn.course.teacher import archives, naming
from minirnn.course.teacher.archives import Entry, is_zip
from minirnn.course.teacher.naming import Course
from minirnn.course.teacher.people import OTHER_ARCHIVES, People, platform_of

PASSED_OVER = "Passed over: "
MOST_NAMED = 50  # files of one folder; where there are more, the folder is named
MOST_READ = 20  # files of one learner for one exercise


@dataclass
class Submission:
    """All that one learner handed in.

    files: exercise id -> bytes. problems: exercise id -> (verdict, sentence). notes: for the teacher.
    """

    learner: str
    files: dict[str, bytes] = field(default_factory=dict)
    problems: dict[str, tuple[str, str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass
class Class:
    """A class. passed_over: what belongs to nobody, each with its reason."""

    submissions: list[Submission]
    passed_over: list[str] = field(default_factory=list)


def collect(place: Path, ids: Iterable[str]) -> list[Submission]:
    """One submission for each learner, in the order of their names. Raises UsageError if there are none."""
    return take_in(place, ids).submissions


def take_in(place: Path, ids: Iterable[str]) -> Class:
    """All that a class handed in. Raises UsageError if there is nobody, UserError for a zip that is broken.

    place: a folder with one folder, zip or set of files for each learner; or the zip that a platform made.
    """
    course, top = _course(ids), _tree(place)
    try:
        people = People(course, top, loose=place.is_file())
        found = people.found()
        if not found:
            said = f": passed over {', '.join(people.passed_over)}" if people.passed_over else ""
            raise UsageError(f"{place} is empty: expected a folder or a zip for each learner in it{said}.")
        submissions = [choose(learner, entries, course) for learner, entries in found]
        return Class(sorted(submissions, key=lambda each: each.learner), people.passed_over)
    finally:
        archives.forget()


def take_one(place: Path, ids: Iterable[str], learner: str = "") -> Submission:
    """The submission of one learner, wherever the files lie in this folder, by the same rules."""
    course, top = _course(ids), _tree(place)
    try:
        return choose(learner, top.children or [], course)
    finally:
        archives.forget()


def exercise_of(name: str, wanted: frozenset[str]) -> str:
    """The wanted exercise that a file of Python is called like, or an empty text."""
    found = _course(wanted).exercise(name)
    return found if found in wanted and not _is_notebook(name) else ""


def _course(ids: Iterable[str]) -> Course:
    lessons = bank.course()
    known = frozenset(exercise.id for lesson in lessons for exercise in lesson.exercises)
    folders = frozenset(name for lesson in lessons for name in (lesson.name, *lesson.formerly))
    return Course(frozenset(ids), known, folders)


def _tree(place: Path) -> Entry:
    if not place.is_dir() and not (place.is_file() and (is_zip(place.name) or zipfile.is_zipfile(place))):
        raise UsageError(f"{place} is neither a folder nor a zip file: give the folder of all submissions.")
    top = archives.read_tree(place)
    if top.problem:
        advice = " Download it once more." if place.is_file() else ""
        raise UserError(f"{place} cannot be read: {top.problem}.{advice}")
    return top


def _is_notebook(name: str) -> bool:
    return name.lower().endswith(".ipynb")


def choose(learner: str, entries: list[Entry], course: Course) -> Submission:
    """One file for each exercise out of all that a learner handed in, the last one. Notes say the rest."""
    submission = Submission(learner)
    candidates: dict[str, list[Entry]] = {}
    notebooks: dict[str, list[Entry]] = {}
    passed_over: list[str] = []
    broken: list[str] = []  # and what was to be graded may lie in it
    for file in (file for entry in entries for file in entry.files()):
        exercise = "" if file.junk else course.exercise(file.name)
        if file.problem and not exercise:
            holds_more = file.children is not None or is_zip(file.name) or "." not in file.name
            (broken if holds_more else submission.notes).append(f"{file.path}: {file.problem}.")
        elif exercise in course.wanted and _is_notebook(file.name):
            notebooks.setdefault(exercise, []).append(file)
        elif exercise in course.wanted:
            candidates.setdefault(exercise, []).append(file)
        elif OTHER_ARCHIVES.search(file.name):
            broken.append(f"{file.path}: this kind of archive is not read, ask for a zip.")
        else:
            passed_over.append(file.path + ("/" if file.children is not None else ""))
    for exercise in sorted(candidates):
        _choose_one(submission, exercise, candidates[exercise], course)
    for exercise in sorted(notebooks):
        paths = [file.path for file in notebooks[exercise]]
        if exercise in candidates:
            passed_over += paths
            continue
        said = (
            f"{', '.join(paths)}: a notebook is not graded, expected {exercise}.py with the function in it."
        )
        submission.problems[exercise] = ("unreadable", said)
        submission.notes.append(said)
    for exercise in course.wanted - submission.files.keys() - submission.problems.keys():
        if broken:
            submission.problems[exercise] = ("unreadable", " ".join(broken))
    submission.notes += broken
    late = {entry.path for entry in entries if (named := platform_of(entry)) and named.late}
    submission.notes += [f"{path}: Canvas says that it is late." for path in sorted(late)]
    if passed_over:
        submission.notes.append(f"{PASSED_OVER}{', '.join(_in_short(passed_over))}.")
    return submission


def _in_short(paths: list[str]) -> Iterator[str]:
    """The paths; of a folder with very many of them, its name and their number."""
    many = Counter(path.rpartition("/")[0] for path in paths)
    said = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        if many[folder] <= MOST_NAMED:
            yield path
        elif folder not in said:
            said.add(folder)
            yield f"{folder or 'at the top'} ({many[folder]} files)"


def _choose_one(submission: Submission, exercise: str, files: list[Entry], course: Course) -> None:
    # Of one path in a zip the later member counts; where nothing tells two files apart, the first name.
    files = files[::-1]
    files.sort(key=lambda file: file.path)
    files.sort(key=lambda file: course.later(file.path), reverse=True)
    read = [(file, *file.content()) for file in files[:MOST_READ]]
    readable = [(file, data) for file, data, problem in read if not problem]
    submission.notes += [f"{file.path}: {problem}." for file, _, problem in read if problem]
    if not readable:
        file, _, problem = read[0]
        submission.problems[exercise] = ("unreadable", f"{file.path}: {problem}.")
        return
    file, data = readable[0]
    submission.files[exercise] = data
    others = list(_in_short([other.path for other in files if other is not file]))
    if len({data for _, data in readable}) > 1 or len(files) > MOST_READ:
        said = f"{exercise}: {len(files)} different files; graded {file.path}, not {', '.join(others)}."
        submission.notes.append(said)
    elif others:
        submission.notes.append(f"{exercise}: the same file {len(files)} times; graded {file.path}.")
    elif not naming.spelled(file.name, exercise):
        submission.notes.append(f"{exercise}: graded {file.path}.")
