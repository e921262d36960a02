"""`check --watch`: what happens at a save and at a key. Events are handed in: nothing waits for a clock."""

import io
import os
import queue
import re

import pytest

from minirnn.base.errors import UserError
from minirnn.course import bank
from minirnn.course.grading.boxes import Ahead
from minirnn.course.learner import progress, watch
from minirnn.course.learner.terminal import Plain
from minirnn.course.learner.watch import Events, Key, Saved, Watch, changed_lines
from tests.course.tiny import RIGHT, SQUARED, write

LINE_SQUARED = RIGHT["double"].replace("value + value", "value ** 2")


class Boxes(Ahead):
    """Remembers every box, and how many waited when one was asked for."""

    def __init__(self):
        super().__init__()
        self.all, self.waited = [], []

    def fill(self, uses, number):
        super().fill(uses, number)
        self.all += [box for boxes in self.waiting.values() for box in boxes if box not in self.all]

    def __call__(self, uses):
        self.waited.append(len(self.waiting.get(uses, [])))
        box = super().__call__(uses)
        self.all += [box] if box not in self.all else []
        return box


def follow(desk, name, *steps, keys=True):
    """Watch an exercise while the steps happen: a key, a pair (exercise, what is saved), or an exception.

    Gives (exit code, what was printed at each step, the boxes). Before the first step comes the first check.
    """
    stream, printed = io.StringIO(), []

    def said():
        printed.append(stream.getvalue())
        stream.seek(0)
        stream.truncate()

    def events():
        for step in steps:
            said()
            if isinstance(step, BaseException):
                raise step
            if isinstance(step, str):
                yield Key(step)
            else:
                names, text = step
                for each in names.split():
                    if text is not None:
                        write(desk, each, text)
                yield Saved(tuple((desk / bank.find(each).filename).resolve() for each in names.split()))

    with Boxes() as boxes:
        watching = Watch(progress.load(desk), bank.find(name), Plain(stream), boxes, keys=keys)
        code = watching.run(events())
        said()
    assert all(box.process.poll() is not None and not box.home.exists() for box in boxes.all)
    return code, printed, boxes


def test_a_save_is_checked_and_says_what_changed(desk):
    write(desk, "double", RIGHT["double"])
    code, (first, second, third), _ = follow(
        desk, "double", ("double", LINE_SQUARED), ("double", RIGHT["double"])
    )
    assert "PASSED" in first
    assert second.startswith("\nsaved: 00_first/double.py, 1 line changed\nNOT YET: the check 'all values'")
    assert "You take the square." in second
    assert third.startswith("\nsaved: 00_first/double.py, 1 line changed\nPASSED") and code == 0


def test_the_exit_code_is_that_of_the_last_check(desk):
    write(desk, "double", RIGHT["double"])
    assert follow(desk, "double", ("double", SQUARED))[0] == 1
    assert follow(desk, "double", ("double", RIGHT["double"]))[0] == 0
    assert follow(desk, "double", KeyboardInterrupt())[0] == 0
    assert follow(desk, "running_sum", KeyboardInterrupt())[0] == 1


def test_nothing_changed_nothing_checked(desk):
    write(desk, "double", SQUARED)
    _, (_, second), _ = follow(desk, "double", ("double", SQUARED))
    assert second == "\nsaved: 00_first/double.py, nothing changed\n"
    assert progress.load(desk).states["double"].attempts == 1


def test_it_never_moves_on_by_itself(desk):
    _, (_, second, third), _ = follow(
        desk, "double", ("double", RIGHT["double"]), ("running_sum", RIGHT["running_sum"])
    )
    assert "Watching 00_first/double.py." in second
    assert third == "saved: 00_first/running_sum.py. `minirnn check running_sum --watch` follows that one.\n"
    assert progress.load(desk).states["running_sum"].attempts == 0


def test_other_files_are_nobodys_business(desk):
    write(desk, "double", SQUARED)
    (desk / "mine.py").write_text("x = 1\n", encoding="utf-8")
    with Boxes() as boxes:
        stream = io.StringIO()
        watching = Watch(progress.load(desk), bank.find("double"), Plain(stream), boxes)
        watching.saved(Saved(((desk / "mine.py").resolve(),)))
    assert stream.getvalue() == ""


def test_saved_together_with_others_it_is_checked(desk):
    _, (_, second), _ = follow(desk, "double", ("running_sum double", SQUARED))
    assert "saved: 00_first/double.py" in second and "NOT YET: the check 'all values'" in second


def test_n_goes_to_the_next_when_asked_solved_or_not(desk):
    write(desk, "halve", RIGHT["halve"])
    code, printed, _ = follow(desk, "double", "n", "n", "n")
    assert printed[1].startswith("\nrunning_sum: Sum as you go\nNOT YET")
    assert printed[2].startswith("\nhalve: Half as much\nPASSED")
    assert printed[3].startswith("\ndouble: Twice as much\nNOT YET") and code == 1


