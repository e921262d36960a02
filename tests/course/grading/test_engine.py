"""The engine: rungs in order, honest points, seeds, refusals, and a diagnosis only where it is sure."""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import numpy as np
import pytest

from minirnn.course import bank, checks, wire
from minirnn.course.author import check as dev
from minirnn.course.checks import Wrong
from minirnn.course.exercise_files import Exercise
from minirnn.course.grading import box, diagnosis, engine
from minirnn.course.grading.box import Box, kill
from minirnn.course.grading.boxes import Lent
from minirnn.course.grading.engine import Result, Rung, grade

ROOT = Path(__file__).parents[3]
SUMS = '''"""Running sums."""


def sums(x: list[float], start: float = 0.0) -> list[float]:
    """All sums so far."""
    # BEGIN SOLUTION
    out = []
    for value in x:
        start += value
        out.append(start)
    return out
    # END SOLUTION
'''
TESTS = """
from minirnn.course.checks import close, points, same_type, true, unchanged


def probe(rng):
    return [([1.0, 2.0, 4.0], 1.0), ([rng.uniform(1, 2) for _ in range(3)], rng.uniform(1, 2))]


def oracle(x, start):
    return [start + sum(x[:t + 1]) for t in range(len(x))]


def twice(function, x):
    return [function(x, 0.0), function(x, 1.0)]


@points(1)
def test_type(learner):
    same_type(learner([1.0], 0.0), "list")


@points(2)
def test_values(learner):
    close(learner([1.0, 2.0, 4.0], 1.0), [2.0, 4.0, 8.0], time=0, what="the sum")


@points(4)
def test_random(learner, rng):
    x = [rng.uniform(-1, 1) for _ in range(4)]
    close(learner(x, 0.0), oracle(x, 0.0), time=0, what="the sum")


@points(8)
def test_unchanged(learner):
    learner([1.0, 2.0], 0.0)
    unchanged(learner)


@points(16, graded=True)
def test_hidden(learner, rng):
    x = [rng.uniform(-1, 1) for _ in range(40)]
    close(learner(x, 2.0), oracle(x, 2.0), time=0)


@points(32, graded=True)
def test_driver(learner):
    close(learner.drive(twice, [1.0, 2.0]), [[1.0, 3.0], [2.0, 4.0]])
"""
MISTAKES = '''"""What goes wrong."""


def not_carried(x, start):
    """You forget the
    sum so far."""
    return [start + value for value in x]


def before_the_step(x, start):
    """You write the sum down before you add."""
    out = []
    for value in x:
        out.append(start)
        start += value
    return out


def start_forgotten(x, start):
    """You begin at zero."""
    return [sum(x[:t + 1]) for t in range(len(x))]


def right_slow(x, start):
    """Slowly."""
    return [start + sum(x[:t + 1]) for t in range(len(x))]


def right_tuple(x, start):
    """As a list again."""
    return list(right_slow(x, start))
'''
RIGHT = "def sums(x, start=0.0):\n    return [start + sum(x[:t + 1]) for t in range(len(x))]\n"
BELOW = {"test_type": 1, "test_values": 2, "test_random": 4, "test_unchanged": 8}
HIDDEN = {"test_hidden": 16, "test_driver": 32}


def made(folder, solution=SUMS, tests=TESTS, mistakes=MISTAKES, uses="python", name="sums"):
    """An exercise in a folder of its own."""
    folder = folder / "00_lists" / name
    folder.mkdir(parents=True)
    texts = {"exercise.py": solution, f"test_{name}.py": tests, "mistakes.py": mistakes}
    for file, text in texts.items():
        (folder / file).write_text(textwrap.dedent(text), encoding="utf-8")
    return Exercise(name, "lists", "Sums", 5, 1, 3, 63, uses, folder)


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """Where the boxes of a test lie; none may be left."""
    folder = tmp_path / "boxes"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(box, "WAIT", 1000.0)  # however busy the machine is
    yield folder
    assert not list(folder.iterdir())


@pytest.fixture
def sums(tmp_path):
    return made(tmp_path / "sums")


@pytest.fixture(scope="module")
def lent(tmp_path_factory):
    """One box for all files of this module that do no harm to it, for each of the three kinds."""
    held, folder = {}, tmp_path_factory.mktemp("lent")

    def boxes(uses):
        if uses not in held:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(tempfile, "tempdir", str(folder))
                held[uses] = Box(uses)
        return Lent(held[uses])

    yield boxes
    for each in held.values():
        each.close()


def tried(exercise, source, boxes=Box, **options):
    return grade(exercise, textwrap.dedent(source).encode(), boxes=boxes, **options)


def body(*lines):
    return "def sums(x, start=0.0):\n" + "".join(f"    {line}\n" for line in lines)


def statuses(result):
    return {rung.name: rung.status for rung in result.rungs}


# Rungs and points


def test_the_solution_passes_in_the_order_of_the_file(sums, lent):
    result = tried(sums, sums.solution(), lent)
    assert [(rung.name, rung.points, rung.graded, rung.status) for rung in result.rungs] == [
        (name, number, False, "passed") for name, number in BELOW.items()
    ]
    assert result.passed and result.first_failure is None
    assert (result.points, result.hidden, result.graded, result.seed) == (15, 2, False, "practice")
    assert (result.exercise, result.mistake, result.diagnosis, result.printed) == ("sums", "", "", "")
    assert result.seconds > 0 and 0 <= result.worst_ratio < 0.1


def test_graded_runs_the_hidden_rungs_too(sums, lent):
    result = tried(sums, sums.solution(), lent, graded=True, seed="exam")
    assert {rung.name: rung.points for rung in result.rungs} == BELOW | HIDDEN
    assert [rung.graded for rung in result.rungs] == [False] * 4 + [True] * 2
    assert (result.points, result.hidden, result.seed) == (63, 0, "exam") and result.passed


