"""A workshop's timetable, computed from the manifest.

Given the minutes there are and a track, choose lessons in order, each with all it requires, and for the time
that is left the exercises that matter most: the sum of their importance is as large as it can be (a knapsack,
solved exactly). A lesson comes part by part, as its page has them, and each exercise where the page has it.
What did not fit is the list for those who are early.
"""

from dataclasses import dataclass, replace

from minirnn.base.errors import UsageError, UserError
from minirnn.course.bank import Lesson, Part, find_lesson
from minirnn.course.exercise_files import Exercise

OPENING, CLOSING = 5, 5  # minutes: everyone has the page or the folder open; what to remember
BREAK_AFTER, BREAK = 90, 15  # minutes of work, minutes of break
GO_ON = ", go on"
LISTS = ("school",)  # tracks that need no more than lists, so that a class needs nothing but the site


@dataclass(frozen=True)
class Slot:
    """One line of the timetable: minutes from the start of its day, and what happens.

    place: where the page of the lesson has it, such as "scan#part-2"; "" for a break and the like.
    """

    day: int
    begin: int
    end: int
    kind: str
    text: str
    place: str = ""


@dataclass(frozen=True)
class Plan:
    """slots in order; later: exercises of the lessons taught that did not fit."""

    lessons: tuple[Lesson, ...]
    slots: tuple[Slot, ...]
    later: tuple[Exercise, ...]


def tracks(course: tuple[Lesson, ...]) -> list[str]:
    """The tracks that the manifest knows."""
    return sorted({track for lesson in course for track in lesson.fields.get("tracks", [])})


def make_plan(
    course: tuple[Lesson, ...],
    track: str,
    minutes: int,
    days: int = 1,
    known: tuple[str, ...] = (),
    only: tuple[str, ...] = (),
) -> Plan:
    """The best plan for so many minutes a day.

    known: lessons that the class has had already. only: those to teach, as many of them as there is time for;
    empty for those with which the exercises matter most.

    Raises UsageError for an unknown track or lesson, for one of `only` that needs another one, or if not even
    one lesson with an exercise fits, and UserError for a lesson whose minutes are not known.
    """
    if track not in tracks(course):
        raise UsageError(f"There is no track {track!r}: choose one of {', '.join(tracks(course))}.")
    ids = {lesson.id for lesson in course}
    known, only = (tuple(find_lesson(name, course).id for name in names) for names in (known, only))
    if days < 1:
        raise UsageError(f"--days is {days}, expected 1 or more.")
    todo = [each for each in course if track in each.fields["tracks"] and each.id not in known]
    if only:
        if outside := [name for name in only if name not in known and name not in {each.id for each in todo}]:
            raise UsageError(f"The lesson {outside[0]} is not in the track {track}: leave it out of --only.")
        todo = [each for each in todo if each.id in only]
        for lesson in todo:
            if lacking := [name for name in lesson.fields["requires"] if name in ids - {*known, *only}]:
                raise UsageError(
                    f"The lesson {lesson.id} needs {lacking[0]}: name it in --only or in --known."
                )
    best: tuple[int, list[Lesson], list[Exercise]] | None = None
    for count in range(1, len(todo) + 1):
        lessons = todo[:count]
        had = {*known, *(lesson.id for lesson in lessons)}
        if any(required in ids - had for lesson in lessons for required in lesson.fields["requires"]):
            continue
        talking = sum(_talk(lesson, track) for lesson in lessons)
        time = days * (_working(minutes) - OPENING - CLOSING) - talking
        chosen = choose([exercise for lesson in lessons for exercise in suited(lesson, track)], time)
        value = sum(exercise.importance for exercise in chosen)
        # Every lesson needs something to do, or it is only a talk.
        busy = {exercise.lesson for exercise in chosen} == {lesson.id for lesson in lessons}
        if busy and (only or best is None or value > best[0]):
            best = value, lessons, chosen
    if best is None:
        raise UsageError(
            f"{minutes} minutes are too short: {todo[0].title}, with its shortest exercise, takes "
            f"{_least(todo[0], track) + OPENING + CLOSING} without breaks."
            if todo
            else f"The class has had all lessons of the track {track}."
        )
    _, lessons, chosen = best
    later = [e for lesson in lessons for e in offered(lesson, track) if e not in chosen]
    return Plan(tuple(lessons), tuple(_slots(lessons, chosen, track, minutes, days)), tuple(later))


def suited(lesson: Lesson, track: str) -> list[Exercise]:
    """The exercises of a lesson that a track plans with; the others are for those who are early."""
    lists = [exercise for exercise in lesson.exercises if exercise.uses == "python"]
    return lists if track in LISTS and lists else offered(lesson, track)


def offered(lesson: Lesson, track: str) -> list[Exercise]:
    """All exercises of a lesson, but those with lists for a track that does the same with arrays."""
    return [exercise for exercise in lesson.exercises if track in LISTS or not exercise.instead_of]


