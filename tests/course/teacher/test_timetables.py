"""Timetables in pages: what the planner says, with links, or an error that names the page."""

import re

import pytest

from minirnn.base.errors import UserError
from minirnn.course import bank
from minirnn.course.site import timetables
from minirnn.course.teacher import plan


@pytest.fixture
def root(tmp_path):
    for name in ("lessons", "exercises", "benchmarks"):
        (tmp_path / name).symlink_to(bank.root() / name)
    (tmp_path / "docs/teach").mkdir(parents=True)
    return tmp_path


def made(root, name, written=("sequences",)):
    include = f'Before\n\n--8<-- "assets/timetables/{name}"\n\nAfter\n'
    (root / "docs/teach/page.md").write_text(include, "utf-8")
    return timetables.all_timetables(root, set(written))[f"assets/timetables/{name}"]


def test_a_page_gets_the_timetable_that_its_name_says(root):
    text = made(root, "school-1x90.txt")
    slots = plan.make_plan(bank.course(), "school", 90).slots
    assert text.count("\n| ") == len(slots) + 1
    assert "| 0:00 | 0:05 | *Open the course, everyone* |" in text
    link = "[Count what follows what](../lessons/sequences.md#exercise-count_bigrams)"
    assert re.search(rf"\| \d:\d\d \| \d:\d\d \| \*\*Exercise:\*\* {re.escape(link)} \|", text)
    # Nothing but the clock, what it is and the link; a talk that an exercise interrupts goes on.
    assert "[Sequences" in text and ", go on |" in text
    assert "For those who are early, in this order: [From counts" in text
    assert "Made by `minirnn teach plan --minutes 90 --track school`" in text


def test_a_lesson_without_a_page_has_no_link(root):
    assert "../lessons" not in made(root, "school-1x90.txt", written=())


def test_a_part_is_named_and_linked_as_on_the_page(monkeypatch):
    parts = (bank.Part("One", {"t": 20}, {}), bank.Part("Two", {"t": 20}, {"x": {"t": 5}}))
    exercise = bank.Exercise("x", "a", "An X (hard)", 5, 1, 1, 1, "python", None)
    lesson = bank.Lesson("a", "A", {"tracks": ["t"], "requires": []}, (exercise,), {"t": 40}, 0, parts)
    monkeypatch.setattr(bank, "load", lambda root: (lesson,))
    text = timetables.timetable(None, {"a"}, "t", "1", "60", None)
    assert [
        line.split(" | ")[2].removesuffix(" |") for line in text.split("\n") if line.startswith("| 0:")
    ] == [
        "*Open the course, everyone*",
        "[A, part 1: One](../lessons/a.md#part-1)",
        "[A, part 2: Two](../lessons/a.md#part-2)",
        "**Exercise:** [An X (hard)](../lessons/a.md#exercise-x)",
        "[A, part 2: Two](../lessons/a.md#part-2), go on",
        "*What to remember*",
    ]


def test_days_and_what_is_known(root):
    text = made(root, "university-2x360-after-sequences.txt")
    assert re.findall("^###.*", text, re.MULTILINE) == ["### Day 1", "### Day 2"]
    assert "(../lessons/sequences.md" not in text and "| The vanilla recurrent network" in text
    assert "--days 2 --known sequences`" in text
    assert "(scan_backward)" not in text and ", go on |" in text  # a talk over night


@pytest.mark.parametrize("name", ["kindergarten-1x90.txt", "school-1x10.txt", "school-1x90-after-never.txt"])
def test_what_cannot_be_planned_names_the_page(root, name):
    with pytest.raises(UserError, match=rf"docs/teach/page\.md, {name}: "):
        made(root, name)


def test_the_real_pages_have_theirs():
    names = set(timetables.all_timetables(bank.root(), set()))
    assert {
        f"assets/timetables/{name}-{size}.txt" for name, size in (("school", "1x90"), ("school", "1x240"))
    } <= names
    assert len(names) >= 4
