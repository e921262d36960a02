"""What a text says of lessons: numbers, titles and links, written in."""

import pytest

from minirnn.base.errors import UserError
from minirnn.course import bank
from minirnn.course.mentions import in_words, mentioned


def test_what_is_said_of_a_lesson():
    course = [bank.Lesson("gates", "The gates", {}), bank.Lesson("scan", "The scan", {}, number=1)]
    text = (
        "{{ Lesson scan }}, {{ lesson scan#a-part }}, {{ number gates }}, {{ folder scan }}, {{ exercise x }}"
    )
    said = "Lesson 01 (The scan), lesson 01 (The scan), 00, 01_scan, {{ exercise x }}"
    assert in_words(text, course) == said
    linked = mentioned(text, course, lambda words, lesson, part: f"<{words}|{lesson.id}{part}>")
    assert linked.startswith(
        "<Lesson 01 (The scan)|scan>, <lesson 01 (The scan)|scan#a-part>, <00|gates>, 01_"
    )
    with pytest.raises(UserError, match="there is no lesson 'lru': known are gates, scan."):
        in_words("{{ lesson lru }}", course)


def test_the_lessons_of_a_track():
    """Those that are written, in their order, each with its link."""
    both = ["school", "university"]
    fields = [
        {"tracks": both},
        {"tracks": ["university"]},
        {"tracks": both, "written": False},
        {"tracks": ["school"]},
    ]
    course = [
        bank.Lesson(name, name.upper(), each, number=number)
        for number, (name, each) in enumerate(zip("abcd", fields, strict=True))
    ]
    assert in_words("{{ numbers school }} | {{ numbers university }}", course) == "00, 03 | 00, 01"
    linked = mentioned("{{ numbers school }}", course, lambda words, lesson, _: f"<{words}|{lesson.id}>")
    assert linked == "<00|a>, <03|d>"
    with pytest.raises(UserError, match="there is no lesson of the track 'evening': known are school, univ"):
        in_words("{{ numbers evening }}", course)
