r"""Formulas are drawn when the site is built, so that a page has nothing to do but to show them.

Markdown leaves `<span class="arithmatex">\(...\)</span>` in a line, and a `<div>` with `\[...\]` on
a line of its own; `draw` puts KaTeX's HTML and MathML there. One process of Node.js serves a whole build.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import IO

from minirnn.base.errors import UserError

FORMULA = re.compile(
    r'<(?P<tag>span|div) class="arithmatex">\\[(\[](?P<tex>.*?)\\[)\]]</(?P=tag)>(?P<mark>[.,;:!?)]*)',
    re.DOTALL,
)
SHORT = 26  # characters of a formula that may stand on one line also on a phone
# KaTeX writes "applied to" (U+2061) behind min and log also where they are an index. That is one child too
# many, and makes the MathML invalid, which is what a screen reader gets.
APPLIED_TO = "<mo>\u2061</mo>"
INDEX = re.compile(rf"{APPLIED_TO}(?=(?:<m[ino][^>]*>[^<]*</m[ino]>)?</m(?:sub|sup|subsup)>)")


def draw(root: Path, page: str) -> str:
    """The page with its formulas drawn. Raises UserError for one that KaTeX cannot read."""
    found = list(FORMULA.finditer(page))
    if not found:
        return page
    drawn = iter(
        _ask(root, [(html.unescape(match["tex"]).strip(), match["tag"] == "div") for match in found])
    )
    return FORMULA.sub(lambda match: _place(match, next(drawn)), page)


def _place(match: re.Match[str], drawn: str) -> str:
    tag, mark = match["tag"], match["mark"]
    drawn = f'<{tag} class="arithmatex" data-search-exclude>{INDEX.sub("", drawn)}</{tag}>'
    # A line may break behind a formula, but the comma or full stop after it must not begin the next one.
    together = mark and tag == "span" and len(match["tex"]) < SHORT
    return f'<span class="closed">{drawn}{mark}</span>' if together else drawn + mark


def _ask(root: Path, formulas: list[tuple[str, bool]]) -> list[str]:
    process = _node(root)
    try:
        _pipe(process.stdin).write(json.dumps(formulas) + "\n")
        _pipe(process.stdin).flush()
        answer = json.loads(_pipe(process.stdout).readline())
    except (OSError, ValueError):
        _node.cache_clear()
        raise UserError("Node.js ended while it drew the formulas: see above.") from None
    if isinstance(answer, dict):
        raise UserError(f"A formula cannot be drawn: {answer['error']}.")
    return list(answer)


@cache
def _node(root: Path) -> subprocess.Popen[str]:
    node = shutil.which("node")
    if node is None:
        raise UserError("The formulas are drawn by Node.js, which is not here: install it from nodejs.org.")
    return subprocess.Popen(
        [node, str(root / "docs" / "hooks" / "formulas.mjs")],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe
