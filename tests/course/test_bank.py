"""The bank of exercises: the manifest, the parts of a README, stubs that hold no solution."""

import ast
import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

from minirnn.base.errors import UsageError, UserError
from minirnn.course import bank

ROOT = Path(__file__).parents[2]
LESSON = '[[lesson]]\nid = "05_scan"\ntitle = "The scan"\n'
ENTRY = (
    '[[lesson.exercise]]\nid = "sums"\ntitle = "Sums"\nminutes = 5\ndifficulty = 1\nimportance = 3\n'
    'points = 5\nuses = "python"\n'
)


def manifest(folder, text):
    path = folder / bank.MANIFEST
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def exercise_in(folder, **texts):
    """An exercise of which only these files exist."""
    place = folder / "sums"
    place.mkdir()
    for name, text in texts.items():
        (place / ("README.md" if name == "readme" else f"{name}.py")).write_text(text, encoding="utf-8")
    return bank.Exercise("sums", "05_scan", "Sums", 5, 1, 3, 5, "python", place)


# The real course


def test_the_course_has_lessons_and_exercises_in_order():
    lessons = bank.course()
    assert [lesson.id for lesson in lessons] == sorted({lesson.id for lesson in lessons})
    assert {"00_sequences", "01_vanilla_rnn", "05_scan", "06_lru"} <= {lesson.id for lesson in lessons}
    assert len(bank.exercises()) >= 14
    assert [exercise.lesson for exercise in bank.exercises()] == [
        lesson.id for lesson in lessons for _ in lesson.exercises
    ]


def test_ids_are_unique_and_lessons_require_what_comes_before():
    ids = [exercise.id for exercise in bank.exercises()]
    assert len(ids) == len(set(ids))
    before = set()
    for lesson in bank.course():
        assert set(lesson.fields["requires"]) <= before, lesson.id
        before.add(lesson.id)


@pytest.mark.parametrize("lesson", bank.course(), ids=lambda lesson: lesson.id)
def test_a_lesson_says_what_the_site_and_the_plans_need(lesson):
    fields = lesson.fields
    assert fields["question"].endswith("?")
    assert set(lesson.teaching) == set(fields["tracks"]) and min(lesson.teaching.values()) > 0
    assert fields["objectives"] and fields["keypoints"]
    assert set(fields["tracks"]) <= {"school", "university"} and fields["tracks"]
    assert type(fields["runs_in_page"]) is bool and type(fields["gpu"]) is bool
    if fields["runs_in_page"]:
        assert all(exercise.uses in ("python", "numpy") for exercise in lesson.exercises)


def answer_of(exercise):
    """The lines of the solution's block that give something away."""
    source = (exercise.folder / "exercise.py").read_text(encoding="utf-8")
    inside = source.partition("# BEGIN SOLUTION\n")[2].partition("# END SOLUTION\n")[0]
    assert inside.strip()
    lines = [line.strip() for line in inside.splitlines()]
    return [line for line in lines if len(line) > 25 and not line.startswith("#")]


@pytest.mark.parametrize("exercise", bank.exercises(), ids=lambda exercise: exercise.id)
def test_the_stub_is_the_solution_without_its_block(exercise):
    stub, solution = exercise.stub(), exercise.solution()
    assert "SOLUTION" not in stub and "SOLUTION" not in solution
    body = {node.name: node for node in ast.parse(stub).body if isinstance(node, ast.FunctionDef)}
    function = body[exercise.function]
    assert [argument.arg for argument in function.args.args] == exercise.parameters
    assert ast.get_docstring(function)
    (last,) = function.body[1:]
    assert ast.unparse(last) == f"raise NotImplementedError('write {exercise.function} here')"
    assert exercise.function in {n.name for n in ast.parse(solution).body if isinstance(n, ast.FunctionDef)}
    place = stub.index("raise NotImplementedError")
    assert solution.startswith(stub[:place].rstrip(" "))
    assert solution.endswith(stub[place:].partition("\n")[2])
    compile(solution, "solution", "exec")


