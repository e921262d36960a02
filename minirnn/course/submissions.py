"""What a class handed in: folders, zip files and the names that learning platforms give them.

    the tree of names -> the entries of the class -> who handed in what -> one file for each exercise

archives.py reads the tree, naming.py the names. Nobody is lost, invented or merged: whatever is passed over
is named in the result, and so is every choice between files.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from minirnn.course import archives, bank, naming
from minirnn.course.archives import Entry, is_zip
from minirnn.course.naming import Course, Named, platform
from minirnn.course.rosters import gradescope_people, is_roster, name_in_note
from minirnn.errors import UsageError, UserError

DEEPEST_CLASS = 6  # folders around a class
PASSED_OVER = "Passed over: "
MOST_NAMED = 50  # files of one folder; where there are more, the folder is named
MOST_READ = 20  # files of one learner for one exercise
SHEETS = re.compile(
    r"\.(?:csv|tsv|xlsx?|ods|db|log)$", re.IGNORECASE
)  # of a teacher: Canvas's names fit many
OTHER_ARCHIVES = re.compile(r"\.(?:rar|7z|tar|tgz|tar\.gz|gz|bz2|xz)$", re.IGNORECASE)


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
        return _Sorted(course, top, place.is_file()).class_of(place)
    finally:
        archives.forget()


def take_one(place: Path, ids: Iterable[str], learner: str = "") -> Submission:
    """The submission of one learner, wherever the files lie in this folder, by the same rules."""
    course, top = _course(ids), _tree(place)
    try:
        return choose(learner, [top], course)
    finally:
        archives.forget()


def exercise_of(name: str, wanted: frozenset[str]) -> str:
    """The wanted exercise that a file of Python is called like, or an empty text."""
    found = _course(wanted).exercise(name)
    return found if found in wanted and not _is_notebook(name) else ""


def _course(ids: Iterable[str]) -> Course:
    lessons = bank.course()
    known = frozenset(exercise.id for lesson in lessons for exercise in lesson.exercises)
    return Course(frozenset(ids), known, frozenset(lesson.id for lesson in lessons))


def _tree(place: Path) -> Entry:
    if not place.is_dir() and not (place.is_file() and (is_zip(place.name) or zipfile.is_zipfile(place))):
        raise UsageError(f"{place} is neither a folder nor a zip file: give the folder of all submissions.")
    top = archives.read_tree(place)
    if top.problem:
        raise UserError(f"{place} cannot be read: {top.problem}. Download it once more.")
    return top


def _is_notebook(name: str) -> bool:
    return name.lower().endswith(".ipynb")


def _is_code(entry: Entry) -> bool:
    return entry.children is None and naming.ENDING.search(entry.name) is not None


def _stem(name: str) -> str:
    ending = rf"(?i)(?:{naming.DRIVE}|\.(?:zip|py|ipynb))$"
    return re.sub(ending, "", OTHER_ARCHIVES.sub("", name)) or name


@dataclass
class _Sorted:
    """Whose is what. loose: the top is a zip, in which one folder around all is usual."""

    course: Course
    top: Entry
    loose: bool
    passed_over: list[str] = field(default_factory=list)
    levels: dict[Entry, list[Entry]] = field(default_factory=dict)

    def class_of(self, place: Path) -> Class:
        level = self._level(self.top, 0)
        people = self._people(level)
        if not people:
            said = f": passed over {', '.join(self.passed_over)}" if self.passed_over else ""
            raise UsageError(f"{place} is empty: expected a folder or a zip for each learner in it{said}.")
        submissions = [choose(who, entries, self.course) for who, entries in _labelled(people)]
        return Class(sorted(submissions, key=lambda each: each.learner), self.passed_over)

    def _level(self, entry: Entry, depth: int) -> list[Entry]:
        """What lies in the class: what only lies around it, such as the folder of an export, is opened."""
        if entry not in self.levels:
            level = self.levels[entry] = []
            counting = [child for child in entry.children or [] if self._counts(child)]
            alone = len(counting) == 1
            for child in entry.children or []:
                around = depth < DEEPEST_CLASS and self._around_people(child, alone, entry, depth + 1)
                level += self._level(child, depth + 1) if around else [child]
        return self.levels[entry]

    def _counts(self, entry: Entry) -> bool:
        """Whether it may be all that lies in a folder: other files may always lie beside it."""
        named = self.course.exercise(entry.name) or self.course.owned(entry.name)[0]
        return not entry.junk and bool(entry.children is not None or named)

    def _around_people(self, entry: Entry, alone: bool, parent: Entry, depth: int) -> bool:
        """Whether this folder or zip is not somebody's, but holds those of several."""
        if entry.children is None or entry.junk or entry.problem or _platform_of(entry):
            return False
        if naming.AROUND_A_CLASS.fullmatch(entry.name):
            return True
        below = self._level(entry, depth)
        found = [_platform_of(child) for child in below if self._is_work(child)]
        if people := {(named.who, named.number) for named in found if named}:
            # Somebody may keep a file as Canvas called it; what other platforms make is of a class.
            sure = all(named and not named.service.startswith("Canvas") for named in found)
            return alone or sure or len(people) > 1
        if not alone:
            return False
        if len({self.course.owned(child.name)[0] for child in below} - {""}) > 1:
            return True
        folders = [child for child in below if self._may_be_somebody(child)]
        code = any(map(_is_code, entry.children))
        around = _stem(parent.name)
        if _stem(entry.name) in (around, naming.NUMBERED.sub("", around)) and folders and not code:
            return True  # class.zip or class (1).zip with class/ in it
        exercises = [self._exercises(folder) for folder in folders]
        shared = sum(map(len, exercises)) > len(set().union(*exercises))
        return len(folders) > 1 and (shared or (self.loose and not code and not all(exercises)))

    def _is_work(self, entry: Entry) -> bool:
        return entry.children is not None or bool(self.course.exercise(entry.name))

    def _may_be_somebody(self, entry: Entry) -> bool:
        name = entry.name
        parts_of_work = name in self.course.lessons or naming.OLD.fullmatch(name) or naming.TURN.search(name)
        return entry.children is not None and not entry.junk and not parts_of_work

    def _exercises(self, entry: Entry) -> set[str]:
        return {self.course.exercise(file.name) for file in entry.files()} - {""}

    def _people(self, level: list[Entry]) -> dict[tuple[str, str], list[Entry]]:
        """(name, number of the platform) -> what is theirs."""
        if self._is_one_learner(level):
            return {(_stem(self.top.name), ""): level}
        people: dict[tuple[str, str], list[Entry]] = {}
        notes = [entry.content()[0] for entry in level if re.search(r"_attempt_[\d-]+\.txt$", entry.name)]
        users = naming.blackboard_users(
            (
                named.who
                for entry in level
                if (named := _platform_of(entry)) and named.service == "Blackboard"
            ),
            [user for note in notes if (user := name_in_note(note))],
        )
        members: dict[str, list[tuple[str, str]]] = {}
        for entry in level:
            if is_roster(entry.name):
                members |= gradescope_people(entry.content()[0])
        canvas = any(_is_canvas(entry) for entry in level if self._is_work(entry))
        for entry in level:
            # Many a name looks as if Canvas had made it: alone, it has to be that of work.
            named = _platform_of(entry)
            if named and (canvas or self._is_work(entry) or not _is_canvas(entry)):
                if named.service == "Blackboard":
                    keys = [(users[named.who], "")]
                else:
                    keys = members.get(named.who) or _members(entry) or [(named.who, named.number)]
            elif reason := self._is_nobodys(entry):
                self.passed_over.append(entry.path + reason)
                continue
            else:
                who, rest = self.course.owned(entry.name) if _is_code(entry) else ("", "")
                plain = entry.children is not None and not is_zip(entry.name)
                keys = [(who or (entry.name if plain else _stem(entry.name)), "")]
                entry.name = rest or entry.name
            for key in keys:
                people.setdefault(key, []).append(entry)
        return people

    def _is_one_learner(self, level: list[Entry]) -> bool:
        """Whether there are only files and lessons: the work of one learner."""
        if any(_platform_of(entry) for entry in level if self._is_work(entry)):
            return False
        folders = [entry for entry in level if self._may_be_somebody(entry) and self._holds_work(entry)]
        lessons = [entry for entry in level if entry.name in self.course.lessons]
        loose = [entry for entry in level if _is_code(entry) and self.course.exercise(entry.name)]
        owners = {
            self.course.owned(entry.name)[0] for entry in level if _is_code(entry) and entry not in loose
        }
        return bool(loose or lessons) and not folders and len(owners - {""}) < 2

    def _holds_work(self, entry: Entry) -> bool:
        return bool(entry.problem) or any(_is_code(file) or file.problem for file in entry.files())

    def _is_nobodys(self, entry: Entry) -> str:
        """Why an entry of the class is nobody's, to follow its name; nothing if it is somebody's."""
        if entry.junk:
            return " (not handed in by anybody)"
        if entry.children is not None:
            names = {child.name for child in entry.children}
            if entry.name in self.course.lessons:
                return " (a lesson's folder beside those of the learners)"
            ours = "seed.txt" in names and names & {"grades.json", "results"}
            return " (grades that this program wrote)" if ours else ""
        if is_roster(entry.name):
            return " (read for the names in it)"
        if OTHER_ARCHIVES.search(entry.name) or (entry.problem and "." not in entry.name):
            return ""
        if not _is_code(entry):
            return " (no folder, zip or file of Python)"
        if self.course.exercise(entry.name):
            return " (it lies beside the folders of the learners, and its name says no learner)"
        return ""


