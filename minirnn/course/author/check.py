"""The author's safety net: is this exercise fair, solvable, and is every message about the right mistake?

`check_exercise` runs an exercise as learners will: its stub, its solution with many seeds, its correct
alternatives, each of its mistakes, and a solution with a fault planted in it. What it finds is a list of
sentences; an empty list means that the exercise can be handed out.
"""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import minirnn
from minirnn.base.errors import UserError
from minirnn.base.wording import lines_of
from minirnn.course import bank
from minirnn.course.exercise_files import BLOCK, Exercise
from minirnn.course.grading import diagnosis, engine
from minirnn.course.grading.box import Box
from minirnn.course.grading.boxes import Lent
from minirnn.course.grading.calls import Learner
from minirnn.course.grading.engine import Result, Rung
from minirnn.course.grading.failures import refuse

SEEDS = 20
CLEAR, CLOSE = 10.0, 0.1  # tolerances: the error of a mistake at least, of a correct alternative at most
MISTAKES, ALTERNATIVES, RUNGS, HINTS = 3, 2, 3, 3
MINUTES, SCALE = range(5, 41), range(1, 6)
GIVEN = ("learner", "rng")
SPOILED = '''

def _spoil(value):
    """Change the first number in it."""
    if isinstance(value, (list, tuple)):
        return type(value)([_spoil(value[0]), *value[1:]]) if value else value
    if isinstance(value, dict):
        return {key: _spoil(item) for key, item in value.items()}
    if isinstance(value, str):
        return value + "x"
    return value + 1

_original = FUNCTION

def FUNCTION(*args, **kwargs):
    return _spoil(_original(*args, **kwargs))
'''


def check_bank() -> list[str]:
    """What is wrong with the manifest and the folders, exercise by exercise left aside."""
    place, problems = bank.root(), []
    known = {exercise.folder for exercise in bank.exercises()}
    for folder in sorted(path for path in (place / "exercises").glob("*/*") if path.is_dir()):
        if folder not in known and not folder.name.startswith(("_", ".")):
            problems.append(f"{folder.relative_to(place)} is not in {bank.MANIFEST}.")
    for lesson in bank.course():
        file = place / "lessons" / f"{lesson.name}.py"
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        shown = re.findall(r"^# \{\{ exercise (\w+) \}\}$", text, re.MULTILINE)
        # One with lists has a tab beside the one with arrays.
        for name in (each.id for each in lesson.exercises if not {each.id, each.instead_of} & {*shown}):
            advice = f"put {{{{ exercise {name} }}}} where it is needed."
            problems.append(f"lessons/{file.name} does not show {name}: {advice}")
    return problems + list(_leaks())


def _leaks() -> Iterator[str]:
    """Where the package, which is what a wheel holds, gives a solution away: one line may be a formula."""
    texts = {
        path: {line.strip() for line in lines_of(path.read_text(encoding="utf-8"))}
        for path in sorted(Path(minirnn.__file__).parent.rglob("*.py"))
    }
    for exercise in bank.exercises():
        if not (exercise.folder / "exercise.py").is_file():
            continue  # which its own check says
        answer = {line.strip() for line in _answer_lines(exercise)}
        for path, lines in texts.items():
            if len(held := answer & lines) > 1:
                yield f"{path.name} of the package holds {len(held)} lines of the solution of {exercise.id}."


def check_exercise(exercise: Exercise, seeds: int = SEEDS) -> list[str]:
    """What is wrong with one exercise, a sentence each."""
    try:
        problems = [*_papers(exercise)] or [*_points(exercise)]
        if problems:
            return problems
        box = Box(exercise.uses)
        try:
            return list(_behaviour(exercise, seeds, lambda uses: Lent(box)))
        finally:
            box.close()
    except UserError as error:
        return [str(error)]