@pytest.mark.parametrize("exercise", bank.exercises(), ids=lambda exercise: exercise.id)
def test_neither_stub_nor_statement_holds_a_line_of_the_solution(exercise):
    stub, statement = exercise.stub(), exercise.readme()["statement"]
    for line in answer_of(exercise):
        assert line not in stub
        assert line not in statement


def test_the_package_holds_no_line_of_a_solution_that_is_longer_than_a_formula():
    """A formula of one line may stand in both; two lines of a solution in a row may not."""
    library = {
        path: [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
        for path in (ROOT / "minirnn").rglob("*.py")
    }
    for exercise in bank.exercises():
        answer = answer_of(exercise)
        for pair in zip(answer, answer[1:], strict=False):
            for path, lines in library.items():
                held = list(zip(lines, lines[1:], strict=False))
                assert pair not in held, f"{path} holds {pair} of {exercise.id}"


def test_the_wheel_holds_the_package_alone():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    assert settings["packages"]["find"]["include"] == ["minirnn", "minirnn.*"]
    assert list(settings["package-data"]) == ["minirnn"]
    assert "data-files" not in settings and "py-modules" not in settings
    for pattern in settings["package-data"]["minirnn"]:
        matched = [path for path in (ROOT / "minirnn").rglob("*") if fnmatch(path.name, pattern)]
        assert not [path for path in matched if "exercise" in path.name or "mistakes" in path.name]
    inside = {path.name for path in (ROOT / "minirnn").rglob("*")}
    assert not inside & {"exercises", "mistakes.py", "exercise.py", "course.toml"}
    assert not (ROOT / "MANIFEST.in").exists()


@pytest.mark.parametrize("exercise", bank.exercises(), ids=lambda exercise: exercise.id)
def test_the_readme_has_its_parts(exercise):
    parts = exercise.readme()
    assert parts["statement"].startswith("# ") and exercise.function in parts["statement"]
    assert "## Hints" not in parts["statement"] and "###" not in "".join(parts["hints"])
    assert len(parts["hints"]) == 3 and all(parts["hints"])
    assert len(set(parts["hints"])) == 3
    assert parts["debrief"] and "?" in parts["debrief"]
    assert exercise.title == parts["statement"].splitlines()[0].removeprefix("# ")


def test_find():
    combine = bank.find("combine")
    assert (combine.id, combine.lesson, combine.filename) == ("combine", "05_scan", "05_scan/combine.py")
    for name in ("05_scan/combine.py", "05_scan\\combine.py", "combine.py", "./combine", "/a/b/combine.py"):
        assert bank.find(name) is combine
    assert bank.find("count-bigrams").id == "count_bigrams"


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("combime", "did you mean combine?"),
        ("bleloch.py", "did you mean blelloch?"),
        ("zzz", "`list` shows them all."),
        ("", "`list` shows them all."),
        ("..", "`list` shows them all."),
    ],
)
def test_find_suggests(name, advice):
    with pytest.raises(UsageError) as caught:
        bank.find(name)
    assert str(caught.value) == f"There is no exercise {name!r}: {advice}"


# Manifests


