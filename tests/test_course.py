"""course.py, run as its readers run it: real processes, a real venv, and stand-ins for pip and the network.

Each test copies course.py into a folder of its own. `PYTHONPATH` puts stand-ins for `pip`, `ensurepip`,
`minirnn` and `pytest` before the real ones; the stand-in pip writes down how it was called.
"""

import ast
import errno
import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

COURSE = Path(__file__).parent.parent / "course.py"
TORCH = "torch==2.13.0+cpu" if sys.platform == "linux" else "torch==2.13.0"
LINUX = "linux"

# Every stand-in first meets its rule: a failure to report, or a gate at which it waits to be let through.
STAND_IN = """
import json, os, socket, sys
home = os.environ["STAND_INS"]
me = os.path.basename(os.path.dirname(os.path.abspath(__file__)))
with open(os.path.join(home, "calls.jsonl"), "a") as log:
    log.write(json.dumps([me] + sys.argv[1:]) + "\\n")
with open(os.path.join(home, "rules.json")) as file:
    rules = json.load(file)
for word, code, message, gate in rules:
    if word in " ".join([me] + sys.argv[1:]):
        if gate:
            with socket.create_connection(("127.0.0.1", gate)) as door:
                if not door.recv(1):
                    sys.exit("the gate fell down")
        sys.stderr.write(message)
        sys.exit(code)
if me == "minirnn":
    print("minirnn got", json.dumps(sys.argv[1:]))
    sys.exit(7)
if me == "pytest":
    print("pytest got", json.dumps([os.getcwd()] + sys.argv[1:]))
    sys.exit(5)
"""


