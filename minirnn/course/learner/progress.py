"""What a learner has done so far: progress.json in a workspace, and the check that writes to it.

    {"what": "minirnn workspace", "format": 1, "version": "0.1.0",
     "exercises": {"combine": {"file": "NN_scan/combine.py", "points": 5, "solved": "2026-11-21", ...}}}

It is read anew before every change, and locked until that is written, so that a check in one window does not
undo that of another.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minirnn import __version__
from minirnn.base.errors import UsageError, UserError
from minirnn.base.files import write_atomic
from minirnn.base.wording import command
from minirnn.course import bank
from minirnn.course.exercise_files import Exercise
from minirnn.course.learner.lock import locked

if TYPE_CHECKING:
    from minirnn.course.grading.box import Box
    from minirnn.course.grading.engine import Result

FORMAT = 1
PROGRESS, CONFIG = "progress.json", "pytest.ini"
NOWHERE = "There is no workspace here: change into yours, or make one with `{} start FOLDER`."
MARK, PLUGIN = "minirnn workspace", "minirnn.course.learner.plugin"  # in the one and in the other


class Unusable(UserError):
    """A progress.json that is missing, broken or too old; `update` can make a new one."""


@dataclass
class State:
    """What was done in one exercise. stub, statement: hashes of what the two files were made from.

    points: the most so far. solved: the day, or "". stuck_at: where the last check failed, and stuck: how
    often in a row it failed there.
    """

    file: str
    stub: str
    statement: str
    points: int = 0
    solved: str = ""
    attempts: int = 0
    hints: int = 0
    solution_seen: bool = False
    stuck_at: str = ""
    stuck: int = 0


@dataclass
class Workspace:
    """A folder that `start` made. version: of the course that last wrote it; states: by exercise.

    trouble: why the last check could not be written down, or nothing.
    """

    folder: Path
    version: str = __version__
    states: dict[str, State] = field(default_factory=dict)
    trouble: str = ""

    def path(self, exercise: Exercise) -> Path:
        """Where the learner's file lies."""
        return self.folder / exercise.filename

    def read(self, exercise: Exercise) -> bytes:
        """The learner's file. Raises UserError, with what to do, if there is none."""
        if exercise.id not in self.states:
            advice = f"`{command()} update` brings it, and keeps your files."
            raise UserError(f"{exercise.id} is not in this workspace yet: {advice}")
        try:
            return self.path(exercise).read_bytes()
        except FileNotFoundError:
            advice = f"`{command()} reset {exercise.id}` writes a new one."
            if self.moved(exercise):
                advice = f"`{command()} update` brings {self.state(exercise).file} there."
            raise UserError(f"{exercise.filename} is missing: {advice}") from None
        except OSError as error:
            raise UserError(f"{exercise.filename} cannot be read: {error.strerror or error}.") from None

    def moved(self, exercise: Exercise) -> bool:
        """Whether its file still lies where an older version of the course had it."""
        file = self.state(exercise).file
        return file != exercise.filename and (self.folder / file).is_file()

    def state(self, exercise: Exercise) -> State:
        """What was done in that exercise; a fresh state if it is not in this workspace yet."""
        return self.states.get(exercise.id) or State(exercise.filename, "", "")

    def begun(self, exercise: Exercise) -> bool:
        """Whether the learner has changed the file."""
        try:
            return digest(self.path(exercise).read_bytes()) != self.state(exercise).stub
        except OSError:
            return False

    def solved(self) -> int:
        """How many exercises of the course are solved."""
        return sum(bool(self.state(exercise).solved) for exercise in bank.exercises())

    def current(self) -> Exercise | None:
        """The first exercise of the course that is not solved."""
        return next((e for e in bank.exercises() if not self.state(e).solved), None)

    def next_after(self, exercise: Exercise) -> Exercise | None:
        """The first unsolved exercise after that one, else the first of all others, else None."""
        every = bank.exercises()
        here = every.index(exercise)
        rest = [*every[here + 1 :], *every[:here]]
        return next((e for e in rest if not self.state(e).solved), None)

    def note(self, exercise: Exercise) -> str:
        """What a learner should know about the age of this workspace, or nothing."""
        advice = f"`{command()} update` brings what is new and keeps your work."
        state = self.states.get(exercise.id)
        if state is not None:
            new = state.stub != digest(exercise.stub()) and not self.begun(exercise)
            if new or state.statement != digest(exercise.statement()):
                return f"There is a new version of {exercise.id}: {advice}"
        if self.version != __version__:
            versions = f"version {self.version} of the course, and this is version {__version__}"
            return f"This workspace is of {versions}: {advice}"
        return ""

    def save(self) -> None:
        """Write progress.json."""
        content = {"what": MARK, "format": FORMAT, "version": self.version}
        exercises = {name: asdict(state) for name, state in self.states.items()}
        write_atomic(self.folder / PROGRESS, json.dumps({**content, "exercises": exercises}, indent=1) + "\n")

    @contextmanager
    def change(self, exercise: Exercise) -> Iterator[State]:
        """The state, to be changed; what another command wrote in the meantime is kept."""
        with locked(self.folder):
            now = load(self.folder)
            self.version, self.states = now.version, now.states
            yield self.states.setdefault(exercise.id, State(exercise.filename, "", ""))
            self.save()


