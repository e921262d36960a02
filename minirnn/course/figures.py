"""Figures and tables of a lesson: the same call draws on the page, in Jupyter, and in words in a terminal.

    with picture("A curve that halves at every step.", table=[["step", "h"], [0, 1], [1, 0.5]]) as axes:
        draw_line(axes, 0, [(0, 1), (1, 0.5)], "h")

Each figure says in words what one sees (`alt`), for those who do not see it, and has the numbers behind it
as a table: a list of rows, the first of which is the header. `table=None` is for drawings without numbers.

    tell(share=f"{share:.1%}", losses=points)

gives numbers to the text of the lesson: `{{ value share }}` there is what the code found, also above the
cell; a list of points (x, y) is a curve that a prediction lets the reader draw.
"""

from __future__ import annotations

import itertools
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Table = Sequence[Sequence[Any]]
SHORTEST = 20  # characters of words for a figure

# The builder puts in here what takes figures and tables; elsewhere they go to Jupyter or to the terminal.
taker: Callable[[str, dict[str, Any]], None] | None = None
drawer: Callable[[Figure, str], str] | None = None
told: dict[str, str | list[list[float]]] = {}  # what `tell` was given, ready to be shown


@contextmanager
def picture(alt: str, *, table: Table | None, caption: str = "", height: float = 3.8) -> Iterator[Axes]:
    """Axes to draw on in the course's style; shown when the block ends. Raises ValueError as `show` does."""
    from minirnn.base.plots import figure_page

    _words(alt)
    if table is not None:
        _rows(table)
    with figure_page() as (figure, axes):
        figure.set_size_inches(6.2, height)  # larger letters, as phones show it in 320 pixels
        yield axes
        show(figure, alt=alt, table=table, caption=caption)


def show(figure: Figure, *, alt: str, table: Table | None, caption: str = "") -> None:
    """Show a figure of matplotlib, drawn with the ink of minirnn.base.plots.

    Raises ValueError if alt does not say in words what one sees, or if the rows of the table are not equally
    long.
    """
    _words(alt)
    rows = None if table is None else _rows(table)
    if taker and drawer:
        taker("figure", {"file": drawer(figure, alt), "alt": alt, "caption": caption, "table": rows})
    elif "ipykernel" in sys.modules:
        from IPython.display import SVG, display

        from minirnn.base.plots import save_figure

        with tempfile.TemporaryDirectory() as folder:
            path = save_figure(figure, Path(folder) / "figure.svg", caption or alt, alt)
            display(SVG(filename=str(path)))
    else:
        print(f"[Figure: {alt}]")


def show_table(table: Table, *, caption: str = "") -> None:
    """Show rows, the first of which is the header, as a table. Raises ValueError if they are unequal."""
    rows = _rows(table)
    if taker:
        taker("table", {"table": rows, "caption": caption})
        return
    if caption:
        print(caption)
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def tell(**values: Any) -> None:
    """Give values to the text: a number or a string, or a list of points (x, y).

    Raises ValueError for something else, and where a page is built, if the name has been told already.
    """
    for name, value in values.items():
        if taker and name in told:
            raise ValueError(f"{name} has been told already: each value has a name of its own.")
        if not isinstance(value, (list, tuple)):
            told[name] = said(value)
            continue
        try:
            points = [[float(x), float(y)] for x, y in value]
        except (TypeError, ValueError):
            points = []
        if len(points) < 2 or any(one[0] >= two[0] for one, two in itertools.pairwise(points)):
            raise ValueError(f"{name} is no number, string or curve: at least two (x, y) with growing x.")
        told[name] = points


def _words(alt: str) -> None:
    if not isinstance(alt, str) or len(alt.strip()) < SHORTEST:
        raise ValueError(f"alt must say in a sentence what one sees, but it is {alt!r}.")


def _rows(table: Table) -> list[list[str]]:
    rows = [[said(cell) for cell in row] for row in table]
    if len(rows) < 2 or len({len(row) for row in rows}) != 1:
        raise ValueError(f"A table is a header and rows as long as it; got lengths {[len(r) for r in rows]}.")
    return rows


def said(value: Any) -> str:
    """A number with four digits that count; anything else as it is printed."""
    if isinstance(value, bool) or not hasattr(value, "__float__") or isinstance(value, int):
        return str(value)
    short = f"{float(value):.4g}"
    # 29,560 reads better than 2.956e+04, which school has not had yet.
    return f"{float(short):,.0f}" if "e+" in short and abs(float(short)) < 1e7 else short