def test_points_for_what_is_right_above_and_below_a_failure(sums, lent):
    result = tried(
        sums, body("return [start + sum(x[:t + 1]) for t in range(len(x))][:9]"), lent, graded=True
    )
    assert (result.points, result.first_failure.name) == (63 - 16, "test_hidden")
    result = tried(sums, body("return [start + v for v in x]"), lent, graded=True)
    assert statuses(result) == {
        "test_type": "passed",
        "test_values": "wrong",
        "test_random": "wrong",
        "test_unchanged": "passed",
        "test_hidden": "wrong",
        "test_driver": "wrong",
    }
    assert result.points == 9 and not result.passed and result.first_failure.name == "test_values"


def test_what_a_failure_says(sums, lent):
    rung = tried(sums, body("return [start + v for v in x]"), lent).first_failure
    assert rung.message == "The sum first differs at step t = 1."
    assert rung.table == [["t", "expected", "yours"], ["0", "2", "2"], ["1", "4", "3"], ["2", "8", "5"]]
    assert (rung.where, rung.called) == ("", "sums(x=[1, 2, 4], start=1)")
    rungs = tried(sums, body("return [start + v for v in x]"), lent, graded=True).rungs
    assert rungs[-1].called == "twice(sums, [1, 2])"
    assert rungs[0].called == "", "a rung that is passed needs no call"


def test_the_hash_is_that_of_the_bytes(sums, lent):
    data = b"\xef\xbb\xbf" + RIGHT.replace("\n", "\r\n").encode()
    result = grade(sums, data, boxes=lent)
    assert result.passed and result.sha256 == hashlib.sha256(data).hexdigest()


def test_a_result_goes_to_json_and_back(sums, lent):
    result = tried(sums, body("return [start + v for v in x]"), lent)
    assert Result.from_dict(json.loads(json.dumps(result.to_dict()))) == result


@pytest.mark.parametrize(
    "value",
    ["float('nan')", "[float('inf')] * len(x)", "[10 ** 400] * len(x)", "['\\ud800']", "[-1e308] * len(x)"],
)
def test_a_result_is_json_by_the_standard_and_text(sums, value, lent):
    result = tried(sums, body(f"return {value}"), lent, graded=True)
    text = json.dumps(result.to_dict(), allow_nan=False, ensure_ascii=False)
    assert Result.from_dict(json.loads(text.encode())) == result and not result.passed


def test_an_exception_whose_text_is_no_text(sums, lent):
    rung = tried(sums, body("raise ValueError('\\ud800 is half')"), lent).first_failure
    assert rung.message == "Your code raised ValueError: ? is half"


HALVES = '''"""Half of it."""

import numpy as np


def sums(x):
    """x / 2."""
    # BEGIN SOLUTION
    return x / 2
    # END SOLUTION
'''
HALF = """
import numpy as np
from minirnn.course.checks import close, points, same_type


def probe(rng):
    return [(np.ones(3),)]


def oracle(x):
    return [value / 2 for value in x]


@points(1)
def test_type(learner):
    same_type(learner(np.ones(2)), "array")


@points(1)
def test_values(learner):
    close(learner(np.arange(3.0)), [0.0, 0.5, 1.0])


@points(1, graded=True)
def test_more(learner, rng):
    close(learner(np.arange(4.0)), [0.0, 0.5, 1.0, 1.5], time=0)
"""


@pytest.mark.parametrize(
    ("value", "points"),
    [
        ("np.longdouble(1) * x / 2", 3),
        ("x.astype(np.clongdouble) / 2", 3),
        ("np.longdouble('1e4000') * x", 1),
        ("np.longdouble('nan') * x", 1),
        ("np.float16(1) * x.astype(np.float16) / 2", 3),
        ("x.astype(np.float32)", 1),
        ("x.astype(np.int8)", 1),
        ("x.astype(bool)", 1),
        ("np.ma.masked_array(x / 2, mask=False)", 0),
        ("(x / 2).astype(object)", 0),
        ("np.array([10 ** 400] * len(x))", 0),
        ("np.array(['a'] * len(x))", 0),
        ("np.zeros(len(x), [('a', float)])", 0),
        ("np.zeros(len(x), 'M8[s]')", 0),
        ("np.array(0.5)", 1),
        ("np.longdouble(0.5)", 0),
        ("np.matrix(x / 2)", 0),
        ("np.str_('half')", 0),
        ("np.void(b'abc')", 0),
        ("[np.longdouble(v) / 2 for v in x]", 2),
        ("[Fraction(v) / 2 for v in x]", 0),
        ("[Decimal(v) / 2 for v in x]", 0),
        ("[np.array(v) / 2 for v in x]", 2),
        ("list(np.ma.masked_array(x / 2, mask=True))", 0),
        ("memoryview(x)", 0),
        ("type('Mine', (np.ndarray,), {})(3)", 0),
    ],
)
def test_every_number_of_numpy_gets_a_verdict_in_words(tmp_path, lent, value, points):
    exercise = made(tmp_path / "e", HALVES, HALF, MISTAKES, "numpy")
    source = "import numpy as np\nfrom decimal import Decimal\nfrom fractions import Fraction\n"
    source += f"def sums(x):\n    return {value}\n"
    result = tried(exercise, source, lent, graded=True, diagnose=False)
    json.dumps(result.to_dict(), allow_nan=False)
    assert type(result.worst_ratio) is float
    assert result.points == points, [rung.message for rung in result.rungs]
    for rung in result.rungs:
        assert "cannot be checked" not in rung.message and "np." not in rung.message
    if points < 3 and points != 1:
        assert re.match(r"Your function returned|There is", result.first_failure.message)


