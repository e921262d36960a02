"""What a learner reads: one failure, in words that hold without colour."""

import io
import re
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from minirnn.course import bank
from minirnn.course.grading import engine
from minirnn.course.grading.engine import Result, Rung
from minirnn.course.learner import feedback, progress
from minirnn.course.learner.feedback import definition
from minirnn.course.learner.terminal import Plain, Rich, output_for
from tests.course.tiny import RIGHT, SQUARED, write


class Screen(io.StringIO):
    """A terminal of that width."""

    def __init__(self, encoding="utf-8"):
        super().__init__()
        self.name_of_encoding = encoding

    @property
    def encoding(self):
        return self.name_of_encoding

    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def terminal(monkeypatch):
    """A terminal that can, whatever runs the tests."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "110")


def said(desk, name, text, *, fancy=False, watching=False, times=1, width=None):
    """Everything that a check of this file prints."""
    if text is not None:
        write(desk, name, text)
    stream = Screen() if fancy else io.StringIO()
    out = Rich(stream) if fancy else Plain(stream)
    if width:
        out.console.width = width
    workspace, exercise = progress.load(desk), bank.find(name)
    for _ in range(times):
        data = workspace.read(exercise)
        result = progress.check(workspace, exercise, data)
    feedback.show_result(out, exercise, result, workspace, data, watching=watching)
    return stream.getvalue()


def without_colour(text):
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


# -- a failure ---------------------------------------------------------------------------------------


def test_a_known_mistake_is_named(desk):
    assert said(desk, "double", SQUARED) == (
        "NOT YET: the check 'all values' of 00_first/double.py\n"
        "Called: double(x=[3, 5])\n"
        "The result is 9 at [0], expected 6.\n"
        "Your function returns what a well-known mistake returns:\n"
        "    You take the square. Twice three is six, and three squared is nine.\n"
        "\n"
        "1 of 2 checks pass (1 of 4 points).\n"
        "\n"
        "0 of 3 exercises of the course solved.\n"
    )


def test_an_unknown_mistake_is_not_guessed(desk):
    text = said(desk, "double", "def double(x):\n    return [value + 1 for value in x]\n")
    assert "is 4 at [0], expected 6" in text and "mistake" not in text


def test_only_the_lowest_failure_is_shown(desk):
    text = said(desk, "double", "def double(x):\n    return 3.0\n")
    assert text.startswith(
        "NOT YET: the check 'type' of 00_first/double.py\nWhat it checks: A list comes back.\n"
    )
    assert "all values" not in text and "0 of 2 checks pass (0 of 4 points)." in text


def test_a_table_is_lines_that_can_be_read_aloud(desk):
    text = said(desk, "running_sum", "def running_sum(x):\n    return [x[0], x[0] + x[1], 0.0]\n")
    assert "The sum first differs at step t = 2.\n" in text
    assert "    t = 1: expected 3, yours 3\n    t = 2: expected 6, yours 0  <- differs\n" in text


def test_an_error_says_where(desk):
    text = said(desk, "double", "def double(x):\n    y = x\n    return y[99]\n")
    assert "Your code raised IndexError: list index out of range\n" in text
    assert "Where: 00_first/double.py, line 3: return y[99]\n" in text


def test_a_file_that_is_not_begun_points_to_the_statement(desk):
    text = said(desk, "double", None)
    assert (
        "00_first/double.py is not written yet: write double here.\n00_first/double.md says what to write.\n"
        in text
    )
    assert "Called" not in text


def test_what_the_code_prints_is_shown_up_to_a_limit_and_without_control_characters(desk):
    source = "for i in range(25):\n    print('line', i, chr(27) + '[31m')\ndef double(x):\n    return x\n"
    text = said(desk, "double", source)
    assert "Your code printed:\n    | line 0 \ufffd[31m\n" in text and "| line 19 " in text
    assert "| line 20" not in text and "    (5 lines more)\n" in text and "\x1b" not in text


def test_a_hint_is_offered_after_the_third_failure_of_a_kind(desk):
    assert "If you like" not in said(desk, "double", SQUARED, times=2)
    text = said(desk, "double", SQUARED)
    assert (
        "failed 3 times in a row in the same way. If you like: `minirnn hint double` for hint 1 of 3." in text
    )
    assert "If you like: press h for hint 1 of 3." in said(desk, "double", SQUARED, watching=True)
    with progress.load(desk).change(bank.find("double")) as state:
        state.hints = 3
    assert "If you like: `minirnn solution double` shows the solution." in said(desk, "double", SQUARED)


# -- success -----------------------------------------------------------------------------------------


def test_success_is_honest_about_what_is_still_to_come(desk):
    text = said(desk, "double", RIGHT["double"])
    assert text.startswith(
        "PASSED: 00_first/double.py\n2 of 2 checks shown pass (3 of 4 points); "
        "1 more runs when it is graded (1 point).\n"
    )
    assert "\nDebrief\nDebrief of double.\nWhat if it were longer?\n" in text
    yours, reference = text.index("Yours, 00_first/double.py"), text.index("The reference")
    assert "    return [value + value for value in x]" in text[yours:reference]
    assert "secret = [FACTOR * value for value in x]" in text[reference:]
    assert text.endswith("1 of 3 exercises of the course solved.\n")


def test_without_hidden_checks_nothing_more_is_promised(desk):
    text = said(desk, "running_sum", RIGHT["running_sum"])
    assert "\n1 of 1 check passes (6 of 6 points).\n" in text and "graded" not in text


def test_nothing_of_the_solution_is_shown_before(desk):
    for source in (None, SQUARED, "def double(x):\n    raise ValueError\n"):
        text = said(desk, "double", source)
        assert "secret" not in text and "Debrief" not in text and "The idea" not in text


def test_the_solution_stands_beside_yours_where_there_is_room(desk):
    wide = without_colour(said(desk, "double", RIGHT["double"], fancy=True, width=110))
    assert re.search(r"Yours, 00_first/double.py +The reference", wide)
    assert re.search(r"return \[value \+ value for value in x\] +secret = ", wide)
    narrow = without_colour(said(desk, "double", RIGHT["double"], fancy=True, width=60))
    assert not re.search(r"Yours, 00_first/double.py +The reference", narrow)
    assert narrow.index("value + value") < narrow.index("The reference") < narrow.index("secret")


# -- both kinds of output ------------------------------------------------------------------------------


@pytest.mark.parametrize("source", [None, SQUARED, RIGHT["double"]])
def test_colour_carries_nothing(desk, source):
    plain = said(desk, "double", source)
    fancy = said(desk, "double", source, fancy=True, width=200)
    assert "\x1b[" in fancy and "\x1b" not in plain
    words = set(re.findall(r"[\w.]+", plain))
    assert words <= set(re.findall(r"[\w.]+", without_colour(fancy)))


def test_a_row_that_differs_is_marked_in_words_too(desk):
    source = "def running_sum(x):\n    return [x[0], 0.0, 0.0]\n"
    fancy = without_colour(said(desk, "running_sum", source, fancy=True))
    rows = [line.split() for line in fancy.splitlines() if line.strip()[:1].isdigit()]
    assert rows[:3] == [["0", "1", "1"], ["1", "3", "0", "<-", "differs"], ["2", "6", "0", "<-", "differs"]]


def test_the_bar_is_made_of_characters(desk):
    stream = Screen()
    Rich(stream).bar(1, 3, "one of three")
    assert stream.getvalue() == f"[{'#' * 8}{'.' * 16}] one of three\n"
    stream = Screen()
    Rich(stream).bar(0, 0, "nothing")
    assert "#" not in stream.getvalue()


def test_which_output_for_which_stream(monkeypatch):
    assert type(output_for(Screen(), plain=False)) is Rich
    assert type(output_for(Screen(), plain=True)) is Plain
    assert type(output_for(io.StringIO(), plain=False)) is Plain
    monkeypatch.setenv("NO_COLOR", "1")
    assert type(output_for(Screen(), plain=False)) is Plain
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert type(output_for(Screen(), plain=False)) is Plain


@pytest.mark.parametrize("make", [Plain, Rich])
def test_what_the_screen_cannot_write_becomes_a_question_mark(make):
    stream = Screen("ascii")
    make(stream).line("h → θ \x1b[2J")
    assert stream.getvalue() == "h ? ? ?[2J\n"


@pytest.mark.parametrize("make", [Plain, Rich])
def test_what_looks_like_markup_stays_as_it_is(make):
    stream = Screen()
    make(stream).line("x[red] :smile: [/]")
    assert stream.getvalue() == "x[red] :smile: [/]\n"


def test_prose_is_broken_anew_in_a_terminal_and_code_is_not():
    stream = Screen()
    out = Rich(stream)
    out.console.width = 200
    out.prose("One\ntwo.\n\n- a\n- b\nc\n\n    x = 1\n    y = 2\n\n```\np\nq\n```\n| a |\n| b |")
    assert stream.getvalue().splitlines() == [
        *(
            "One two.",
            "",
            "- a",
            "- b c",
            "",
            "    x = 1",
            "    y = 2",
            "",
            "```",
            "p",
            "q",
            "```",
            "| a |",
            "| b |",
        )
    ]


# -- pieces ------------------------------------------------------------------------------------------


def rung(status="passed", points=2, graded=False, **more):
    return Rung("test_x", points, graded, status, **more)


def test_score_counts_what_ran(tiny):
    exercise = bank.find("double")
    for rungs, hidden, words in (
        ([rung(), rung("wrong")], 3, "1 of 2 checks pass (2 of 4 points)."),
        ([rung(points=1)], 0, "1 of 1 check passes (1 of 4 points)."),
        (
            [rung(points=1)],
            3,
            "1 of 1 check shown passes (1 of 4 points); 3 more run when it is graded (3 points).",
        ),
    ):
        assert feedback.score(exercise, Result("double", "", "", False, rungs, hidden)) == words


def test_the_diagnosis_belongs_to_the_first_failure_alone(tiny):
    first, second = (
        rung("wrong", message="one", printed="1st\n"),
        rung("wrong", message="two", printed="2nd\n"),
    )
    result = Result("double", "", "", False, [first, second], 0, "m", "A known mistake.", printed="hello\n")
    for which, shown in ((first, True), (second, False)):
        stream = io.StringIO()
        feedback.show_failure(Plain(stream), bank.find("double"), which, result)
        assert which.message in stream.getvalue()
        assert ("A known mistake." in stream.getvalue()) == shown
        assert f"| {which.printed}" in stream.getvalue() and "hello" not in stream.getvalue()


def test_definition_is_the_function_without_its_docstring():
    source = 'import os\n\ndef f(x):\n    """Doc\n\n    more."""\n    # why\n    return x\n\n\ny = 2\n'
    assert definition(source, "f") == "def f(x):\n    # why\n    return x"
    assert definition("def f(x): return x\n", "f") == "def f(x): return x"
    assert definition('def f(x):\n    "doc"\n', "f") == 'def f(x):\n    "doc"'
    assert definition("f = lambda x: x\n", "f") == "f = lambda x: x\n"
    assert definition("def f(", "f") == "def f("


def test_what_was_called_fits_a_line(tiny):
    def call(name, *args, driver=""):
        return engine.called(bank.find(name), SimpleNamespace(last=(driver, args)))

    assert call("double", [1.0, 0.1234567891], None) == "double(x=[1, 0.123457], None)"
    assert call("double", {"a": 1}, driver="in_parts") == "in_parts(double, {'a': 1})"
    assert call("double", "x" * 200) == f"double(x='{'x' * 79} ...)"
    assert call("halve", np.zeros((4, 5))) == "halve(x=array of shape (4, 5))"
    assert call("halve", np.array([[1.5], [2.0]])) == "halve(x=[[1.5], [2]])"
    assert call("halve", (np.float64(0.5), 1j)) == "halve(x=(0.5, 0+1i))"
    torch_one = replace(bank.find("halve"), uses="torch")
    assert "tensor of shape (9,)" in engine.called(torch_one, SimpleNamespace(last=("", (np.zeros(9),))))
    assert engine.called(torch_one, SimpleNamespace(last=None)) == ""


def test_list_says_the_state_of_each_in_words(desk):
    write(desk, "running_sum", SQUARED)
    workspace = progress.load(desk)
    with workspace.change(bank.find("double")) as state:
        state.solved, state.points, state.hints, state.solution_seen = "2026-01-01", 3, 1, True
    stream = io.StringIO()
    feedback.show_list(Plain(stream), bank.course(), workspace, bank.find("running_sum"))
    assert stream.getvalue() == (
        "\n00_first: First (15 minutes of exercises)\n"
        "  solved  double       Twice as much (5 min, 3 of 4 points, 1 hint seen, solution seen)\n"
        "  begun   running_sum  Sum as you go (10 min, 0 of 6 points, you are here)\n"
        "\n01_second: Second (7 minutes of exercises)\n"
        "  to do   halve        Half as much (7 min, 0 of 3 points)\n"
        "\nWhat a solved exercise lacks in points is for checks that run when it is graded.\n"
        "\n1 of 3 exercises of the course solved.\n"
    )
    with workspace.change(bank.find("double")) as state:
        state.points = 4
    stream = io.StringIO()
    feedback.show_list(Plain(stream), bank.course(), workspace, None)
    assert "lacks" not in stream.getvalue() and "you are here" not in stream.getvalue()


def test_hint_says_which_of_how_many(tiny):
    stream = io.StringIO()
    feedback.show_hint(Plain(stream), bank.find("double"), 2)
    assert stream.getvalue() == "\nHint 2 of 3 for double\nThe place of double.\n"


def test_the_words_of_a_rung():
    assert feedback.words("test_first_step") == "first step"


def test_a_function_is_cut_out_by_the_lines_that_python_counts():
    function = "def double(x):\n    return x"
    for character in "\f\v\x1c\x85\u2028":
        source = f"A = 1 # {character}\n#{character}\n{function}\nB = 2\n"
        assert feedback.definition(source, "double") == function
    assert feedback.definition(f"A = 1\r\r{function}\rB = 2\r".replace("\n", "\r"), "double") == function
