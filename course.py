"""Start here: `python3 course.py` prints what there is to do; `python3 course.py train` does it.

This file needs nothing but Python. It makes `.venv` beside itself, installs the pinned packages there,
and hands its arguments to the `minirnn` command. A stamp in `.venv` is written last, so a set-up that
was interrupted is seen and repaired, and a finished one costs nothing at the next start. Python 2.7 can
parse the file, so that any old Python tells its user what to do: no f-strings, no annotations.
"""

import os
import sys

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
PYTHON = (
    os.path.join(VENV, "Scripts", "python.exe") if os.name == "nt" else os.path.join(VENV, "bin", "python")
)
CONSTRAINTS = os.path.join(ROOT, "constraints.txt")
LOCK = os.path.join(ROOT, ".venv.lock")  # outside .venv, which may be removed while it is held
UNFINISHED = os.path.join(VENV, "unfinished")  # exists while packages are being written
EXTRAS = ("core", "test", "site")
TORCH_CPU_INDEX = "https://download.pytorch.org/whl/cpu"
AGAIN = "then run the same command again."

MAP = """minirnn: modern recurrent networks from scratch

  python3 course.py train         train a small language model on text that comes with Python (two minutes)
  python3 course.py runs          list what you have trained
  python3 course.py sample RUN    let it write
  python3 course.py eval RUN      measure it on text it has not seen
  python3 course.py start FOLDER  make a folder with the exercises, outside this one
  python3 course.py site          build the website of the course and show it here
  python3 course.py test          run every test of the course; test --gpu, those that need a GPU
  python3 course.py --help        show all commands; `train --help` shows what one can do

Inside the folder with the exercises (it has a README.md that says how to call course.py from there):

  list, check [ID] [--watch], hint, solution ID, reset ID, update, doctor

The first start makes the folder .venv beside course.py and installs torch and a few other packages
there. That needs a network, about 2 GB of disk and a few minutes, once. On Windows, write `py` for
`python3`. README.md says what the course is."""

# A process for each core, up to four, as each holds torch in memory. Whole files, for what their tests share.
SIDE_BY_SIDE = ["--numprocesses=logical", "--maxprocesses=4", "--dist=loadfile"]

FULL_DISK = ("No space left on device", "not enough space on the disk", "Disk quota exceeded")
NO_NETWORK = (
    "connection broken by",
    "issue with network connectivity",
    "Max retries exceeded",
    "Could not fetch URL",
    "Connection aborted",
    "Read timed out",
    "IncompleteRead",
)


class SetupError(Exception):
    """One sentence that says what stopped the set-up and what to do."""


