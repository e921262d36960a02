"""What a mark means: answers written from the statements and stubs alone, before anybody saw the mistakes.

tests/answers/LESSON/EXERCISE/ holds ten wrong answers or more and three unusual right ones for each
exercise. The first lines of each say what it is, and what its author must be told:

    # verdict: wrong
    # what: which misconception it is
    # diagnosis: what a teacher would say
    # told: mistake NAME    or words of the message of the check that fails, or nothing

No wrong one may pass, not even in practice; no right one may fail; and nearly every wrong one is told why.
"""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from minirnn.course import bank
from minirnn.course.grading import engine
from minirnn.course.grading.box import Box
from minirnn.course.grading.boxes import Lent
from tests.thorough import part

ANSWERS = Path(__file__).parents[2] / "answers"
WRONG, RIGHT, TOLD = 10, 3, 0.85  # of each exercise, and the share of wrong ones that must be told why
KEYS = {"verdict", "what", "diagnosis", "told"}


def heads(path):
    """The lines at the top of an answer as a dict."""
    return dict(re.findall(r"^# (\w+): (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)[: len(KEYS)])


@cache
def answers(exercise):
    return sorted((ANSWERS / exercise.lesson / exercise.id).glob("*.py"))


@pytest.fixture(scope="module")
def lend():
    """Two boxes of each kind, so that torch is imported twice and not for each answer.

    lend(exercise) is how the engine gets them for one answer: first the learner's, then that of the mistakes.
    """
    held = {}

    def lend(exercise):
        roles = iter(("answer", "mistakes"))
        # What an exercise forbids stays taken away in its box.
        whose = exercise.id if hasattr(engine.test_module(exercise), "FORBIDDEN") else ""

        def make(uses):
            key = next(roles), uses, whose
            if key not in held or held[key].process.poll() is not None:
                held[key] = Box(uses)
            return Lent(held[key])

        return make

    yield lend
    for box in held.values():
        box.close()


@pytest.mark.parametrize("exercise", bank.exercises(), ids=lambda exercise: exercise.id)
def test_answers_that_the_authors_had_not_seen(exercise, lend):
    problems = []
    for path in part(exercise.id, answers(exercise)):
        head = heads(path)
        graded = head["verdict"] == "right"
        result = engine.grade(
            exercise,
            path.read_bytes(),
            filename=exercise.filename,
            boxes=lend(exercise),
            graded=graded,
            seed="answers" if graded else engine.PRACTICE,
        )
        if problem := differs(head, result):
            problems.append(f"{path.name} ({head['what']}): {problem}")
    assert not problems, "\n".join(problems)


def differs(head, result):
    """What is not as the head of the answer says, or an empty text."""
    failed = result.first_failure
    if head["verdict"] == "right":
        return "" if failed is None else f"fails at {failed.name}: {failed.message} {failed.where}"
    if failed is None:
        return "passes"
    told = head["told"]
    named = told.removeprefix("mistake ") if told.startswith("mistake ") else ""
    if result.mistake != named:
        return f"is told {result.mistake or 'no mistake'} at {failed.name}, expected {named or 'none'}"
    if not named and told != "nothing" and told not in f"{failed.message} {failed.where}":
        return f"is told {failed.message!r} at {failed.name}, expected {told!r}"
    return ""


def test_each_exercise_has_its_answers_and_nearly_every_wrong_one_is_told_why():
    told = []
    for exercise in bank.exercises():
        every = [heads(path) for path in answers(exercise)]
        assert all(head.keys() >= KEYS - {"told"} for head in every), exercise.id
        counts = Counter(head["verdict"] for head in every)
        assert counts["wrong"] >= WRONG and counts["right"] >= RIGHT, exercise.id
        told += [head["told"] != "nothing" for head in every if head["verdict"] == "wrong"]
    assert sum(told) >= TOLD * len(told)