class Clone:
    """A folder with course.py, its pins, and the stand-ins."""

    def __init__(self, folder: Path):
        self.root = folder / "clone"
        self.root.mkdir(parents=True)
        shutil.copy(COURSE, self.root)
        (self.root / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
        (self.root / "constraints.txt").write_text("# pins\ntorch==2.13.0\nnumpy==2.4.6\n", encoding="utf-8")
        self.home = folder / "stand_ins"
        for name in ("pip", "ensurepip", "minirnn", "pytest"):
            (self.home / name).mkdir(parents=True)
            (self.home / name / "__init__.py").touch()
            (self.home / name / "__main__.py").write_text(STAND_IN, encoding="utf-8")
        fake_nvidia_smi(self.home / "bin", "NVIDIA-SMI has failed", 9)
        self.rules()
        self.env = dict(
            os.environ, PYTHONPATH=str(self.home), STAND_INS=str(self.home), PYTHONIOENCODING="utf-8"
        )
        self.env["PATH"] = str(self.home / "bin")

    def rules(self, *rules):
        """Each rule: (word in the call, exit code, message, port of a gate or 0)."""
        (self.home / "rules.json").write_text(json.dumps(rules), encoding="utf-8")

    def calls(self, program="pip"):
        log = self.home / "calls.jsonl"
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        return [call[1:] for call in map(json.loads, lines) if call[0] == program]

    def popen(self, *arguments, driver=()):
        command = [sys.executable, *(driver or [str(self.root / "course.py")]), *arguments]
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(command, env=self.env, cwd=self.home, encoding="utf-8", **pipes)

    def start(self, *arguments, driver=()):
        """Run course.py to its end; returns (exit code, stdout, stderr)."""
        process = self.popen(*arguments, driver=driver)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    def pretend(self, lines):
        """Arguments for Python that run course.py after `lines`, for what this machine does not have."""
        code = f"import runpy, sys; sys.argv[0] = 'course.py'\n{lines}\n"
        return ["-c", code + f"runpy.run_path({str(self.root / 'course.py')!r}, run_name='__main__')"]


def fake_nvidia_smi(folder: Path, text: str, code: int):
    folder.mkdir(exist_ok=True)
    if os.name == "nt":
        (folder / "nvidia-smi.bat").write_text(f"@echo {text}\n@exit /b {code}\n", encoding="utf-8")
    else:
        (folder / "nvidia-smi").write_text(f"#!/bin/sh\necho '{text}'\nexit {code}\n", encoding="utf-8")
        (folder / "nvidia-smi").chmod(0o755)


@pytest.fixture
def clone(tmp_path):
    return Clone(tmp_path)


@pytest.fixture
def course(tmp_path, monkeypatch):
    """course.py as a module, for what cannot be staged from outside. Its paths point into an empty folder."""
    spec = importlib.util.spec_from_file_location("course_under_test", COURSE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "constraints.txt").write_text("numpy==2.4.6\ntorch==2.13.0\n", encoding="utf-8")
    monkeypatch.setattr(module, "CONSTRAINTS", str(tmp_path / "constraints.txt"))
    monkeypatch.setattr(module, "UNFINISHED", str(tmp_path / "unfinished"))
    return module


@pytest.fixture
def gate():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(60)
        yield server


def one_sentence(text):
    """True if `text` is one line that ends as a sentence does."""
    return text.count("\n") == 1 and text.endswith((".\n", "`.\n"))


def the_sentence(err):
    """What course.py says last, and says itself."""
    last = err.splitlines()[-1]
    assert last.startswith("course.py: ") and last.endswith("."), err
    return last


# ---- what it says to machines that cannot run it


def test_the_syntax_is_parsed_by_old_pythons():
    source = COURSE.read_text(encoding="utf-8")
    assert source.isascii()
    too_new = (
        ast.JoinedStr,
        ast.NamedExpr,
        ast.AnnAssign,
        ast.Nonlocal,
        ast.YieldFrom,
        ast.Match,
        ast.TryStar,
    )
    too_new += (ast.AsyncFunctionDef, ast.Await, ast.MatMult)
    for node in ast.walk(ast.parse(source)):
        assert not isinstance(node, too_new), ast.dump(node)
        if isinstance(node, ast.FunctionDef):
            everyone = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            assert not node.returns and not any(arg.annotation for arg in everyone), node.name
            assert not node.args.kwonlyargs and not node.args.posonlyargs, node.name
        if isinstance(node, ast.Raise):
            assert node.cause is None
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            assert not any(isinstance(item, ast.Starred) for item in node.elts), ast.dump(node)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            assert len(node.args) == 1 and not node.keywords


@pytest.mark.parametrize("version", ["(2, 7, 18)", "(3, 10, 13)"])
def test_too_old_a_python_is_told_so(clone, version):
    code, out, err = clone.start("train", driver=clone.pretend(f"sys.version_info = {version}"))
    assert code == 1 and out == "" and one_sentence(err)
    old = ".".join(version.strip("()").split(", ")[:2])
    assert (
        "needs Python 3.11 or newer" in err
        and f"this is Python {old} " in err
        and "install a newer one" in err
    )
    assert not (clone.root / ".venv").exists()


def test_the_oldest_python_that_will_do_is_not_refused(clone):
    code, out, _ = clone.start(driver=clone.pretend("sys.version_info = (3, 11, 0)"))
    assert code == 0 and "course.py train" in out


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_python_without_venv_or_ensurepip(clone, module):
    code, _, err = clone.start("train", driver=clone.pretend(f"sys.modules[{module!r}] = None"))
    said = the_sentence(err)
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    assert code == 1 and f"no module `{module}`" in said and f"apt install {package}" in said
    assert not (clone.root / ".venv").exists()


def test_an_empty_ensurepip_folder_counts_as_missing(course, monkeypatch, tmp_path):
    (tmp_path / "ensurepip").mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "path", [str(tmp_path)])
        empty = importlib.util.find_spec("ensurepip")
        patch.setattr(importlib.util, "find_spec", lambda name: empty)
        with pytest.raises(course.SetupError, match="has no module `venv`"):
            course.make_venv(None)


