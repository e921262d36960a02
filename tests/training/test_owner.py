"""Who owns a run folder: one at a time, and nobody any more once its process is gone."""

import errno
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from minirnn.base.errors import UserError
from minirnn.base.files import try_lock, unlock
from minirnn.base.run_folder import LOCK
from minirnn.training.folder import owner
from minirnn.training.folder.owner import Owned, make, own

ROOT = Path(__file__).parents[2]


def silent(sentence):
    raise AssertionError(sentence)


def test_one_owner_at_a_time(tmp_path):
    first = own(tmp_path, silent)
    for _ in range(2):
        with pytest.raises(Owned, match=r"^The run .* is being trained by another process: .*--run name\.$"):
            own(tmp_path, silent)
    unlock(first)
    unlock(own(tmp_path, silent))
    assert [path.name for path in tmp_path.iterdir()] == [LOCK]


def test_a_killed_owner_owns_nothing(tmp_path):
    code = (
        "import sys; from pathlib import Path; from minirnn.training.folder.owner import own\n"
        "file = own(Path(sys.argv[1]), print); print('mine', flush=True); sys.stdin.read()"
    )
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, **pipes) as process:
        assert process.stdout.readline() == "mine\n"
        with pytest.raises(Owned):
            own(tmp_path, silent)
        process.kill()
        process.wait()
    assert (tmp_path / LOCK).exists()
    unlock(own(tmp_path, silent))


def test_as_many_at_once_as_you_like_get_a_folder_each(tmp_path):
    ready = threading.Barrier(8)

    def start(_):
        ready.wait()
        return make(tmp_path / "runs" / "text-gru-9", silent, next_free=True)

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(start, range(8)))
    assert sorted(path.name for path, _ in made) == sorted(f"text-gru-{n}" for n in range(9, 17))
    for path, file in made:
        with pytest.raises(Owned):
            own(path, silent)
        unlock(file)


def test_one_of_those_that_want_the_same_name_gets_it(tmp_path):
    ready = threading.Barrier(8)

    def start(_):
        ready.wait()
        try:
            return make(tmp_path / "runs" / "mine", silent, next_free=False)
        except Owned:
            return None

    with ThreadPoolExecutor(8) as pool:
        ((path, file),) = filter(None, pool.map(start, range(8)))
    assert path == tmp_path / "runs" / "mine"
    unlock(file)


def test_a_folder_that_somebody_is_just_making_is_passed_by(tmp_path, monkeypatch):
    """Between our mkdir and our lock, another process that wants this very name may be faster."""
    real, taken = owner.own, []

    def late(run_dir, tell):
        if not taken:
            taken.append(real(run_dir, tell))
        return real(run_dir, tell)

    monkeypatch.setattr(owner, "own", late)
    path, file = make(tmp_path / "a-1", silent, next_free=True)
    assert path.name == "a-2"
    unlock(file)
    unlock(taken[0])


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL])
def test_where_there_are_no_locks_we_say_so_and_go_on(tmp_path, monkeypatch, number):
    def no_lock(file):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(owner, "try_lock", no_lock)
    said = []
    unlock(own(tmp_path, said.append))
    (sentence,) = said
    assert "has no locks" in sentence and tmp_path.name in sentence and sentence.endswith(".")


def test_a_folder_in_which_one_may_not_write(tmp_path):
    (tmp_path / LOCK).mkdir()  # permissions would not stop root
    with pytest.raises(UserError, match=rf"Cannot write .*{LOCK}") as caught:
        own(tmp_path, silent)
    assert not isinstance(caught.value, Owned)
    with pytest.raises(UserError, match="Cannot make the folder"):
        make(Path(__file__) / "a-1", silent, next_free=True)


def test_a_lock_belongs_to_an_open_file(tmp_path):
    first, second = (open(tmp_path / "file", "ab") for _ in range(2))  # noqa: SIM115
    assert try_lock(first) and not try_lock(second)
    unlock(first)
    assert first.closed and try_lock(second)
    unlock(second)
