"""The foot of a lesson's page: the way on to the next lesson."""

from __future__ import annotations

from pathlib import Path

from minirnn.course import bank
from minirnn.course.site.directives import teaching_and_exercises
from minirnn.course.site.lessons import written


def foot(root: Path, lesson: bank.Lesson) -> str:
    """A card with title, question and minutes of the next lesson that is written; nothing after the last."""
    after = [each for each in written(root) if each.number > lesson.number]
    if not after:
        return ""
    following = after[0]
    parts = [
        "Next lesson\n{ .next-name }",
        f"[{following.title}]({following.id}.md)\n{{ .next-title }}",
        following.fields.get("question", ""),
        f"{teaching_and_exercises(following)}\n{{ .next-facts }}" if following.teaching else "",
    ]
    text = "\n\n".join(filter(None, parts))
    return f'<div class="next-lesson" data-search-exclude="true" markdown="1">\n\n{text}\n\n</div>'
