"""Submissions that break, cheat or attack: name -> (source of rnn_step.py, verdicts that are right for it).

None of them computes the state, so none may earn more than the one point for an array of the right shape.
Bombs stop by themselves (memory at 4 GiB, processes and threads at 100), so that a limit that fails harms no
machine. VALUES are files that return something else than what was asked for.
"""

HEAD = "import numpy as np\n\n\ndef rnn_step(x_t, h, W, U, b):\n"


def body(*lines: str, head: str = HEAD) -> str:
    """A file whose rnn_step has these lines."""
    return head + "".join(f"    {line}\n" for line in lines)


STEAL = (
    "source = open(SOLUTION).read()",
    "space = {}",
    "exec(source, space)",
    "return space['rnn_step'](x_t, h, W, U, b)",
)

ATTACKS: dict[str, tuple[str, set[str]]] = {
    "endless loop": (body("while True: pass"), {"timeout"}),
    "endless loop at import": ("while True: pass\n", {"timeout"}),
    "endless loop that catches everything": (
        body("while True:", "    try:", "        while True: pass", "    except BaseException: pass"),
        {"timeout"},
    ),
    "sleep": (body("import time", "time.sleep(1000)"), {"timeout"}),
    "deep recursion": (body("return rnn_step(x_t, h, W, U, b)"), {"raised"}),
    "deep recursion without a limit": (
        body("import sys", "sys.setrecursionlimit(10**9)", "return rnn_step(x_t, h, W, U, b)"),
        {"raised", "crashed", "timeout", "memory"},
    ),
    "memory bomb": (
        body(
            "if hoard: raise MemoryError",  # once is enough
            "while len(hoard) < 4096: hoard.append(b'x' * 2**20)",
            head="hoard = []\n" + HEAD,
        ),
        {"memory"},
    ),
    "one large array": (body("return np.ones((2**29,))"), {"memory"}),
    "fork bomb": (
        body(
            "import os, time",
            "made = 0",
            "while made < 100:",
            "    if os.fork() == 0:",
            "        time.sleep(30)",
            "        os._exit(0)",
            "    made += 1",
        ),
        {"refused"},
    ),
    "fork bomb that hides its refusal": (
        body(
            "import os, time",
            "for _ in range(100):",
            "    try:",
            "        if os.fork() == 0:",
            "            time.sleep(30)",
            "            os._exit(0)",
            "    except BaseException: pass",
            "return h",
        ),
        {"refused"},
    ),
    "thread bomb": (
        body(
            "import threading, time",
            "for _ in range(100):",
            "    threading.Thread(target=time.sleep, args=(30,), daemon=True).start()",
            "return h",
        ),
        {"refused"},
    ),
    "processes by subprocess": (
        body("import subprocess", "subprocess.run(['sleep', '30'])", "return h"),
        {"refused"},
    ),
    "processes by the module below subprocess": (
        body(
            "import sys",
            "import _posixsubprocess as door",
            "door.fork_exec([b'/bin/sleep', b'30'], [b'/bin/sleep'], True, (), None, None, -1, -1, -1,"
            " -1, -1, -1, -1, -1, False, False, 0, None, None, None, -1, None, False)",
            "return h",
        ),
        {"refused", "raised"},
    ),
    "os.system": (body("import os", "os.system('sleep 30')", "return h"), {"refused"}),
    "multiprocessing": (
        body("import multiprocessing", "multiprocessing.Process(target=print).start()", "return h"),
        {"refused"},
    ),
    "sys.exit": (body("import sys", "sys.exit(0)"), {"raised"}),
    "sys.exit at import": ("import sys\nsys.exit(0)\n", {"raised"}),
    "os._exit": (body("import os", "os._exit(0)"), {"crashed"}),
    "os._exit at import": ("import os\nos._exit(0)\n", {"crashed"}),
    "SystemExit as an exit code": (body("raise SystemExit(0)"), {"raised"}),
    "KeyboardInterrupt": (body("raise KeyboardInterrupt"), {"raised"}),
    "segmentation fault by ctypes": (body("import ctypes", "ctypes.string_at(0)", "return h"), {"refused"}),
    "segmentation fault by faulthandler": (
        body("import faulthandler", "faulthandler._sigsegv()", "return h"),
        {"crashed"},
    ),
    "kill the parent": (body("import os", "os.kill(os.getppid(), 9)", "return h"), {"refused"}),
    "a gigabyte of output": (body("for _ in range(1000): print('x' * 10**6)", "return h"), {"output"}),
    "a gigabyte of output by file descriptor": (
        body("import os", "for _ in range(1000): os.write(2, b'x' * 10**6)", "return h"),
        {"output"},
    ),
    "read a file outside": (body("open('/etc/passwd').read()", "return h"), {"refused"}),
    "read a file by descriptor": (
        body("import os", "os.read(os.open('/etc/passwd', os.O_RDONLY), 10)", "return h"),
        {"refused"},
    ),
    "write a file outside": (
        body(
            "import pathlib", "pathlib.Path.home().parent.joinpath('left-behind').write_text('x')", "return h"
        ),
        {"refused"},
    ),
    "remove a file outside": (
        body("import os", "os.remove('/tmp/minirnn-nothing')", "return h"),
        {"refused"},
    ),
    "look around in folders": (body("import os", "os.listdir('/')", "return h"), {"refused"}),
    "fill the disk": (
        body("with open('big', 'wb') as f:", "    while True: f.write(b'x' * 2**20)"),
        {"raised", "crashed", "timeout"},
    ),
    "open a socket": (body("import socket", "socket.socket()", "return h"), {"refused"}),
    "download": (
        body("import urllib.request", "urllib.request.urlopen('http://127.0.0.1:9/')", "return h"),
        {"refused"},
    ),
    "import the reference": ("from minirnn.layers.rnn import RNN\n" + body("return h"), {"refused"}),
    "import the reference by name": (
        body("rnn = __import__('mini' + 'rnn.layers.rnn')", "return h"),
        {"refused"},
    ),
    "import the reference by importlib": (
        body("import importlib", "importlib.import_module('mini' + 'rnn')", "return h"),
        {"refused"},
    ),
    "read the reference's source": (
        body(
            "import sys",
            "__loader__.get_data(SOLUTION)",
            "return h",
        ),
        {"refused", "raised"},
    ),
    "read the solution from the bank": (
        body("source = open(SOLUTION).read()", "return h"),
        {"refused"},
    ),
    "run the solution from the bank": (
        body(
            "import runpy",
            "space = runpy.run_path(SOLUTION)",
            "return space['rnn_step'](x_t, h, W, U, b)",
        ),
        {"refused"},
    ),
    "read the grader's memory": (
        body("import os", "open(f'/proc/{os.getppid()}/mem', 'rb').read(10)", "return h"),
        {"refused"},
    ),
    "read the grader's command line": (
        body("import os", "open(f'/proc/{os.getppid()}/cmdline').read()", "return h"),
        {"refused"},
    ),
    "look for the seed in the frames": (
        body(
            "import sys",
            "frame = sys._getframe()",
            "while frame is not None:",
            "    for value in frame.f_locals.values():",
            "        if getattr(value, '__name__', '') == 'oracle': return value(x_t, h, W, U, b)",
            "    frame = frame.f_back",
            "return None",
        ),
        {"wrong"},
    ),
    "look for the oracle among all objects": (body("import gc", "gc.get_objects()", "return h"), {"refused"}),
    "raise its own limits": (
        body("import resource", "resource.setrlimit(resource.RLIMIT_AS, (-1, -1))", "return h"),
        {"refused"},
    ),
    "patch numpy": (
        body(
            "np.testing.assert_allclose = np.allclose = np.array_equal = np.isfinite = lambda *a, **k: True",
            "return np.zeros_like(h)",
        ),
        {"wrong"},
    ),
    "patch pytest and builtins": (
        body(
            "import builtins, sys",
            "builtins.abs = lambda x: 0",
            "builtins.AssertionError = ValueError",
            "sys.modules['pytest'] = None",
            "return np.zeros_like(h)",
        ),
        {"wrong"},
    ),
    "patch the protocol": (
        body(
            "import sys",
            "for module in list(sys.modules.values()):",
            "    if hasattr(module, 'Rules'): module.Rules.hook = lambda *a: None",
            "main = sys.modules['__main__']",
            "main.Program.answer = lambda self, request: {'value': None}",
            "return np.zeros_like(h)",
        ),
        {"wrong", "refused", "raised", "crashed"},
    ),
    "write into the answers": (
        body(
            "import os",
            "for number in range(3, 64):",
            "    try: os.write(number, b'passed' * 100)",
            "    except OSError: pass",
            "return h",
        ),
        {"crashed", "timeout", "output", "wrong"},
    ),
    "claim a pass on the way": (
        body('print(\'PASSED\'); print(\'{"status": "passed", "points": 8}\')', "return None"),
        {"wrong"},
    ),
    "a value equal to everything": (
        "class Yes:\n    shape = (3, 3)\n    dtype = 'float64'\n    def __eq__(self, other): return True\n"
        "    def __lt__(self, other): return True\n    __le__ = __gt__ = __ge__ = __lt__\n"
        "    def __sub__(self, other): return 0\n    __rsub__ = __sub__\n    def __abs__(self): return 0\n"
        "    def __float__(self): return 0.0\n    def __hash__(self): return 0\n"
        + body("return Yes()", head="def rnn_step(*_):\n"),
        {"wrong"},
    ),
    "an array subclass that lies": (
        "import numpy as np\nclass Liar(np.ndarray):\n    def __eq__(self, other): return True\n"
        "    def __sub__(self, other): return 0 * other\n    def __array_finalize__(self, obj): pass\n"
        + body("return np.zeros(h.shape).view(Liar)", head="def rnn_step(x_t, h, W, U, b):\n"),
        {"wrong"},
    ),
    "a class that lies about its class": (
        "import numpy as np\nclass Liar:\n    @property\n    def __class__(self): return np.ndarray\n"
        + body("return Liar()", head="def rnn_step(*_):\n"),
        {"wrong", "raised"},
    ),
    "a pickled payload": (
        "import numpy as np\nclass Payload:\n    def __reduce__(self):\n        import os\n"
        "        return os.system, ('touch left-behind',)\n"
        + body("return np.array([Payload()], dtype=object)", head="def rnn_step(*_):\n"),
        {"wrong"},
    ),
    "a value nested in itself": (body("rows = []", "rows.append(rows)", "return rows"), {"wrong", "raised"}),
    "an answer of half a gigabyte": (
        body("return [0.0] * 2**27"),
        {"memory", "raised", "timeout", "crashed"},
    ),
}