@pytest.mark.parametrize("end", ["\f", "\v", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"])
def test_a_line_is_what_python_counts_as_one(sums, end, lent):
    source = f"X = 1 # {end} still\n#{end}\n" + body("a = 1", "return a / 0")
    result = tried(sums, source, lent)
    assert result.first_failure.where == "00_lists/sums.py, line 5: return a / 0"
    broken = f"X = 1 # {end} still\n" + body("a = 1", "return a a")
    assert tried(sums, broken, lent).first_failure.where == "00_lists/sums.py, line 4: return a a"


@pytest.mark.parametrize("end", ["\r", "\r\n"])
def test_other_line_ends_count_as_lines(sums, end, lent):
    source = ("X = 1\n\n" + body("a = 1", "return a / 0")).replace("\n", end)
    assert tried(sums, source, lent).first_failure.where == "00_lists/sums.py, line 5: return a / 0"


def test_no_rung_is_not_passed():
    assert not Result("sums", "", "practice", False, [], 0).passed


# Seeds


def test_seeds_differ_between_runs_rungs_and_exercises(sums, tmp_path):
    other = Exercise("other", "lists", "", 5, 1, 3, 5, "python", tmp_path)
    numpy_one = Exercise("third", "lists", "", 5, 1, 3, 5, "numpy", tmp_path)
    cases = [(sums, "practice", "a"), (sums, "exam", "a"), (sums, "practice", "b"), (other, "practice", "a")]
    drawn = [engine.make_rng(*case).random() for case in cases]
    assert len(set(drawn)) == 4
    assert [engine.make_rng(*case).random() for case in cases] == drawn
    assert isinstance(engine.make_rng(numpy_one, "practice", "a"), np.random.Generator)


SEEN = """
from minirnn.course.checks import points


def probe(rng):
    return []


@points(1)
def test_one(learner, rng):
    learner([rng.random() for _ in range(3)])


@points(1)
def test_two(learner, rng):
    learner([rng.random() for _ in range(3)])


@points(1, graded=True)
def test_three(learner, rng):
    learner([rng.random() for _ in range(3)])
"""


def test_the_inputs_differ_too(tmp_path, lent):
    exercise = made(tmp_path / "e", tests=SEEN)

    def inputs(**options):
        result = tried(exercise, body("raise ValueError(x)"), lent, **options)
        return [rung.message for rung in result.rungs]

    practice = inputs()
    assert practice == inputs() and len(set(practice)) == 2
    graded = inputs(graded=True, seed="exam")
    assert len(set(practice + graded)) == 5
    assert inputs(graded=True)[:2] == practice


# Refusals

FORBIDDEN = (
    TESTS
    + '\nFORBIDDEN = {"math.fsum": "add the numbers yourself.", "itertools.accumulate": "this is it."}\n'
)


@pytest.mark.parametrize(
    ("source", "message", "line"),
    [
        ("import minirnn\n", "Your file imports minirnn: ", 1),
        ("import os, minirnn.scan as s\n", "Your file imports minirnn.scan: ", 1),
        ("\nfrom minirnn.scan import scan\n", "Your file imports minirnn.scan.scan: ", 2),
        (body("from minirnn import layers", "return x"), "Your file imports minirnn.layers: ", 2),
        ("from minirnn import *\n", "Your file imports minirnn.*: ", 1),
        ("import math\nmath.fsum\n", "Your file uses math.fsum: add the numbers yourself.", 2),
        ("import math as n\n\nn.fsum([1])\n", "Your file uses math.fsum: ", 3),
        ("from math import fsum\n" + body("return fsum(x)"), "Your file uses math.fsum: ", 3),
        ("from math import sin, fsum as c\nx = c\n", "Your file uses math.fsum: ", 2),
        (
            body("import itertools", "return itertools.accumulate(x)"),
            "Your file uses itertools.accumulate: ",
            3,
        ),
        (
            "def f():\n    from itertools import accumulate as a\n    return a\n",
            "Your file uses itertools",
            3,
        ),
    ],
)
def test_refused_before_it_runs(tmp_path, source, message, line):
    result = tried(made(tmp_path / "e", tests=FORBIDDEN), source, no_box)
    assert set(statuses(result).values()) == {"refused"} and result.points == 0
    assert result.first_failure.message.startswith(message)
    assert result.first_failure.where == f"00_lists/sums.py, line {line}"
    assert not result.mistake


def no_box(uses):
    raise AssertionError("a file that is refused must not run")


@pytest.mark.parametrize(
    "source",
    [
        "import math\n" + RIGHT,
        "from math import fsum\n" + RIGHT,
        "import math\n" + body("fsum = 3", "return [start + sum(x[:t + 1]) for t in range(len(x))]"),
        "class minirnn:\n    scan = 1\nminirnn.scan\n" + RIGHT,
        "# import minirnn\nTEXT = 'from minirnn import scan; math.fsum'\n" + RIGHT,
    ],
)
def test_not_refused(tmp_path, source, lent):
    assert tried(made(tmp_path / "e", tests=TESTS), source, lent).passed


@pytest.mark.parametrize(
    "lines",
    [
        ("import math", "return getattr(math, 'fs' + 'um')(x)"),
        ("from math import *", "return fsum(x)"),
        ("return vars(__import__('math'))['fsum'](x)",),
        ("import math", "class A(vars(math)['fsum']): pass"),
        ("import math", "return vars(math)['fsum'].__call__.anything"),
    ],
)
def test_refused_while_it_runs(tmp_path, lines):
    # A box of its own: what is forbidden stays taken away in it.
    source = "import math\n" + body(*lines) if "*" not in lines[0] else lines[0] + "\n" + body(lines[1])
    exercise = made(tmp_path / "e", tests=FORBIDDEN)
    rung = tried(exercise, source).first_failure
    assert rung.status in ("refused", "raised")
    if rung.status == "refused":
        assert rung.message == (
            "Your code tried to use math.fsum: add the numbers yourself. "
            "The box that it runs in does not allow this."
        )
    else:
        assert "__call__" in lines[-1]


# Files that do not run


def test_a_syntax_error_names_the_line(sums):
    result = tried(sums, "def sums(x):\n    y = 1\n    return x x\n", no_box)
    assert set(statuses(result).values()) == {"syntax"}
    assert result.first_failure.where == "00_lists/sums.py, line 3: return x x"
    assert result.first_failure.message.startswith("Python cannot read the file: invalid syntax")


@pytest.mark.parametrize(
    ("data", "status", "message"),
    [
        (b"x = 1\xff\n", "unreadable", "00_lists/sums.py is not UTF-8 text (byte 5): save it as UTF-8."),
        (
            b"#" * 1_000_001,
            "unreadable",
            "00_lists/sums.py has 1,000,001 bytes; a file of Python for an exercise is short.",
        ),
        (b"x = 1\0\n", "syntax", "Python cannot read the file"),
        (b"x = " + b"(" * 3000 + b")" * 3000, "syntax", "Python cannot read the file"),
        (b"def sums(x):\nreturn x\n", "syntax", "Python cannot read the file: expected an indented block"),
    ],
)
def test_bytes_that_are_no_program(sums, data, status, message):
    rung = grade(sums, data, boxes=no_box).first_failure
    assert rung.status == status and rung.message.startswith(message)


def test_a_missing_function(sums):
    result = tried(sums, "def sum(x):\n    return x\n\ndef total(x):\n    return x\n")
    assert set(statuses(result).values()) == {"missing"}
    message = "There is no function sums in 00_lists/sums.py (functions there: sum, total)."
    assert result.first_failure.message == message
    message = "There is no function sums in mine.py (functions there: none)."
    assert tried(sums, "sums = 3\n", filename="mine.py").first_failure.message == message


def test_the_stub_is_not_begun(sums, lent):
    result = tried(sums, sums.stub(), lent)
    assert set(statuses(result).values()) == {"not begun"} and result.points == 0
    assert result.first_failure.message == "00_lists/sums.py is not written yet: write sums here."


@pytest.mark.parametrize(
    ("source", "message", "where"),
    [
        (body("y = x[7]", "return y"), "IndexError: list index out of range", "line 2: y = x[7]"),
        (
            "def inner(x):\n    return 1 / 0\n\n\n" + body("return inner(x)"),
            "ZeroDivisionError: division by zero",
            "line 2: return 1 / 0",
        ),
        (
            body("import json", "return json.loads('{')"),
            "JSONDecodeError: ",
            "line 3: return json.loads('{')",
        ),
        (
            "n = input('how many? ')\n" + RIGHT,
            "EOFError: there is no keyboard here. What the function needs comes as its arguments",
            "line 1: n = input('how many? ')",
        ),
        (body("raise EOFError('mine')"), "EOFError: mine", "line 2: raise EOFError('mine')"),
        (body("raise KeyError"), "KeyError", "line 2: raise KeyError"),
        ("x = 1\ny = undefined\n" + RIGHT, "NameError: name 'undefined'", "line 2: y = undefined"),
        (
            "from math import nothing\n" + RIGHT,
            "ImportError: cannot import",
            "line 1: from math import nothing",
        ),
        (body("assert len(x) > 9, 'short'"), "AssertionError: short", "line 2: assert len(x) > 9, 'short'"),
        (body("exec('a b', {})"), "SyntaxError: invalid syntax", "line 2: exec('a b', {})"),
    ],
)
def test_an_exception_names_the_learners_own_line(sums, source, message, where, lent):
    result = tried(sums, source, lent)
    rung = result.first_failure
    assert rung.status == ("syntax" if "SyntaxError" in message else "raised")
    assert rung.message.startswith(f"Your code raised {message}")
    assert rung.where == f"00_lists/sums.py, {where}"
    assert not result.mistake


def test_what_is_printed_is_kept_up_to_a_limit(sums):
    source = body("print('here', x)", "return [start + sum(x[:t + 1]) for t in range(len(x))]")
    result = tried(sums, source)
    assert result.passed
    assert (
        result.printed.startswith("here [1.0]\nhere [1.0, 2.0, 4.0]\n") and result.printed.count("here") == 4
    )
    result = tried(sums, "print('é' * 200_000)\n" + RIGHT)
    assert result.passed and 0 < len(result.printed) <= 64_000 and set(result.printed) == {"é"}
    result = tried(sums, "while True: print('x' * 1_000_000)\n" + RIGHT)
    assert result.first_failure.status == "output"
    assert result.first_failure.message == "Stopped: your code printed more than 8 MB."


def test_what_a_rung_shows_is_what_its_own_call_printed(sums):
    source = "print('top')\n" + body(
        "print('é', x)", "import sys", "print('error', file=sys.stderr)", "return [start + v for v in x]"
    )
    result = tried(sums, source)
    first = result.first_failure
    assert (first.name, first.status) == ("test_values", "wrong")
    assert first.printed == "top\né [1.0, 2.0, 4.0]\nerror\n"
    assert [rung.printed for rung in result.rungs if rung.passed] == ["", ""]
    result = tried(sums, body("print(len(x))", "1 / 0"))
    assert [rung.printed for rung in result.rungs[:2]] == ["1\n", "3\n"]
    result = tried(sums, body("print('x' * 100_000)", "import os", "os._exit(1)"))
    assert set(result.rungs[0].printed) == {"x"} and len(result.rungs[0].printed) == 64_000
    result = tried(sums, "print('top')\n1 / 0\n" + body("return x"))
    assert [rung.printed for rung in result.rungs[:2]] == ["top\n", "top\n"]


def test_a_mark_that_comes_in_pieces_is_no_print(sums):
    source = body(
        "import os, time",
        "for piece in (b'a', b'\\0', b'b', b'\\0\\xff', b'c'):",
        "    os.write(2, piece)",
        "    time.sleep(0.05)",
        "return []",
    )
    assert tried(sums, source).rungs[1].printed == "a\0b\0\ufffdc"


def test_a_closed_way_of_printing_stops_nothing(sums):
    result = tried(
        sums, body("import os", "os.close(2)", "return [start + sum(x[:t + 1]) for t in range(len(x))]")
    )
    assert result.first_failure is None or result.first_failure.status in ("raised", "crashed")


def test_a_time_limit(sums):
    result = tried(sums, body("while len(x) == 3: pass", "return [start + v for v in x]"), seconds=0.5)
    assert statuses(result) == {
        "test_type": "passed",
        "test_values": "timeout",
        "test_random": "not run",
        "test_unchanged": "not run",
    }
    assert result.first_failure.message == ("Stopped: your code was still running after 0.5 seconds.")
    assert result.rungs[2].message == "Not run, because the file was stopped before."
    assert not result.mistake


def test_all_calls_together_have_a_limit_too(sums):
    slow = body(
        "import time",
        "end = time.process_time() + 0.4",
        "while time.process_time() < end: pass",
        "return [start + sum(x[:t + 1]) for t in range(len(x))]",
    )
    # Four calls are beyond the limit by so much that a look at the clock that comes late still sees it.
    result = tried(sums, slow, seconds=0.5, graded=True)
    message = "Stopped: your code took more than 1.5 seconds in all."
    assert [rung.message for rung in result.rungs if rung.status == "timeout"] == [message]
    assert list(statuses(result).values()) == ["passed"] * 3 + ["timeout"] + ["not run"] * 2


def test_time_in_which_it_does_not_compute_is_not_counted(sums):
    waits = body("import time", "time.sleep(0.25)", "return [start + sum(x[:t + 1]) for t in range(len(x))]")
    assert tried(sums, waits, seconds=0.2, graded=True).passed


def test_a_file_that_waits_for_ever_meets_a_limit_on_the_wall(sums, monkeypatch):
    monkeypatch.setattr(box, "WAIT", 3.0)
    rung = tried(sums, body("import time", "time.sleep(1000)"), seconds=0.2).first_failure
    assert rung.status == "timeout"
    message = "Stopped: your code gave no answer for 1 seconds: it waited for something, "
    assert rung.message.startswith(message)


def test_without_a_processor_clock_the_wall_decides(sums, monkeypatch):
    monkeypatch.setattr(box, "processor_seconds", lambda process: None)
    assert tried(sums, body("for _ in range(10**6): pass", "return []"), seconds=0.2).rungs[0].passed
    monkeypatch.setattr(box, "WAIT", 3.0)
    assert tried(sums, body("while True: pass"), seconds=0.2).first_failure.status == "timeout"


def test_all_that_a_process_started_is_killed_with_it():
    if os.name == "nt":
        return  # taskkill does it there
    program = (
        "import subprocess, sys\nother = subprocess.Popen([sys.executable, '-c', 'input()'], stdin=-1)\n"
    )
    program += "print(other.pid, flush=True)\nother.wait()\n"
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stdin=subprocess.PIPE, start_new_session=True
    )
    line = process.stdout.readline()
    kill(process)
    # Nobody is left who holds the other end of the pipe: both are gone.
    assert line.strip().isdigit() and process.stdout.read() == b""
    process.stdout.close()
    process.stdin.close()


def test_a_graded_file_gets_a_second_box(sums):
    source = body(
        "import os", "if len(x) == 3: os._exit(3)", "return [start + sum(x[:t + 1]) for t in range(len(x))]"
    )
    assert list(statuses(tried(sums, source)).values()) == ["passed", "crashed", "not run", "not run"]
    result = tried(sums, source, graded=True)
    assert list(statuses(result).values()) == ["passed", "crashed"] + ["passed"] * 4
    message = "Stopped: your code ended Python (exit code 3) instead of returning."
    assert result.rungs[1].message == message
    twice = source.replace("len(x) == 3", "len(x) in (2, 3)")
    after = list(statuses(tried(sums, twice, graded=True)).values())
    assert after == ["passed", "crashed", "passed", "crashed", "not run", "not run"]


def test_a_file_that_answers_by_itself_earns_nothing(sums, monkeypatch):
    monkeypatch.setattr(box, "PATIENCE", 0.5)
    answer = wire.pack({"value": [2.0, 4.0, 8.0], "changed": []})
    source = f"""
        import os, time
        def sums(x, start):
            for number in range(3, 32):
                try:
                    for _ in range(50): os.write(number, {answer!r})
                except OSError: pass
            time.sleep(30)
    """
    result = tried(sums, source, graded=True, seconds=10)
    assert "crashed" in statuses(result).values()
    assert result.points < 63


# State


def test_a_file_runs_once_and_keeps_its_state(tmp_path, lent):
    tests = SEEN.replace("learner([rng.random() for _ in range(3)])", "close(learner([1.0]), 1.0)")
    tests = tests.replace("import points", "import close, points")
    exercise = made(tmp_path / "e", tests=tests)
    result = tried(exercise, "calls = []\n" + body("calls.append(1)", "return float(len(calls))"), lent)
    assert statuses(result) == {"test_one": "passed", "test_two": "wrong"}
    assert result.rungs[1].message == "The output is 2, expected 1."


def test_files_in_one_box_share_nothing(sums, lent):
    assert tried(sums, "hidden = 1\n" + RIGHT, lent).passed
    source = body("import exercise", "return hidden if 'hidden' in vars(exercise) else hidden")
    assert tried(sums, source, lent).first_failure.message.startswith("Your code raised NameError")


def test_arguments_changed_in_place(sums, lent):
    source = body("for t in range(1, len(x)): x[t] += x[t - 1]", "return [start + v for v in x]")
    result = tried(sums, source, lent)
    assert statuses(result)["test_unchanged"] == "wrong" and result.points == 7
    message = "Your function changed its argument number 1 in place: work on a copy."
    assert result.first_failure.message == message


# The diagnosis


@pytest.mark.parametrize(
    ("lines", "mistake", "diagnosis"),
    [
        (("return [v + start for v in x]",), "not_carried", "You forget the sum so far."),
        (
            ("out = [start]", "for v in x[:-1]: out.append(out[-1] + v)", "return out"),
            "before_the_step",
            "You write the sum down before you add.",
        ),
        (("return [sum(x[:t + 1]) + 1e-9 for t in range(len(x))]",), "start_forgotten", "You begin at zero."),
        (("return tuple(v + start for v in x)",), "not_carried", "You forget the sum so far."),
        (("return [sum(x[:t + 1]) + 1e-3 for t in range(len(x))]",), "", ""),
        (("return [start + v for v in x][::-1]",), "", ""),
        (("return [start + v for v in x] if start == 1 else x",), "", ""),
        (("return [[start + v] for v in x]",), "", ""),
        (("return sum(x)",), "", ""),
        (("return None",), "", ""),
        (("return 'sum'",), "", ""),
        (("return [start + v for v in x] if len(x) == 1 else {}[0]",), "", ""),
    ],
)
def test_a_diagnosis_if_and_only_if_the_output_is_that_of_the_mistake(sums, lines, mistake, diagnosis, lent):
    result = tried(sums, body(*lines), lent)
    assert not result.passed
    assert (result.mistake, result.diagnosis) == (mistake, diagnosis)


def test_no_diagnosis_for_what_passes_or_on_request(sums, lent):
    assert not tried(sums, RIGHT, lent).mistake
    assert not tried(sums, body("return [v + start for v in x]"), lent, diagnose=False).mistake
    kept = (
        sums.solution()
        + "\nkept = sums\ndef sums(x, start):\n    y = kept(x, start)\n    x[0] = 9\n    return y\n"
    )
    result = tried(sums, kept, lent)  # it gives the right values
    assert result.first_failure.name == "test_unchanged" and not result.mistake


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([1.0, 2.0], (1.0, 2.0 + 1e-9), True),
        ([1.0, 2.0], [1.0, 2.1], False),
        ([1.0], [1.0, 2.0], False),
        ({"a": [1.0]}, {"a": [1.0]}, True),
        ({"a": 1.0}, {"b": 1.0}, False),
        ({"a": 1.0}, {"a": 2.0}, False),
        ({"a": 1.0}, [1.0], False),
        ("ab", "ab", True),
        ("ab", "ac", False),
        (["a", 1.0], ["a", 1.0], True),
        (None, None, True),
        (None, 0.0, False),
        (True, True, True),
        (True, 1, False),
        (wire.Other("set"), wire.Other("set"), True),
        (wire.Other("set"), wire.Other("map"), False),
        (np.ones((2, 3)), np.ones((2, 3)) + 1e-9, True),
        (np.ones((2, 3)), np.ones((3, 2)), False),
        (wire.Tensor(np.ones(2), "float64"), wire.Tensor(np.ones(2), "float32"), True),
        (wire.Tensor(np.ones(2), "float64"), wire.Tensor(np.zeros(2), "float64"), False),
        ([wire.Tensor(np.ones(2), "float64"), 1], [wire.Tensor(np.ones(2), "float64"), 1], True),
    ],
)
def test_alike(one, other, expected):
    with checks.measured() as ratios:
        assert diagnosis.alike(one, other) is diagnosis.alike(other, one) is expected
    assert not ratios, "this comparison is not one of the exercise"