def test_n_says_when_there_is_no_other(desk):
    found = progress.load(desk)
    for name in ("running_sum", "halve"):
        with found.change(bank.find(name)) as state:
            state.solved = "2026-01-01"
    _, (_, second), _ = follow(desk, "double", "n")
    assert second == "All other exercises are solved.\n"


def test_h_shows_one_hint_at_a_time_and_counts(desk):
    _, printed, _ = follow(desk, "double", "h", "h", "h", "h")
    assert printed[1] == "\nHint 1 of 3 for double\nThe idea of double.\n\nYou have seen 1 of 3 hints.\n"
    assert "Hint 2 of 3" in printed[2] and "Hint 1" not in printed[2]
    assert "Hint 3 of 3" in printed[3] and "`minirnn solution double` shows the solution." in printed[3]
    assert all(f"Hint {number} of 3" in printed[4] for number in (1, 2, 3))
    assert progress.load(desk).states["double"].hints == 3


def test_l_lists_and_other_keys_do_nothing_and_q_ends(desk):
    code, printed, _ = follow(desk, "running_sum", "x", "?", "l", "q", "h")
    assert printed[1] == "" and printed[2] == "Keys: n next, h hint, l list, q quit.\n"
    assert re.search(r"to do +running_sum .*you are here", printed[3])
    assert len(printed) == 5 and printed[4] == "" and code == 1
    assert progress.load(desk).states["running_sum"].hints == 0


def test_keys_are_named_only_where_there_are_keys(desk):
    _, (first,), _ = follow(desk, "double", keys=True)
    assert first.endswith("Watching 00_first/double.py. Keys: n next, h hint, l list, q quit.\n")
    _, (first,), _ = follow(desk, "double", keys=False)
    assert first.endswith("Watching 00_first/double.py. Ctrl-C ends it.\n")


def test_a_box_waits_for_each_check_and_none_stays(desk):
    write(desk, "double", SQUARED)
    steps = [("double", SQUARED + "#\n"), ("double", RIGHT["double"]), ("double", SQUARED)]
    _, _, boxes = follow(desk, "double", *steps)
    # The first check, without one ahead, takes one for the file and one for the mistakes.
    assert boxes.waited == [0, 0, 1, 1, 1]


def test_a_box_that_died_while_it_waited_is_replaced(tiny):
    with Ahead() as boxes:
        boxes.fill("python", 1)
        dead = boxes.waiting["python"][0]
        dead.process.kill()
        dead.process.wait()
        box = boxes("python")
        assert box is not dead and box.process.poll() is None and not dead.home.exists()
        box.close()


def test_what_goes_wrong_is_said_and_the_watch_goes_on(desk):
    path = desk / "00_first" / "double.py"
    path.unlink()
    code, printed, _ = follow(desk, "double", ("double", None), ("double", RIGHT["double"]))
    assert printed[0].startswith("00_first/double.py is missing: `minirnn reset double` writes a new one.\n")
    assert printed[1] == "00_first/double.py is missing: `minirnn reset double` writes a new one.\n"
    assert "PASSED" in printed[2] and code == 0


def test_a_broken_progress_is_said_and_the_watch_goes_on(desk):
    write(desk, "double", RIGHT["double"])
    stream = io.StringIO()

    def events():
        assert "PASSED" in stream.getvalue() and "broken" not in stream.getvalue()
        (desk / "progress.json").write_text("{", encoding="utf-8")
        write(desk, "double", SQUARED)
        yield Saved(((desk / "00_first" / "double.py").resolve(),))

    with Boxes() as boxes:
        watching = Watch(progress.load(desk), bank.find("double"), Plain(stream), boxes)
        assert watching.run(events()) == 1
    assert "progress.json is broken" in stream.getvalue() and "`minirnn update`" in stream.getvalue()
    assert stream.getvalue().endswith("Watching 00_first/double.py. Ctrl-C ends it.\n")


def test_ctrl_c_during_a_check_ends_it_cleanly(desk, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(progress, "check", interrupted)
    assert follow(desk, "double")[0] == 1


def test_ctrl_c_inside_a_rung_is_not_swallowed_by_pytest(desk, monkeypatch):
    from minirnn.course.grading.calls import Learner

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Learner, "__call__", interrupted)
    write(desk, "double", SQUARED)
    found, exercise = progress.load(desk), bank.find("double")
    with pytest.raises(KeyboardInterrupt):
        progress.check(found, exercise, found.read(exercise))
    assert progress.load(desk).states["double"].attempts == 0


