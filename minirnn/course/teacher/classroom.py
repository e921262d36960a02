"""Grade a class: every learner's every exercise, in several processes, and nothing twice.

Each file is graded in a worker process, and the learner's code in a box of that worker, so whatever one
submission does, the others go on. A result is written as soon as it is there, under a name made of the
hashes of the file, of the exercise and of the seed: a run that was interrupted continues, and files that are
the same are graded once. A file at which the grader itself fails has no mark: it is named, nothing is kept,
and the next run tries again. All learners of a run get the same inputs; another seed gives other inputs.
"""

import hashlib
import json
import re
import secrets
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from importlib import metadata
from multiprocessing import get_context
from pathlib import Path

from minirnn.base.errors import UserError
from minirnn.base.files import write_atomic
from minirnn.base.strict_json import json_text
from minirnn.base.wording import valid_text
from minirnn.course import bank
from minirnn.course.exercise_files import Exercise
from minirnn.course.grading import engine
from minirnn.course.grading.engine import Result, Rung
from minirnn.course.teacher.submissions import Submission

FORM = 1  # of the files of results
GRADES = "grades.json"
FOLDERS = {"gradescope": ".json", "feedback": ".md"}  # with a file for each learner
RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d", re.IGNORECASE)  # names that Windows keeps for itself


@dataclass
class Grades:
    """A graded class. results: learner -> exercise id -> Result; passed_over: what belongs to no learner."""

    seed: str
    exercises: list[str]
    results: dict[str, dict[str, Result]]
    notes: dict[str, list[str]] = field(default_factory=dict)
    passed_over: list[str] = field(default_factory=list)

    def save(self, folder: Path) -> Path:
        """Write all of it as JSON."""
        results = {
            learner: {name: result.to_dict() for name, result in row.items()}
            for learner, row in self.results.items()
        }
        data = {"form": FORM, "seed": self.seed, "exercises": self.exercises, "notes": self.notes}
        data |= {"passed_over": self.passed_over, "results": results}
        write_atomic(folder / GRADES, json_text(data, indent=1) + "\n")
        return folder / GRADES

    @classmethod
    def load(cls, folder: Path) -> "Grades":
        """The inverse of `save`. Raises UserError."""
        path = folder / GRADES if folder.is_dir() else folder
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            results = {
                learner: {name: Result.from_dict(result) for name, result in row.items()}
                for learner, row in data["results"].items()
            }
            passed_over = data.get("passed_over", [])
            return cls(data["seed"], data["exercises"], results, data["notes"], passed_over)
        except FileNotFoundError:
            raise UserError(f"There is no {GRADES} in {folder}: run `teach grade` first.") from None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise UserError(f"{path} cannot be read as grades: run `teach grade` again.") from None


def grade_class(
    submissions: Iterable[Submission],
    exercises: list[Exercise],
    folder: Path,
    *,
    jobs: int = 1,
    seed: str | None = None,
    passed_over: Iterable[str] = (),
    report: Callable[[int, int, str], None] = lambda done, total, what: None,
) -> Grades:
    """Grade all of them and keep the results under `folder`. report(done, total, what) is called as it goes.

    seed: None for that of the run that was begun in this folder, else a new one. passed_over: what the
    submissions leave out, to be kept with the grades.
    """
    folder.mkdir(parents=True, exist_ok=True)
    seed = _seed(folder, seed)
    submissions = list(submissions)
    grades = Grades(seed, [exercise.id for exercise in exercises], {}, passed_over=list(passed_over))
    wanted: dict[Path, tuple[Exercise, bytes]] = {}
    places: dict[tuple[str, str], Path] = {}
    keys = {exercise.id: _exercise_hash(exercise) for exercise in exercises}
    for submission in submissions:
        learner = valid_text(submission.learner)
        if learner in grades.results:
            raise ValueError(f"two submissions are of {learner!r}, expected one for each learner")
        grades.results[learner] = {}
        grades.notes[learner] = submission.notes
        for exercise in exercises:
            data = submission.files.get(exercise.id)
            if data is None:
                problem = submission.problems.get(exercise.id, MISSING)
                grades.results[learner][exercise.id] = without_file(exercise, seed, *problem)
                continue
            name = hashlib.sha256(data + f"/{seed}/{keys[exercise.id]}".encode()).hexdigest()
            places[learner, exercise.id] = place = folder / "results" / f"{exercise.id}-{name[:32]}.json"
            wanted[place] = exercise, data
    todo = {place: job for place, job in wanted.items() if not _counts(_read(place))}
    done, failed = len(wanted) - len(todo), {}
    for place, error in _graded(todo, seed, jobs):
        done += 1
        if error:
            failed[place] = error
        report(done, len(wanted), todo[place][0].id)
    for (learner, name), place in places.items():
        result = None if place in failed else _read(place)
        grades.results[learner][name] = result or _not_graded(*wanted[place], seed, failed.get(place, ""))
    for learner, row in grades.results.items():
        grades.results[learner] = {exercise.id: row[exercise.id] for exercise in exercises}
    _remove_files(folder, grades)
    grades.save(folder)
    return grades


