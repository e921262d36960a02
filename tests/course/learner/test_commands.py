"""The commands of a learner, as they are typed: what they print, where, and with which exit code."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from minirnn.cli import main
from minirnn.course import bank
from minirnn.course.grading import boxes, engine
from minirnn.course.learner import doctor, progress
from tests.course.tiny import RIGHT, SQUARED, write

ROOT = Path(__file__).parents[3]


def call(capsys, *args):
    """Run the command in this process; gives (exit code, stdout, stderr)."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as end:
        main(list(args))
    out, err = capsys.readouterr()
    return end.value.code, out, err


def minirnn(folder, *args, **variables):
    """The command as a process of its own."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"} | variables
    return subprocess.Popen(
        [sys.executable, "-m", "minirnn", *args],
        cwd=folder, env=environment, encoding="utf-8",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def one_sentence(err):
    """Whether stderr is the name of the command and one line that ends as a sentence does."""
    return re.fullmatch(r"minirnn: [^\n]*[^\n.][.?]\n", err)


def test_start_says_what_to_do_next(tiny, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    code, out, _ = call(capsys, "start")
    assert code == 0 and (tmp_path / "minirnn-exercises" / "progress.json").exists()
    assert out.endswith("Next:\n  cd minirnn-exercises\n  minirnn list\n  minirnn check --watch\n")
    assert "with 3 exercises" in out
    code, _, err = call(capsys, "start")
    assert code == 2 and one_sentence(err)


def test_start_through_course_py_names_it_as_seen_from_the_workspace(tiny, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MINIRNN_COMMAND", "python3 course.py")
    monkeypatch.chdir(tiny)
    code, out, _ = call(capsys, "start", "../desk")
    course = os.path.join("..", "bank", "course.py")
    assert code == 0 and f"  cd {os.path.join('..', 'desk')}\n  python3 {course} list\n" in out


def test_check_takes_the_first_unsolved_and_says_so(desk, capsys):
    code, out, err = call(capsys, "check")
    assert (code, err) == (1, "")
    assert out.startswith("double, Twice as much (the first exercise that is not solved)\n\nNOT YET")
    write(desk, "double", RIGHT["double"])
    code, out, _ = call(capsys, "check")
    assert code == 0 and "PASSED: 00_first/double.py" in out
    code, out, _ = call(capsys, "check")
    assert code == 1 and out.startswith("running_sum, Sum as you go (the first")


@pytest.mark.parametrize("name", ["double", "00_first/double.py", "double.py", "00_first\\double.py"])
def test_check_by_name_or_path(desk, capsys, name):
    write(desk, "double", SQUARED)
    code, out, _ = call(capsys, "check", name)
    assert code == 1 and out.startswith("double, Twice as much\n\n") and "You take the square" in out
    assert progress.load(desk).states["double"].attempts == 1


def test_check_when_all_are_solved(desk, capsys):
    for name, text in RIGHT.items():
        write(desk, name, text)
        assert call(capsys, "check", name)[0] == 0
    code, out, _ = call(capsys, "check")
    assert (
        code == 0 and out == "All exercises of the course are solved. `minirnn check ID` checks one again.\n"
    )
    code, _, err = call(capsys, "hint")
    assert code == 2 and one_sentence(err) and "name the one" in err


def test_check_says_when_the_workspace_is_old(desk, capsys):
    found = progress.load(desk)
    found.version = "0.0.1"
    found.save()
    code, out, _ = call(capsys, "check")
    assert code == 1 and "version 0.0.1" in out.splitlines()[1] and "NOT YET" in out
    code, out, _ = call(capsys, "update")
    assert code == 0 and "0.0.1" not in call(capsys, "check")[1]


def test_hints_one_at_a_time_and_again(desk, capsys):
    for number, words in enumerate(("The idea of", "The place of", "Nearly the code of"), 1):
        code, out, _ = call(capsys, "hint", "running_sum")
        assert code == 0 and f"Hint {number} of 3" in out and f"{words} running_sum." in out
        assert out.count("Hint ") == 1 and progress.load(desk).states["running_sum"].hints == number
    assert call(capsys, "hint", "running_sum", "--again")[1].count("Hint ") == 3
    assert "Hint 1 of 3 for double" in call(capsys, "hint")[1]
    assert call(capsys, "hint", "halve", "--again")[1] == "\nYou have seen 0 of 3 hints.\n"


def test_the_solution_can_always_be_seen_and_that_is_recorded(desk, capsys):
    code, out, _ = call(capsys, "solution", "double")
    assert code == 0 and "        secret = [FACTOR * value for value in x]\n" in out and "BEGIN" not in out
    content = json.loads((desk / "progress.json").read_text(encoding="utf-8"))["exercises"]
    assert content["double"]["solution_seen"] and not content["halve"]["solution_seen"]
    assert "solution seen" in call(capsys, "list")[1]


def test_list_says_where_to_go_on(desk, capsys):
    code, out, _ = call(capsys, "list")
    assert code == 0 and out.endswith("Next: 00_first/double.py, `minirnn check`.\n")
    assert [line.split()[:2] for line in out.splitlines() if line.startswith("  ")] == [["to", "do"]] * 3


def test_reset_says_where_the_old_file_is(desk, capsys):
    assert call(capsys, "reset", "double")[1] == "00_first/double.py is as it was at the start.\n"
    write(desk, "double", SQUARED)
    code, out, _ = call(capsys, "reset", "double")
    assert code == 0 and out.endswith("Your old file is 00_first/double.bak-1.py.\n")
    assert (desk / "00_first" / "double.bak-1.py").read_text(encoding="utf-8") == SQUARED


def test_update_says_what_it_did(desk, capsys):
    code, out, _ = call(capsys, "update")
    assert code == 0 and "nothing was to be done" in out
    (desk / "00_first" / "double.py").unlink()
    assert "00_first/double.py was missing and is there again" in call(capsys, "update")[1]


COMMANDS = [["check"], ["check", "double"], ["check", "--watch"], ["hint"], ["solution", "double"], ["list"]]
COMMANDS += [["reset", "double"], ["update"]]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_outside_a_workspace_each_says_how_to_make_one(tiny, tmp_path, monkeypatch, capsys, command):
    monkeypatch.chdir(tmp_path)
    code, out, err = call(capsys, *command)
    assert (code, out) == (2, "") and one_sentence(err) and "minirnn start" in err


@pytest.mark.parametrize("command", [["check"], ["hint"], ["solution"], ["reset"]], ids=" ".join)
def test_an_unknown_exercise_is_one_sentence_with_a_guess(desk, capsys, command):
    code, out, err = call(capsys, *command, "doubled")
    assert (code, out) == (2, "") and one_sentence(err) and "did you mean double?" in err
    code, _, err = call(capsys, *command, "zzz")
    assert code == 2 and one_sentence(err) and "`list` shows them all" in err


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_broken_manifest_is_one_sentence(tiny, desk, capsys, command):
    (tiny / "lessons" / "course.toml").write_text("[[lesson]\n", encoding="utf-8")
    bank.course.cache_clear()
    code, out, err = call(capsys, *command)
    assert (code, out) == (1, "") and one_sentence(err) and "course.toml is broken" in err


@pytest.mark.parametrize("command", COMMANDS[:-1], ids=" ".join)
def test_a_broken_progress_is_one_sentence_that_names_update(desk, capsys, command):
    (desk / "progress.json").write_text('{"what": "minirnn workspace",', encoding="utf-8")
    code, out, err = call(capsys, *command)
    assert (code, out) == (1, "") and one_sentence(err) and "minirnn update" in err


def test_a_file_that_cannot_be_read_is_one_sentence(desk, capsys):
    (desk / "00_first" / "double.py").unlink()
    code, _, err = call(capsys, "check")
    assert code == 1 and one_sentence(err) and "minirnn reset double" in err
    (desk / "00_first" / "double.py").mkdir()
    code, _, err = call(capsys, "check")
    assert code == 1 and one_sentence(err) and "cannot be read" in err


def test_without_the_exercises_there_is_advice(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MINIRNN_BANK", str(tmp_path / "nowhere"))
    bank.course.cache_clear()
    code, _, err = call(capsys, "start", str(tmp_path / "desk"))
    assert code == 2 and one_sentence(err) and "clone" in err and not (tmp_path / "desk").exists()


def test_no_box_stays_behind(desk, capsys, monkeypatch, tmp_path):
    (tmp_path / "t").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "t"))
    for text in (SQUARED, RIGHT["double"], "import os\nos._exit(3)\n"):
        write(desk, "double", text)
        call(capsys, "check", "double")
        assert not list((tmp_path / "t").iterdir())


def test_the_processes_of_a_check_start_before_they_are_needed(desk, capsys, monkeypatch):
    did, read = [], engine.test_module
    monkeypatch.setattr(boxes.Ahead, "fill", lambda self, uses, number: did.append((uses, number)))
    monkeypatch.setattr(engine, "test_module", lambda exercise: (did.append("tests"), read(exercise))[1])
    call(capsys, "check", "double")
    assert did[:2] == [("python", 1), "tests"] and ("python", 2) not in did
    did.clear()
    write(desk, "double", SQUARED)
    call(capsys, "check", "double")
    assert did[:3] == [("python", 1), "tests", ("python", 2)]  # the second is for the mistakes


def test_a_check_loads_nothing_that_it_does_not_need(desk):
    write(desk, "double", SQUARED)
    code = (
        "import sys; from minirnn.cli import main\ntry: main(['check', 'double'])\nexcept SystemExit: pass\n"
    )
    heavy = {"torch", "numpy", "pydantic", "rich", "matplotlib", "safetensors", "watchfiles"}
    code += f"print(sorted({{m.split('.')[0] for m in sys.modules}} & {heavy}))"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=desk, env=environment, capture_output=True, text=True, check=True)
    assert "You take the square" in done.stdout and done.stdout.endswith("[]\n")


def test_a_reader_who_is_gone_is_no_traceback(desk, tmp_path):
    (tmp_path / "t").mkdir()
    for command in ("list", "check", "hint"):
        reader, writer = os.pipe()
        os.close(reader)
        environment = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path / "t")}
        done = subprocess.run(
            [sys.executable, "-m", "minirnn", command],
            cwd=desk, env=environment, stdout=writer, stderr=subprocess.PIPE, timeout=120,
        )  # fmt: skip
        os.close(writer)
        assert (done.returncode, done.stderr) == (1, b"")
    assert not list((tmp_path / "t").iterdir())


def test_plain_is_plain_in_a_terminal_too(desk, capsys, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    write(desk, "double", SQUARED)
    for command in (["check"], ["list"], ["hint"], ["solution", "double"]):
        assert "\x1b" in call(capsys, *command)[1]
        assert "\x1b" not in call(capsys, *command, "--plain")[1]


@pytest.mark.parametrize(("text", "code"), [(SQUARED, 1), (RIGHT["double"], 0)])
def test_watch_from_a_pipe_ends_at_a_signal_with_the_last_result(desk, tmp_path, request, text, code):
    # A background job of a shell ignores Ctrl-C, and what it starts inherits that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    request.addfinalizer(lambda: signal.signal(signal.SIGINT, before))
    write(desk, "double", text)
    (tmp_path / "t").mkdir()
    stops = [signal.SIGTERM] if os.name == "nt" else [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
    for stop in stops:
        watching = minirnn(
            desk, "check", "double", "--watch", TMPDIR=str(tmp_path / "t"), TEMP=str(tmp_path / "t")
        )
        for line in watching.stdout:
            if line == "Watching 00_first/double.py. Ctrl-C ends it.\n":
                break
        watching.send_signal(stop)
        out, err = watching.communicate(timeout=120)
        assert os.name == "nt" or (watching.returncode, out, err) == (code, "\nStopped watching.\n", "")
        assert os.name == "nt" or not list((tmp_path / "t").glob("minirnn-box-*"))


# -- doctor ------------------------------------------------------------------------------------------


def test_doctor_finds_all_well(desk, capsys):
    code, out, _ = call(capsys, "doctor")
    lines = out.splitlines()
    assert code == 0 and len(lines) == 7 and all(line.startswith("ok       ") for line in lines)
    assert "Python 3." in lines[0] and "watchfiles" in lines[1] and "torch's threads" in lines[2]
    assert "3 exercises in 2 lessons" in lines[3] and str(desk) in lines[4]
    assert re.search(r"answered in \d+\.\d\d s; it is guarded by Python's rules ", lines[5])


def test_doctor_outside_a_workspace_is_content(tiny, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    code, out, _ = call(capsys, "doctor")
    assert code == 0 and "in no workspace; `minirnn start FOLDER` makes one" in out


def problems():
    """What doctor finds wrong."""
    return [sentence for fine, sentence in doctor.examine() if not fine]


def test_doctor_names_what_is_wrong_and_what_to_do(tiny, desk, monkeypatch, capsys):
    (desk / "00_first" / "double.py").unlink()
    (tiny / "exercises" / "01_second" / "halve" / "README.md").unlink()
    monkeypatch.setattr(doctor, "PACKAGES", ("numpy", "no-such-package"))
    monkeypatch.setattr(doctor, "OLDEST", (9, 9))
    monkeypatch.setattr(doctor, "PROBE", "def probe(x):\n    raise ValueError('no luck')\n")
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    found = "\n".join(problems())
    for words in (
        "the course needs 3.11 or newer",
        "The package no-such-package is missing: `python3 course.py`",
        "The exercise halve cannot be used: ",
        "00_first/double.py is missing: `minirnn reset double` brings it.",
        "failed: Your code raised ValueError: no luck",
        "Files cannot be watched",
    ):
        assert words in found
    code, out, _ = call(capsys, "doctor")
    assert code == 1 and out.count("problem  ") == 6 and "ok       " in out


def test_doctor_names_a_broken_progress_and_an_old_workspace(desk):
    found = progress.load(desk)
    found.version = "0.0.1"
    del found.states["halve"]
    found.save()
    (desk / "01_second" / "halve.py").unlink()
    assert len(problems()) == 2 and "`minirnn update` brings it" in problems()[0] and "0.0.1" in problems()[1]
    (desk / "progress.json").write_text("{", encoding="utf-8")
    assert len(problems()) == 1 and "is broken" in problems()[0]
