"""What a file does to the Python it runs in spoils neither a right answer nor the next file in that box."""

import pytest

from minirnn.course import bank
from minirnn.course.grading import box, engine
from minirnn.course.grading.box import Box
from minirnn.course.grading.boxes import Lent
from tests.course.tiny import make_bank

RIGHT = "def double(x):\n    return [value + value for value in x]\n"
PATCHES = "len isinstance dict list tuple getattr hasattr type any all str int float zip map vars Exception"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The exercises of the tiny course by id, and boxes that all files of this module share."""
    lessons = bank.load(make_bank(tmp_path_factory.mktemp("bank") / "bank"))
    held = {uses: Box(uses) for uses in ("python", "numpy")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(box, "WAIT", 1000.0)
        yield {e.id: e for lesson in lessons for e in lesson.exercises}, lambda uses: Lent(held[uses])
    for each in held.values():
        each.close()


def tried(course, source, name="double"):
    exercises, boxes = course
    data = source.encode()
    return engine.grade(exercises[name], data, graded=True, boxes=boxes, diagnose=False)


@pytest.mark.parametrize(
    "before",
    {
        "no stdout": "import sys; sys.stdout = None",
        "no streams": "import sys; sys.stdin = sys.stdout = sys.stderr = None",
        "stdout is gone": "import sys; del sys.stdout",
        "stdout into a text": "import io, sys; sys.stdout = io.StringIO(); print('x')",
        "streams that fail": (
            "import sys\nclass Bad:\n    def write(self, text): raise OSError\n"
            "    def flush(self): raise SystemExit\nsys.stdout = sys.stderr = Bad()"
        ),
        "json": "import json; json.dumps = json.loads = json.JSONEncoder = json.encoder.JSONEncoder = None",
        "math, io and os": "import io, math, os; math.prod = io.BytesIO = os.write = os.dup = None",
        "built-in functions": f"import builtins\nfor n in '{PATCHES}'.split(): setattr(builtins, n, None)",
        "a built-in function that raises": "import builtins\ndef no(*_): 1 / 0\nbuiltins.isinstance = no",
        "its own names": "len = dict = str = type = isinstance = None",
        "a trace": "import sys\ndef trace(*_): return trace\nsys.settrace(trace); sys.setprofile(trace)",
        "few calls": "import sys; sys.setrecursionlimit(60)",
        "many calls": "import sys; sys.setrecursionlimit(10**6)",
        "warnings are errors": "import warnings; warnings.simplefilter('error')",
        "something for the end": "import atexit; atexit.register(lambda: 1 / 0)",
        "its folder": "import os; os.chdir(os.path.dirname(os.path.abspath(__file__)))",
        "signals": "from signal import *\nfor s in (SIGTERM, SIGINT): signal(s, lambda *_: None)",
        "modules taken away": "import sys; sys.modules['json'] = sys.modules['os'] = None",
        "hooks": "import sys; sys.excepthook = sys.displayhook = None; sys.argv.clear()",
        "the environment": "import os; os.environ.clear(); os.umask(0)",
        "much that is not used": "import asyncio, logging, multiprocessing, socket, subprocess, threading",
        "a program": "if __name__ == '__main__':\n    raise SystemExit(double([1.0]))",
    }.items(),
    ids=lambda pair: pair[0],
)
def test_a_right_file_stays_right(course, before):
    assert tried(course, f"{before[1]}\n{RIGHT}").passed, before[0]


def test_a_program_that_ends_itself_has_still_defined_its_function(course):
    assert tried(course, f"{RIGHT}import sys\nsys.exit()\n").passed
    rung = tried(course, f"import sys\nsys.exit()\n{RIGHT}").first_failure
    assert (rung.status, rung.message) == ("raised", "Your code raised SystemExit")


def test_streams_that_are_closed(course):
    exercises, _ = course
    for source in (
        "import sys; sys.stdout.close(); sys.stderr.close()",
        "import os; os.close(1); os.close(2)",
    ):
        result = engine.grade(exercises["double"], f"{source}\n{RIGHT}".encode())
        assert result.passed, source


def test_its_own_code_finds_what_it_changed_and_the_next_file_does_not(course):
    source = "import builtins, math\nbuiltins.twice = lambda v: v + v\nmath.floor = lambda v: 'mine'\n"
    source += "def double(x):\n    assert math.floor(1.5) == 'mine'\n    return [twice(v) for v in x]\n"
    assert tried(course, source).passed
    other = f"import math\nassert math.floor(1.5) == 1\n{RIGHT}"
    assert tried(course, other).passed


def test_what_a_stream_of_its_own_holds_back_is_printed(course):
    source = "import io, sys\nsys.stdout = io.TextIOWrapper(open(1, 'wb', closefd=False), 'utf-8')\n"
    source += RIGHT.replace("    return", "    print('here')\n    return") + "    return\n"
    result = tried(course, source.replace("value + value", "value"))
    assert result.first_failure.printed == "here\n"


# -- imports -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "before",
    [
        "import torch",
        "import matplotlib.pyplot as plt",
        "from matplotlib import pyplot as plt",
        "import torch.nn.functional as F, numpy as np",
        "import pandas as pd, there_is_no_such_module",
        "from helper import one, two",
        "from . import helper",
        "from .helper import one",
        "from tkinter import N\nimport turtle",
        "import matplotlib.pyplot as plt\ndef show(x):\n    plt.plot(x)\n    plt.show()",
        "import torch\nONE: torch.Tensor | list[torch.nn.Module] | None = None",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import torch",
        "if __name__ == '__main__':\n    import torch\n    print(torch.zeros(3))",
        "try:\n    import torch\nexcept ImportError:\n    torch = None\nassert torch is None",
        "try:\n    import pandas\n    FOUND = True\nexcept Exception:\n    FOUND = False\nassert not FOUND",
        "def unused():\n    import torch\n    return torch.ones(1)",
    ],
)
def test_an_import_that_nothing_uses_costs_nothing(course, before):
    result = tried(course, f"{before}\n{RIGHT}")
    assert result.passed, result.first_failure


def test_it_is_not_run_either(course):
    source = "import pandas, torch, sys\n" + RIGHT.replace(
        "    return", "    print(*sys.modules)\n    return"
    )
    printed = tried(course, source).printed.split()
    assert "json" in printed and not {"pandas", "torch"} & set(printed)


HELPER = (
    " If helper is a file of yours: only this one file is handed in and checked, so copy what you need from "
    "helper into it."
)


@pytest.mark.parametrize(
    ("source", "name", "said", "line"),
    [
        ("import torch\ndef double(x):\n    return torch.tensor(x) * 2", "torch.tensor", "", 1),
        ("X = 1\nimport torch as t\ndef double(x):\n    return t.ones(2)", "torch.ones", "", 2),
        ("from torch import ones as o\ndef double(x):\n    return o(2)", "torch.ones", "", 1),
        ("def double(x):\n    import torch as np\n    return np.add(x, x)", "torch.add", "", 2),
        ("import torch as np\ndef double(x):\n    return [v * np.pi for v in x]", "torch.pi", "", 1),
        ("import torch\nclass Net(torch.nn.Module): pass", "torch.nn.Module", "", 1),
        ("import torch\n@torch.no_grad()\ndef double(x): return x", "torch.no_grad", "", 1),
        ("import torch\ndef double(x):\n    return torch", "torch", "", 1),
        ("from torch import *\ndef double(x):\n    return x", "torch", "", 1),
        ("import helper\ndef double(x):\n    return helper.double(x)", "helper.double", HELPER, 1),
        ("from helper import double", "helper.double", HELPER, 1),
        (
            "from .helper import TWO\ndef double(x):\n    return [v * TWO for v in x]",
            ".helper.TWO",
            HELPER,
            1,
        ),
        (
            "try:\n    from helper import f\nexcept KeyError: pass\ndef double(x):\n    return f(x)",
            "helper.f",
            HELPER,
            2,
        ),
        (
            "import torch\ndef double(x):\n    try: torch.ones(1)\n    except: pass\n    return x",
            "torch.ones",
            "",
            1,
        ),
    ],
)
def test_an_import_that_is_used_is_refused_by_its_line_and_with_the_reason(course, source, name, said, line):
    rung = tried(course, source).first_failure
    may = "You may import Python's standard library and numpy."
    message = f"Your code uses {name}, imported in line {line}. {may}{said}"
    assert (rung.status, rung.message) == ("refused", message)
    assert rung.where == f"00_first/double.py, line {line}: {source.splitlines()[line - 1].strip()}"


def test_what_the_exercise_uses_may_be_imported(course):
    for line in (
        "import numpy as np",
        "from numpy import *\nimport numpy.linalg, numpy as np",
        "import numpy.random",
    ):
        assert tried(course, f"{line}\ndef halve(x):\n    return x / 2\n", "halve").passed
    assert tried(course, "import numpy as np\n\ndef double(x):\n    return list(np.multiply(x, 2))\n").passed
    rung = tried(course, "import torch\ndef halve(x):\n    return torch.zeros(3)\n", "halve").first_failure
    assert rung.message.endswith(" You may import Python's standard library and numpy.")
    rung = tried(course, "import torch\ndef halve(x):\n    return x * torch.pi\n", "halve").first_failure
    assert rung.status == "refused"