def _remove_files(folder: Path, grades: Grades) -> None:
    """Remove what an earlier run wrote for learners who are no longer there."""
    try:
        earlier = Grades.load(folder).results
    except UserError:
        return
    for name in set(filenames(earlier).values()) - set(filenames(grades.results).values()):
        for part, ending in FOLDERS.items():
            (folder / part / f"{name}{ending}").unlink(missing_ok=True)


def filenames(learners: Iterable[str]) -> dict[str, str]:
    """A file's name for each learner, whatever they are called, on every system: no two are the same."""
    plain = {learner: re.sub(r"[^\w-]+", "_", learner)[:40] for learner in learners}
    often = Counter(name.casefold() for name in plain.values())
    return {
        learner: name
        if name == learner and often[name.casefold()] == 1 and not RESERVED.fullmatch(name)
        else f"{name}-{hashlib.sha256(learner.encode('utf-8', 'backslashreplace')).hexdigest()[:8]}"
        for learner, name in plain.items()
    }


MISSING = ("missing", "There is no file of that name in the submission.")


def without_file(exercise: Exercise, seed: str, status: str, message: str) -> Result:
    """The result of a file that is not there or cannot be read."""
    rungs = [
        Rung(name, *engine.marks(test), status, message)
        for name, test in engine.rung_functions(engine.test_module(exercise))
    ]
    return Result(exercise.id, "", seed, True, rungs, 0)


def _graded(todo: dict[Path, tuple[Exercise, bytes]], seed: str, jobs: int) -> Iterator[tuple[Path, str]]:
    """Grade in `jobs` processes; give each place as soon as its result is written, or why there is none."""
    # Slow exercises first, so that no worker is left with one at the end.
    order = sorted(todo, key=lambda place: todo[place][0].uses != "torch")
    left, futures = [], {}
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        for place in order:
            try:
                futures[pool.submit(_grade_one, place, *todo[place], seed)] = place
            except BrokenProcessPool:  # a worker has died already
                left.append(place)
        try:
            for future in as_completed(futures):
                try:
                    yield futures[future], future.result() or ""
                except BrokenProcessPool:  # a worker died, and took with it what the others had begun
                    left.append(futures[future])
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    for place in left:
        with ProcessPoolExecutor(1, get_context("spawn")) as alone:
            try:
                yield place, alone.submit(_grade_one, place, *todo[place], seed).result() or ""
            except BrokenProcessPool:
                yield place, "its process died, twice"


STOPPED = "grader stopped"


def _not_graded(exercise: Exercise, data: bytes, seed: str, why: str) -> Result:
    """What stands for a result where the grader, not the file, failed. It is in no file of results."""
    message = (
        f"The grader itself stopped at this file ({why or 'it left no result'}), so there is no mark: "
        "grade again, or look at it by hand."
    )
    result = without_file(exercise, seed, STOPPED, message)
    result.sha256 = hashlib.sha256(data).hexdigest()
    return result


def _grade_one(place: Path, exercise: Exercise, data: bytes, seed: str) -> str:
    """In a worker: grade one file and write the result. Otherwise say what went wrong."""
    try:
        result = engine.grade(exercise, data, seed=seed, graded=True)
        result.printed = result.printed[:2000]
        for rung in result.rungs:
            rung.printed = ""
        text = json_text(result.to_dict())
    except Exception as error:  # a fault of ours; it must not cost the others their grades
        return f"{type(error).__name__}: {error}"[:300]
    _write(place, text)
    return ""


def _write(place: Path, text: str) -> None:
    place.parent.mkdir(exist_ok=True)
    write_atomic(place, text)


def _read(place: Path) -> Result | None:
    try:
        return Result.from_dict(json.loads(place.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _counts(result: Result | None) -> bool:
    """Whether a result of an earlier run may be kept: not if it may be the machine's fault.

    The system kills what wants memory that it is short of, and a file that did not come to its turn waited.
    """
    excuses = "(SIGKILL)", "the machine is overloaded"
    return result is not None and not any(said in rung.message for rung in result.rungs for said in excuses)


def _seed(folder: Path, seed: str | None) -> str:
    """The seed of the run in this folder: the one given, else the one it was begun with, else a new one."""
    path = folder / "seed.txt"
    if seed is None and path.is_file():
        return path.read_text(encoding="utf-8").strip()
    seed = seed or secrets.token_hex(8)
    write_atomic(path, seed + "\n")
    return seed


def _exercise_hash(exercise: Exercise) -> str:
    """Changes when anything that decides about points changes: the exercise, the grader, what they run on."""
    packages = {"python": (), "numpy": ("numpy",), "torch": ("numpy", "torch")}[exercise.uses]
    versions = [f"{name} {metadata.version(name)}" for name in packages]
    facts = (FORM, exercise.uses, exercise.filename, sys.version_info[:2], *versions)
    digest = hashlib.sha256(repr(facts).encode())
    course = Path(bank.__file__).parent
    ours = [
        *(course / f"{name}.py" for name in ("checks", "exercise_files", "mentions", "values", "wire")),
        *sorted((course / "grading").glob("*.py")),
    ]
    for path in (exercise.test_file, exercise.folder / "exercise.py", exercise.folder / "mistakes.py", *ours):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def chosen_exercises(names: list[str]) -> list[Exercise]:
    """The exercises of these ids or lessons, in course order; all if there are none."""
    wanted = {bank.find_either(name).id for name in names}
    return [e for e in bank.exercises() if not names or {e.id, e.lesson} & wanted]
