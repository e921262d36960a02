"""A table whose first column has no head is read in two ways: what begins a row is the head of that row.

A screen reader then says for each cell its column and its row. Markdown cannot say it, so the page does.
"""

from __future__ import annotations

import re

TWO_WAYS = re.compile(
    r"(?P<head><table[^>]*>(?:\s*<caption>.*?</caption>)?\s*<thead>\s*<tr>\s*)<th[^>]*>\s*</th>"
    r"(?P<rest>.*?</table>)",
    re.DOTALL,
)
BEGINNING = re.compile(r"(?P<row><tr>\s*)<td(?P<settings>[^>]*)>(?P<words>.*?)</td>", re.DOTALL)


def with_row_heads(page: str) -> str:
    """The HTML of a page with the heads of rows marked as such; the empty corner is no head."""

    def mend(table: re.Match[str]) -> str:
        rest = BEGINNING.sub(r'\g<row><th scope="row"\g<settings>>\g<words></th>', table["rest"])
        return f"{table['head']}<td></td>{rest}"

    return TWO_WAYS.sub(mend, page)
