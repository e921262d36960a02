"""How long a thread of torch waits for its next piece of work before it sleeps.

torch cuts an operation over threads, and a thread that has done its part waits for the others by asking
again and again ("spinning"). Alone on the machine that is the fastest way to wait. Beside a browser it takes
away the very core on which the others would finish: a training step on two busy cores then lasts up to a
hundred times as long. So the threads are told to ask for some microseconds only, and then to sleep.

They are told by environment variables, which the OpenMP library reads once, when torch is loaded; hence
`import minirnn` sets them, before anything of ours imports torch. GOMP_SPINCOUNT is for GNU's library
(Linux), KMP_BLOCKTIME, in milliseconds, for LLVM's and Intel's (macOS, Windows), which have nothing between
sleeping at once and a millisecond, which is long. Child processes inherit both. What you have set yourself
stays as it is. `benchmarks/busy_machine.py` measured the first number; the second, tried with Intel's library
on Linux, makes a quiet step about a quarter slower, and one beside busy programs ten times as fast.
"""

import os
import sys
import warnings

PATIENCE = {"GOMP_SPINCOUNT": "3000", "KMP_BLOCKTIME": "0"}
CHOICES = ("OMP_WAIT_POLICY", *PATIENCE)  # each of these is a user's own decision
_ours: list[str] = []  # the variables that we have set


def set_patience() -> None:
    """Set both variables, unless the user decided otherwise; warn if that is too late, torch being loaded.

    With one thread there is nobody to wait for, so nothing is said then.
    """
    if any(name in os.environ for name in CHOICES):
        return
    count = getattr(sys.modules.get("torch"), "get_num_threads", None)
    if count is not None and count() > 1:
        warnings.warn(
            "torch was imported before minirnn, so its threads wait in the costly way: beside other busy "
            "programs a step may take many times as long. Import minirnn first, or set "
            f"{_said(PATIENCE)} before Python starts.",
            RuntimeWarning,
            stacklevel=3,
        )
        return
    os.environ.update(PATIENCE)
    _ours.extend(PATIENCE)


def describe() -> str:
    """What is in force, in words, for `doctor`."""
    held = {name: os.environ[name] for name in CHOICES if name in os.environ}
    if not held:
        return "torch's threads wait by spinning, because torch was imported before minirnn"
    whose = "set by minirnn" if _ours else "set in your environment"
    number = os.environ.get("OMP_NUM_THREADS")
    threads = f"{number} at most (OMP_NUM_THREADS)" if number else f"one for each of {os.cpu_count()} cores"
    return f"torch's threads: {threads}; while they wait, {_said(held)} ({whose})"


def _said(settings: dict[str, str]) -> str:
    return " and ".join(f"{name}={value}" for name, value in settings.items())
