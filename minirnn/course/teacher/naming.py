"""What the name of a handed-in file or folder says: whose it is, which exercise it is, which attempt.

Learning platforms put the learner, numbers and times in front of a file's name; browsers and desktops put
copies' numbers behind it; people write capitals and hyphens. All of that is known here and nowhere else.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

# A file's name in front of each platform's: `who` handed it in, `id` is the platform's number of them.
PLATFORMS = {
    "Moodle": re.compile(r"(?P<who>.+?)(?:_(?P<id>\d+))?_assignsubmission_[a-z0-9]+(?:_(?P<rest>.*))?"),
    "Canvas, anonymous": re.compile(
        r"(?P<late>LATE_)?(?P<who>anon_(?P<id>[A-Za-z0-9]+))_(?:(?P<file>\d+)_(?P<rest>.+)|text\.html|link\.html)"
    ),
    "Canvas": re.compile(
        r"(?P<who>.*?[^\W\d_].*?)_(?P<late>LATE_)?(?P<id>\d+)_(?:(?P<file>\d+)_(?P<rest>.+)|text\.html|link\.html)"
    ),
    "Blackboard": re.compile(r"(?P<who>.+?)_attempt_\d{4}(?:-\d\d){5}(?:_(?P<rest>.*)|\.txt)?"),
    "Brightspace": re.compile(
        r"(?P<id>\d+)-\d+ - (?P<who>.+?) - (?P<date>[A-Z][a-z]+ \d+, \d{4} \d+ [AP]M)(?: - (?P<rest>.+))?"
    ),
    "Gradescope": re.compile(r"(?P<who>submission_(?P<id>\d+))"),
}
# Folders and zips that platforms and drives make around a whole class.
DRIVE = r"-\d{8}T\d{6}Z-(?:\d+-)?\d{3}(?:\.zip)?"
AROUND_A_CLASS = re.compile(
    rf"assignment_\d+_export|.+{DRIVE}|OneDrive_[\d_-]+(?:\.zip)?"
    r"|submitted files|working files|student work",
    re.IGNORECASE,
)
ENDING = re.compile(r"(?:(?:\.py)+(?:\.txt)?|\.ipynb)$", re.IGNORECASE)
NUMBERED = re.compile(r"(?:\s*\((\d+)\)|[\s_-]+v?(\d+))$", re.IGNORECASE)  # handed in or downloaded again
COPY_WORD = "copy|copi[ae]|cópia|kopi[aeo]?"
COPIED = re.compile(rf"(?:\s*\([^()]*\)|[\s_-]+(?:{COPY_WORD}))$", re.IGNORECASE)
COPY_OF = re.compile(rf"^(?:{COPY_WORD})\s*(?:\(\d+\)\s*)?(?:of|von|de|di|van|av|af)\s+", re.IGNORECASE)
STAMP = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[-T _.](\d\d)[-:.h]?(\d\d)(?:[-:.]?(\d\d))?)?")
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
TURN = re.compile(r"(?:attempt|version|versuch|abgabe|submission|revision|try|\bv)[\W_]*(\d+)", re.IGNORECASE)
OLD = re.compile(
    r"(?:(?:old|older|alt|backup|bak|archive|previous)|.+[\W_](?:old|backup|bak))[\W_]*\d*", re.IGNORECASE
)
LONGEST_NAME = 255  # characters; file systems take no more, and zips can hold more


class Named(NamedTuple):
    """Whose something is, as a platform says it.

    rest: the learner's own name of the file, or nothing. upload: Canvas counts all files that it takes in.
    """

    service: str
    who: str
    number: str
    rest: str
    late: bool
    upload: int


def platform(name: str, folder: bool = False) -> Named | None:
    """What the platform's part of a name says; None if no platform made it."""
    if len(name) > LONGEST_NAME:
        return None
    for service, pattern in PLATFORMS.items():
        if match := pattern.fullmatch(name):
            parts = {"id": "", "rest": "", "late": "", "file": "0", **match.groupdict(default="")}
            # Canvas makes files alone; a folder of such a name is what somebody calls a folder.
            if not folder or not service.startswith("Canvas") or re.search(r"_\d{3,}_", name):
                who = parts["who"].strip(" _")
                if (
                    service == "Moodle" and who == "Participant"
                ):  # marked without names: the number is the name
                    who = f"{who} {parts['id']}"
                upload = int((parts["file"] or "0")[:18])
                return Named(service, who, parts["id"], parts["rest"], bool(parts["late"]), upload)
    return None