def test_two_functions_that_only_fail_alike_are_not_the_same():
    failed = [("raised", "ValueError"), ("raised", "ValueError")]
    right = [("value", 3.0), ("value", 2.0)]
    assert not diagnosis.same(failed, failed, right)


def test_inputs_on_which_it_raised_tell_nothing_and_a_right_answer_is_no_mistake():
    failed, right = ("raised", "ValueError"), [("value", 3.0), ("value", 2.0)]
    wrong = [("value", 4.0), ("value", 1.0)]
    assert diagnosis.same(wrong, wrong, right)
    assert diagnosis.same([failed, ("value", 1.0)], wrong, right)
    assert not diagnosis.same([failed, ("value", 1.5)], wrong, right)
    assert not diagnosis.same(wrong, [failed, ("value", 1.0)], right), "the mistake raises there, this not"
    assert not diagnosis.same([failed, ("value", 2.0)], [("value", 4.0), ("value", 2.0)], right)


def test_nan_is_like_nan():
    nan = float("nan")
    assert diagnosis.alike(nan, nan) and not diagnosis.alike(nan, 1.0)
    assert diagnosis.alike(np.array([nan, 1.0]), np.array([nan, 1.0]))
    assert not diagnosis.alike(np.array([nan, 1.0]), np.array([1.0, nan]))
    assert diagnosis.alike(wire.Tensor(np.array([nan]), "float64"), wire.Tensor(np.array([nan]), "float64"))
    assert diagnosis.alike([nan, "x"], [nan, "x"])