def _papers(exercise: Exercise) -> Iterator[str]:
    """README, manifest and file names."""
    if not re.fullmatch(r"[a-z][a-z0-9_]{2,31}", exercise.id):
        yield f"The id {exercise.id!r} is not snake_case of 3 to 32 characters."
    for key, allowed in (("minutes", MINUTES), ("difficulty", SCALE), ("importance", SCALE)):
        if getattr(exercise, key) not in allowed:
            yield f"`{key}` is {getattr(exercise, key)}, expected {allowed[0]} to {allowed[-1]}."
    wanted = {"README.md", "exercise.py", "mistakes.py", exercise.test_file.name}
    have = {path.name for path in exercise.folder.glob("*") if path.name != "__pycache__"}
    for name in sorted(wanted ^ have):
        yield f"{name} is {'missing' if name in wanted else 'a stranger here'}."
    if wanted - have:
        return
    for path in sorted(exercise.folder.glob("*.py")):
        try:
            compile(path.read_text(encoding="utf-8"), str(path), "exec")
        except (SyntaxError, ValueError) as error:
            yield f"Python cannot read {path.name}: {error}."
    readme = exercise.readme()
    if not readme["statement"].startswith("# ") or len(readme["statement"].split()) < 20:
        yield "README.md needs a title and a statement."
    elif (title := readme["statement"].partition("\n")[0].removeprefix("# ")) != exercise.title:
        yield f"README.md has the title {title!r}, the manifest {exercise.title!r}."
    if given := [line.strip() for line in _answer_lines(exercise) if line.strip() in readme["statement"]]:
        yield f"The statement in README.md holds {given[0]!r} of the solution; only a hint may."
    if len(readme["hints"]) != HINTS or not all(readme["hints"]):
        yield f"README.md has {len(readme['hints'])} hints, expected {HINTS} (### 1 to ### 3), none empty."
    if not readme["debrief"]:
        yield "README.md has no text under ## Debrief."


def _points(exercise: Exercise) -> Iterator[str]:
    """Rungs, points, probe and oracle."""
    try:
        tests = engine.test_module(exercise)
    except Exception as error:
        yield f"{exercise.test_file.name} cannot be imported: {type(error).__name__}: {error}."
        return
    for name in ("probe", "oracle"):
        if not callable(getattr(tests, name, None)):
            yield f"{exercise.test_file.name} has no function {name}."
    rungs = [engine.marks(test) for _, test in engine.rung_functions(tests)]
    if len(rungs) < RUNGS or not any(graded for _, graded in rungs):
        yield f"There are {len(rungs)} rungs, expected at least {RUNGS}, one of them graded=True."
    for name, test in engine.rung_functions(tests):
        if not hasattr(test, "points"):
            yield f"The rung {name} has no @points(...)."
        elif type(test.points) is not int or test.points < 1:
            yield f"The rung {name} has @points({test.points!r}), expected a whole number from 1."
        for stranger in [argument for argument in engine.asks_for(test) if argument not in GIVEN]:
            yield f"The rung {name} asks for {stranger}; a rung can be given {' and '.join(GIVEN)}."
    total = sum(points for points, _ in rungs)
    if total != exercise.points:
        yield f"The rungs have {total} points, the manifest says {exercise.points}."
    answer = {line.strip() for line in _answer_lines(exercise)}
    copied = [
        line for line in lines_of(exercise.test_file.read_text(encoding="utf-8")) if line.strip() in answer
    ]
    if copied:
        yield f"The test repeats {copied[0].strip()!r} of the solution: the oracle must go another way."
    elif exercise.function and (same := _same_way(exercise)):
        yield f"{same} in the test does what the solution does, with other names: it must go another way."
    names = diagnosis.mistake_names(exercise)
    right = [name for name in names if name.startswith("right_")]
    if len(names) - len(right) < MISTAKES or len(right) < ALTERNATIVES:
        yield (
            f"mistakes.py has {len(names) - len(right)} mistakes and {len(right)} alternatives (right_...), "
            f"expected at least {MISTAKES} and {ALTERNATIVES}."
        )
    for name in names:
        if not diagnosis.mistakes_doc(exercise, name):
            yield f"mistakes.py: {name} has no docstring, which is its message."


def _answer_lines(exercise: Exercise) -> list[str]:
    """The lines of the solution's block that say something: not brackets, not a bare return."""
    source = (exercise.folder / "exercise.py").read_text(encoding="utf-8")
    blocks = [lines_of(match[0])[1:-1] for match in BLOCK.finditer(source)]
    return [
        line
        for block in blocks
        for line in block
        if len(line.strip()) > 25 and not line.strip().startswith("#")
    ]


def _same_way(exercise: Exercise) -> str:
    """The function of the test file that is the solution but for the names in it, if there is one."""
    solution = ast.parse(exercise.solution()).body
    wanted = {
        _without_names(n) for n in solution if isinstance(n, ast.FunctionDef) and n.name == exercise.function
    }
    tests = ast.parse(exercise.test_file.read_text(encoding="utf-8")).body
    functions = [node for node in tests if isinstance(node, ast.FunctionDef)]
    return next((node.name for node in functions if _without_names(node) in wanted), "")


