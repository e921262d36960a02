"""`check --watch`: check a file now, and again each time it is saved.

Events come from outside (a folder that is watched, keys that are pressed) and are handled one at a time:
nothing is checked twice at once, and nothing moves on by itself. Boxes for the next check start while the
learner reads about the last.
"""

from __future__ import annotations

import contextlib
import difflib
import os
import queue
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minirnn.base.errors import UserError
from minirnn.base.wording import command
from minirnn.course import bank
from minirnn.course.learner import feedback, progress

if TYPE_CHECKING:
    from minirnn.course.exercise_files import Exercise
    from minirnn.course.grading.boxes import Ahead
    from minirnn.course.learner.progress import Workspace
    from minirnn.course.learner.terminal import Plain

KEYS = "n next, h hint, l list, q quit"
TICK = 0.2  # seconds between looks at what else might have happened


@dataclass(frozen=True)
class Saved:
    """Files that were saved."""

    paths: tuple[Path, ...]


@dataclass(frozen=True)
class Key:
    """A key that was pressed."""

    name: str


class Watch:
    """One exercise that is followed. code: how the last check went, as an exit code."""

    def __init__(
        self, workspace: Workspace, exercise: Exercise, out: Plain, boxes: Ahead, *, keys: bool = False
    ) -> None:
        self.workspace, self.exercise, self.out = workspace, exercise, out
        self.boxes, self.keys = boxes, keys
        self.data: bytes | None = None
        self.code = 1

    def run(self, events: Iterable[Saved | Key]) -> int:
        """Check now and after each save, until q or Ctrl-C."""
        try:
            self.check()
            for event in events:
                if isinstance(event, Saved):
                    self.saved(event)
                elif not self.pressed(event.name):
                    break
        except KeyboardInterrupt:
            pass
        return self.code

    def check(self) -> None:
        """Check the file and say how it went."""
        out, exercise = self.out, self.exercise
        try:
            self.data = self.workspace.read(exercise)
            result = progress.check(self.workspace, exercise, self.data, self.boxes)
        except UserError as error:
            self.code = error.exit_code
            out.line(str(error))
        else:
            self.code = int(not result.passed)
            feedback.show_result(out, exercise, result, self.workspace, self.data, watching=self.keys)
        out.line(f"Watching {exercise.filename}. {f'Keys: {KEYS}.' if self.keys else 'Ctrl-C ends it.'}")
        prepare(self.boxes, exercise)

    def saved(self, event: Saved) -> None:
        """Say what was saved; check it if it is the file that is followed and has changed."""
        mine = self.workspace.path(self.exercise).resolve()
        if mine not in event.paths:
            for exercise in bank.exercises():
                if self.workspace.path(exercise).resolve() in event.paths:
                    advice = f"`{command()} check {exercise.id} --watch` follows that one."
                    self.out.line(f"saved: {exercise.filename}. {advice}")
            return
        try:
            data = self.workspace.read(self.exercise)
        except UserError as error:
            self.out.line(str(error))
            return
        lines = changed_lines(self.data or b"", data)
        self.out.line()
        if data == self.data:
            self.out.line(f"saved: {self.exercise.filename}, nothing changed")
            return
        self.out.line(f"saved: {self.exercise.filename}, {feedback.count(lines, 'line')} changed", "bold")
        self.check()

    def pressed(self, key: str) -> bool:
        """Do what a key asks for. False: it asks for the end."""
        if key == "n":
            following = self.workspace.next_after(self.exercise)
            if following is None:
                self.out.line("All other exercises are solved.")
            else:
                self.exercise = following
                self.out.heading(f"{following.id}: {following.title}")
                self.check()
        elif key == "h":
            give_hint(self.out, self.workspace, self.exercise)
        elif key == "l":
            feedback.show_list(self.out, bank.course(), self.workspace, self.exercise)
        elif key == "?":
            self.out.line(f"Keys: {KEYS}.")
        return key != "q"


def prepare(boxes: Ahead, exercise: Exercise) -> None:
    """Start what the next check of the exercise will need: a box for the file, and one for the mistakes."""
    from minirnn.course.grading import diagnosis

    boxes.fill(exercise.uses, 1 if diagnosis.knows_mistakes(exercise) else 2)