def blackboard_users(heads: Iterable[str], known: Iterable[str] = ()) -> dict[str, str]:
    """`HW 1_j_smith` -> `j_smith`, for all of a class.

    The name of the assignment is what all have in front; both parts may hold underscores. known: the users
    that the notes beside the files name. Two heads never become one user unless such a note says so, or the
    heads have nothing in common, as those of two assignments.
    """
    every = sorted(set(heads))
    pieces = [head.split("_") for head in every]
    common = 0
    while len(every) > 1 and all(len(p) > common + 1 and p[common] == pieces[0][common] for p in pieces):
        common += 1
    users = {}
    for head, parts in zip(every, pieces, strict=True):
        named = max(
            (user for user in known if head.endswith(f"_{user}") or head == user), key=len, default=""
        )
        users[head] = named or ("_".join(parts[common:]) if common else parts[-1])
    return users


@dataclass(frozen=True)
class Course:
    """The names that count. wanted: exercises to be graded; known: all that there are."""

    wanted: frozenset[str]
    known: frozenset[str]
    lessons: frozenset[str] = frozenset()

    def exercise(self, name: str) -> str:
        """The exercise that a file is called like, known or wanted, or an empty text."""
        return self.recognised(name)[0]

    def recognised(self, name: str) -> tuple[str, int, int]:
        """(exercise, 1 if it was handed in again or -1 if it is somebody's copy, the number of that)."""
        if len(name) > LONGEST_NAME or not ENDING.search(name):
            return "", 0, 0
        named = platform(name)
        for candidate in [name] + ([named.rest] if named and named.rest else []):
            if ending := ENDING.search(candidate):
                found = self._of_stem(candidate[: ending.start()])
                if found[0]:
                    return found
        return "", 0, 0

    def _of_stem(self, stem: str) -> tuple[str, int, int]:
        names = {_squashed(name): name for name in self.known | self.wanted}
        kind = number = 0
        while _squashed(stem) not in names:
            if match := NUMBERED.search(stem):
                kind, number = kind or 1, number or int((match[1] or match[2])[:9])
            elif match := COPIED.search(stem) or COPY_OF.search(stem):
                kind = -1
            else:
                return "", 0, 0
            stem = stem[: match.start()] + stem[match.end() :]
        return names[_squashed(stem)], kind, number

    def later(self, path: str) -> tuple[object, ...]:
        """Sorts files of one exercise: the one that counts has the largest.

        The last attempt, by its time or its number; then the last upload; then a file that is not a copy and
        does not lie among old ones; then the one nearest to the top; then the one with the right name.
        """
        *folders, name = path.split("/")
        exercise, kind, number = self.recognised(name)
        zips = [re.sub(r"(?i)\.zip$", "", part) for part in folders if part.lower().endswith(".zip")]
        again = [int((m[1] or m[2])[:9]) for stem in zips if (m := NUMBERED.search(stem))]
        return (
            not any(part.lower() == "working files" for part in folders),
            stamps("/".join([*folders, re.sub(r"\([^()]*\)", "", name)])),
            [int(n[:9]) for part in folders for n in TURN.findall(part)],
            [found.upload for part in path.split("/") if (found := platform(part))],
            again,
            not any(OLD.fullmatch(part) for part in folders),
            kind if kind < 0 else number,
            number,
            -len(folders),
            spelled(name, exercise),
        )

    def owned(self, name: str) -> tuple[str, str]:
        """(who, the rest) of a name with both: `Ada - rnn_step.py`, `rnn_step_ada.py`; or empty texts."""
        ending = ENDING.search(name) if len(name) <= LONGEST_NAME else None
        stem = name[: ending.start()] if ending else ""
        pieces = re.split(r"(\s+-\s+|[\s_-])", stem)
        cuts = range(1, len(pieces) - 1, 2)
        halves = [("".join(pieces[:cut]), "".join(pieces[cut + 1 :])) for cut in cuts]
        both = [(front, back) for front, back in halves] + [(back, front) for front, back in reversed(halves)]
        for who, rest in both:
            if who.strip() and self._of_stem(rest)[0]:
                return who.strip(), rest + name[len(stem) :]
        return "", ""


def spelled(name: str, exercise: str) -> bool:
    """Whether a file is called just as it should be, but for what a platform puts in front."""
    named = platform(name)
    return f"{exercise}.py" in (name, named.rest if named else "")


def stamps(path: str) -> list[str]:
    """The dates and times in a path, as digits that sort."""
    found = ["".join(part or "00" for part in match) for match in STAMP.findall(path)]
    pattern = r" - ([A-Z][a-z]{2})[a-z]* (\d+), (\d{4}) (\d+?)(\d\d) ([AP])M"
    for month, day, year, hour, minute, half in re.findall(pattern, path):
        if month.lower() in MONTHS:
            twelve = int(hour) % 12 + (12 if half == "P" else 0)
            found.append(f"{year}{MONTHS.index(month.lower()) + 1:02}{int(day):02}{twelve:02}{minute}00")
    return found


def _squashed(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()