def _without_names(function: ast.FunctionDef) -> str:
    """The statements of a function, its variables numbered in the order in which they turn up."""
    numbers: dict[str, str] = {}
    names = [a.arg for a in function.args.args]
    stored = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    body = function.body[1:] if ast.get_docstring(function) else function.body
    text = ast.unparse(ast.Module(body, []))
    for name in re.findall(r"\b[^\W\d]\w*", text):
        if name in stored or name in names:
            numbers.setdefault(name, f"_{len(numbers)}")
    return re.sub(r"\b[^\W\d]\w*", lambda match: numbers.get(match[0], match[0]), text)


def _behaviour(exercise: Exercise, seeds: int, boxes: Callable[[str], Any]) -> Iterator[str]:
    """Stub, solution, alternatives, mistakes and a planted fault, in the box."""

    def graded(source: str, **options: Any) -> Result:
        return engine.grade(exercise, source.encode(), boxes=boxes, **options)

    stub, solution = exercise.stub(), exercise.solution()
    first = graded(stub).rungs[0]
    if first.status != "not begun":
        yield f"The stub should be not begun at {first.name}, but it is {first.status}: {first.message}"
    for line in _answer_lines(exercise):
        if line in lines_of(stub):
            yield f"The stub holds a line of the solution: {line.strip()!r}."
    for rung, seed in full_marks(exercise, solution, seeds, boxes):
        yield f"The solution fails at {rung.name} with the seed {seed}: {rung.message}"
    fault = graded(solution + SPOILED.replace("FUNCTION", exercise.function), diagnose=False)
    if fault.passed:
        yield "A fault planted in the solution changes no mark."
    for name in diagnosis.mistake_names(exercise):
        source = as_submission(exercise, name)
        if name.startswith("right_"):
            for rung, seed in full_marks(exercise, source, 5, boxes):
                yield f"The alternative {name} fails at {rung.name}, seed {seed}: {_said(rung)}"
            ratio = graded(source, graded=True).worst_ratio
            if ratio > CLOSE:
                yield f"The alternative {name} is off by {ratio:.2g} tolerances, expected at most {CLOSE}."
            continue
        result = graded(source)
        rung = result.first_failure or Rung("none", 0, False, "passed")
        if rung.status == "passed":
            yield f"The mistake {name} passes every check."
        elif result.mistake != name:
            told = result.mistake or f"no message ({rung.name}, {rung.status}: {_said(rung)})"
            yield f"The mistake {name} gets {told} instead of its own message."
        elif 1 < result.worst_ratio < CLEAR:
            yield f"The mistake {name} is off by {result.worst_ratio:.2g} tolerances, expected {CLEAR:g}."


def _said(rung: Rung) -> str:
    return f"{rung.message} {rung.where}".strip()


def full_marks(
    exercise: Exercise, source: str, seeds: int, boxes: Callable[[str], Any] = Box
) -> Iterator[tuple[Rung, str]]:
    """The first rung that fails, with the seed, when the file is graded with so many seeds; or nothing."""
    forbidden: dict[str, str] = getattr(engine.test_module(exercise), "FORBIDDEN", {})
    name, uses = exercise.filename, exercise.uses
    refuse(source, name, forbidden)
    learner = Learner(source, name, exercise.function, uses, forbidden, box=boxes(uses))
    try:
        for seed in map(str, range(seeds)):
            tests = engine.rung_functions(engine.test_module(exercise))
            rungs = {name: Rung(name, *engine.marks(test), "not run") for name, test in tests}
            learner.rest()
            engine.run_rungs(exercise, learner, seed, rungs)
            failed = next((rung for rung in rungs.values() if not rung.passed), None)
            if failed is not None:
                yield failed, seed
                return
    finally:
        learner.close()


def as_submission(exercise: Exercise, name: str) -> str:
    """A function of mistakes.py as a learner would hand it in: alone, under the name that is asked for."""
    source = (exercise.folder / "mistakes.py").read_text(encoding="utf-8")
    lines = [f"{line}\n" for line in lines_of(source)]
    for node in diagnosis.functions(source):
        if not node.name.startswith("_") and node.name != name:
            for i in range(node.lineno - 1, node.end_lineno or node.lineno):
                lines[i] = "\n"
    return "".join(lines) + f"\n\n{exercise.function} = {name}\n"
