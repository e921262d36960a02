"""How torch's threads wait: what its OpenMP library says of itself, each time in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from minirnn.base import threads
from minirnn.course.grading.calls import Learner

ROOT = Path(__file__).parents[2]
TORCH_FIRST = "torch was imported before minirnn"
SET = f"print({{name: os.environ[name] for name in {threads.CHOICES!r} if name in os.environ}})"


def run(*args, **settings):
    """What Python prints, and what it says beside it, in an environment without decisions but these."""
    ours = {*threads.CHOICES, "OMP_NUM_THREADS"}
    clean = {name: value for name, value in os.environ.items() if name not in ours}
    done = subprocess.run(
        [sys.executable, *args],
        env=clean | {"PYTHONPATH": str(ROOT)} | settings,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip(), done.stderr


def spins(code):
    """How often a thread asks before it sleeps, as GNU's OpenMP library says it, if that is the one."""
    said = run("-c", code, OMP_DISPLAY_ENV="verbose")[1]
    line = next((line for line in said.splitlines() if "GOMP_SPINCOUNT" in line), "'another library'")
    return line.split("'")[1]


def test_the_library_takes_our_number_when_minirnn_comes_first():
    assert spins("import minirnn, torch") in (threads.PATIENCE["GOMP_SPINCOUNT"], "another library")


@pytest.mark.parametrize("words", ["--help", "eval no-such-run", "teach plan --minutes 90"])
def test_every_command_sets_it_for_itself_and_its_children(words, tmp_path):
    code = f"""
import os, runpy, sys
sys.argv[1:] = {words.split()!r}
try:
    runpy.run_module("minirnn", run_name="__main__")
except SystemExit:
    {SET}
"""
    assert run("-c", code)[0].splitlines()[-1] == str(threads.PATIENCE)


@pytest.mark.parametrize(
    "own", [{"OMP_WAIT_POLICY": "ACTIVE"}, {"GOMP_SPINCOUNT": "77"}, {"KMP_BLOCKTIME": "9"}], ids=str
)
def test_what_you_set_stays_and_is_not_mixed_with_ours(own):
    assert run("-c", f"import os, minirnn; {SET}", **own)[0] == str(own)


def test_torch_first_is_said_once_with_what_to_do():
    code = f"import torch; torch.set_num_threads(2); import os, minirnn, minirnn.lm, minirnn.scan; {SET}"
    out, said = run("-c", code)
    assert out == "{}" and said.count(TORCH_FIRST) == 1 and "GOMP_SPINCOUNT=" in said


def test_with_one_thread_or_a_decision_of_yours_nothing_is_said():
    assert run("-c", "import torch, minirnn", OMP_NUM_THREADS="1")[1] == ""
    assert run("-c", "import torch, minirnn", OMP_WAIT_POLICY="passive")[1] == ""


def test_doctor_says_what_is_in_force_and_whose_it_is():
    code = "from minirnn import threads; print(threads.describe())"
    ours, theirs = run("-c", code)[0], run("-c", code, OMP_WAIT_POLICY="passive", OMP_NUM_THREADS="3")[0]
    assert "GOMP_SPINCOUNT=" in ours and "(set by minirnn)" in ours
    assert "3 at most (OMP_NUM_THREADS)" in theirs
    assert "OMP_WAIT_POLICY=passive (set in your environment)" in theirs


def test_tests_and_the_processes_of_learners_run_with_one_thread():
    source = "import os\ndef threads():\n    return os.environ['OMP_NUM_THREADS']\n"
    learner = Learner(source, "threads.py", "threads", "python", strict=False)
    try:
        assert os.environ["OMP_NUM_THREADS"] == learner() == "1"
    finally:
        learner.close()
