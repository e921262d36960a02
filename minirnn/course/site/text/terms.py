"""A word of the glossary explains itself: its first use in each section of a lesson leads there.

The words are those of docs/glossary.md, under "Words". Headings, code, links, formulas, figures, folds'
titles and debriefs stay as they are. Some words are everyday words, too ("it does not work"): those are only
meant where they are emphasised, as they are where a lesson brings them in.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from pathlib import Path

from minirnn.base.plain_math import plain_math
from minirnn.course.site.text.blocks import anchor

GLOSSARY = Path("docs") / "glossary.md"
EVERYDAY = {"bit", "context", "depth", "period", "reset", "work"}
ENTRY = re.compile(r"^(?P<word>\w.*)\n(?P<said>:   .+(?:\n    .+)*)", re.MULTILINE)
TAG = re.compile(r"(<!--.*?-->|<[^>]+>)", re.DOTALL)
NAME = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>[^>]*)>")
SHUT = {"h1", "h2", "h3", "h4", "h5", "h6", "code", "pre", "a", "script", "style", "svg", "table", "figure"}
SHUT |= {"summary", "button", "math", "textarea", "template"}
SHUT_BY_CLASS = re.compile(
    r'class="[^"]*\b(?:arithmatex|part|numbers|badge|lesson-\w+|predict-(?:question|choices))\b'
)
VOID = {"img", "br", "hr", "input", "source", "wbr", "meta", "link", "col"}


@cache
def words(text: str) -> dict[str, str]:
    """The words of a glossary, each with what it means, in plain letters."""
    return {entry["word"]: _plain(entry["said"]) for entry in ENTRY.finditer(text.partition("## Words")[2])}


def _plain(said: str) -> str:
    """A definition without marks and without the place where it first appears."""
    said = plain_math(" ".join(said.removeprefix(":").split()))
    said = re.sub(r"\{\{[^}]*\}\}|[*`]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", said))
    return said.strip()


@cache
def _pattern(known: tuple[str, ...]) -> re.Pattern[str]:
    # The longest first, so that "exclusive scan" is not a scan; a plural will do.
    ordered = sorted(known, key=len, reverse=True)
    alternatives = "|".join(re.escape(word).replace(r"\ ", r"\s+").replace("–", "[–-]") for word in ordered)
    return re.compile(rf"(?<![\w-])(?:{alternatives})s?(?![\w-])", re.IGNORECASE)


def explained(html: str, glossary: str, address: str) -> str:
    """A page with links and explanations in it. glossary: its text; address: where it is, from the page."""
    known = words(glossary)
    if not known:
        return html
    by_key = {_key(word): word for word in known}
    pattern, had = _pattern(tuple(known)), set[str]()
    out: list[str] = []
    shut: list[str] = []  # the elements that we are in, from the first one that is left alone
    emphasised = 0

    def link(found: re.Match[str]) -> str:
        key = _key(found[0])
        word = by_key.get(key) or by_key[key.removesuffix("s")]
        if word in had or (word.lower() in EVERYDAY and not emphasised):
            return found[0]
        had.add(word)
        tip = escape(known[word])
        return f'<a class="term" href="{address}#{anchor(word)}" data-tip="{tip}">{found[0]}</a>'

    for piece in TAG.split(html):
        tag = NAME.fullmatch(piece)
        if not tag:
            out.append(piece if shut or piece.startswith("<") else pattern.sub(link, piece))
            continue
        name, closing = tag["name"].lower(), bool(tag["close"])
        if name == "h2" and not closing:
            had.clear()
        if name == "em":
            emphasised += -1 if closing else 1
        if name not in VOID:
            if shut and closing:
                shut.pop()
            elif not closing and (shut or name in SHUT or SHUT_BY_CLASS.search(tag["rest"])):
                shut.append(name)
        out.append(piece)
    return "".join(out)


def _key(word: str) -> str:
    return " ".join(word.lower().replace("–", "-").split())


def with_places(html: str, glossary: str) -> str:
    """The glossary's page with an address for each word."""
    for word in words(glossary):
        html = html.replace(f"<dt>{word}</dt>", f'<dt id="{anchor(word)}">{word}</dt>')
    return html
