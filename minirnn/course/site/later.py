"""What stands far below is laid out when the reader comes near it: a long page opens at once on a phone.

A lesson has ten thousand elements, most of them in formulas and tables, and a phone that lays all of them out
is busy for seconds. So what stands between two headings goes into `<div class="later">`, and the style sheet
lets the browser pass over it while it is out of sight (content-visibility). The headings stay outside, also
those of exercises: where they are is asked for often, and asking for what is inside would lay it out after
all. What comes before the second heading is on the first screen and stays as it is.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
HEADINGS = {"h1", "h2", "h3"}
BOXES = {"exercise", "only", "tabs-exercise"}  # classes of what has headings of the page in it
FEWEST = 2000  # elements of a page for which it pays
TAG = re.compile(r"<[^>]*>")
UNSEEN = re.compile(r"<(math|svg|script|template)\b.*?</\1>|<details\b(.*?)</details>", re.DOTALL)
# How tall a part will be in pixels of a wide page, roughly. Rather too tall: what reaches beyond its box
# while nobody sees it lies across what follows, for a program that checks the page.
WORD, TALL = (
    3.2,
    re.compile(r"(<p\b)|(<li\b)|(<tr\b)|(<details\b)|(<figure\b)|(<minirnn-)|(katex-display)|(\n)"),
)
PIXELS = (24, 12, 40, 60, 420, 700, 70, 7)


class _Cuts(HTMLParser):
    """Where a page may be cut: headings, and the beginnings and ends of boxes that have headings in them.

    found: (first place, place after it, whether it is a heading), in the order of the page.
    """

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.starts = [0]
        for line in page.split("\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.open: list[tuple[str, bool]] = []  # and whether it is such a box
        self.found: list[tuple[int, int, bool]] = []
        self.elements = self.begin = 0
        self.feed(page)
        self.close()

    def _place(self) -> int:
        line, column = self.getpos()
        return self.starts[line - 1] + column

    def _on_the_page(self) -> bool:
        return all(box for _, box in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements += 1
        box = False
        if self._on_the_page():
            self.begin = self._place()
            box = tag == "div" and bool(BOXES & set((dict(attrs).get("class") or "").split()))
            if box:
                self.found.append((self.begin, self.begin + len(self.get_starttag_text() or ""), False))
        if tag not in VOID:
            self.open.append((tag, box))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements += 1

    def handle_endtag(self, tag: str) -> None:
        # An element that was never closed, as HTML allows for some, ends with the one around it. An end
        # without a beginning is passed over.
        if all(tag != each for each, _ in self.open):
            return
        box = False
        while self.open:
            name, box = self.open.pop()
            if name == tag:
                break
        if box or (tag in HEADINGS and self._on_the_page()):
            begin = self._place() if box else self.begin
            self.found.append((begin, self._place() + len(f"</{tag}>"), not box))


def wrap(page: str) -> str:
    """The HTML of a page with what stands between its headings put into boxes that are laid out later."""
    cuts = _Cuts(page)
    headings = [number for number, (*_, heading) in enumerate(cuts.found) if heading]
    if cuts.elements < FEWEST or len(headings) < 3:
        return page
    found = [*cuts.found[headings[1] :], (len(page), len(page), False)]
    parts = [page[: found[0][0]]]
    for (begin, end, _), (following, *_) in zip(found, found[1:], strict=False):
        inside = page[end:following]
        if inside.strip():
            inside = f'\n<div class="later" style="--tall: {_height(inside)}px">{inside}</div>\n'
        parts += [page[begin:end], inside]
    return "".join(parts)


def _height(part: str) -> int:
    """Pixels that it will take on a wide screen, about."""
    seen = UNSEEN.sub(lambda found: " <details>" if found[2] is not None else " ", part)
    words = len(TAG.sub(" ", seen).split())
    counted = [sum(map(bool, column)) for column in zip(*TALL.findall(seen), strict=True)] or [0]
    return round(WORD * words + sum(n * each for n, each in zip(counted, PIXELS, strict=False)))