def give_hint(out: Plain, workspace: Workspace, exercise: Exercise, again: bool = False) -> None:
    """Show the next hint and count it; when all were seen, or `again` is asked for, those that were."""
    total = len(exercise.readme()["hints"])
    seen = workspace.state(exercise).hints
    if seen < total and not again:
        with workspace.change(exercise) as state:
            state.hints = seen = min(state.hints + 1, total)
        feedback.show_hint(out, exercise, seen)
    else:
        for number in range(1, seen + 1):
            feedback.show_hint(out, exercise, number)
    out.line()
    if seen < total:
        out.line(f"You have seen {seen} of {feedback.count(total, 'hint')}.")
    else:
        out.line(f"These were all hints. `{command()} solution {exercise.id}` shows the solution.")


def changed_lines(old: bytes, new: bytes) -> int:
    """How many lines are not the same: in a replaced block the longer side counts."""
    one, two = old.splitlines(), new.splitlines()
    codes = difflib.SequenceMatcher(None, one, two, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in codes if tag != "equal")


class Events:
    """What happens in a folder and on the keyboard; as a context it gives the terminal back as it was."""

    def __init__(self, folder: Path, *, keys: bool) -> None:
        self.folder = folder
        # Whoever watches a folder does not see that what a link in it leads to is saved.
        self.links = {path: _stamp(path) for path in folder.rglob("*.py") if path.is_symlink()}
        self.queue: queue.SimpleQueue[Saved | Key | UserError] = queue.SimpleQueue()
        self.stop = threading.Event()
        self.threads = [threading.Thread(target=self._watch, daemon=True)]
        self.restore: Callable[[], None] = lambda: None
        if keys:
            self.threads.append(threading.Thread(target=self._listen, daemon=True))

    def __enter__(self) -> Events:
        if len(self.threads) > 1:
            self.restore = keys_at_once()
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.restore()
        for thread in self.threads:
            thread.join(timeout=5)

    def __iter__(self) -> Iterator[Saved | Key]:
        while True:
            try:
                event = self.queue.get(timeout=TICK)  # else Windows would not see Ctrl-C
            except queue.Empty:
                self._look()
                continue
            if isinstance(event, UserError):
                raise event
            yield event

    def _look(self) -> None:
        """See what no event tells of."""
        if not self.folder.is_dir():
            raise UserError(f"{self.folder} is gone, so there is nothing to watch any more.")
        for path, before in self.links.items():
            if (now := _stamp(path)) != before:
                self.links[path] = now
                self.queue.put(Saved((path.resolve(),)))

    def _watch(self) -> None:
        import watchfiles

        def wanted(change: Any, path: str) -> bool:
            return path.endswith(".py") and change != watchfiles.Change.deleted

        try:
            for changes in watchfiles.watch(
                self.folder, watch_filter=wanted, debounce=400, stop_event=self.stop, raise_interrupt=False
            ):
                self.queue.put(Saved(tuple(sorted({Path(path).resolve() for _, path in changes}))))
        except Exception as error:
            advice = f"`{command()} check` without --watch works."
            self.queue.put(UserError(f"{self.folder} cannot be watched ({error}): {advice}"))

    def _listen(self) -> None:
        while not self.stop.is_set():
            try:
                key = read_key(TICK)
            except (OSError, EOFError):  # the terminal is gone
                self.queue.put(Key("q"))
                return
            if key:
                self.queue.put(Key(key))


def _stamp(path: Path) -> tuple[int, ...]:
    """What changes when the file that a link leads to is saved."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino


def keys_at_once() -> Callable[[], None]:
    """Let keys come without Enter and unseen; gives what undoes it."""
    if sys.platform == "win32":
        return lambda: None
    import termios
    import tty

    keyboard = sys.stdin.fileno()
    before = termios.tcgetattr(keyboard)
    tty.setcbreak(keyboard)

    def undo() -> None:
        with contextlib.suppress(termios.error):  # the terminal may be gone
            termios.tcsetattr(keyboard, termios.TCSADRAIN, before)

    return undo


def read_key(seconds: float) -> str:
    """The next key, or nothing if none was pressed for so long. Raises OSError, EOFError."""
    if sys.platform == "win32":
        import msvcrt
        import time

        end = time.monotonic() + seconds
        while not msvcrt.kbhit():
            if time.monotonic() > end:
                return ""
            time.sleep(0.05)
        return msvcrt.getwch().lower()
    import select

    keyboard = sys.stdin.fileno()
    if not select.select([keyboard], [], [], seconds)[0]:
        return ""
    pressed = os.read(keyboard, 1)
    if not pressed:
        raise EOFError
    return pressed.decode("ascii", "ignore").lower()