@pytest.mark.parametrize("step", ["pip install", "--editable"])
def test_no_network(clone, step):
    refused = "WARNING: Retrying after connection broken by 'NewConnectionError(...)'\n"
    clone.rules([step, 1, refused + "ERROR: No matching distribution found for numpy\n", 0])
    code, out, err = clone.start("train")
    said = the_sentence(err)
    assert code == 1 and out == "" and "check the network" in said and "run the same command again" in said
    assert "No matching distribution" not in err  # pip's own guess would mislead
    (clone.root / ".venv" / "kept").touch()
    clone.rules()
    assert clone.start("train")[0] == 7
    assert (clone.root / ".venv" / "kept").exists()  # nothing was half-written, so nothing is thrown away


@pytest.mark.parametrize("step", ["ensurepip", "pip install", "--editable"])
def test_a_full_disk(clone, step):
    full = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n"
    clone.rules([step, 1, full, 0])
    code, _, err = clone.start("train")
    said = the_sentence(err)
    assert code == 1 and "disk is full" in said and str(clone.root) in said and "again" in said
    (clone.root / ".venv" / "half-written").touch()
    clone.rules()
    assert clone.start("train")[0] == 7
    assert not (clone.root / ".venv" / "half-written").exists()


def test_a_disk_that_fills_while_course_py_itself_writes(course, monkeypatch, capsys):
    def prepare(extra):
        raise OSError(errno.ENOSPC, "No space left on device", "stamp")

    monkeypatch.setattr(course, "prepare", prepare)
    assert course.main(["train"]) == 1
    assert "the disk is full" in the_sentence(capsys.readouterr().err)


def test_a_folder_that_may_not_be_written(course, monkeypatch, capsys):
    def prepare(extra):
        raise PermissionError(errno.EACCES, "Permission denied", ".venv.lock")

    monkeypatch.setattr(course, "prepare", prepare)
    assert course.main(["train"]) == 1
    said = the_sentence(capsys.readouterr().err)
    assert ".venv.lock" in said and f"may write to {COURSE.parent}" in said


def test_course_py_without_the_rest_of_the_clone(clone):
    (clone.root / "constraints.txt").unlink()
    code, _, err = clone.start("train")
    assert code == 1 and one_sentence(err) and "constraints.txt is missing" in err and "clone" in err


def test_any_other_failure_shows_what_pip_said(clone):
    clone.rules(["--editable", 1, "WARNING: noise\nERROR: the wheel of numpy is broken\n", 0])
    code, _, err = clone.start("train")
    assert code == 1 and "ERROR: the wheel of numpy is broken\n" in err and "WARNING" not in err
    assert "constraints.txt could not be installed" in the_sentence(err)


def test_ctrl_c_during_the_set_up(course, monkeypatch, capsys):
    def prepare(extra):
        raise KeyboardInterrupt

    monkeypatch.setattr(course, "prepare", prepare)
    assert course.main(["train"]) == 1
    assert "the next start repairs" in the_sentence(capsys.readouterr().err)


# ---- what it does when all is well


def test_without_arguments_it_prints_a_map_and_installs_nothing(clone):
    before = sorted(path.name for path in clone.root.iterdir())
    code, out, err = clone.start()
    assert code == 0 and err == "" and len(out.splitlines()) < 20
    for command in ("train", "sample RUN", "eval RUN", "runs", "test"):
        assert f"python3 course.py {command}" in out
    assert sorted(path.name for path in clone.root.iterdir()) == before and clone.calls() == []


def test_the_first_start_installs_torch_first_then_hands_over(clone):
    code, out, err = clone.start("train", "--run", "a b", "--prompt", "é*")
    assert code == 7
    assert out.splitlines()[-1] == "minirnn got " + json.dumps(["train", "--run", "a b", "--prompt", "é*"])
    torch, setuptools, project = clone.calls()
    assert torch[0] == "install" and torch[-1] == TORCH
    assert setuptools[-1] == "setuptools"
    assert project[-4:] == ["--no-build-isolation", TORCH, "--editable", str(clone.root)]
    pins = str(clone.root / "constraints.txt")
    pinned = [setuptools, project] if "--no-deps" in torch else [torch, setuptools, project]
    assert all(call[call.index("--constraint") + 1] == pins for call in pinned)
    assert "Setting up" in err and "Ready after" in err


