"""The learner's process seen from outside: start it, call the function, stop it in time.

A box is one child process (child.py) in an empty folder of its own, with a bare environment. The parent
never waits longer than a limit: two threads read what comes back, and when the time is up the whole process
group is killed. `Learner` is the file in such a box; when the box is lost it may start another.

Limits are in seconds of processor time (clock.py): a file gets the same mark on a busy machine as on an idle
one. A file that waits instead of computing meets a limit by the clock on the wall, WAIT times as long.
"""

import atexit
import contextlib
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable
from inspect import getsource
from pathlib import Path
from typing import Any, NoReturn

from minirnn.course import bank
from minirnn.course.checks import Wrong, as_python
from minirnn.course.grading import wire
from minirnn.course.grading.child import MARK
from minirnn.course.grading.clock import processor_seconds
from minirnn.course.grading.failures import absent, guarded, raised

SECONDS = {"python": 5.0, "numpy": 5.0, "torch": 20.0}  # of processor time, for one call
CALLS = 3  # so many times that is the limit of all calls of one file together
WAIT = 10.0  # so many times a limit may pass on the wall: ten programs may share a processor
START_SECONDS = 60.0  # for Python, numpy and torch to be imported
PATIENCE = 5.0  # seconds for a process to end, or for what it has printed to arrive, once it has answered
TICK = 0.05  # seconds between looks at the clocks
KEPT = 64_000  # characters of what the learner prints
MOST = 8_000_000  # bytes printed before the box is closed
VARIABLES = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "TEMP", "TMP", "LANG", "LD_LIBRARY_PATH")


_open: "set[Box]" = set()