def choose(exercises: list[Exercise], minutes: int) -> list[Exercise]:
    """The exercises with the largest sum of importance that fit into the minutes, in their order."""
    # best[m]: (importance, which) with m minutes; of equals the one found first, with earlier exercises.
    best: list[tuple[int, tuple[int, ...]]] = [(0, ())] * (max(minutes, 0) + 1)
    for number, exercise in enumerate(exercises):
        for m in range(len(best) - 1, exercise.minutes - 1, -1):
            value, which = best[m - exercise.minutes]
            if value + exercise.importance > best[m][0]:
                best[m] = value + exercise.importance, (*which, number)
    return [exercises[number] for number in best[-1][1]]


def _working(minutes: int) -> int:
    """The minutes of a day without its breaks."""
    return minutes - BREAK * _breaks(minutes)


def _breaks(minutes: int) -> int:
    return max(0, (minutes - 1) // (BREAK_AFTER + BREAK))


def _least(lesson: Lesson, track: str) -> int:
    shortest = min((exercise.minutes for exercise in suited(lesson, track)), default=0)
    return _talk(lesson, track) + shortest


def _talk(lesson: Lesson, track: str) -> int:
    """The minutes of teaching. Raises UserError for a lesson without."""
    if track not in lesson.teaching:
        advice = "make one with `python benchmarks/dry_run.py`"
        raise UserError(f"{lesson.id} had no dry run, so nobody knows its minutes of teaching: {advice}.")
    return lesson.teaching[track]


def _slots(lessons: list[Lesson], chosen: list[Exercise], track: str, minutes: int, days: int) -> list[Slot]:
    """Talk and exercises in turn, with breaks, over the days."""
    work: list[tuple[str, int, str, str]] = []
    for lesson in lessons:
        mine = [exercise for exercise in chosen if exercise.lesson == lesson.id]
        for number, part in enumerate(_parts(lesson, mine, track), 1):
            text, place = lesson.title, lesson.id
            if part.title:
                text, place = f"{text}, part {number}: {part.title}", f"{place}#part-{number}"
            done = 0
            for exercise in (each for each in mine if each.id in part.exercises):
                until = part.exercises[exercise.id][track]
                if until > done:
                    work.append(("talk", until - done, text + GO_ON * bool(done), place))
                    done = until
                said = f"{exercise.title} ({exercise.id})"
                work.append(("exercise", exercise.minutes, said, f"{lesson.id}#exercise-{exercise.id}"))
            if part.minutes[track] > done:
                work.append(("talk", part.minutes[track] - done, text + GO_ON * bool(done), place))
    slots: list[Slot] = []
    room = _working(minutes) - OPENING - CLOSING
    day, clock, worked, left = 1, 0, 0, room
    for kind, length, text, place in [("opening", OPENING, "Open the course, everyone", ""), *work]:
        while kind != "opening" and length > left and day < days:
            if left:
                slots.append(Slot(day, clock, clock + left, kind, text, place))
                length, clock, text = length - left, clock + left, text.removesuffix(GO_ON) + GO_ON
            slots.append(Slot(day, clock, clock + CLOSING, "closing", "What to remember"))
            day, clock, worked, left = day + 1, OPENING, OPENING, room
            slots.append(Slot(day, 0, OPENING, "opening", "Where we were"))
        rested = sum(slot.day == day and slot.kind == "break" for slot in slots)
        fits = rested < _breaks(minutes) and clock + length + BREAK + CLOSING <= minutes
        if worked and worked + length > BREAK_AFTER and fits:
            slots.append(Slot(day, clock, clock + BREAK, "break", "Break"))
            clock, worked = clock + BREAK, 0
        slots.append(Slot(day, clock, clock + length, kind, text, place))
        clock, worked = clock + length, worked + length
        left -= 0 if kind == "opening" else length
    slots.append(Slot(day, clock, clock + CLOSING, "closing", "What to remember"))
    return slots


def _parts(lesson: Lesson, chosen: list[Exercise], track: str) -> list[Part]:
    """The parts, with all exercises that were chosen: one that the dry run did not meet comes at the end."""
    talk = _talk(lesson, track)
    parts = list(lesson.parts) or [Part("", {track: talk}, {})]
    met = {name for part in parts for name in part.exercises}
    last = parts[-1]
    late = {each.id: {track: last.minutes[track]} for each in chosen if each.id not in met}
    return [*parts[:-1], replace(last, exercises=last.exercises | late)]


def as_markdown(plan: Plan, track: str, minutes: int) -> str:
    """The timetable in Markdown."""
    titles = ", ".join(lesson.title for lesson in plan.lessons)
    lines = [f"# {minutes} minutes, {track} track: {titles}", ""]
    days = {slot.day for slot in plan.slots}
    for day in sorted(days):
        lines += [f"## Day {day}", ""] if len(days) > 1 else []
        lines += ["| from | to | what | |", "| ---: | ---: | --- | --- |"]
        for slot in plan.slots:
            if slot.day == day:
                lines.append(f"| {clock(slot.begin)} | {clock(slot.end)} | {slot.kind} | {slot.text} |")
        lines.append("")
    if plan.later:
        lines += ["For those who are early, in this order:", ""]
        lines += [f"- {exercise.title} ({exercise.id}, {exercise.minutes} min)" for exercise in plan.later]
        lines.append("")
    return "\n".join(lines)


def clock(minutes: int) -> str:
    """75 -> 1:15."""
    return f"{minutes // 60}:{minutes % 60:02}"
