"""What a cell showed, as HTML: figures, tables, text and code.

A figure has one line below it: its caption, and the links that open its numbers and its code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

from minirnn.base.plots import narrow_path, recoloured
from minirnn.course.site.lessons import Output

SIDES = re.compile(r'\b(width|height)="([\d.]+)pt"')
NUMBER = re.compile(r"[-+]?\.?\d")


def shown(kept: Path, outputs: Sequence[Output], code: str = "") -> str:
    """What a cell showed. code: of a folded cell; a link below its last figure, or all, opens it."""
    last = max((n for n, output in enumerate(outputs) if output.kind == "figure"), default=-1)
    parts = [_output(kept, output, code if n == last else "") for n, output in enumerate(outputs)]
    if code and last < 0:
        parts.append(f'<div class="figure-links">{_code_link(code)}</div>')
    return "\n\n".join(parts)


def _output(kept: Path, output: Output, code: str = "") -> str:
    content = output.content
    if output.kind == "text":
        return code_block(content["text"], "text .output") if content["text"].strip() else ""
    if output.kind == "table":
        return numbers(content["table"], content["caption"])
    path = kept / content["file"]
    caption = f"<span>{escape(content['caption'])}</span>" if content["caption"] else ""
    links = ""
    if content["table"]:
        links = _link("data", "numbers", numbers(content["table"], label="The numbers in this figure"))
    return figure(
        both(path.stem, path, escape(content["alt"])), caption, links + (_code_link(code) if code else "")
    )


def figure(images: str, caption: str, links: str) -> str:
    """Images with one line below them: the caption, and what opens more."""
    # A drawing for phones that is as wide as that for pages: there one scrolls it.
    sizes = re.findall(r'(?<= width=")\d+', images)
    wide = ' crowded" tabindex="0' if len(set(sizes)) == 1 else ""
    # Each tag on a line of its own: Markdown loses count of what is open otherwise.
    line = caption + (f'\n<div class="figure-links">\n{links}\n</div>' if links else "")
    line = f"<figcaption>\n{line}\n</figcaption>\n" if line else ""
    return f'<figure class="picture{wide}">\n{images}\n{line}</figure>'


def _link(kind: str, word: str, html: str) -> str:
    # No Markdown: that would need all around it to be Markdown too.
    return f'<details class="{kind}"><summary>{word}</summary>\n{html}\n</details>'


def _code_link(code: str) -> str:
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    html = highlight(code.rstrip(), PythonLexer(), HtmlFormatter(cssclass="highlight", wrapcode=True))
    return _link("code", "code", f"<div data-search-exclude>{html}</div>")


def both(stem: str, path: Path, alt: str) -> str:
    """A figure for light and for dark pages and for phones (`pair`) as HTML.

    stem: the address without -light.svg. path: of the figure as drawn.
    """
    # Known before it is loaded, so that the text below does not jump.
    size, narrow_size = (_size(each) for each in (path, narrow_path(path)))
    return "\n".join(
        f'<picture><source media="(max-width: 35em)" srcset="{stem}-narrow-{scheme}.svg" {narrow_size}>'
        f'<img src="{stem}-{scheme}.svg#only-{scheme}" alt="{alt}" {size} loading="lazy"></picture>'
        for scheme in ("light", "dark")
    )


def _size(path: Path) -> str:
    sides = SIDES.findall(path.read_text(encoding="utf-8"))[:2]
    return " ".join(f'{side}="{round(float(length))}"' for side, length in sides)


def pair(path: Path) -> dict[str, str]:
    """A figure as drawn, for pages and for phones -> the same for light and for dark pages."""
    return {
        f"{each.stem}-{scheme}.svg": recoloured(each.read_text(encoding="utf-8"), dark=scheme == "dark")
        for each in (path, narrow_path(path))
        for scheme in ("light", "dark")
    }


def numbers(rows: list[list[str]], caption: str = "", label: str = "Numbers") -> str:
    """Rows, the first of which is the header, as HTML that scrolls and is not searched.

    Columns without any number are words, set to the left as the first is.
    """
    columns = [cells for _, *cells in zip(*rows, strict=True)]
    kinds = ["", *("" if any(map(NUMBER.match, each)) else ' class="words"' for each in columns[1:])]
    first, *others = (
        [f"{kind}>{escape(cell)}" for cell, kind in zip(row, kinds, strict=True)] for row in rows
    )
    head = "".join(f'<th scope="col"{cell}</th>' for cell in first)
    body = "".join("<tr>" + "".join(f"<td{cell}</td>" for cell in row) + "</tr>\n" for row in others)
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    table = f'<table class="plain">{title}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table>'
    role = f'role="group" aria-label="{escape(caption or label)}" tabindex="0" data-search-exclude'
    return f'<div class="numbers" {role}>{table}</div>'


def code_block(code: str, language: str, title: str = "") -> str:
    """Code as Markdown, in a fence that nothing within it ends. title: what stands above it."""
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall(r"`{3,}", code))])
    title = f' title="{title}"' if title else ""
    return f"{fence}{{ .{language}{title} }}\n{code.rstrip()}\n{fence}"