class Lost(Exception):
    """The process is gone or was stopped. kind: "timeout", "output" or "crashed"."""

    def __init__(self, kind: str, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind


class Box:
    """One child process that has imported what `uses` says ("python", "numpy" or "torch")."""

    process: "subprocess.Popen[bytes]"
    listener: threading.Thread

    def __init__(self, uses: str) -> None:
        # Not mkdtemp: the name must be known before the folder is there.
        self.home = Path(tempfile.gettempdir(), f"minirnn-box-{uuid.uuid4().hex}")
        _open.add(self)
        self.home.mkdir(mode=0o700)
        environment = {name: os.environ[name] for name in VARIABLES if name in os.environ}
        one_thread = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
        environment |= dict.fromkeys(one_thread, "1") | {"PYTHONHASHSEED": "0", "HOME": str(self.home)}
        child = str(Path(__file__).with_name("child.py"))
        group: dict[str, Any] = (
            {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}  # type: ignore[attr-defined,unused-ignore]
            if os.name == "nt"
            else {"start_new_session": True}
        )
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-B", "-u", "-X", "utf8", child, uses, str(self.home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.home,
            env=environment,
            **group,
        )
        self.printed, self.said, self.bytes_printed = "", "", 0
        self.heard = threading.Semaphore(0)  # counts the answers before which all that was printed has come
        self.answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.ready, self.hears = False, True
        self.spent = 0.0  # seconds of the last answer, in the measure of its limit
        threading.Thread(target=self._read_answers, daemon=True).start()
        self.listener = threading.Thread(target=self._read_prints, daemon=True)
        self.listener.start()

    def ask(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Send a request and give its answer. Raises Lost; the box is closed then.

        seconds: of processor time.
        """
        if not self.ready:
            self._answer(START_SECONDS)
            self.ready = True
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(wire.pack(request))
            self.process.stdin.flush()
        except OSError:
            pass  # it has ended; the answer says how
        answer = self._answer(seconds)
        if self.hears:  # else the file has closed that way
            self.hears = self.heard.acquire(timeout=PATIENCE)
        return answer

    def forget(self) -> None:
        """Let `said` be what is printed from now on."""
        self.said = ""

    def close(self) -> None:
        """Kill the process and all it started, and remove its folder."""
        # A Ctrl-C can leave a box that is only half made.
        if hasattr(self, "process"):
            kill(self.process)
            with contextlib.suppress(AttributeError, RuntimeError):
                self.listener.join(timeout=PATIENCE)  # what is still in the pipe belongs to `printed`
            for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
                if stream is not None:
                    with contextlib.suppress(OSError, ValueError):
                        stream.close()
        with contextlib.suppress(RecursionError):
            shutil.rmtree(self.home, ignore_errors=True)
        _open.discard(self)  # last: what is cut short here is done again at the end

    def _answer(self, seconds: float) -> dict[str, Any]:
        began, computed = time.monotonic(), processor_seconds(self.process) or 0.0
        while True:
            try:
                answer = self.answers.get(timeout=TICK)
            except queue.Empty:
                answer = None
            waited = time.monotonic() - began
            used = max(0.0, (processor_seconds(self.process) or 0.0) - computed)
            self.spent = max(used, waited / WAIT)
            if self.bytes_printed > MOST:
                self._lose("output", f"your code printed more than {MOST // 10**6} MB")
            if isinstance(answer, dict):
                return answer
            if answer is not None:
                self._lose("crashed", self._how_it_ended())
            if used >= seconds:
                self._lose("timeout", f"your code was still running after {seconds:g} seconds")
            if self.spent >= seconds:
                reason = "it waited for something, or the machine is overloaded"
                self._lose("timeout", f"your code gave no answer for {waited:.0f} seconds: {reason}")

    def _lose(self, kind: str, sentence: str) -> NoReturn:
        self.close()
        raise Lost(kind, sentence)

    def _how_it_ended(self) -> str:
        try:
            code = self.process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            return "your code closed the channel to the grader"
        if code < 0:
            names = {s.value: s.name for s in signal.Signals}
            return f"Python itself crashed ({names.get(-code, -code)}) while your code ran"
        return f"your code ended Python (exit code {code}) instead of returning"

    def _read_answers(self) -> None:
        assert self.process.stdout is not None
        try:
            while (answer := wire.read(self.process.stdout)) is not None:  # type: ignore[arg-type]
                if not self.answers.empty():
                    break  # it answers more than it is asked
                self.answers.put(answer)
        except (wire.Broken, OSError, ValueError, MemoryError):
            pass
        self.answers.put("end")

    def _read_prints(self) -> None:
        assert self.process.stderr is not None
        with contextlib.suppress(OSError, ValueError):
            rest = b""
            while piece := os.read(self.process.stderr.fileno(), 65536):
                self.bytes_printed += len(piece)
                if not rest and MARK[:1] not in piece:
                    self._keep(piece)
                    continue
                *before, rest = (rest + piece).split(MARK)
                for part in before:
                    self._keep(part)
                    self.heard.release()
                # A mark may be cut in two: its first byte is held back with what follows.
                whole, zero, begun = rest.rpartition(MARK[:1])
                if not zero or not MARK.startswith(zero + begun):
                    whole, zero, begun = rest, b"", b""
                self._keep(whole)
                rest = zero + begun
            self._keep(rest)

    def _keep(self, part: bytes) -> None:
        if len(self.said) >= KEPT and len(self.printed) >= KEPT:
            return
        text = part.decode("utf-8", "replace")
        self.printed += text[: KEPT - len(self.printed)]
        self.said += text[: KEPT - len(self.said)]


@atexit.register
def _close_all() -> None:
    """Close what a Ctrl-C or a signal left open between its start and its place in somebody's list."""
    for box in list(_open):
        box.close()


def kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill a process and, where the system has groups, all that it started."""
    if os.name == "nt":
        command = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(command, capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(OSError):
        process.kill()
    process.wait()


class Learner:
    """A learner's function: calling it runs it in the box. Raises Wrong for all that is not a value.

    source, filename: of the learner's file. function: its name. uses: what the file may import.
    forbidden: names that are the answer, with the reason. seconds: the limit of one call. strict: whether the
    rules of the box hold. losses: how many boxes it may lose before the rest is not run. box: one that runs.
    changed: which arguments (from 0) the last call changed in place. last: what was called last, as
    (driver or "", arguments). printed: all that the file printed.
    failures: the arguments of the calls with which rungs failed, written by the engine.
    """

    def __init__(
        self,
        source: str,
        filename: str,
        function: str,
        uses: str,
        forbidden: dict[str, str] | None = None,
        *,
        seconds: float | None = None,
        strict: bool = True,
        losses: int = 1,
        box: Box | None = None,
    ) -> None:
        self.source, self.filename, self.function, self.uses = source, filename, function, uses
        self.forbidden, self.strict = forbidden or {}, strict
        self.seconds = SECONDS[uses] if seconds is None else seconds
        self.box, self.losses, self.loaded = box, losses, False
        self.rest()
        self.changed: list[int] = []
        self.last: tuple[str, tuple[Any, ...]] | None = None
        self.failures: list[tuple[Any, ...]] = []
        self._printed = self._said = self._at_first = ""

    def rest(self) -> None:
        """Let the time for all calls together begin anew."""
        self.left = CALLS * self.seconds

    @property
    def printed(self) -> str:
        """All that the file printed so far, up to a limit."""
        return (self._printed + (self.box.printed if self.box else ""))[:KEPT]

    @property
    def said(self) -> str:
        """What the file printed when it was run, and during the last call."""
        return (self._at_first + str(self.box.said) if self.box else self._said)[:KEPT]

    def __call__(self, *args: Any) -> Any:
        """What the learner's function returns for these arguments."""
        self._ready()
        self.last = ("", args)
        return self._ask({"do": "call", "function": self.function, "args": list(args)})

    def drive(self, driver: Callable[..., Any], *args: Any) -> Any:
        """What driver(function, *args) returns; it runs beside the learner's code, so it must stand alone."""
        self._ready()
        self.last = (driver.__name__, args)
        what = {"driver": getsource(driver), "name": driver.__name__}
        return self._ask({"do": "drive", "function": self.function, "args": list(args), **what})

    def _ready(self) -> None:
        self.last = None
        if self.loaded and self.box is not None:
            self.box.forget()
        self.load()

    def load(self) -> None:
        """Run the file, if that has not been done. Raises Wrong if it fails or lacks the function."""
        if self.losses <= 0:
            raise Wrong("Not run, because the file was stopped before.", kind="not run")
        if self.box is None:
            self.box, self.loaded = Box(self.uses), False
        if not self.loaded:
            self.box.forget()
            self._at_first = ""
            request: dict[str, Any] = {"do": "load", "source": self.source, "filename": self.filename}
            request |= {"uses": self.uses, "function": self.function}
            request |= {"may": list(bank.PACKAGES[self.uses]), "guarded": guarded(self.source)}
            names = self._send({**request, "forbidden": self.forbidden, "strict": self.strict})["names"]
            if self.function not in names:
                there = ", ".join(str(name) for name in names[:8]) or "none"
                raise Wrong(
                    f"There is no function {self.function} in {self.filename} (functions there: {there}).",
                    kind="missing",
                )
            self.loaded, self._at_first = True, self.box.said
            self.box.forget()

    def close(self) -> None:
        """Stop the process."""
        if self.box is not None:
            self.box.close()
            self._printed, self._said = self.printed, self.said
            self.box, self.loaded = None, False

    def _ask(self, request: dict[str, Any]) -> Any:
        answer = self._send(request)
        self.changed = answer.get("changed", [])
        return as_python(answer.get("value"))

    def _send(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self.box is not None
        box, limit = self.box, min(self.seconds, self.left)
        try:
            answer = box.ask(request, limit)
        except Lost as lost:
            self._printed, self._said = self._printed + box.printed, self._at_first + box.said
            self.box = None
            self.losses -= 1
            if limit < self.seconds:
                self.losses = 0
                if lost.kind == "timeout":
                    lost = Lost(
                        lost.kind,
                        f"your code took more than {CALLS * self.seconds:g} seconds in all",
                    )
            raise Wrong(f"Stopped: {lost}.", kind=lost.kind) from None
        except wire.Broken as broken:
            raise AssertionError(f"the arguments cannot be sent: {broken}") from None
        finally:
            self.left = max(0.0, self.left - getattr(box, "spent", 0.0))  # a page keeps the time itself
        if "refused" in answer:
            what = answer["refused"].rstrip(".")
            raise Wrong(
                f"Your code tried to {what}. The box that it runs in does not allow this.", kind="refused"
            )
        if "absent" in answer:
            raise absent(answer["absent"], self.filename, self.uses)
        if "raised" in answer:
            raise raised(answer["raised"], self.filename)
        return answer