def _members(entry: Entry) -> list[tuple[str, str]]:
    """Who is named in a list inside a submission itself."""
    for child in entry.children or []:
        if is_roster(child.name):
            lines = child.content()[0].decode("utf-8-sig", "replace").splitlines()
            text = "\n".join([f"{entry.name}:", *(f"  {line}" for line in lines)])
            return gradescope_people(text.encode()).get(entry.name, [])
    return []


def _is_canvas(entry: Entry) -> bool:
    """Whether it is called as Canvas calls files, but for those that nobody else calls so."""
    named = _platform_of(entry)
    return named is not None and named.service == "Canvas" and bool(named.rest)


def _platform_of(entry: Entry) -> Named | None:
    named = platform(entry.name, folder=entry.children is not None and not is_zip(entry.name))
    return None if named and named.service == "Canvas" and SHEETS.search(entry.name) else named


def _labelled(people: dict[tuple[str, str], list[Entry]]) -> Iterator[tuple[str, list[Entry]]]:
    """A name of their own for everybody: of two with the same one, each has the platform's number."""
    names = [name for name, _ in people]
    taken: set[str] = {name for name, number in people if not number or names.count(name) == 1}
    for (name, number), entries in people.items():
        label = name
        if number and names.count(name) > 1:
            label = f"{name} ({number})"
            while label in taken:
                label += "*"
            taken.add(label)
        yield label, entries


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
    late = {entry.path for entry in entries if (named := _platform_of(entry)) and named.late}
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
