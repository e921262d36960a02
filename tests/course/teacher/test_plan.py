"""Timetables: the best choice for the time, nothing twice, nothing missing, nothing over time."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minirnn.base.errors import UsageError, UserError
from minirnn.course import bank
from minirnn.course.bank import Lesson
from minirnn.course.exercise_files import Exercise
from minirnn.course.teacher import plan


def exercise(name, minutes, importance, lesson="a"):
    return Exercise(name, lesson, name, minutes, 1, importance, 1, "python", None)


@given(
    st.lists(st.tuples(st.integers(1, 12), st.integers(1, 5)), max_size=7),
    st.integers(-5, 40),
)
def test_choice_is_the_best_of_all_subsets(sizes, minutes):
    exercises = [exercise(str(i), m, v) for i, (m, v) in enumerate(sizes)]
    chosen = plan.choose(exercises, minutes)
    assert [e for e in exercises if e in chosen] == chosen
    assert sum(e.minutes for e in chosen) <= max(minutes, 0)
    subsets = itertools.chain.from_iterable(
        itertools.combinations(exercises, n) for n in range(len(exercises) + 1)
    )
    fits = [s for s in subsets if sum(e.minutes for e in s) <= max(minutes, 0)]
    assert sum(e.importance for e in chosen) == max(sum(e.importance for e in s) for s in fits)


def check(made, track, minutes, days):
    """What every timetable promises."""
    for day in range(1, days + 1):
        slots = [slot for slot in made.slots if slot.day == day]
        if not slots:
            continue
        assert slots[0].begin == 0 and slots[0].kind == "opening" and slots[-1].kind == "closing"
        assert all(one.end == two.begin for one, two in itertools.pairwise(slots))
        assert all(slot.begin < slot.end for slot in slots)
        assert slots[-1].end <= minutes
    said = [slot.text for slot in made.slots if slot.kind == "exercise" and not slot.text.endswith(", go on")]
    planned = {text.rsplit("(", 1)[1].rstrip(")") for text in said}
    assert len(said) == len(planned)
    every = {e.id for lesson in made.lessons for e in plan.offered(lesson, track)}
    assert planned | {e.id for e in made.later} == every
    assert not planned & {e.id for e in made.later}
    talk = sum(slot.end - slot.begin for slot in made.slots if slot.kind == "talk")
    assert talk == sum(lesson.teaching[track] for lesson in made.lessons)


@pytest.mark.parametrize("track", ["school", "university"])
@pytest.mark.parametrize(
    ("minutes", "days"), [(90, 1), (100, 1), (180, 1), (360, 1), (360, 2), (240, 3), (1000, 1)]
)
def test_every_timetable_holds_together(track, minutes, days):
    check(plan.make_plan(bank.course(), track, minutes, days), track, minutes, days)


def test_a_school_workshop_may_be_a_little_shorter():
    check(plan.make_plan(bank.course(), "school", 85, 1), "school", 85, 1)


def test_the_school_workshop_of_90_minutes_is_the_first_lesson():
    made = plan.make_plan(bank.course(), "school", 90)
    assert [lesson.id for lesson in made.lessons] == ["sequences"]
    assert all("school" in lesson.fields["tracks"] for lesson in made.lessons)


def test_a_school_class_needs_nothing_but_lists():
    made = plan.make_plan(bank.course(), "school", 360, 2)
    assert {lesson.id for lesson in made.lessons} == {"sequences", "vanilla_rnn", "linear", "scan"}
    uses = {exercise.id: exercise.uses for lesson in bank.course() for exercise in lesson.exercises}
    done = [slot.text.rsplit("(", 1)[1].rstrip(")") for slot in made.slots if slot.kind == "exercise"]
    assert {uses[name] for name in done if name in uses} == {"python"}
    assert {"numpy"} <= {exercise.uses for exercise in made.later}


def test_what_is_asked_with_lists_is_not_asked_again_with_arrays():
    lesson = next(lesson for lesson in bank.course() if lesson.id == "vanilla_rnn")
    school, university = (
        {exercise.id for exercise in plan.suited(lesson, track)} for track in ("school", "university")
    )
    assert "rnn_step_lists" in school and "rnn_step" not in school
    assert "rnn_step" in university and "rnn_step_lists" not in university
    assert {"loop_of_one", "price_of_a_guess"} <= school & university


def test_a_lesson_comes_with_what_it_requires_unless_it_is_known():
    one = Lesson("a", "A", {"tracks": ["t"], "requires": []}, (exercise("x", 10, 1),), {"t": 10})
    two = Lesson("b", "B", {"tracks": ["t"], "requires": ["a"]}, (exercise("y", 10, 5, "b"),), {"t": 10})
    assert [e.id for e in plan.make_plan((one, two), "t", 40).lessons] == ["a"]
    assert [e.id for e in plan.make_plan((one, two), "t", 50).lessons] == ["a", "b"]
    assert [e.id for e in plan.make_plan((one, two), "t", 40, known=("a",)).lessons] == ["b"]
    with pytest.raises(UsageError, match="The class has had all lessons"):
        plan.make_plan((one, two), "t", 40, known=("a", "b"))


def test_there_is_a_break_in_a_long_day_and_none_in_a_short_one():
    for minutes, breaks in ((90, 0), (180, 1), (360, 3)):
        made = plan.make_plan(bank.course(), "university", minutes)
        assert sum(slot.kind == "break" for slot in made.slots) == breaks
        worked = 0
        for slot in made.slots:
            worked = 0 if slot.kind == "break" else worked + slot.end - slot.begin
            assert worked <= plan.BREAK_AFTER + 40, "nobody works longer than this without a break"


def parted():
    """A lesson of two parts with an exercise in each, and one in the middle of the second."""
    fields = {"tracks": ["t"], "requires": []}
    exercises = tuple(exercise(name, 10, 1) for name in ("x", "y", "z"))
    parts = (
        bank.Part("One", {"t": 20}, {"x": {"t": 20}}),
        bank.Part("Left out", {"t": 0}, {}),
        bank.Part("Two", {"t": 30}, {"y": {"t": 12}, "z": {"t": 30}}),
    )
    return Lesson("a", "A", fields, exercises, {"t": 50}, 0, parts)


def test_a_lesson_comes_part_by_part_with_each_exercise_where_the_page_has_it():
    made = plan.make_plan((parted(),), "t", 90)
    assert [(slot.text, slot.end - slot.begin, slot.place) for slot in made.slots if slot.place] == [
        ("A, part 1: One", 20, "a#part-1"),
        ("x (x)", 10, "a#exercise-x"),
        ("A, part 3: Two", 12, "a#part-3"),
        ("y (y)", 10, "a#exercise-y"),
        ("A, part 3: Two, go on", 18, "a#part-3"),
        ("z (z)", 10, "a#exercise-z"),
    ]


def test_what_the_dry_run_did_not_meet_comes_at_the_end():
    fields = {"tracks": ["t"], "requires": []}
    lesson = Lesson("a", "A", fields, (exercise("x", 10, 1),), {"t": 30})
    made = plan.make_plan((lesson,), "t", 60)
    assert [(slot.text, slot.place) for slot in made.slots if slot.place] == [
        ("A", "a"),
        ("x (x)", "a#exercise-x"),
    ]


def test_a_plan_may_be_made_of_some_lessons_alone():
    made = plan.make_plan(bank.course(), "university", 360, 2, ("sequences",), ("vanilla_rnn", "scan", "lru"))
    assert [lesson.id for lesson in made.lessons] == ["vanilla_rnn", "scan", "lru"]
    one = Lesson(
        "a", "A", {"tracks": ["t"], "requires": []}, (exercise("x", 10, 5), exercise("y", 20, 5)), {"t": 10}
    )
    two = Lesson("b", "B", {"tracks": ["t"], "requires": []}, (exercise("z", 10, 1, "b"),), {"t": 10})
    assert [e.id for e in plan.make_plan((one, two), "t", 50).lessons] == ["a"]  # what matters most
    assert [e.id for e in plan.make_plan((one, two), "t", 50, only=("a", "b")).lessons] == ["a", "b"]
    with pytest.raises(UsageError, match="The lesson lru needs scan: name it in --only or in --known"):
        plan.make_plan(bank.course(), "university", 360, 2, ("sequences",), ("vanilla_rnn", "lru"))
    with pytest.raises(UsageError, match="The lesson lru is not in the track school: leave it out of --only"):
        plan.make_plan(bank.course(), "school", 360, 2, (), ("sequences", "lru"))
    with pytest.raises(UsageError, match="There is no lesson 'x'"):
        plan.make_plan(bank.course(), "school", 90, only=("x",))


def test_what_cannot_be_planned_is_said():
    with pytest.raises(
        UsageError, match="There is no track 'kindergarten': choose one of school, university"
    ):
        plan.make_plan(bank.course(), "kindergarten", 90)
    with pytest.raises(
        UsageError, match="30 minutes are too short: Sequences, with its shortest exercise, takes"
    ):
        plan.make_plan(bank.course(), "school", 30)
    with pytest.raises(UsageError, match="There is no lesson 'x'"):
        plan.make_plan(bank.course(), "school", 90, known=("x",))
    with pytest.raises(UsageError, match="--days is 0"):
        plan.make_plan(bank.course(), "school", 90, 0)


def test_a_lesson_without_a_dry_run_cannot_be_planned():
    lesson = Lesson("a", "A", {"tracks": ["t"], "requires": []}, (exercise("x", 10, 1),))
    with pytest.raises(
        UserError, match="a had no dry run, so nobody knows its minutes of teaching: make one"
    ):
        plan.make_plan((lesson,), "t", 90)


def test_the_page_shows_clock_times():
    page = plan.as_markdown(plan.make_plan(bank.course(), "school", 90), "school", 90)
    assert page.startswith("# 90 minutes, school track: Sequences\n") and "| 0:00 | 0:05 | opening |" in page
    assert "For those who are early" in page
