"""The learner's process seen from outside: start it, ask it, stop it in time.

A box is one child process (child.py) in an empty folder of its own, with a bare environment. The parent
never waits longer than a limit: two threads read what comes back, and when the time is up the whole process
group is killed.

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
from pathlib import Path
from typing import Any, NoReturn

from minirnn.course import wire
from minirnn.course.grading.child import MARK
from minirnn.course.grading.clock import processor_seconds

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
