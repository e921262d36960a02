"""The author's safety net: all exercises are fair, and each of its rules can fail."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from minirnn.base.errors import UsageError, UserError
from minirnn.course import bank
from minirnn.course.author import check as dev
from minirnn.course.author import commands as dev_commands
from minirnn.course.author.new import ENTRY, new_exercise
from minirnn.course.exercise_files import Exercise
from minirnn.course.learner import commands, stubs
from minirnn.course.mentions import in_words
from tests.course import fair
from tests.thorough import SEEDS

ROOT = Path(__file__).parents[3]
SKELETON = ROOT / "exercises" / "_skeleton"
PAGE = ROOT / "docs" / "write-an-exercise.md"
ELSEWHERE = [exercise for exercise in bank.exercises() if exercise not in fair.HERE]


def test_manifest_and_folders_agree():
    assert dev.check_bank() == []


# The others are in tests/course/test_python_exercises.py and test_numpy_exercises.py.
@pytest.mark.parametrize("exercise", ELSEWHERE, ids=lambda exercise: exercise.id)
def test_the_exercise_is_fair(exercise):
    assert dev.check_exercise(exercise, seeds=SEEDS) == []


# A bank of one exercise, which `dev new` made


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    """A bank with the skeleton and two lessons without exercises."""
    place = tmp_path / "bank"
    shutil.copytree(SKELETON, place / "exercises" / "_skeleton")
    (place / "lessons").mkdir()
    lessons = '[[lesson]]\nid = "scan"\ntitle = "The scan"\n\n[[lesson]]\nid = "lru"\ntitle = "The LRU"\n'
    (place / "lessons" / "course.toml").write_text(lessons, encoding="utf-8")
    monkeypatch.setenv("MINIRNN_BANK", str(place))
    monkeypatch.delenv("MINIRNN_COMMAND", raising=False)
    bank.course.cache_clear()
    yield place
    bank.course.cache_clear()


@pytest.fixture
def mine(tiny):
    """The exercise that `dev new` makes."""
    new_exercise("scan/my_sums")
    return bank.find("my_sums")


def test_new_makes_an_exercise_that_is_fair(tiny, capsys):
    dev_commands.new("scan/my_sums")
    said = capsys.readouterr().out
    folder = tiny / "exercises" / "00_scan" / "my_sums"
    assert said.startswith(f"Made {folder}\n") and "dev check my_sums\n" in said
    assert said.endswith("Then put {{ exercise my_sums }} into lessons/00_scan.py, where it is needed.\n")
    names = {path.name for path in folder.iterdir()}
    assert names == {"README.md", "exercise.py", "mistakes.py", "test_my_sums.py"}
    assert not [path for path in folder.iterdir() if "NAME" in path.read_text(encoding="utf-8")]
    dev_commands.check(["my_sums"], 20)
    assert capsys.readouterr().out == "ok       scan/my_sums\nmy_sums is fair.\n"
    (open_end,) = dev.check_bank()  # what only its author can do
    assert open_end.startswith("lessons/00_scan.py does not show my_sums: put ")


def test_new_writes_the_manifest_in_order(mine, tiny):
    new_exercise("lru/second_one")
    new_exercise("scan/third_one")
    assert [exercise.filename for exercise in bank.exercises()] == [
        "00_scan/my_sums.py",
        "00_scan/third_one.py",
        "01_lru/second_one.py",
    ]
    text = (tiny / bank.MANIFEST).read_text(encoding="utf-8")
    assert text.count("[[lesson]]") == 2 and "\n\n\n" not in text and text.endswith('uses = "python"\n')


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("my_sums", "'my_sums' is not of the form scan/my_exercise, in small letters."),
        ("scan/", "'scan/' is not of the form scan/my_exercise, in small letters."),
        ("scan/MySums", "'scan/MySums' is not of the form scan/my_exercise, in small letters."),
        ("00_scan/abc", "'00_scan/abc' is not of the form scan/my_exercise, in small letters."),
        ("scan/a/b", "'scan/a/b' is not of the form scan/my_exercise, in small letters."),
        ("scan/../x", "'scan/../x' is not of the form scan/my_exercise, in small letters."),
        ("../scan/abc", "'../scan/abc' is not of the form scan/my_exercise, in small letters."),
        ("scan/1st", "'scan/1st' is not of the form scan/my_exercise, in small letters."),
        (
            "scan/" + "a" * 33,
            f"'scan/{'a' * 33}' is not of the form scan/my_exercise, in small letters.",
        ),
        ("s4d/abc", "There is no lesson 's4d': add a [[lesson]] to {manifest} first."),
        ("lr/abc", "There is no lesson 'lr': did you mean lru?"),
        ("lru/my_sums", "There is an exercise 'my_sums' already: ids are unique over the whole course."),
        ("lru/taken", "{folder} exists already."),
    ],
)
def test_new_refuses(mine, tiny, path, said):
    folder = tiny / "exercises" / "01_lru" / "taken"
    folder.mkdir(parents=True)
    before = sorted(tiny.rglob("*")), (tiny / bank.MANIFEST).read_bytes()
    with pytest.raises(UsageError) as caught:
        new_exercise(path)
    assert str(caught.value) == said.format(manifest=bank.MANIFEST, folder=folder)
    assert (sorted(tiny.rglob("*")), (tiny / bank.MANIFEST).read_bytes()) == before


def test_a_folder_that_the_manifest_does_not_know(mine, tiny, capsys):
    for name in ("00_scan/forgotten", "01_lru/lost", "00_scan/.cache", "00_scan/__pycache__"):
        (tiny / "exercises" / name).mkdir(parents=True)
    expected = [
        f"{Path('exercises', name)} is not in {bank.MANIFEST}."
        for name in ("00_scan/forgotten", "01_lru/lost")
    ]
    (tiny / "lessons" / "00_scan.py").write_text("# {{ exercise my_sums }}\n", encoding="utf-8")
    assert dev.check_bank() == expected
    # The third is that this is no lesson.
    with pytest.raises(UserError, match=r"^3 problems in 1 lesson and 1 exercise\.$"):
        dev_commands.check(None, 1)
    assert capsys.readouterr().out.startswith(f"problem  {expected[0]}\nproblem  {expected[1]}\n")


@pytest.mark.parametrize("text", [None, "# my_sums\n", "# {{ exercise my_sums_2 }}\n"])
def test_an_exercise_that_no_page_shows(mine, tiny, text):
    if text is not None:
        (tiny / "lessons" / "00_scan.py").write_text(text, encoding="utf-8")
    assert dev.check_bank() == [
        "lessons/00_scan.py does not show my_sums: put {{ exercise my_sums }} where it is needed."
    ]


def test_a_package_that_gives_a_solution_away(mine, tiny, tmp_path, monkeypatch):
    (tiny / "lessons" / "00_scan.py").write_text("# {{ exercise my_sums }}\n", encoding="utf-8")
    solution = mine.folder / "exercise.py"
    lines = ["together = sum(numbers)  # of all", "number = float(len(numbers))"]
    block = "".join(f"    {each}\n" for each in lines)
    text = solution.read_text(encoding="utf-8")
    solution.write_text(text.replace("    return sum(numbers) / len(numbers)\n", block), encoding="utf-8")
    package = tmp_path / "package"
    package.mkdir()
    monkeypatch.setattr(dev.minirnn, "__file__", str(package / "__init__.py"))
    (package / "sums.py").write_text(lines[0] + "\n", encoding="utf-8")
    assert dev.check_bank() == []
    (package / "sums.py").write_text("def f():\n    " + "\n    x = 1\n    ".join(lines), encoding="utf-8")
    assert dev.check_bank() == ["sums.py of the package holds 2 lines of the solution of my_sums."]


# Break one thing, and expect exactly its sentence


def change(name, old, new):
    """Replace a piece of one file."""

    def apply(exercise):
        path = exercise.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return apply


def add(name, text):
    """Write something at the end of one file, which may be new."""

    def apply(exercise):
        with (exercise.folder / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return apply


def write(name, text):
    """The whole of one file."""
    return both(remove(name), add(name, text))


def remove(name):
    return lambda exercise: (exercise.folder / name).unlink()


def manifest(**fields):
    return lambda exercise: replace(exercise, **fields)


def both(*changes):
    def apply(exercise):
        for each in changes:
            each(exercise)

    return apply


SOLVED = "    # BEGIN SOLUTION\n    return sum(numbers) / len(numbers)\n    # END SOLUTION\n"
INDENTED = "        # BEGIN SOLUTION\n    return sum(numbers) / len(numbers)\n        # END SOLUTION\n"
TEST = "test_my_sums.py"
SLIGHTLY = (
    'def slightly_off(numbers):\n    """You are slightly off."""\n'
    "    return sum(numbers) / len(numbers) + {} * (1 + sum(numbers) / len(numbers))\n\n\n"
)
LOOSE = both(
    change(TEST, "[1.0, 2.0, 6.0]), 3.0,", "[1.0, 2.0, 6.0]), 3.0, 1e-4,"),
    change(TEST, "oracle(numbers), what", "oracle(numbers), 1e-4, what"),
)
SHORT = "# Title\n\nWrite it.\n\n## Hints\n\n### 1\n\na\n\n### 2\n\nb\n\n### 3\n\nc\n\n## Debrief\n\nd\n"
SOMETIMES = """    if not numbers:
        # BEGIN SOLUTION
        return sum(numbers) / len(numbers)
        # END SOLUTION
    return sum(list(numbers)) / len(numbers)
