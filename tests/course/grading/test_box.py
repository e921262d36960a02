"""A box that is cut short, at any point of its making or its end, leaves nothing behind."""

import itertools
import sys

import pytest

from minirnn.course.grading import box
from minirnn.course.grading.box import Box


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(box, "_open", set())
    return tmp_path


def cut_short(method, count, run):
    """Run, with a KeyboardInterrupt before the operation `count` of a method. False: it has not so many."""
    left = itertools.count(count, -1)

    def operation(frame, event, _):
        if event == "opcode" and next(left) == 0:
            raise KeyboardInterrupt
        return operation

    def call(frame, *_):
        if frame.f_code is not method.__code__:
            return None
        frame.f_trace_opcodes = True
        return operation

    before = sys.gettrace()
    sys.settrace(call)
    try:
        run()
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(before)
    return False


# Cut off before it has a name, a Popen closes its pipes, and by that the process ends.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_while_it_is_made(place):
    for count in itertools.count():
        cut = cut_short(Box.__init__, count, lambda: Box("python"))
        begun = list(box._open)
        box._close_all()
        assert not list(place.iterdir()), f"a folder stays when operation {count} is cut off"
        for one in begun:
            assert not hasattr(one, "process") or one.process.poll() is not None
        if not cut:
            break
    assert count > 100


def test_while_it_is_closed(place):
    for count in itertools.count():
        one = Box("python")
        cut = cut_short(Box.close, count, one.close)
        box._close_all()
        assert not list(place.iterdir()), f"a folder stays when operation {count} is cut off"
        assert one.process.poll() is not None
        if not cut:
            break
    assert count > 30
