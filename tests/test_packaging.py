"""What the package promises from outside: light help, one command under two names, one version everywhere."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import minirnn

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
HEAVY = ("torch", "numpy", "matplotlib", "scipy", "safetensors", "minirnn.lm", "minirnn.training.run")

# Runs the command as its console script does, then tells which modules it loaded.
AS_A_SCRIPT = """
import atexit, importlib, json, sys
target, sys.argv = sys.argv[1], ["minirnn", *sys.argv[2:]]
atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr))
module, function = target.split(":")
sys.exit(getattr(importlib.import_module(module), function)())
"""


def run(*arguments):
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, encoding="utf-8", cwd=ROOT, timeout=120
    )


def run_script(*arguments):
    return run("-c", AS_A_SCRIPT, PROJECT["project"]["scripts"]["minirnn"], *arguments)


def test_help_names_the_commands_and_loads_nothing_heavy():
    done = run_script("--help")
    assert done.returncode == 0, done.stderr
    for command in ("train", "sample", "eval", "runs"):
        assert re.search(rf"\b{command}\b", done.stdout)
    loaded = json.loads(done.stderr.splitlines()[-1])
    assert "minirnn.cli" in loaded and not set(HEAVY) & set(loaded)


def test_python_m_minirnn_is_the_same_command():
    for arguments in (["--help"], ["train", "--help"], ["no-such-command"]):
        script, module = run_script(*arguments), run("-m", "minirnn", *arguments)
        assert (module.returncode, module.stdout) == (script.returncode, script.stdout)
        assert script.stderr.startswith(module.stderr)


def test_importing_minirnn_loads_nothing_else():
    done = run(
        "-c", "import sys; before = set(sys.modules); import minirnn; print(*set(sys.modules) - before)"
    )
    assert set(done.stdout.split()) <= {"minirnn", "minirnn.base", "minirnn.base.threads", "warnings"}


def test_one_version_everywhere():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(r"^## (\S+)", changelog, re.MULTILINE).group(1) == minirnn.__version__
    assert re.search(r"^version: (\S+)", citation, re.MULTILINE).group(1) == minirnn.__version__
    assert PROJECT["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "minirnn.__version__"}


def test_every_dependency_is_pinned_and_every_pin_is_exact():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+(; .+)?", pin) for pin in pins)
    pinned = {re.match(r"[\w.-]+", pin).group().lower() for pin in pins}
    assert len(pinned) == len(pins)
    groups = PROJECT["project"]["optional-dependencies"] | {
        "core": PROJECT["project"]["dependencies"],
        "build": PROJECT["build-system"]["requires"],
    }
    wanted = [re.match(r"[\w.-]+", name).group().lower() for group in groups.values() for name in group]
    assert set(wanted) <= pinned
