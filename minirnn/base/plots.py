"""Figures as SVG, all in one style.

Lines differ in dash and label, not only in colour; the ground is transparent and the ink a grey that reads
on light and dark pages alike. The same data gives the same bytes. matplotlib is imported when a figure is
made, never before.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK = "#767676"  # contrast 4.5 to 1 on white and 4.6 to 1 on black
# After Okabe & Ito, for all kinds of colour vision: those that show on light and dark, the blue lightened.
LINES: tuple[tuple[str, Any, str], ...] = (
    ("#2688C7", "-", "o"),
    ("#D55E00", "--", "s"),
    ("#009E73", "-.", "D"),
    ("#CC79A7", ":", "^"),
    ("#8C8C8C", (0, (8, 2, 2, 2)), "v"),
)


@contextmanager
def figure_page() -> Iterator[tuple[Figure, Axes]]:
    """A figure with one pair of axes, in our style, without pyplot and its global state."""
    from matplotlib import rc_context, rcParamsDefault
    from matplotlib.figure import Figure

    ours = {
        "svg.fonttype": "none",
        "svg.hashsalt": "minirnn",
        "font.family": "sans-serif",
        "font.size": 11,
        "text.color": INK,
        "axes.edgecolor": INK,
        "axes.labelcolor": INK,
        "xtick.color": INK,
        "ytick.color": INK,
    }
    # From the defaults, so that the reader's own matplotlibrc does not change the picture.
    settings: Any = {key: value for key, value in rcParamsDefault.items() if key != "backend"} | ours
    with rc_context(settings):
        figure = Figure(figsize=(7.2, 4.2), layout="constrained")
        yield figure, figure.subplots()


def draw_line(
    axes: Axes, number: int, points: Sequence[tuple[float, float]], label: str, *, marked: bool = True
) -> None:
    """Draw points (x, y) in the style of that number."""
    color, dash, marker = LINES[number % len(LINES)]
    across, up = zip(*points, strict=True)
    style: dict[str, Any] = {"color": color, "linestyle": dash, "linewidth": 1.8, "label": label}
    axes.plot(across, up, marker=marker if marked else "", markersize=5, **style)


def save_figure(figure: Figure, path: Path, title: str, description: str) -> Path:
    """Write the figure as SVG with a title and a description for those who do not see it."""
    from minirnn.base.files import write_atomic

    page = io.StringIO()
    nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
    figure.savefig(page, format="svg", transparent=True, metadata=nothing)
    words = f" <title>{escape(title)}</title>\n <desc>{escape(description)}</desc>\n"
    head, rest = page.getvalue().split("<svg ", 1)
    opening, body = rest.split(">\n", 1)
    write_atomic(path, f'{head}<svg role="img" {opening}>\n{words}{body}')
    return path
