"""Processes that change the progress of one workspace at once lose nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from minirnn.base.errors import UserError
from minirnn.course import bank
from minirnn.course.learner import lock, progress
from minirnn.course.learner.lock import locked
from tests.course.tiny import RIGHT, write

ROOT = Path(__file__).parents[3]
CHANGE = """
import sys
from pathlib import Path
from minirnn.course import bank
from minirnn.course.learner import progress
workspace = progress.load(Path())
exercise = bank.find(sys.argv[1])
print(flush=True)
sys.stdin.readline()
for _ in range(20):
    with workspace.change(exercise) as state:
        state.attempts += 1
"""
HOLD = """
import sys
from pathlib import Path
from minirnn.course.learner.lock import locked
with locked(Path(sys.argv[1])):
    print(flush=True)
    sys.stdin.readline()
    Path("let go").touch()
"""


def begun(program, *arguments, **options):
    """A process that runs it, and has said that it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        **options,
    )
    assert process.stdout.readline() == "\n"
    return process


def test_many_processes_at_once_lose_nothing(desk):
    names = ["double", "running_sum", "halve", "double"]
    processes = [begun(CHANGE, name, cwd=desk) for name in names]
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    assert [process.communicate(timeout=100)[0] for process in processes] == [""] * 4
    states = progress.load(desk).states
    assert {name: states[name].attempts for name in states} == {"double": 40, "running_sum": 20, "halve": 20}
    assert not list(desk.glob("*lock*")) and not list(desk.glob("*tmp*"))


@pytest.mark.parametrize("kinds", [("_the_folder", "_beside"), ("_beside", "_beside")])
def test_who_has_it_keeps_others_out_until_it_lets_go_or_dies(tmp_path, monkeypatch, kinds):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(lock, "_the_folder", getattr(lock, kinds[0]))
    program = (
        HOLD
        if kinds[0] == "_the_folder"
        else HOLD.replace(
            "with locked",
            "import minirnn.course.learner.lock as lock\nlock._the_folder = lock._beside\nwith locked",
        )
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    holder = begun(program, tmp_path, cwd=tmp_path, env=environment)
    holder.stdin.write("\n")
    holder.stdin.flush()
    with locked(tmp_path):
        assert (tmp_path / "let go").exists()
    holder.communicate(timeout=100)
    killed = begun(program, tmp_path, cwd=tmp_path, env=environment)
    killed.kill()
    killed.communicate(timeout=100)
    with locked(tmp_path):
        pass


def test_where_nothing_can_be_locked_it_goes_on(tmp_path, monkeypatch):
    def refused(descriptor):
        raise OSError("no locks here")

    monkeypatch.setattr(lock, "try_lock", refused)
    with locked(tmp_path), locked(tmp_path / "missing"):
        pass
    with pytest.raises(KeyError), locked(tmp_path):
        raise KeyError


def test_update_beside_a_check_loses_nothing(desk, monkeypatch):
    from minirnn.course.learner import stubs

    real, seen = stubs._bring, []

    def bring(found, exercise):
        if not seen:
            seen.append(begun(CHANGE, "double", cwd=desk))
            seen[0].stdin.write("\n")
            seen[0].stdin.flush()
        return real(found, exercise)

    monkeypatch.setattr(stubs, "_bring", bring)
    stubs.update(desk)
    seen[0].communicate(timeout=100)
    assert progress.load(desk).states["double"].attempts == 20


def test_a_check_that_cannot_be_written_down_still_gives_its_verdict(desk, monkeypatch):
    write(desk, "double", RIGHT["double"])
    found, exercise = progress.load(desk), bank.find("double")

    def refused(path, data):
        raise UserError(f"Cannot write {path}: Permission denied; check that you may write there.")

    with monkeypatch.context() as patch:
        patch.setattr(progress, "write_atomic", refused)
        assert progress.check(found, exercise, found.read(exercise)).passed
        assert found.trouble.startswith("This check is not written down. Cannot write ")
    (desk / "progress.json").write_text("{", encoding="utf-8")
    assert progress.check(found, exercise, found.read(exercise)).passed
    assert "progress.json is broken" in found.trouble and "`minirnn update`" in found.trouble
    assert (desk / "progress.json").read_text(encoding="utf-8") == "{"
