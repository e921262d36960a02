"""The guard of the system itself, without the audit hook above it."""

import builtins
import json
import os
import posixpath
import subprocess
import sys
from pathlib import Path

from minirnn.course import bank
from minirnn.course.grading import engine, rules

PROGRAM = """
import json, os, signal, socket, sys, sysconfig
sys.path.insert(0, sys.argv[1])
import rules
package, home, parent = sys.argv[2:5]
os.chdir(home)
paths = sysconfig.get_paths()
read = [paths["stdlib"], os.path.dirname(package)]
told = {"guard": rules.landlock(read, package, home)}

def tell(name, action, *arguments, **options):
    try:
        action(*arguments, **options)
        told[name] = "done"
    except OSError as error:
        told[name] = type(error).__name__

def sent():
    signal.pidfd_send_signal(os.pidfd_open(int(parent)), 0)

def connected():
    socket.create_connection(("127.0.0.1", 9), timeout=1)

tell("own file", lambda: open("x", "w").close())
tell("own file again", lambda: open("x").close())
tell("remove", lambda: os.remove("x"))
tell("python's", lambda: open(os.__file__).close())
tell("beside the package", lambda: open(os.path.join(os.path.dirname(package), "other.py")).close())
tell("the package", lambda: open(os.path.join(package, "answer.py")).close())
tell("outside", lambda: open(os.path.join(home, "..", "secret")).close())
tell("write outside", lambda: open(os.path.join(home, "..", "left"), "w").close())
open("x", "w").close()
tell("move outside", os.rename, "x", os.path.join(home, "..", "left"))
tell("link outside", os.link, "x", os.path.join(home, "..", "left"))
tell("folder", os.mkdir, "d")
tell("pipe", os.mkfifo, "p")
tell("program", os.execv, "/bin/true", ["true"])
tell("signal", sent)
tell("connection", connected)
print(json.dumps(told))
"""


def test_linux_denies_what_the_rules_deny(tmp_path):
    home, package = tmp_path / "home", tmp_path / "packages" / "minirnn"
    home.mkdir()
    package.mkdir(parents=True)
    for file in (tmp_path / "secret", package / "answer.py", package.parent / "other.py"):
        file.write_text("", encoding="utf-8")
    course = Path(rules.__file__).parent
    run = subprocess.run(
        [sys.executable, "-I", "-c", PROGRAM, str(course), str(package), str(home), str(os.getpid())],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    if not told.pop("guard"):  # another system, or an old Linux: the audit hook is all there is
        return
    allowed = {"own file", "own file again", "remove", "python's", "beside the package"}
    assert {name for name, how in told.items() if how == "done"} <= allowed | {"signal", "connection"}
    assert {name for name in allowed if told[name] == "done"} == allowed
    newest = rules.landlock_version()
    assert newest < 6 or told["signal"] == "PermissionError"
    assert newest < 4 or told["connection"] == "PermissionError"


def test_a_module_is_closed_by_its_first_and_by_its_last_name():
    for name in ("minirnn", "minirnn.scan", "ctypes.util", "x._posixsubprocess", "_testcapi", "posix"):
        assert rules.closed(name), name
    for name in ("numpy", "numpy.ctypeslib", "signal", "x.minirnn", "math", "torch.testing"):
        assert not rules.closed(name), name


def test_a_copy_of_a_module_does_not_see_what_is_done_to_the_original(monkeypatch, tmp_path):
    copy = rules.pristine(posixpath)
    link, target = str(tmp_path / "link"), str(tmp_path / "target")
    os.symlink(target, link)
    monkeypatch.setattr(os, "lstat", lambda *_: 1 / 0)
    monkeypatch.setattr(os, "fspath", lambda *_: "/nowhere")
    assert copy.realpath(link) == target
    assert copy.realpath.__builtins__ is not vars(builtins)  # where isinstance could be replaced


def test_what_torch_opens_by_itself_is_denied_too():
    if not rules.landlock_version():
        return
    exercise = bank.find("polar_eigenvalues")
    solution = exercise.folder / "exercise.py"
    source = f"""
import torch

def polar_eigenvalues(nu_log, theta_log):
    size = {solution.stat().st_size}
    data = torch._C._VariableFunctions.from_file({str(solution)!r}, size=size, dtype=torch.uint8)
    space = {{}}
    exec(bytes(data.tolist()).decode(), space)
    return space["polar_eigenvalues"](nu_log, theta_log)
"""
    result = engine.grade(exercise, source.encode(), graded=True)
    assert result.points == 0 and "ermission denied" in result.first_failure.message