# As in the page, and as under pytest


class InThisProcess:
    """A learner as the page has one: no box, the same words."""

    def __init__(self, source, exercise):
        self.space, self.changed, self.last, self.said = {}, [], None, ""
        self.exercise, self.source = exercise, source

    def run(self, call, args):
        try:
            if not self.space:
                exec(compile(self.source, self.exercise.filename, "exec"), self.space)
            args = wire.read(Stream(wire.pack(list(args))))
            before = [wire.pack(arg) for arg in args]
            value = call(self.space[self.exercise.function], args)
            self.changed = [i for i, arg in enumerate(args) if wire.pack(arg) != before[i]]
            return wire.read(Stream(wire.pack(value)))
        except NotImplementedError as error:
            name = self.exercise.filename
            raise Wrong(f"{name} is not written yet: {error}.", kind="not begun") from None
        except Exception as error:
            message = f": {error}" if str(error) else ""
            raise Wrong(f"Your code raised {type(error).__name__}{message}", kind="raised") from None

    def __call__(self, *args):
        return self.run(lambda function, copies: function(*copies), args)

    def drive(self, driver, *args):
        return self.run(lambda function, copies: driver(function, *copies), args)


class Stream:
    def __init__(self, data):
        self.data = data

    def read(self, size):
        piece, self.data = self.data[:size], self.data[size:]
        return piece