# Each of these first takes a rule away, or goes round it.
ATTACKS |= {
    "switch the rules off where importlib finds them": (
        body(
            "import sys",
            "for finder in sys.meta_path:",
            "    if not isinstance(finder, type):",
            "        finder.on, finder.closed, finder.readable = False, lambda name: False, ['/']",
            *STEAL,
        ),
        {"refused"},
    ),
    "change what lies in the frames of the box": (
        body(
            "import sys",
            "frame = sys._getframe()",
            "while frame is not None:",
            "    for value in list(frame.f_locals.values()):",
            "        for name in ('on', 'tried', 'readable', 'rules', 'lock'):",
            "            if hasattr(value, name) and not isinstance(value, type): setattr(value, name, [])",
            "    frame = frame.f_back",
            *STEAL,
        ),
        {"refused", "raised"},
    ),
    "lie to the rules about paths": (
        body(
            "import os",
            "home = os.getcwd()",
            "os.path.realpath = os.path.abspath = os.fsdecode = os.fspath = lambda path, **_: home",
            "os.lstat = os.stat",
            *STEAL,
        ),
        {"refused"},
    ),
    "lie to the rules about types": (
        body(
            "import builtins",
            "builtins.any = lambda _: True",
            "builtins.type = builtins.set = builtins.bool = lambda *_: int",
            *STEAL,
        ),
        {"refused", "raised", "crashed"},
    ),
    "replace the functions of the rules": (
        body(
            "import sys",
            "main = sys.modules['__main__']",
            "for name, value in list(vars(main).items()):",
            "    if callable(value) and not isinstance(value, type):",
            "        setattr(main, name, lambda *_: True)",
            *STEAL,
        ),
        {"refused", "crashed"},
    ),
    "a path that changes when it is asked again": (
        body(
            "import io, os",
            "class Path:",
            "    asked = 0",
            "    def __fspath__(self):",
            "        Path.asked += 1",
            "        solution = SOLUTION",
            "        return solution if Path.asked == 1 else os.getcwd() + '/notes'",
            "source = io.FileIO(Path()).read()",
            *STEAL[1:],
        ),
        {"refused"},
    ),
    "a path from another folder": (
        body(
            "import os",
            "library = os.path.dirname(os.__file__)",
            "folder = os.open(library, os.O_RDONLY)",
            "solution = os.path.relpath(SOLUTION, library)",
            "source = os.fdopen(os.open(solution, os.O_RDONLY, dir_fd=folder)).read()",
            *STEAL[1:],
        ),
        {"refused"},
    ),
    "another interpreter": (
        body(
            "try: import _interpreters as interpreters",
            "except BaseException: import _xxsubinterpreters as interpreters",
            "number = interpreters.create()",
            "code = 'open(\"stolen\", \"w\").write(open(' + repr(SOLUTION) + ').read())'",
            "interpreters.run_string(number, code)",
            "source = open('stolen').read()",
            *STEAL[1:],
        ),
        {"refused"},
    ),
    "modules that are for Python's own tests": (body("import _testcapi", "return h"), {"refused"}),
    "the same without the finder that refuses them": (
        body(
            "import sys",
            "sys.meta_path[:] = [finder for finder in sys.meta_path if isinstance(finder, type)]",
            "import _testcapi",
            "return h",
        ),
        {"refused"},
    ),
    "a second copy of a module": (
        body(
            "import sys",
            "from importlib.machinery import BuiltinImporter",
            "BuiltinImporter.load_module('posix').fork()",
            "return h",
        ),
        {"refused"},
    ),
    "move a file outside": (
        body("import os", "open('x', 'w').close()", "os.rename('x', '../../left-behind')", "return h"),
        {"refused"},
    ),
    "link a file outside": (
        body("import os", "open('x', 'w').close()", "os.link('x', '../../left-behind')", "return h"),
        {"refused"},
    ),
    "a pipe outside": (
        body("import os", "os.mkfifo('../../left-behind')", "return h"),
        {"refused", "raised"},
    ),
    "a node outside": (body("import os", "os.mknod('../../left-behind')", "return h"), {"refused", "raised"}),
    "memory that outlives it": (
        body(
            "from multiprocessing.shared_memory import SharedMemory",
            "SharedMemory('minirnn-left-behind', create=True, size=10)",
            "return h",
        ),
        {"refused"},
    ),
    "many files": (
        body("for i in range(1000): open(f'file{i}', 'wb').write(b'x' * 10**6)", "return h"),
        {"refused"},
    ),
    "folders in folders": (
        body("import os", "for _ in range(3000): os.mkdir('d'); os.chdir('d')", "return h"),
        {"refused"},
    ),
    "a file that cannot be removed": (
        body("import os", "open('x', 'w').close()", "os.chmod(os.getcwd(), 0)", "return h"),
        {"refused"},
    ),
    "a signal by way of a descriptor": (
        body("import os, signal", "signal.pidfd_send_signal(os.pidfd_open(os.getppid()), 0)", "return h"),
        {"refused", "raised"},
    ),
    "slow the grader down": (
        body("import os", "os.setpriority(os.PRIO_PROCESS, os.getppid(), 10)", "return h"),
        {"refused", "raised"},
    ),
    "daemon": (
        body(
            "import os, time",
            "if os.fork() == 0:",
            "    os.setsid()",
            "    if os.fork() == 0: time.sleep(30)",
            "    os._exit(0)",
            "return h",
        ),
        {"refused"},
    ),
    "work left for the end": (
        body(
            "import atexit, pathlib",
            "atexit.register(lambda: pathlib.Path('../../left-behind').write_text('x'))",
            "return h",
        ),
        {"wrong"},
    ),
    "an array of four million numbers": (body("return np.zeros((2**11, 2**11), np.int8)"), {"wrong"}),
    "an array that changes its answer": (
        "import numpy as np\nclass Rows:\n    asked = 0\n    def __array__(self, *_, **__):\n"
        "        Rows.asked += 1\n        return np.full((3, 3), Rows.asked)\n"
        + body("return Rows()", head="def rnn_step(*_):\n"),
        {"wrong"},
    ),
    "slow, but each call within its limit": (body("import time", "time.sleep(0.5)", "return h"), {"wrong"}),
    "a name that takes long to read": (body(*["x = h" + ".T" * 800] * 100, "return h"), {"wrong", "syntax"}),
}