def test_load(tmp_path):
    extra = ENTRY.replace("sums", "more").replace('"python"', '"torch"')
    text = LESSON + "gpu = true\n" + ENTRY + extra + LESSON.replace("05_scan", "06_lru")
    manifest(tmp_path, text)
    first, second = bank.load(tmp_path)
    assert (first.id, first.title, first.fields["gpu"]) == ("05_scan", "The scan", True)
    assert [exercise.id for exercise in first.exercises] == ["sums", "more"]
    one, other = first.exercises
    assert (one.title, one.minutes, one.difficulty, one.importance, one.points) == ("Sums", 5, 1, 3, 5)
    assert (one.uses, other.uses) == ("python", "torch")
    assert one.folder == tmp_path / "exercises" / "05_scan" / "sums"
    assert one.test_file == one.folder / "test_sums.py"
    assert second.exercises == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LESSON.replace("id", "# id"), "`id` of a lesson is missing, expected str."),
        (LESSON.replace('"05_scan"', "5"), "`id` of a lesson is 5, expected str."),
        (LESSON.replace("title", "# title"), "`title` of 05_scan is missing, expected str."),
        (
            LESSON + ENTRY.replace("id =", "name ="),
            "`id` of an exercise of 05_scan is missing, expected str.",
        ),
        (LESSON + ENTRY.replace("title", "# t"), "`title` of sums is missing, expected str."),
        (LESSON + ENTRY.replace("= 5", '= "5"', 1), "`minutes` of sums is '5', expected int."),
        (LESSON + ENTRY.replace("= 1", "= 1.0"), "`difficulty` of sums is 1.0, expected int."),
        (LESSON + ENTRY.replace("= 3", "= true"), "`importance` of sums is True, expected int."),
        (LESSON + ENTRY.replace("points", "# p"), "`points` of sums is missing, expected int."),
        (LESSON + ENTRY.replace("uses", "# u"), "`uses` of sums is missing, expected str."),
        (LESSON + ENTRY.replace("python", "jax"), "sums uses 'jax', expected one of python, numpy, torch."),
        (LESSON + ENTRY + "instead_of = 1\n", "`instead_of` of sums is 1, expected str."),
        (LESSON + ENTRY + 'instead_of = "x"\n', "sums is instead of 'x', which 05_scan has not."),
    ],
)
def test_a_broken_entry_is_one_sentence(tmp_path, text, said):
    path = manifest(tmp_path, text)
    with pytest.raises(UserError) as caught:
        bank.load(tmp_path)
    assert str(caught.value) == f"{path}: {said}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LESSON + ENTRY + ENTRY, "{} has two exercises with the id 'sums'."),
        (LESSON + ENTRY + LESSON.replace("5", "6") + ENTRY, "{} has two exercises with the id 'sums'."),
        (LESSON + ENTRY + LESSON, "{} has two lessons with the id '05_scan'."),
        ("lesson = 3\n", "{}: `lesson` of the course is 3, expected tables."),
        ('lesson = ["05_scan"]\n', "{}: `lesson` of the course is ['05_scan'], expected tables."),
        ("", "{} holds no [[lesson]]."),
        (LESSON + 'exercise = "sums"\n', "{}: `exercise` of 05_scan is 'sums', expected tables."),
    ],
)
def test_a_broken_course_is_one_sentence(tmp_path, text, said):
    path = manifest(tmp_path, text)
    with pytest.raises(UserError) as caught:
        bank.load(tmp_path)
    assert str(caught.value) == said.format(path)


def test_no_toml(tmp_path):
    path = manifest(tmp_path, '[[lesson]]\nid = "05\n')
    with pytest.raises(UserError, match=re.escape(f"{path} is broken: ") + r".*line 2.*\.$"):
        bank.load(tmp_path)
    manifest(tmp_path, b"\xff\xfe")
    with pytest.raises(UserError, match=re.escape(f"{path} cannot be read: ")):
        bank.load(tmp_path)
    path.unlink()
    with pytest.raises(UserError, match=re.escape(f"{path} is missing.")):
        bank.load(tmp_path)
    path.mkdir()
    with pytest.raises(UserError, match=re.escape(f"{path} cannot be read: ")):
        bank.load(tmp_path)


def test_no_bank(tmp_path, monkeypatch):
    monkeypatch.setenv("MINIRNN_BANK", str(tmp_path))
    with pytest.raises(UsageError, match=r"come with a clone of the project, not with the installed package"):
        bank.root()
    manifest(tmp_path, LESSON)
    assert bank.root() == tmp_path
    monkeypatch.delenv("MINIRNN_BANK")
    assert bank.root() == ROOT


# One exercise

SOURCE = '''"""Sums."""

SCALE = 2


def _helper(x):
    return x


def sums(x, y=0, *, z=1):
    """Add."""
    if z:
        # BEGIN SOLUTION
        secret = x + y
        return secret
        # END SOLUTION
    return None


def after(x):
    return x
'''