def sources_of(exercise):
    yield "solution", exercise.solution()
    yield "stub", exercise.stub()
    for name in diagnosis.mistake_names(exercise):
        yield name, dev.as_submission(exercise, name)
    yield "raises", f"def {exercise.function}(*args):\n    return [][3]\n"


def raised_under_pytest(exercise, learners, seed):
    """{(case, rung): what it raised, or None}: the test file as pytest itself runs it, once for all files."""
    raised = {}

    class Plugin:
        @pytest.fixture(params=learners)
        def learner(self, request):
            return learners[request.param]

        @pytest.fixture
        def rng(self, request):
            return engine.make_rng(exercise, seed, request.node.originalname)

        @pytest.hookimpl(wrapper=True)
        def pytest_runtest_call(self, item):
            place = item.callspec.params["learner"], item.originalname
            try:
                yield
            except Exception as error:  # kept from pytest, which would take its time to show it
                raised[place] = error
            else:
                raised[place] = None

    options = ["-c", os.devnull, "--rootdir", str(exercise.folder), "--noconftest", "--assert=plain"]
    options += ["--import-mode=importlib", "-p", "no:cacheprovider", "-p", "no:terminal", "-p", "no:warnings"]
    assert pytest.main([*options, str(exercise.test_file)], plugins=[Plugin()]) == 0
    return raised


