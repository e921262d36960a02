"""Whose is what: the learners of a class, and all that each of them handed in.

    the tree of names -> what lies in the class, without the folders around it -> learner: entries

Folders, zips and files of a class are somebody's by the platform's name or by their own; a folder around all
of them is nobody's. What belongs to nobody is passed over and named.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from minirnn.course.teacher import naming
from minirnn.course.teacher.archives import Entry, is_zip
from minirnn.course.teacher.naming import Course, Named, platform
from minirnn.course.teacher.rosters import gradescope_people, is_roster, name_in_note

DEEPEST_CLASS = 6  # folders around a class
SHEETS = re.compile(
    r"\.(?:csv|tsv|xlsx?|ods|db|log)$", re.IGNORECASE
)  # of a teacher: Canvas's names fit many
OTHER_ARCHIVES = re.compile(r"\.(?:rar|7z|tar|tgz|tar\.gz|gz|bz2|xz)$", re.IGNORECASE)


def is_code(entry: Entry) -> bool:
    """Whether it is a file that is called like one of Python, by any ending that systems make of it."""
    return entry.children is None and naming.ENDING.search(entry.name) is not None


def _stem(name: str) -> str:
    ending = rf"(?i)(?:{naming.DRIVE}|\.(?:zip|py|ipynb))$"
    return re.sub(ending, "", OTHER_ARCHIVES.sub("", name)) or name


@dataclass
class People:
    """The people of a class. loose: the top is a zip, in which one folder around all is usual."""

    course: Course
    top: Entry
    loose: bool
    passed_over: list[str] = field(default_factory=list)
    levels: dict[Entry, list[Entry]] = field(default_factory=dict)

    def found(self) -> list[tuple[str, list[Entry]]]:
        """(name, entries) of everybody, in no order; `passed_over` then says what is nobody's."""
        return list(_labelled(self._people(self._level(self.top, 0))))

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
        if entry.children is None or entry.junk or entry.problem or platform_of(entry):
            return False
        if naming.AROUND_A_CLASS.fullmatch(entry.name):
            return True
        below = self._level(entry, depth)
        found = [platform_of(child) for child in below if self._is_work(child)]
        if people := {(named.who, named.number) for named in found if named}:
            # Somebody may keep a file as Canvas called it; what other platforms make is of a class.
            sure = all(named and not named.service.startswith("Canvas") for named in found)
            return alone or sure or len(people) > 1
        if not alone:
            return False
        if len({self.course.owned(child.name)[0] for child in below} - {""}) > 1:
            return True
        folders = [child for child in below if self._may_be_somebody(child)]
        code = any(map(is_code, entry.children))
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
            (named.who for entry in level if (named := platform_of(entry)) and named.service == "Blackboard"),
            [user for note in notes if (user := name_in_note(note))],
        )
        members: dict[str, list[tuple[str, str]]] = {}
        for entry in level:
            if is_roster(entry.name):
                members |= gradescope_people(entry.content()[0])
        canvas = any(_is_canvas(entry) for entry in level if self._is_work(entry))
        for entry in level:
            # Many a name looks as if Canvas had made it: alone, it has to be that of work.
            named = platform_of(entry)
            if named and (canvas or self._is_work(entry) or not _is_canvas(entry)):
                if named.service == "Blackboard":
                    keys = [(users[named.who], "")]
                else:
                    keys = members.get(named.who) or _members(entry) or [(named.who, named.number)]
            elif reason := self._is_nobodys(entry):
                self.passed_over.append(entry.path + reason)
                continue
            else:
                who, rest = self.course.owned(entry.name) if is_code(entry) else ("", "")
                plain = entry.children is not None and not is_zip(entry.name)
                keys = [(who or (entry.name if plain else _stem(entry.name)), "")]
                entry.name = rest or entry.name
            for key in keys:
                people.setdefault(key, []).append(entry)
        return people

    def _is_one_learner(self, level: list[Entry]) -> bool:
        """Whether there are only files and lessons: the work of one learner."""
        if any(platform_of(entry) for entry in level if self._is_work(entry)):
            return False
        folders = [entry for entry in level if self._may_be_somebody(entry) and self._holds_work(entry)]
        lessons = [entry for entry in level if entry.name in self.course.lessons]
        loose = [entry for entry in level if is_code(entry) and self.course.exercise(entry.name)]
        owners = {
            self.course.owned(entry.name)[0] for entry in level if is_code(entry) and entry not in loose
        }
        return bool(loose or lessons) and not folders and len(owners - {""}) < 2

    def _holds_work(self, entry: Entry) -> bool:
        return bool(entry.problem) or any(is_code(file) or file.problem for file in entry.files())

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
        if not is_code(entry):
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
    named = platform_of(entry)
    return named is not None and named.service == "Canvas" and bool(named.rest)


def platform_of(entry: Entry) -> Named | None:
    """What a platform's name for it says, or None; a sheet of marks is not taken for a work of Canvas's."""
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
