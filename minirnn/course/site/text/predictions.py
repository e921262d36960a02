"""A prediction: the page asks, the reader says what they think, and only then sees what it is.

    ??? predict NAME "The question?"
        - ( ) a wrong choice
        - (x) the right choice

        The reason, beginning with the conclusion.

Instead of choices, a number to type (`number: 14 steps`, and `near: 2`: how far off is still close) or a
curve to draw (`curve: NAME` of a list of points that was told, `across:` and `up:` what the axes mean,
`given: 8`, up to which x it is shown). The page gets an element that asks; the notebook only the question.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from minirnn.base.errors import UserError

START = re.compile(r"[ \t]*\?\?\?\+? predict\b.*")
HEAD = re.compile(r'\?\?\? predict (?P<name>[a-z][a-z0-9_]*) "(?P<question>.+)"[ \t]*')
CHOICE = re.compile(r"- \((?P<right>[ x])\) (?P<text>.+)")
FIELD = re.compile(r"(?P<key>[a-z]+): *(?P<value>.*?) *")
FIELDS = {"number": {"number", "near"}, "curve": {"curve", "across", "up", "given"}}
NUMBER = re.compile(r"(?P<number>[-+]?[\d,]*\.?\d+(?:e[-+]?\d+)?)(?P<unit>.*)")
CHOICES = range(2, 5)


@dataclass(frozen=True)
class Prediction:
    """kind: choice, number or curve. right: the place of the right choice. fields: as written, by key."""

    name: str
    question: str
    kind: str
    reason: str
    choices: tuple[str, ...] = ()
    right: int = 0
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def answer(self) -> tuple[str, str]:
        """The number to be guessed, as a computer reads it, and its unit."""
        return _number(self.fields["number"])

    @property
    def near(self) -> str:
        """How far off is still close."""
        return _number(self.fields["near"])[0]


def parse(lines: Sequence[str], where: str) -> Prediction:
    """A prediction from its lines, the first of which is `??? predict ...`. Raises UserError.

    where: file, cell and line of the first, as the sentence of an error begins.
    """
    head = HEAD.fullmatch(lines[0])
    if not head:
        raise UserError(
            f'{where}: a prediction begins like `??? predict half_life "How many steps?"`, not indented.'
        )
    body = textwrap.dedent("\n".join(lines[1:])).strip("\n")
    asked, _, reason = body.partition("\n\n")
    if not reason.strip():
        raise UserError(
            f"{where}: the prediction {head['name']} needs choices and, after an empty line, a reason."
        )
    name, question, reason = head["name"], head["question"], reason.strip("\n")
    what = f"{where}: the prediction {name}"
    if asked.startswith("- "):
        return Prediction(name, question, "choice", reason, *_choices(asked, what))
    kind, fields = _fields(asked, what)
    return Prediction(name, question, kind, reason, fields=fields)


def _choices(text: str, what: str) -> tuple[tuple[str, ...], int]:
    """The choices, each of which may go on in lines that are set in, and the place of the right one."""
    items = [" ".join(item.split()) for item in re.split(r"\n(?! )", text)]
    found = [CHOICE.fullmatch(item) for item in items]
    if len(items) not in CHOICES or not all(found):
        raise UserError(f"{what} needs two to four choices, lines like `- ( ) wrong` and `- (x) right`.")
    right = [place for place, choice in enumerate(found) if choice and choice["right"] == "x"]
    if len(right) != 1:
        raise UserError(f"{what} has {len(right)} right choices `- (x)`, expected one.")
    return tuple(choice["text"] for choice in found if choice), right[0]


def _fields(text: str, what: str) -> tuple[str, dict[str, str]]:
    """The kind of the prediction, and what its lines say."""
    found = [FIELD.fullmatch(line) for line in text.split("\n")]
    fields = {each["key"]: each["value"] for each in found if each}
    kind = next((kind for kind in FIELDS if kind in fields), "")
    if not kind or not all(found) or set(fields) != FIELDS[kind] or not all(fields.values()):
        raise UserError(
            f"{what} needs choices, or the lines `number:` and `near:`, or the lines `curve:`, `across:`, "
            "`up:` and `given:`."
        )
    for key in {"number", "near", "given"} & fields.keys():
        if not NUMBER.fullmatch(fields[key]):
            raise UserError(f"{what}: `{key}: {fields[key]}` does not begin with a number.")
    return kind, fields


def _number(text: str) -> tuple[str, str]:
    found = NUMBER.fullmatch(text)
    assert found
    return found["number"].replace(",", ""), found["unit"].strip()


def on_page(prediction: Prediction, lesson: str, told: Mapping[str, Any], where: str) -> str:
    """The element that asks, and without JavaScript the same to read, with the answer in a fold.

    told: what the code of the lesson told; a curve is one of these. Raises UserError if it is not.
    """
    settings = {"data-lesson": lesson, "data-name": prediction.name, "data-kind": prediction.kind}
    parts = [f'<p class="predict-question" markdown="1">{prediction.question}</p>']
    if prediction.kind == "choice":
        parts.append('<ul class="predict-choices" markdown="1">')
        for place, choice in enumerate(prediction.choices):
            right = ' data-right="true"' if place == prediction.right else ""
            parts.append(f'<li{right} markdown="1">{choice}</li>')
        parts.append("</ul>")
    elif prediction.kind == "number":
        number, unit = prediction.answer
        settings |= {"data-answer": number, "data-unit": unit, "data-near": prediction.near}
    else:
        fields = prediction.fields
        points = curve(prediction, told, where)
        settings |= {"data-points": json.dumps(points), "data-given": _number(fields["given"])[0]}
        settings |= {"data-across": fields["across"], "data-up": fields["up"]}
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in settings.items())
    answer = (
        f'<details class="predict-answer" markdown="1">\n<summary>The answer</summary>\n\n'
        f"{prediction.reason}\n\n</details>"
    )
    return "\n".join(
        [f'<minirnn-predict{attributes} markdown="1">', *parts, "", answer, "</minirnn-predict>"]
    )


def curve(prediction: Prediction, told: Mapping[str, Any], where: str) -> list[list[float]]:
    """The points of a curve. Raises UserError if no cell told them, or if nothing is left to draw."""
    name = prediction.fields["curve"]
    points = told.get(name)
    if not isinstance(points, list):
        raise UserError(f"{where}: the curve {name!r} is no list of points that a cell told.")
    across = [x for x, _ in points]
    if not across[0] <= float(_number(prediction.fields["given"])[0]) < across[-1]:
        raise UserError(
            f"{where}: `given` must lie between {across[0]:g} and {across[-1]:g}, the ends of the curve."
        )
    return points


def in_notebook(prediction: Prediction) -> list[str]:
    """The question with what there is to choose from, without the answer."""
    if prediction.kind == "choice":
        asked = [f"- {choice}" for choice in prediction.choices]
    elif prediction.kind == "number":
        unit = prediction.answer[1]
        asked = [f"Write down a number{f' ({unit})' if unit else ''} before you go on."]
    else:
        fields = prediction.fields
        asked = [f"Draw it on paper before you go on: {fields['up']}, over {fields['across']}."]
    return [f"> **{prediction.question}**", ">", *(f"> {line}" for line in asked)]
