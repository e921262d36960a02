"""An exercise as its files have it: a stub that holds no solution, the parts of a README, the rules."""

import ast
from pathlib import Path

import pytest

from minirnn.base.errors import UserError
from minirnn.course import bank
from minirnn.course.exercise_files import Exercise

ROOT = Path(__file__).parents[2]


def exercise_in(folder, **texts):
    """An exercise of which only these files exist."""
    place = folder / "sums"
    place.mkdir()
    for name, text in texts.items():
        (place / ("README.md" if name == "readme" else f"{name}.py")).write_text(text, encoding="utf-8")
    return Exercise("sums", "scan", "Sums", 5, 1, 3, 5, "python", place)


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


@pytest.mark.parametrize("exercise", bank.exercises(), ids=lambda exercise: exercise.id)
def test_the_readme_has_its_parts(exercise):
    parts = exercise.readme()
    assert parts["statement"].startswith("# ") and exercise.function in parts["statement"]
    assert "## Hints" not in parts["statement"] and "###" not in "".join(parts["hints"])
    assert len(parts["hints"]) == 3 and all(parts["hints"])
    assert len(set(parts["hints"])) == 3
    assert parts["debrief"] and "?" in parts["debrief"]
    assert exercise.title == parts["statement"].splitlines()[0].removeprefix("# ")


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