VALUES: dict[str, tuple[str, set[str]]] = {
    "nothing": (body("pass"), {"wrong"}),
    "nan": (body("return h * np.nan"), {"wrong"}),
    "infinity": (body("return h + np.inf"), {"wrong"}),
    "integers": (body("return np.zeros(h.shape, int)"), {"wrong"}),
    "lists": (body("return [[0.0] * len(b) for _ in h]"), {"wrong"}),
    "a generator": (body("return (row for row in h)"), {"wrong"}),
    "a function": (body("return rnn_step"), {"wrong"}),
    "the arguments, changed in place": (body("h[:] = 0", "return h"), {"wrong"}),
    "another shape": (body("return h.T[:1]"), {"wrong"}),
    "text": (body("return 'tanh'"), {"wrong"}),
    "NotImplemented": (body("return NotImplemented"), {"wrong"}),
    "other parameters": ("def rnn_step(x):\n    return x\n", {"raised"}),
    "a name that is no function": ("rnn_step = 3\n", {"missing"}),
    "an empty file": ("", {"missing"}),
    "no Python": ("Dear teacher, my dog ate it.\n", {"syntax"}),
    "nested too deeply to read": ("x = " + "(" * 5000 + ")" * 5000 + "\n", {"syntax"}),
    "null bytes": ("x = '\0'\n", {"syntax"}),
}

BYTES: dict[str, tuple[bytes, set[str]]] = {
    "bytes that are not UTF-8": (b"\xff\xfe\x00def rnn_step", {"unreadable"}),
    "a very long file": (b"#" * 2_000_000, {"unreadable"}),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), {"unreadable"}),
}