@pytest.mark.parametrize(
    ("old", "new", "number"),
    [
        ("a\nb\nc\n", "a\nb\nc\n", 0),
        ("a\nb\nc\n", "a\nX\nc\n", 1),
        ("a\nb\nc\n", "a\nc\n", 1),
        ("a\nb\n", "a\nX\nY\nZ\nb\n", 3),
        ("a\nb\nc\nd\n", "X\nb\nc\nY\nZ\n", 3),
        ("", "a\nb\n", 2),
        ("a\r\n", "a\n", 0),
    ],
)
def test_changed_lines(old, new, number):
    assert changed_lines(old.encode(), new.encode()) == number


# -- where events come from --------------------------------------------------------------------------


class FakeFiles:
    """In place of watchfiles: hands out what the test wants, then waits until it is told to stop."""

    class Change:
        deleted = "deleted"

    def __init__(self, batches):
        self.batches = batches

    def watch(self, folder, *, watch_filter, stop_event, **_):
        for batch in self.batches:
            if isinstance(batch, Exception):
                raise batch
            kept = {(change, path) for change, path in batch if watch_filter(change, path)}
            if kept:
                yield kept
        stop_event.wait()


def with_files(monkeypatch, *batches):
    monkeypatch.setitem(watch.sys.modules, "watchfiles", FakeFiles(batches))


def test_only_saves_of_python_files_count(tmp_path, monkeypatch):
    one, two = str(tmp_path / "one.py"), str(tmp_path / "two.py")
    with_files(
        monkeypatch,
        {("added", str(tmp_path / "one.py.swp")), ("modified", str(tmp_path / "notes.md"))},
        {("deleted", two)},
        {("deleted", two), ("added", one), ("modified", one)},
    )
    with Events(tmp_path, keys=False) as events:
        assert next(iter(events)) == Saved((tmp_path.resolve() / "one.py",))
    assert not any(thread.is_alive() for thread in events.threads)


def test_a_folder_that_cannot_be_watched_is_one_sentence(tmp_path, monkeypatch):
    with_files(monkeypatch, OSError("inotify limit"))
    with pytest.raises(
        UserError, match=r"cannot be watched \(inotify limit\): `minirnn check` without --watch works."
    ):
        with Events(tmp_path, keys=False) as events:
            next(iter(events))


def test_a_real_save_arrives(tmp_path):
    """The one test with the real watcher: it writes until the event comes, however slow the machine."""
    with Events(tmp_path, keys=False) as events:
        for number in range(3000):
            (tmp_path / "a.py").write_text(f"x = {number}\n", encoding="utf-8")
            try:
                event = events.queue.get(timeout=0.1)
            except queue.Empty:
                continue
            break
    assert event == Saved((tmp_path.resolve() / "a.py",))


def test_a_folder_that_is_gone_ends_the_watch_with_a_sentence(tmp_path, monkeypatch):
    with_files(monkeypatch)
    folder = tmp_path / "desk"
    folder.mkdir()
    with Events(folder, keys=False) as events:
        folder.rmdir()
        with pytest.raises(UserError, match="desk is gone, so there is nothing to watch any more."):
            next(iter(events))


def test_what_a_link_leads_to_is_watched_too(tmp_path, monkeypatch):
    with_files(monkeypatch)
    folder, target = tmp_path / "desk", tmp_path / "elsewhere.py"
    folder.mkdir()
    target.write_text("x = 1\n", encoding="utf-8")
    (folder / "a.py").symlink_to(target)
    (folder / "plain.py").write_text("x = 1\n", encoding="utf-8")
    with Events(folder, keys=False) as events:
        target.write_text("x = 22\n", encoding="utf-8")
        assert next(iter(events)) == Saved((target.resolve(),))
        other = tmp_path / "other.py"
        other.write_text("x = 333\n", encoding="utf-8")
        os.replace(other, target)  # as an editor saves
        assert next(iter(events)) == Saved((target.resolve(),))


if os.name != "nt":  # a pseudo-terminal is POSIX

    def test_keys_come_one_by_one_from_a_terminal_which_is_given_back(tmp_path, monkeypatch):
        import pty
        import termios

        with_files(monkeypatch)
        ours, theirs = pty.openpty()
        with os.fdopen(theirs, "r") as keyboard:
            monkeypatch.setattr(watch.sys, "stdin", keyboard)
            before = termios.tcgetattr(theirs)
            with Events(tmp_path, keys=True) as events:
                during = termios.tcgetattr(theirs)
                os.write(ours, b"nH")
                stream = iter(events)
                assert [next(stream), next(stream)] == [Key("n"), Key("h")]
            assert not any(thread.is_alive() for thread in events.threads)
            assert before[3] & termios.ICANON and not during[3] & (termios.ICANON | termios.ECHO)
            assert termios.tcgetattr(theirs) == before
            with Events(tmp_path, keys=True) as events:
                os.close(ours)
                assert next(iter(events)) == Key("q")  # the terminal is gone
            assert not any(thread.is_alive() for thread in events.threads)