def check(
    workspace: Workspace, exercise: Exercise, data: bytes, boxes: "Callable[[str], Box] | None" = None
) -> "Result":
    """Grade the learner's file, whose bytes these are, and record how it went.

    What hinders the recording becomes `workspace.trouble`: the verdict is there all the same.
    """
    from minirnn.course.grading import engine
    from minirnn.course.grading.box import Box

    result = engine.grade(exercise, data, boxes=boxes or Box)
    failed = result.first_failure
    begun = failed is not None and failed.status != "not begun"
    place = f"{failed.name}: {result.mistake or failed.status}" if failed and begun else ""
    workspace.trouble = ""
    try:
        with workspace.change(exercise) as state:
            state.attempts += 1
            state.points = max(state.points, result.points)
            if result.passed:
                state.solved = state.solved or date.today().isoformat()
            state.stuck = state.stuck + 1 if place and place == state.stuck_at else int(bool(place))
            state.stuck_at = place
    except UserError as error:
        workspace.trouble = f"This check is not written down. {error}"
    return result


def is_workspace(folder: Path) -> bool:
    """Whether `start` made this folder."""
    for name, sign in ((CONFIG, PLUGIN), (PROGRESS, MARK)):
        try:
            if sign in (folder / name).read_text(encoding="utf-8", errors="replace"):
                return True
        except OSError:
            continue
    return False


def locate(place: Path) -> Path | None:
    """The workspace that this place lies in, if any."""
    place = place.absolute()
    return next((folder for folder in (place, *place.parents) if is_workspace(folder)), None)


def find() -> Workspace:
    """The workspace that the current folder lies in. Raises UsageError if it lies in none."""
    folder = locate(Path())
    if folder is None:
        raise UsageError(NOWHERE.format(command()))
    return load(folder)


def load(folder: Path) -> Workspace:
    """What progress.json says. Raises UserError, with one sentence, if it cannot be used."""
    path = folder / PROGRESS
    advice = f"`{command()} update` makes a new one and keeps all your files."
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(content, dict):
            raise TypeError("it holds no object")
        form, version, table = content["format"], content["version"], content["exercises"]
        if type(form) is not int or type(version) is not str or not isinstance(table, dict):
            raise TypeError("format, version or exercises has a wrong type")
        if form > FORMAT:
            advice = "bring your clone of the project up to date."
            raise UserError(f"{path} was written by a newer version of the course ({version}): {advice}")
        if form < FORMAT:
            raise Unusable(f"{path} is of an older version of the course ({version}): {advice}")
        return Workspace(folder, version, {name: _state(name, entry) for name, entry in table.items()})
    except UserError:
        raise
    except FileNotFoundError:
        raise Unusable(f"{path} is missing: {advice}") from None
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror or error}.") from None
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Unusable(f"{path} is broken ({_reason(error)}): {advice}") from None


def _state(name: str, entry: Any) -> State:
    if not isinstance(entry, dict):
        raise TypeError(f"{name} is {entry!r:.40}")
    kinds = {f.name: type(getattr(State("", "", ""), f.name)) for f in fields(State)}
    for key, kind in kinds.items():
        if key in entry and type(entry[key]) is not kind:
            raise TypeError(f"{key} of {name} is {entry[key]!r:.40}")
    texts = {key: entry[key] for key in ("file", "stub", "statement")}
    return State(**{**texts, **{key: entry[key] for key in kinds if key in entry}})


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}: {error.msg}"
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8 text"
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def digest(content: bytes | str) -> str:
    """A short hash that tells two texts apart; the kind of line end does not count."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()[:16]
