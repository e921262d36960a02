"""What stands far below is laid out when the reader comes near it: a long page opens at once on a phone.

A lesson has ten thousand elements, most of them in formulas and tables, and a phone that lays all of them out
is busy for seconds. So what stands between two headings goes into `<div class="later">`, and the style sheet
lets the browser pass over it while it is out of sight (content-visibility). The headings stay outside: where
they are is asked for often, and asking for what is inside would lay it out after all. What comes before the
second heading is on the first screen and stays as it is.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
HEADINGS = {"h1", "h2", "h3"}
FEWEST = 2000  # elements of a page for which it pays
TAG = re.compile(r"<[^>]*>")
UNSEEN = re.compile(r"<(details|math)\b.*?</\1>", re.DOTALL)  # folds, and formulas for screen readers
# How tall a part will be, roughly, in pixels; a wrong guess makes the scroll bar jump a little.
WORD, LINE, IMAGE = 2.6, 24, 330


class _Headings(HTMLParser):
    """Where headings of the page itself begin and end, which are in nothing else: places in the text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.starts = [0]
        for line in page.split("\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.open: list[str] = []
        self.found: list[tuple[int, int]] = []
        self.elements = 0
        self.begin = 0
        self.feed(page)
        self.close()

    def _place(self) -> int:
        line, column = self.getpos()
        return self.starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements += 1
        if not self.open:
            self.begin = self._place()
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements += 1

    def handle_endtag(self, tag: str) -> None:
        # An element that was never closed, as HTML allows for some, ends with the one around it. An end
        # without a beginning is passed over.
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        if not self.open and tag in HEADINGS:
            self.found.append((self.begin, self._place() + len(f"</{tag}>")))


def wrap(page: str) -> str:
    """The HTML of a page with what stands between its headings put into boxes that are laid out later."""
    headings = _Headings(page)
    if headings.elements < FEWEST or len(headings.found) < 3:
        return page
    cuts = [*headings.found[1:], (len(page), len(page))]
    parts = [page[: cuts[0][0]]]
    for (begin, end), (following, _) in zip(cuts, cuts[1:], strict=False):
        inside = page[end:following]
        if inside.strip():
            inside = f'\n<div class="later" style="--tall: {_height(inside)}px">{inside}</div>\n'
        parts += [page[begin:end], inside]
    return "".join(parts)


def _height(part: str) -> int:
    """Pixels that it will take on a screen, about."""
    seen = UNSEEN.sub(" ", part)
    words = len(TAG.sub(" ", seen).split())
    return round(WORD * words + LINE * seen.count("<p") + IMAGE * seen.count("-light.svg"))