@pytest.mark.parametrize("name", ["count_bigrams", "combine", "rnn_unroll"])
def test_the_page_and_the_box_give_the_same_verdicts_as_pytest(name, lent, monkeypatch):
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTEST_ADDOPTS", "")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # beside the bank
    exercise = bank.find(name)
    files = dict(sources_of(exercise))
    learners = {case: InThisProcess(source, exercise) for case, source in files.items()}
    raised = raised_under_pytest(exercise, learners, "page")
    verdicts = set()
    for case, source in files.items():
        result = tried(exercise, source, lent, graded=True, diagnose=False, seed="page")
        rungs = [Rung(rung.name, rung.points, rung.graded, "not run") for rung in result.rungs]
        learner = InThisProcess(source, exercise)
        engine.run_rungs(exercise, learner, "page", {rung.name: rung for rung in rungs})
        for ours, theirs in zip(rungs, result.rungs, strict=True):
            said = (ours.name, ours.status, ours.message, ours.table)
            assert said == (theirs.name, theirs.status, theirs.message, theirs.table), case
            by_pytest, error = Rung(ours.name, 0, False, "passed"), raised.pop((case, ours.name))
            if error is not None:
                engine.note(by_pytest, error)
            assert said == (ours.name, by_pytest.status, by_pytest.message, by_pytest.table), case
        verdicts |= {rung.status for rung in rungs}
    assert verdicts == {"passed", "wrong", "not begun", "raised"} and not raised


def test_only_the_rungs_that_are_asked_for_run(sums):
    rung = Rung("test_hidden", 16, True, "not run")
    engine.run_rungs(sums, InThisProcess(RIGHT, sums), "s", {"test_hidden": rung})
    assert rung.passed


def test_what_a_test_prints_or_warns_of_is_not_for_the_learner(tmp_path, capfd):
    loud = SEEN.replace(
        "    learner(", "    import sys\n    print('a'); print('b', file=sys.stderr)\n    learner("
    )
    result = tried(made(tmp_path / "e", tests=loud), body("print('mine')", "return 0"))
    assert result.passed and result.printed == "mine\n" * 2
    assert capfd.readouterr() == ("", "")


def test_ctrl_c_stops_the_rungs(sums):
    class Stopped(InThisProcess):
        def __call__(self, *_):
            raise KeyboardInterrupt

    rungs = {name: Rung(name, 1, False, "not run") for name in BELOW}
    with pytest.raises(KeyboardInterrupt):
        engine.run_rungs(sums, Stopped(RIGHT, sums), "s", rungs)
    assert {rung.status for rung in rungs.values()} == {"not run"}


# pytest around and below it