"""
BROKEN = {
    "id in capitals": (
        manifest(id="Sums"),
        [
            "The id 'Sums' is not snake_case of 3 to 32 characters.",
            "test_Sums.py is missing.",
            "test_my_sums.py is a stranger here.",
        ],
    ),
    "too quick": (manifest(minutes=4), ["`minutes` is 4, expected 5 to 40."]),
    "too long": (manifest(minutes=41), ["`minutes` is 41, expected 5 to 40."]),
    "too hard": (manifest(difficulty=6), ["`difficulty` is 6, expected 1 to 5."]),
    "of no importance": (manifest(importance=0), ["`importance` is 0, expected 1 to 5."]),
    "no README": (remove("README.md"), ["README.md is missing."]),
    "no mistakes": (remove("mistakes.py"), ["mistakes.py is missing."]),
    "no folder": (
        lambda exercise: shutil.rmtree(exercise.folder),
        [
            "README.md is missing.",
            "exercise.py is missing.",
            "mistakes.py is missing.",
            f"{TEST} is missing.",
        ],
    ),
    "a stranger": (add("answers.txt", "3.0\n"), ["answers.txt is a stranger here."]),
    "no title": (
        change("README.md", "# The mean of a list\n", ""),
        ["README.md needs a title and a statement."],
    ),
    "another title": (
        change("README.md", "# The mean of a list", "# My sums"),
        ["README.md has the title 'My sums', the manifest 'The mean of a list'."],
    ),
    "no statement": (write("README.md", SHORT), ["README.md needs a title and a statement."]),
    "two hints": (
        change("README.md", "### 2\n", "\n"),
        ["README.md has 2 hints, expected 3 (### 1 to ### 3), none empty."],
    ),
    "an empty hint": (
        change("README.md", "What would you do with pencil and paper?", ""),
        ["README.md has 3 hints, expected 3 (### 1 to ### 3), none empty."],
    ),
    "no debrief": (
        change("README.md", "## Debrief", "## The end"),
        ["README.md has no text under ## Debrief."],
    ),
    "a solution that Python cannot read": (
        change("exercise.py", "return sum(", "return sum "),
        ["Python cannot read exercise.py: unmatched ')' (exercise.py, line 7)."],
    ),
    "a test that Python cannot read": (
        change(TEST, "def probe(rng):", "def probe(rng)"),
        [f"Python cannot read {TEST}: expected ':' ({TEST}, line 8)."],
    ),
    "mistakes that Python cannot read": (
        change("mistakes.py", "total = 0.0", "total = "),
        ["Python cannot read mistakes.py: invalid syntax (mistakes.py, line 21)."],
    ),
    "a test that cannot be imported": (
        change(TEST, "import close, points, same_type", "import close, points, sametype"),
        [
            f"{TEST} cannot be imported: ImportError: cannot import name 'sametype' from "
            f"'minirnn.course.checks' ({dev.engine.checks.__file__})."
        ],
    ),
    "no marks": (
        change("exercise.py", "    # END SOLUTION\n", ""),
        ["{folder}/exercise.py has no block from BEGIN to END SOLUTION."],
    ),
    "marks outside of a function": (
        change("exercise.py", SOLVED, "    return 1.0\n\n\n# BEGIN SOLUTION\nx = 1\n# END SOLUTION\n"),
        ["{folder}/exercise.py has no function with `# BEGIN SOLUTION` in it."],
    ),
    "no probe": (change(TEST, "def probe", "def _probe"), [f"{TEST} has no function probe."]),
    "no oracle": (
        both(change(TEST, "def oracle", "def _oracle"), change(TEST, "), oracle(", "), _oracle(")),
        [f"{TEST} has no function oracle."],
    ),
    "two rungs": (
        change(TEST, "@points(1)\ndef test_", "def _test_"),
        [
            "There are 2 rungs, expected at least 3, one of them graded=True.",
            "The rungs have 3 points, the manifest says 5.",
        ],
    ),
    "nothing is kept for grading": (
        change(TEST, ", graded=True", ""),
        ["There are 4 rungs, expected at least 3, one of them graded=True."],
    ),
    "a rung without points": (
        change(TEST, "@points(2)\n", ""),
        [
            "The rung test_value has no @points(...).",
            "The rungs have 3 points, the manifest says 5.",
        ],
    ),
    "a rung that is worth nothing": (
        change(TEST, "@points(2)\n", "@points(0)\n"),
        [
            "The rung test_value has @points(0), expected a whole number from 1.",
            "The rungs have 3 points, the manifest says 5.",
        ],
    ),
    "half a point": (
        change(TEST, "@points(2)\n", "@points(2.5)\n"),
        [
            "The rung test_value has @points(2.5), expected a whole number from 1.",
            "The rungs have 5.5 points, the manifest says 5.",
        ],
    ),
    "a rung that asks for more": (
        change(TEST, "def test_many(learner, rng)", "def test_many(learner, rng, tmp_path)"),
        ["The rung test_many asks for tmp_path; a rung can be given learner and rng."],
    ),
    "points that do not add up": (manifest(points=6), ["The rungs have 5 points, the manifest says 6."]),
    "an oracle that copies": (
        change(
            TEST,
            "    return float(sum(map(Fraction, numbers)) / len(numbers))",
            "    return sum(numbers) / len(numbers)",
        ),
        [
            "The test repeats 'return sum(numbers) / len(numbers)' of the solution: "
            "the oracle must go another way."
        ],
    ),
    "an oracle that copies with other names": (
        change(
            TEST,
            "    return float(sum(map(Fraction, numbers)) / len(numbers))",
            "    return sum(\n        numbers\n    ) / len(numbers)",
        ),
        ["oracle in the test does what the solution does, with other names: it must go another way."],
    ),
    "an oracle that copies with quite other names": (
        both(
            change(TEST, "def oracle(numbers)", "def oracle(values)"),
            change(
                TEST,
                "    return float(sum(map(Fraction, numbers)) / len(numbers))",
                "    return sum(values) / len(values)",
            ),
        ),
        ["oracle in the test does what the solution does, with other names: it must go another way."],
    ),
    "a statement that holds the answer": (
        change("README.md", "Example:", "Write `return sum(numbers) / len(numbers)`. Example:"),
        [
            "The statement in README.md holds 'return sum(numbers) / len(numbers)' of the solution; "
            "only a hint may."
        ],
    ),
    "two mistakes": (
        change("mistakes.py", "def first_left_out", "def _first_left_out"),
        [
            "mistakes.py has 2 mistakes and 2 alternatives (right_...), expected at least 3 and 2.",
        ],
    ),
    "one alternative": (
        change("mistakes.py", "def right_loop", "def _right_loop"),
        ["mistakes.py has 3 mistakes and 1 alternatives (right_...), expected at least 3 and 2."],
    ),
    "a mistake without a message": (
        change("mistakes.py", '    """With a loop."""\n', ""),
        ["mistakes.py: right_loop has no docstring, which is its message."],
    ),
    "a stub that is no Python": (
        change("exercise.py", SOLVED, INDENTED),
        [
            "The stub should be not begun at test_runs, but it is syntax: "
            "Python cannot read the file: unexpected indent."
        ],
    ),
    "a stub that does something": (
        change("exercise.py", SOLVED, SOMETIMES),
        ["The stub should be not begun at test_runs, but it is passed: "],
    ),
    "a stub that holds the answer": (
        change("exercise.py", SOLVED, SOLVED + "    return sum(numbers) / len(numbers)\n"),
        ["The stub holds a line of the solution: 'return sum(numbers) / len(numbers)'."],
    ),
    "a solution that is wrong": (
        change(TEST, "oracle(numbers), what", "oracle(numbers) + 1, what"),
        [
            "The solution fails at test_many with the seed 0: The mean of 100 numbers is …, expected ….",
            "The alternative right_loop fails at test_many, seed 0: The mean of … expected ….",
            "The alternative right_loop is off by … tolerances, expected at most 0.1.",
            "The alternative right_running fails at test_many, seed 0: The mean of … expected ….",
            "The alternative right_running is off by … tolerances, expected at most 0.1.",
        ],
    ),
    "rungs that never look": (
        both(
            change(TEST, 'same_type(learner([1.0, 2.0, 6.0]), "float")', "learner([1.0, 2.0, 6.0])"),
            change(
                TEST, 'close(learner([1.0, 2.0, 6.0]), 3.0, what="the mean of 1, 2 and 6")', "assert True"
            ),
            change(
                TEST,
                'close(learner(numbers), oracle(numbers), what="the mean of 100 numbers")',
                "assert True",
            ),
        ),
        [
            "A fault planted in the solution changes no mark.",
            "The mistake sum_not_divided passes every check.",
            "The mistake divided_by_one_less passes every check.",
            "The mistake first_left_out passes every check.",
        ],
    ),
    "a mistake that is none": (
        change("mistakes.py", "    return sum(numbers)\n", "    return sum(numbers) / len(numbers)\n"),
        ["The mistake sum_not_divided passes every check."],
    ),
    "a mistake that shows in the graded rungs alone": (
        change("mistakes.py", "    return sum(numbers)\n", "    return sum(numbers[:9]) / len(numbers)\n"),
        ["The mistake sum_not_divided passes every check."],
    ),
    "two mistakes alike": (
        change("mistakes.py", "sum(numbers[1:]) / len(numbers)", "sum(numbers)"),
        ["The mistake first_left_out gets sum_not_divided instead of its own message."],
    ),
    "a probe on which two mistakes agree": (
        change(
            TEST,
            "    return [([1.0, 2.0, 6.0],), ([rng.uniform(-1, 1) for _ in range(5)],)]",
            "    return [([1.0, 3.0],)]",
        ),
        [
            "The mistake divided_by_one_less gets sum_not_divided instead of its own message.",
        ],
    ),
    "a mistake that raises": (
        change("mistakes.py", "    return sum(numbers)\n", "    return numbers[len(numbers)]\n"),
        [
            "The mistake sum_not_divided gets no message (test_runs, raised: Your code raised IndexError: "
            "list index out of range 00_scan/my_sums.py, line 6: return numbers[len(numbers)]) "
            "instead of its own message."
        ],
    ),
    "a mistake that hardly shows": (
        both(LOOSE, change("mistakes.py", "def right_loop", SLIGHTLY.format(5e-4) + "def right_loop")),
        ["The mistake slightly_off is off by 5 tolerances, expected 10."],
    ),
    "an alternative that fails": (
        change("mistakes.py", "    return total / len(numbers)", "    return [total / len(numbers)]"),
        [
            "The alternative right_loop fails at test_type, seed 0: "
            "Your function returned a list, expected a float."
        ],
    ),
    "an alternative that is not exact": (
        both(
            LOOSE,
            change(
                "mistakes.py",
                "    return total / len(numbers)",
                "    return total / len(numbers) * (1 + 2 / 3 * 1e-4)",
            ),
        ),
        ["The alternative right_loop is off by 0.5 tolerances, expected at most 0.1."],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_named(name, mine):
    apply, sentences = BROKEN[name]
    changed = apply(mine)
    exercise = changed if isinstance(changed, Exercise) else mine
    found = dev.check_exercise(exercise, seeds=2)
    sentences = [sentence.replace("{folder}", str(mine.folder)) for sentence in sentences]
    assert len(found) == len(sentences), found
    for said, sentence in zip(found, sentences, strict=True):
        assert re.fullmatch(".*".join(map(re.escape, sentence.split("…"))), said), said


def test_every_seed_counts(mine):
    unlucky = dev.engine.make_rng(mine, "7", "test_many").uniform(-1, 1)
    change(TEST, "oracle(numbers), what", f"oracle(numbers) + (numbers[0] == {unlucky!r}), what")(mine)
    assert dev.check_exercise(mine, seeds=7) == []
    (said,) = dev.check_exercise(mine, seeds=8)
    assert said.startswith("The solution fails at test_many with the seed 7: The mean of 100 numbers is ")


def test_the_untouched_exercise_is_fair(mine):
    assert dev.check_exercise(mine, seeds=2) == []


# The page for authors


def fences(page):
    """(language, title, text) of each code block."""
    found = re.findall(r"^```(\w*)(?: title=\"(.*?)\")?\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert len(found) == page.count("\n```") / 2
    return found


def test_the_page_shows_what_the_skeleton_holds():
    files = {path.name.replace("NAME", "my_sums"): path for path in SKELETON.iterdir() if path.is_file()}
    shown = set()
    for _, title, text in fences(PAGE.read_text(encoding="utf-8")):
        if title in files:
            assert text in files[title].read_text(encoding="utf-8").replace("NAME", "my_sums"), text
            shown.add(title)
        elif title == "lessons/course.toml":
            assert text in ENTRY
    assert shown == set(files)


def test_the_page_explains_sentences_that_are_really_said():
    said = [sentence for _, sentences in BROKEN.values() for sentence in sentences]
    quoted = re.findall(r"^\| `(.+?)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(quoted) > 10
    for sentence in quoted:
        pattern = ".*".join(map(re.escape, sentence.split("…")))
        assert any(re.fullmatch(pattern, each) for each in said), sentence


def test_the_page_shows_what_a_learner_sees(mine, tmp_path, monkeypatch, capsys):
    stubs.start(tmp_path / "desk")
    monkeypatch.chdir(tmp_path / "desk")
    Path(mine.filename).write_text(dev.as_submission(mine, "sum_not_divided"), encoding="utf-8")
    with pytest.raises(Exception):  # noqa: B017  # however it ends: not passed
        commands.check("my_sums", plain=True)
    said = capsys.readouterr().out
    page = in_words(PAGE.read_text(encoding="utf-8"), bank.load(bank.root()))
    (shown,) = [text for _, title, text in fences(page) if "learner" in title]
    for line in shown.splitlines():
        assert line in said.splitlines(), said


def test_the_page_names_commands_and_checks_that_exist():
    page = PAGE.read_text(encoding="utf-8")
    assert "dev new scan/my_sums" in page and "dev check my_sums" in page
    (line,) = re.findall(r"The checks (.*?) come from", page, re.DOTALL)
    names = set(re.findall(r"`(\w+)`", line))
    assert names == set(dev.engine.checks.__all__) - {"Tensor", "Wrong", "points"}
