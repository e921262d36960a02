"""A text that speaks of a lesson has its number and title written in when it is read.

    {{ lesson scan }}  {{ Lesson scan }}   lesson NN (The scan); on the site a link, to a part with scan#part
    {{ number scan }}                      NN; on the site a link
    {{ numbers school }}                   NN, NN, NN: the lessons of a track that are written
    {{ folder scan }}                      NN_scan: how its files and folders are called

So a lesson that moves takes no text with it. Which lessons there are, the caller says.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, TypeVar

from minirnn.base.errors import UserError
from minirnn.base.wording import nearest

MENTION = re.compile(r"\{\{ *(?P<how>lesson|Lesson|numbers?|folder) +(?P<id>\w+)(?P<part>#[\w-]+)? *\}\}")


class Named(Protocol):
    """What a text may say of a lesson."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def planned(self) -> bool: ...
    @property
    def fields(self) -> dict[str, Any]: ...


L = TypeVar("L", bound=Named)


def in_words(text: str, lessons: Iterable[Named]) -> str:
    """The text with what it says of lessons written out, as plain words. Raises UserError."""
    return mentioned(text, lessons, lambda words, _, __: words)


def mentioned(text: str, lessons: Iterable[L], link: Callable[[str, L, str], str]) -> str:
    """The text with what it says of lessons written out.

    link: makes the link out of the words, the lesson and the part of its page, such as "#the-experiment".
    Raises UserError for a lesson or a track that there is not.
    """
    known = {lesson.id: lesson for lesson in lessons}

    def said(found: re.Match[str]) -> str:
        if found["how"] == "numbers":
            return ", ".join(link(f"{each.number:02}", each, "") for each in _of_track(known, found["id"]))
        if (lesson := known.get(found["id"])) is None:
            advice = nearest(found["id"], known) or f"known are {', '.join(known)}."
            raise UserError(f"there is no lesson {found['id']!r}: {advice}")
        match found["how"]:
            case "folder":
                return lesson.name
            case "number":
                words = f"{lesson.number:02}"
            case how:
                words = f"{how} {lesson.number:02} ({lesson.title})"
        return link(words, lesson, found["part"] or "")

    return MENTION.sub(said, text)


def _of_track(known: Mapping[str, L], track: str) -> list[L]:
    """The written lessons of a track."""
    tracks = {name for lesson in known.values() for name in lesson.fields.get("tracks", [])}
    if track not in tracks:
        raise UserError(f"there is no lesson of the track {track!r}: known are {', '.join(sorted(tracks))}.")
    return [each for each in known.values() if track in each.fields.get("tracks", []) and not each.planned]