def say(text):
    """Print to the error stream: the output of the command itself stays clean."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def main(arguments):
    """Set up what the command needs, then become the command. Returns an exit code."""
    if sys.version_info < OLDEST:
        text = "course.py needs Python 3.11 or newer, and this is Python {}.{} ({}): install a newer one, {}"
        start = "then start course.py with it, for example `python3.11 course.py`."
        say(text.format(sys.version_info[0], sys.version_info[1], sys.executable, start))
        return 1
    if not arguments:
        print(MAP)
        return 0
    try:
        prepare(arguments[0] if arguments[0] in EXTRAS else "core")
    except (SetupError, OSError) as error:
        say("course.py: {}".format(os_error_sentence(error) if isinstance(error, OSError) else error))
        return 1
    except KeyboardInterrupt:
        say("\ncourse.py: stopped; the next start repairs the set-up.")
        return 1
    if arguments[0] == "test":
        os.chdir(ROOT)
        # The tests for a GPU are a set of their own: what they test runs nowhere else, and by one process.
        rest = [argument for argument in arguments[1:] if argument != "--gpu"]
        how = ["tests/gpu"] if "--gpu" in arguments else SIDE_BY_SIDE
        return hand_over([PYTHON, "-m", "pytest"] + how + rest)
    os.environ["MINIRNN_COMMAND"] = "{} {}".format(
        "py" if os.name == "nt" else "python3", quoted(sys.argv[0])
    )
    # -P: a file in the reader's folder, such as random.py, must not hide a module of Python's own.
    return hand_over([PYTHON, "-P", "-m", "minirnn"] + arguments)


def quoted(path):
    """As `minirnn.base.wording.quoted`, which cannot be imported here."""
    if os.name != "nt":
        import shlex

        return shlex.quote(path)
    return '"{}"'.format(path) if set(path) & set(" ()&;,'{}") else path


def hand_over(command):
    """Become `command`; where the system cannot replace a process, wait for it and return its exit code."""
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    import subprocess

    child = subprocess.Popen(command)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            pass  # Ctrl-C reaches the command as well; it decides how to end


def prepare(extra):
    """Return when `.venv` holds what `extra`, one of EXTRAS, needs; install it first where it does not."""
    wanted = fingerprint()
    if ready(extra, wanted):
        return
    with open(LOCK, "w") as lock:
        take_lock(lock)
        if not ready(extra, wanted):  # the start we waited for may have done it
            install(extra, wanted, lock)


def fingerprint():
    """A hash of all that decides what gets installed, where, and by which Python."""
    import hashlib

    digest = hashlib.sha256(repr((ROOT, sys.version_info[:2])).encode("utf-8"))
    for name in ("course.py", "pyproject.toml", "constraints.txt"):
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def stamp(extra):
    return os.path.join(VENV, "installed-" + extra)


def ready(extra, wanted):
    try:
        with open(stamp(extra)) as file:
            return file.read() == wanted and os.path.exists(PYTHON)
    except OSError:
        return False


def take_lock(lock):
    """Hold the lock file until it is closed; say so before waiting for another start."""
    waiting = "Another start of course.py is setting up; waiting for it to finish."
    if os.name == "nt":
        import msvcrt
        import time

        while True:
            try:
                return msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
            except OSError:
                if waiting:
                    say(waiting)
                waiting = None
                time.sleep(0.2)
    import fcntl

    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say(waiting)
        fcntl.flock(lock, fcntl.LOCK_EX)


def install(extra, wanted, lock):
    """Make `.venv`, then torch, then everything else; the stamps come last."""
    import time

    started = time.monotonic()
    say("Setting up minirnn in {} (once; a few minutes).".format(VENV))
    for name in EXTRAS:
        if os.path.exists(stamp(name)):
            os.remove(stamp(name))
    if os.path.exists(UNFINISHED) or not venv_works():
        make_venv(lock)
    open(UNFINISHED, "w").close()
    torch = install_torch(lock)
    say("[3/3] the other packages")
    # Without isolation the build uses the pinned setuptools, and an unchanged set-up needs no network.
    # torch is named again so that no resolver can ever exchange the CPU build for another.
    project = ROOT if extra == "core" else "{}[{}]".format(ROOT, extra)
    for packages in (["setuptools"], ["--no-build-isolation", torch, "--editable", project]):
        code, output = pip(["--quiet"] + packages, lock)
        if code:
            raise failure(output, "the packages in constraints.txt")
    os.remove(UNFINISHED)
    for name in sorted({"core", extra}):  # each of the others includes core
        with open(stamp(name) + ".new", "w") as file:
            file.write(wanted)
        os.replace(stamp(name) + ".new", stamp(name))
    say("Ready after {:.0f} s.\n".format(time.monotonic() - started))


def venv_works():
    """True if `.venv` has a Python of our version that can import pip."""
    import subprocess

    check = "import pip, sys; sys.exit(sys.version_info[:2] != {})".format(tuple(sys.version_info[:2]))
    try:
        quiet = subprocess.DEVNULL
        return subprocess.run([PYTHON, "-c", check], stdout=quiet, stderr=quiet).returncode == 0
    except OSError:
        return False


def make_venv(lock):
    """Make `.venv` from nothing. What an interrupted set-up left there cannot be trusted."""
    import importlib.util
    import shutil

    for module in ("venv", "ensurepip"):
        spec = importlib.util.find_spec(module)
        if spec is None or spec.origin is None:  # None too: an empty folder that a package manager left
            text = (
                "this Python ({}) has no module `{}`: on Debian or Ubuntu run "
                "`sudo apt install python{}.{}-venv`, elsewhere install Python from python.org, {}"
            )
            raise SetupError(
                text.format(sys.executable, module, sys.version_info[0], sys.version_info[1], AGAIN)
            )
    say("[1/3] the folder .venv")
    if os.path.isdir(VENV):
        shutil.rmtree(VENV)
    os.mkdir(VENV)
    open(UNFINISHED, "w").close()
    base = getattr(sys, "_base_executable", None) or sys.executable
    for command in (
        [base, "-m", "venv", "--without-pip", VENV],
        [PYTHON, "-m", "ensurepip", "--default-pip"],
    ):
        code, output = run(command, lock, quiet=True)
        if code:
            raise failure(output, "the folder .venv")


def install_torch(lock):
    """Install torch and return its requirement. On Linux without an NVIDIA GPU only a CPU build will do."""
    pin = torch_pin()
    if sys.platform != "linux" or has_nvidia_gpu():
        say("[2/3] {}".format(pin))
        code, output = pip([pin], lock)
        if code:
            raise failure(output, pin)
        return pin
    pin += "+cpu"
    say("[2/3] {}".format(pin))
    # --no-deps: PyTorch's own index has only some of the packages that torch needs; step 3 brings them.
    code, output = pip(["--no-deps", pin], lock)
    if code and trouble(output) is None:
        say("      looking at {}".format(TORCH_CPU_INDEX))
        code, output = pip(["--no-deps", "--index-url", TORCH_CPU_INDEX, pin], lock)
        if code and trouble(output) == "network":
            os.remove(UNFINISHED)
            text = "the CPU build of torch could not be fetched from {}: check the network or its proxy, {}"
            raise SetupError(text.format(TORCH_CPU_INDEX, AGAIN))
    if code:
        raise failure(output, pin)
    return pin


def torch_pin():
    """The line of constraints.txt that pins torch, such as `torch==2.13.0`."""
    with open(CONSTRAINTS) as file:
        return next(line.strip() for line in file if line.startswith("torch=="))


def has_nvidia_gpu():
    """True if the driver's tool lists a GPU, or, without the tool, if the driver itself does."""
    import shutil
    import subprocess

    tool = shutil.which("nvidia-smi")
    if tool:
        try:
            listing = subprocess.run(
                [tool, "-L"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        return listing.returncode == 0 and listing.stdout.startswith(b"GPU ")
    driver = "/proc/driver/nvidia/gpus"
    return os.path.isdir(driver) and bool(os.listdir(driver))


def pip(arguments, lock):
    options = ["--disable-pip-version-check", "--no-input"]
    if "--no-deps" not in arguments:  # one exact version needs no pins, and pip would talk of a conflict
        options += ["--constraint", CONSTRAINTS]
    return run([PYTHON, "-m", "pip", "install"] + options + arguments, lock)


def run(command, lock, quiet=False):
    """Run `command`; return its exit code and what it wrote to its error stream."""
    import subprocess

    # The child inherits the lock: if this process is killed, the next start waits until the child has ended.
    inherited = () if os.name == "nt" else (lock.fileno(),)
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if quiet else sys.stderr,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        pass_fds=inherited,
    )
    return done.returncode, done.stderr


def trouble(output):
    """What the message of a failed program tells: "disk", "network", or None (it must speak for itself)."""
    if any(sign in output for sign in FULL_DISK):
        return "disk"
    return "network" if any(sign in output for sign in NO_NETWORK) else None


def failure(output, what):
    """The SetupError for a program that failed while installing `what`."""
    kind = trouble(output)
    if kind == "disk":
        return SetupError(full_disk_sentence())
    if kind == "network":
        # pip looks everything up before it writes anything, so what is in .venv is whole.
        if os.path.exists(UNFINISHED):
            os.remove(UNFINISHED)
        return SetupError("the package index cannot be reached: check the network or its proxy, " + AGAIN)
    lines = [line for line in output.splitlines() if line.strip() and not line.startswith("WARNING")]
    say("\n".join(lines[-12:]))
    if "No matching distribution" in output:
        text = "no build of {} is offered for Python {}.{} on this machine: {}"
        advice = "use Python 3.11 to 3.14 on a 64-bit system, " + AGAIN
        return SetupError(text.format(what, sys.version_info[0], sys.version_info[1], advice))
    return SetupError("{} could not be installed, for the reason above: mend that, {}".format(what, AGAIN))


def full_disk_sentence():
    import tempfile

    return "the disk is full: free about 2 GB where {} and {} lie, {}".format(
        ROOT, tempfile.gettempdir(), AGAIN
    )


def os_error_sentence(error):
    import errno

    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
        return full_disk_sentence()
    if error.errno == errno.ENOENT and error.filename in (CONSTRAINTS, os.path.join(ROOT, "pyproject.toml")):
        return "{} is missing: course.py works inside a clone of the whole project, so clone that.".format(
            error.filename
        )
    return "the set-up stopped ({}): make sure that you may write to {}, {}".format(error, ROOT, AGAIN)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
