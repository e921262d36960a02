"""The page for authors of lessons: its blocks can be built, and its numbers are those of the check."""

import inspect
import re
from pathlib import Path

from minirnn.course import bank
from minirnn.course.author import commands, form
from minirnn.course.site import lesson_pages, lessons
from minirnn.course.site.text import predictions
from minirnn.course.site.text.blocks import cut

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/write-a-lesson.md").read_text("utf-8")
SKELETON = (ROOT / "lessons/_skeleton/lesson.py").read_text("utf-8")


def shown(title):
    return re.findall(rf'^```\w+ title="{title}"\n(.*?)^```', PAGE, re.MULTILINE | re.DOTALL)


def test_the_predictions_that_it_shows_can_be_asked():
    asked = [block for text in shown("text") for block in cut(text) if block.kind == "predict"]
    made = [predictions.parse(block.text.split("\n"), "the page") for block in asked]
    assert [each.kind for each in made] == ["choice", "number", "curve"]
    told = {"left": [[float(t), 0.5**t] for t in range(6)]}
    assert all("predict-answer" in predictions.on_page(each, "x", told, "the page") for each in made)
    assert {each.name for each in made[:2]} <= set(re.findall(r"\?\?\? predict (\w+)", SKELETON))


def test_numbers_from_code_are_shown_as_the_skeleton_has_them():
    (cell,) = shown("a cell")
    (folded,) = shown("a folded cell")
    assert (
        cell in SKELETON and folded in SKELETON and shown("text")[0].strip() in SKELETON.replace("#     ", "")
    )


def test_it_names_all_that_a_text_may_ask_for_and_nothing_else():
    named = set(re.findall(r"`\{\{ (\w+)", PAGE))
    matched = set(re.findall(r'"(\w+)"', "".join(re.findall(r"case \[.*", inspect.getsource(lesson_pages)))))
    assert named == (matched - {"open"}) | {"part", "value", "lesson", "number"}
    documented = set(re.findall(r"^    (?:lesson )?\{\{ (\w+)", lessons.__doc__, re.MULTILINE))
    assert named - {"keypoints", "number"} <= documented | {"lesson"}
    folds = set(re.findall(r"`(?:!!!|\?\?\?) (\w+)", PAGE))
    assert folds == {"sofar", "history", "primer", "check", "teacher"}
    assert folds | {"predict"} <= set(re.findall(r"^    (?:!!!|\?\?\?) (\w+)", lessons.__doc__, re.MULTILINE))


def test_the_numbers_are_those_of_the_check():
    said = PAGE.partition("## What the check looks at")[2]
    for text in (
        f"{form.WORDS[0]:,} to {form.WORDS[-1]:,} words",
        f"at most {form.FIGURES} figures, {form.TABLES} tables and {form.PREDICTIONS} predictions",
        f"more than {form.LINES} lines",
        f"{form.PARTS[0]} to {form.PARTS[-1]} parts",
        f"{form.CHECKS} questions",
    ):
        assert text in said
    order = re.findall(r"`## ([^`]+)`", PAGE.partition("## The end of the page")[2])
    assert tuple(order) == form.END


def test_its_commands_exist():
    (name,) = re.findall(r"dev new lesson (\w+)", PAGE)
    assert f"site --lessons {name}" in PAGE and f"dev check {name}" in PAGE
    assert name in {lesson.id for lesson in bank.load(ROOT) if lesson.planned}, "name another planned lesson"
    assert {"new", "check"} <= {command.callback.__name__ for command in commands.app.registered_commands}


def test_it_is_in_the_navigation():
    assert "- write-a-lesson.md\n" in (ROOT / "mkdocs.yml").read_text("utf-8")