def test_pytest_settings_of_the_learner_change_nothing(sums, lent, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTEST_ADDOPTS", "-k nothing --maxfail=1")
    monkeypatch.setenv("PYTEST_PLUGINS", "no_such_plugin")
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -k nothing\n")
    (sums.folder / "conftest.py").write_text("raise RuntimeError\n")
    (tmp_path / "conftest.py").write_text("raise RuntimeError\n")
    assert tried(sums, RIGHT, lent).passed
    assert os.environ["PYTEST_ADDOPTS"] == "-k nothing --maxfail=1"


def test_a_test_file_that_stumbles_is_a_failure_of_the_value(tmp_path, lent):
    exercise = made(tmp_path / "e", tests=SEEN.replace("learner([", "1 / learner(["))
    rung = tried(exercise, body("return 0"), lent).first_failure
    assert rung.status == "wrong"
    message = "What your function returned cannot be checked (ZeroDivisionError: division by zero)."
    assert rung.message == message


def test_an_argument_that_cannot_be_sent_is_the_authors_fault(tmp_path, lent):
    tests = (
        SEEN.replace("learner([rng.random() for _ in range(3)])", "learner(DEEP)")
        + "\nDEEP = []\nfor _ in range(50): DEEP = [DEEP]\n"
    )
    rung = tried(made(tmp_path / "e", tests=tests), RIGHT, lent).first_failure
    assert "the arguments cannot be sent: the value is nested too deeply" in rung.message


def test_nothing_is_written_into_the_bank(sums, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    before = sorted(path.name for path in sums.folder.rglob("*"))
    assert not tried(sums, body("return [start + v for v in x]")).passed
    assert sorted(path.name for path in sums.folder.rglob("*")) == before


# torch

ROTATE = '''"""Turn by i."""

import torch


def sums(x, weight):
    """weight times x."""
    # BEGIN SOLUTION
    return weight * x
    # END SOLUTION
'''
TORCH = """
from minirnn.course.checks import close, points, same_dtype, same_shape, same_type
import numpy as np


def probe(rng):
    return [(np.ones(2), np.array([1 + 2j, 3j]))]


def oracle(x, weight):
    return [a * b for a, b in zip(x.tolist(), weight.tolist())]


def slope(function, x, weight):
    import torch
    x.requires_grad_(True)
    function(x, weight).abs().square().sum().backward()
    return x.grad, str(x.dtype), torch.__version__.split(".")[0]


@points(1)
def test_type(learner):
    same_type(learner(np.ones(2, np.float32), np.ones(2, np.complex64)), "tensor")


@points(2)
def test_dtype(learner):
    got = learner(np.ones(2, np.float32), np.ones(2, np.complex64))
    same_dtype(got, "complex64")
    same_shape(got, (2,))


@points(4)
def test_values(learner, rng):
    x, weight = rng.normal(size=3), rng.normal(size=3) + 1j * rng.normal(size=3)
    close(learner(x, weight), oracle(x, weight), what="y")


@points(8, graded=True)
def test_gradient(learner, rng):
    x, weight = rng.normal(size=3), rng.normal(size=3) + 1j
    gradient, dtype, major = learner.drive(slope, x, weight)
    close(gradient, 2 * x * abs(weight) ** 2, what="the gradient")
    same_type(gradient, "tensor")
    assert dtype == "torch.float64" and int(major) >= 2
"""
TORCH_MISTAKES = '''"""What goes wrong."""

import torch


def conjugated(x, weight):
    """You conjugate the weight."""
    return weight.conj() * x


def no_gradient(x, weight):
    """You cut the gradient off."""
    return weight * x.detach()
'''


def test_torch_from_end_to_end(tmp_path, lent):
    exercise = made(tmp_path / "e", ROTATE, TORCH, TORCH_MISTAKES, "torch")
    result = tried(exercise, exercise.solution(), lent, graded=True)
    assert result.passed and result.points == 15, result.first_failure
    result = tried(
        exercise, "import torch\ndef sums(x, w):\n    return (w.conj() * x).resolve_conj()\n", lent
    )
    assert (result.mistake, result.diagnosis) == ("conjugated", "You conjugate the weight.")
    assert result.first_failure.called == "sums(x=tensor of shape (3,), weight=tensor of shape (3,))" or (
        result.first_failure.called.startswith("sums(x=[")
    )
    assert list(statuses(result).values()) == ["passed", "passed", "wrong"]
    result = tried(exercise, "def sums(x, w):\n    return x * 1j\n", lent)
    assert result.first_failure.name == "test_values" and not result.mistake
    result = tried(exercise, "def sums(x, w):\n    return (x * w).tolist()\n", lent)
    assert result.first_failure.message == "Your function returned a list, expected a tensor."
    result = tried(
        exercise, "def sums(x, w):\n    return (x * w).to(dtype=__import__('torch').complex128)\n", lent
    )
    assert result.first_failure.message == "The dtype is complex128, expected complex64."
    result = tried(exercise, "def sums(x, w):\n    return w * x.detach()\n", lent, graded=True)
    assert result.points == 7 and result.first_failure.status == "raised"
    result = tried(exercise, "def sums(x, w):\n    return w @ x[:1]\n", lent)
    assert result.first_failure.where == "00_lists/sums.py, line 2: return w @ x[:1]"


def test_check_loads_no_package_that_it_does_not_need(tmp_path):
    """What it costs is decided by what is imported: a list, for a clock would measure the machine."""
    program = """
        import os
        import sys
        from pathlib import Path
        from minirnn import cli
        from minirnn.course import bank
        from minirnn.course.learner import progress, stubs
        desk = Path(sys.argv[1])
        for name, needed in (("count_bigrams", set()), ("rnn_step", {"numpy"})):
            folder = desk / name
            stubs.start(folder)
            exercise = bank.find(name)
            (folder / exercise.filename).write_text(exercise.solution(), encoding="utf-8")
            os.chdir(folder)
            try:
                cli.main(["check", name, "--plain"])
            except SystemExit as ended:
                assert not ended.code, ended.code
            costly = {"numpy", "torch", "matplotlib", "scipy", "rich", "watchfiles", "jupytext"}
            assert not (costly - needed) & set(sys.modules), costly & set(sys.modules)
        print("to the end")
    """
    command = [sys.executable, "-P", "-c", textwrap.dedent(program), str(tmp_path)]
    environment = {name: value for name, value in os.environ.items() if name != "MINIRNN_COMMAND"}
    done = subprocess.run(command, cwd=tmp_path, timeout=300, env=environment, capture_output=True, text=True)
    assert done.stdout.endswith("to the end\n"), done.stderr


def test_the_grader_imports_only_what_the_exercise_uses():
    program = """
        import sys
        from minirnn.course import bank
        from minirnn.course.grading import engine
        for name, heavy in (("count_bigrams", {"numpy", "torch"}), ("rnn_step", {"torch"})):
            exercise = bank.find(name)
            wrong = f"def {exercise.function}(*args):" + chr(10) + "    return {}"
            for source in (exercise.solution(), exercise.stub(), wrong):
                engine.grade(exercise, source.encode())
            assert not heavy & set(sys.modules), name
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=True, cwd=ROOT, timeout=300)


def test_a_part_of_an_answer_with_other_parts_tells_nothing():
    right, mistake = ("value", (0.4, 1.7)), ("value", (0.9, 1.7))
    for mine, named in (((0.9, 5.5), "mistake"), ((0.9, 5.5, 2.5, 1.5), "")):
        rows = {"mistake": [(("value", mine), mistake, right)]}
        assert diagnosis.only(diagnosis.parts(rows, 0)) == named