def test_the_second_start_calls_neither_pip_nor_venv(clone):
    clone.start("train")
    (clone.home / "calls.jsonl").unlink()
    code, out, err = clone.start("runs")
    assert code == 7 and err == "" and out == 'minirnn got ["runs"]\n'
    assert clone.calls() == [] and clone.calls("ensurepip") == []


def test_help_belongs_to_the_command(clone):
    assert 'minirnn got ["--help"]' in clone.start("--help")[1]


def test_a_file_in_the_readers_folder_hides_no_module(clone):
    folder = clone.root / "elsewhere"
    folder.mkdir()
    (folder / "json.py").write_text("raise SystemExit('the wrong json')", encoding="utf-8")
    clone.start("runs")
    command = [sys.executable, str(clone.root / "course.py"), "runs"]
    done = subprocess.run(command, env=clone.env, cwd=folder, capture_output=True, encoding="utf-8")
    assert done.returncode == 7, done.stderr


@pytest.mark.parametrize("name", ["constraints.txt", "pyproject.toml", "course.py"])
def test_changed_pins_install_again_into_the_same_venv(clone, name):
    clone.start("train")
    (clone.root / ".venv" / "kept").touch()
    with open(clone.root / name, "a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    assert clone.start("train")[0] == 7
    assert len(clone.calls()) == 6 and len(clone.calls("ensurepip")) == 1
    assert (clone.root / ".venv" / "kept").exists()
    clone.start("train")
    assert len(clone.calls()) == 6


def test_a_clone_that_was_moved_installs_again(clone):
    clone.start("train")
    clone.root = clone.root.rename(clone.root.parent / "moved")
    assert clone.start("train")[0] == 7
    assert clone.calls()[-1][-1] == str(clone.root) and len(clone.calls()) == 6


def test_a_failed_reinstall_is_tried_again(clone):
    clone.start("train")
    with open(clone.root / "constraints.txt", "a", encoding="utf-8") as file:
        file.write("scipy==1.17.1\n")
    clone.rules(["--editable", 1, "ERROR: no\n", 0])
    assert clone.start("train")[0] == 1
    assert clone.start("train")[0] == 1
    clone.rules()
    assert clone.start("train")[0] == 7


def test_going_back_to_the_old_pins_after_a_failure_installs_them_again(clone):
    clone.start("train")
    old = (clone.root / "constraints.txt").read_bytes()
    (clone.root / "constraints.txt").write_bytes(old + b"scipy==1.17.1\n")
    clone.rules(["--editable", 1, "ERROR: no\n", 0])
    assert clone.start("train")[0] == 1
    (clone.root / "constraints.txt").write_bytes(old)
    clone.rules()
    assert clone.start("train")[0] == 7
    assert len(clone.calls()) == 9


def test_test_installs_its_extra_and_runs_pytest_in_the_clone(clone):
    code, out, _ = clone.start("test", "-k", "scan")
    assert code == 5
    side_by_side = ["--numprocesses=logical", "--maxprocesses=4", "--dist=loadfile"]
    assert out.splitlines()[-1] == "pytest got " + json.dumps([str(clone.root), *side_by_side, "-k", "scan"])
    assert clone.calls()[-1][-1] == f"{clone.root}[test]"
    installs = len(clone.calls())
    assert clone.start("runs")[0] == 7 and clone.start("test")[0] == 5
    assert len(clone.calls()) == installs


def test_the_tests_for_a_gpu_are_a_set_of_their_own(clone):
    _, out, _ = clone.start("test", "--gpu", "-k", "scan")
    assert out.splitlines()[-1] == "pytest got " + json.dumps([str(clone.root), "tests/gpu", "-k", "scan"])


def test_test_after_train_adds_what_only_the_tests_need(clone):
    clone.start("train")
    clone.start("test")
    assert clone.calls()[-1][-1] == f"{clone.root}[test]" and len(clone.calls()) == 6
    assert len(clone.calls("ensurepip")) == 1


def test_site_adds_what_only_the_site_needs(clone):
    clone.start("train")
    assert clone.start("site")[0] == 7, "it is a command of minirnn, not of pytest"
    assert clone.calls()[-1][-1] == f"{clone.root}[site]"
    installs = len(clone.calls())
    assert clone.start("site")[0] == 7 and clone.start("train")[0] == 7
    assert len(clone.calls()) == installs


def test_where_a_process_cannot_be_replaced_the_exit_code_comes_through(course, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(course.os, "name", "nt")
        code = course.hand_over([sys.executable, "-c", "raise SystemExit(9)"])
    assert code == 9


def test_ctrl_c_is_left_to_the_command(course, monkeypatch):
    class Child:
        def __init__(self, command):
            self.answers = [KeyboardInterrupt(), KeyboardInterrupt(), 130]

        def wait(self):
            answer = self.answers.pop(0)
            if isinstance(answer, KeyboardInterrupt):
                raise answer
            return answer

    with monkeypatch.context() as patch:
        patch.setattr(course.os, "name", "nt")
        patch.setattr(subprocess, "Popen", Child)
        code = course.hand_over(["minirnn"])
    assert code == 130


# ---- a .venv that is not whole, and two starts at once


@pytest.mark.parametrize("step", ["ensurepip", TORCH, "setuptools", "--editable"])
def test_a_start_that_was_killed_is_repaired(clone, gate, step):
    clone.rules([step, 1, "", gate.getsockname()[1]])
    killed = clone.popen("train")
    door, _ = gate.accept()  # the install stands still in the middle
    (clone.root / ".venv" / "half-written").touch()
    killed.kill()
    killed.wait()
    clone.rules()
    if os.name == "nt":
        door.close()
        again = clone.popen("train")
    else:  # what the killed start had begun still runs: the next start waits for it
        again = clone.popen("train")
        assert "waiting" in again.stderr.readline()
        door.close()
    out, err = again.communicate(timeout=120)
    assert again.returncode == 7 and "minirnn got" in out, err
    assert not (clone.root / ".venv" / "half-written").exists()
    killed.stdout.close()
    killed.stderr.close()


def test_a_venv_whose_python_is_gone_is_made_anew(clone):
    clone.start("train")
    scripts = clone.root / ".venv" / ("Scripts" if os.name == "nt" else "bin")
    shutil.rmtree(scripts)
    assert clone.start("train")[0] == 7
    assert len(clone.calls("ensurepip")) == 2 and scripts.exists()


def test_a_venv_of_another_python_or_without_pip_does_not_count(course, clone, monkeypatch):
    monkeypatch.setattr(course, "PYTHON", sys.executable)
    monkeypatch.setenv("PYTHONPATH", str(clone.home))
    assert course.venv_works()
    with monkeypatch.context() as patch:
        patch.setattr(course.sys, "version_info", (3, 99, 0))
        other = course.venv_works()
    assert not other
    (clone.home / "pip" / "__init__.py").write_text("raise ImportError", encoding="utf-8")
    assert not course.venv_works()


def test_two_starts_at_once_install_once(clone, gate):
    clone.rules([TORCH, 0, "", gate.getsockname()[1]])
    first = clone.popen("train")
    door, _ = gate.accept()  # the first start holds the lock
    clone.rules()
    second = clone.popen("runs")
    assert "Another start of course.py is setting up; waiting" in second.stderr.readline()
    door.sendall(b"!")
    door.close()
    for process, argument in ((first, "train"), (second, "runs")):
        out, err = process.communicate(timeout=120)
        assert process.returncode == 7 and f'minirnn got ["{argument}"]' in out, err
    assert len(clone.calls()) == 3 and len(clone.calls("ensurepip")) == 1


# ---- which torch


NOT_OFFERED = (
    "ERROR: Could not find a version that satisfies the requirement\nERROR: No matching distribution found"
)
OFFLINE = (
    "WARNING: Retrying after connection broken by 'NewConnectionError\nERROR: No matching distribution found"
)
INDEX = "https://download.pytorch.org/whl/cpu"


def choose_torch(course, monkeypatch, platform, gpu, answers):
    """Run install_torch with pip's `answers`; returns pip's arguments, and what came of it."""
    calls = []

    def pip(arguments, lock):
        calls.append(arguments)
        return answers[len(calls) - 1]

    with monkeypatch.context() as patch:
        patch.setattr(course, "pip", pip)
        patch.setattr(course, "has_nvidia_gpu", lambda: gpu)
        patch.setattr(course.sys, "platform", platform)
        Path(course.UNFINISHED).touch()
        try:
            return calls, course.install_torch(None)
        except course.SetupError as error:
            return calls, str(error)


@pytest.mark.parametrize(
    ("platform", "gpu"), [(LINUX, True), ("darwin", False), ("win32", False), ("win32", True)]
)
def test_the_plain_pin_where_it_is_right(course, monkeypatch, platform, gpu):
    calls, chosen = choose_torch(course, monkeypatch, platform, gpu, [(0, "")])
    assert calls == [["torch==2.13.0"]] and chosen == "torch==2.13.0"


def test_a_cpu_build_from_the_usual_source(course, monkeypatch):
    calls, chosen = choose_torch(course, monkeypatch, LINUX, False, [(0, "")])
    assert calls == [["--no-deps", "torch==2.13.0+cpu"]] and chosen == "torch==2.13.0+cpu"


def test_then_from_pytorchs_own_index(course, monkeypatch):
    calls, chosen = choose_torch(course, monkeypatch, LINUX, False, [(1, NOT_OFFERED), (0, "")])
    assert calls[1] == ["--no-deps", "--index-url", INDEX, "torch==2.13.0+cpu"] and len(calls) == 2
    assert chosen == "torch==2.13.0+cpu"


def test_and_never_a_cuda_build_instead(course, monkeypatch):
    calls, said = choose_torch(course, monkeypatch, LINUX, False, [(1, NOT_OFFERED), (1, NOT_OFFERED)])
    assert len(calls) == 2 and all(call[-1] == "torch==2.13.0+cpu" for call in calls)
    assert "no build of torch==2.13.0+cpu is offered" in said and "Python 3.11 to 3.14" in said


def test_pytorchs_index_out_of_reach(course, monkeypatch):
    calls, said = choose_torch(course, monkeypatch, LINUX, False, [(1, NOT_OFFERED), (1, OFFLINE)])
    assert len(calls) == 2 and INDEX in said and "check the network" in said


@pytest.mark.parametrize(
    ("message", "word"), [(OFFLINE, "network"), ("[Errno 28] No space left on device", "disk")]
)
def test_no_second_try_without_network_or_disk(course, monkeypatch, message, word):
    calls, said = choose_torch(course, monkeypatch, LINUX, False, [(1, message)])
    assert len(calls) == 1 and word in said


@pytest.mark.parametrize(
    ("text", "code", "answer"),
    [
        ("GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-1)", 0, True),
        ("No devices found.", 0, False),
        ("GPU access blocked by the operating system", 9, False),
    ],
)
def test_the_drivers_tool_decides_whether_there_is_a_gpu(course, tmp_path, monkeypatch, text, code, answer):
    fake_nvidia_smi(tmp_path / "bin", text, code)
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tmp_path / "bin"))
        found = course.has_nvidia_gpu()
    assert found is answer


@pytest.mark.parametrize("gpus", [None, [], ["0000:01:00.0"]])
def test_without_the_tool_the_driver_decides(course, monkeypatch, tmp_path, gpus):
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tmp_path))
        patch.setattr(course.os.path, "isdir", lambda path: gpus is not None)
        patch.setattr(course.os, "listdir", lambda path: gpus)
        found = course.has_nvidia_gpu()
    assert found is bool(gpus)


def test_torch_is_pinned_where_course_py_looks():
    spec = importlib.util.spec_from_file_location("course_of_the_clone", COURSE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    pin = module.torch_pin()
    assert pin.startswith("torch==") and "+" not in pin and pin.split("==")[1].count(".") == 2