def test_stub_and_solution(tmp_path):
    exercise = exercise_in(tmp_path, exercise=SOURCE)
    assert (exercise.function, exercise.parameters) == ("sums", ["x", "y"])
    stub = exercise.stub()
    assert "secret" not in stub and "SOLUTION" not in stub
    assert '    if z:\n        raise NotImplementedError("write sums here")\n    return None\n' in stub
    with pytest.raises(NotImplementedError, match=r"^write sums here$"):
        exec(stub + "\nsums(1)", {})
    space = {}
    exec(exercise.solution(), space)
    assert space["sums"](1, 2) == 3
    assert exercise.solution().count("\n") == SOURCE.count("\n") - 2


def test_without_a_block(tmp_path):
    exercise = exercise_in(tmp_path, exercise=SOURCE.replace("# END SOLUTION", "# END"))
    with pytest.raises(UserError, match=r"exercise\.py has no block from BEGIN to END SOLUTION\.$"):
        exercise.stub()
    (exercise.folder / "exercise.py").write_text("def sums(x):\n    return x\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"exercise\.py has no function with `# BEGIN SOLUTION` in it\.$"):
        _ = exercise.function
    (exercise.folder / "exercise.py").unlink()
    for ask in (exercise.stub, exercise.solution, lambda: exercise.function, exercise.readme):
        with pytest.raises(UserError, match=r"(exercise\.py|README\.md) is missing\.$"):
            ask()


def test_parts_of_a_readme(tmp_path):
    text = (
        "# Sums\n\nAdd.\n\n## Hints\n\n### 1\n\nOne.\n\n### 2 the place\n\nTwo\n\nlines.\n\n### 3\n\nThree.\n"
    )
    exercise = exercise_in(tmp_path, readme=text + "\n## Debrief\n\nWhat if?\n")
    assert exercise.readme() == {
        "statement": "# Sums\n\nAdd.\n",
        "hints": ["One.", "Two\n\nlines.", "Three."],
        "debrief": "What if?",
    }
    (exercise.folder / "README.md").write_text("# Sums\n", encoding="utf-8")
    assert exercise.readme() == {"statement": "# Sums\n", "hints": [], "debrief": ""}


def test_files_with_windows_line_ends(tmp_path):
    exercise = exercise_in(tmp_path)
    (exercise.folder / "exercise.py").write_bytes(SOURCE.replace("\n", "\r\n").encode())
    assert exercise.stub().count("raise NotImplementedError") == 1 and "\r" not in exercise.stub()


def test_the_rules_under_a_statement_are_those_of_the_rungs(tiny, tmp_path):
    assert bank.find("double").rules() == "You may import Python's standard library and numpy."
    assert bank.find("halve").rules() == "You may import Python's standard library and numpy."
    test = bank.find("halve").test_file
    text = test.read_text(encoding="utf-8")
    test.write_text(text + "\n\n@points(1)\ndef test_left(learner):\n    unchanged(learner)\n", "utf-8")
    rules = "You may import Python's standard library and numpy. Do not change the arguments in place."
    assert bank.find("halve").rules() == rules
    assert bank.find("halve").statement() == f"# Halve\n\nWrite `halve`.\n\n{rules}\n"
    test.write_text(text + "\n# unchanged(learner) is not called\n", "utf-8")
    assert "in place" not in bank.find("halve").rules()


def test_every_exercise_says_what_may_be_imported_and_whether_arguments_may_change():
    tells = "You may import Python's standard library"
    rest = {"python": " and numpy.", "numpy": " and numpy.", "torch": ", numpy and torch."}
    for lesson in bank.load(ROOT):
        for exercise in lesson.exercises:
            assert exercise.statement().count(f"{tells}{rest[exercise.uses]}") == 1
            asks = "unchanged(learner)" in exercise.test_file.read_text(encoding="utf-8")
            assert ("Do not change the arguments in place." in exercise.statement()) is asks, exercise.id
