"""Figures as SVG, all in one style: that of the page that shows them.

Lines differ in dash and label, not only in colour. Every figure is drawn for a page, and again for a phone,
with letters as large. Colours are those for light pages; `recoloured` gives those for dark ones. The same
data gives the same bytes. matplotlib is imported when a figure is made, never before.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minirnn.base.inks import DARK, GROUND, INK, LETTERS, LINE_WIDTH, LINES, RULE, WIDE
from minirnn.base.plot_labels import label_lines, settle
from minirnn.base.plot_phone import narrow

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "INK",
    "LINES",
    "draw_level",
    "draw_line",
    "figure_page",
    "label_lines",
    "narrow_path",
    "recoloured",
    "save_both",
    "save_figure",
]

# The letters are measured as DejaVu Sans, which matplotlib brings along. Others are hardly ever wider.
MEASURED, MATHS = "DejaVu Sans", "STIXGeneral"
FACES = {
    f"'{MEASURED}'": "-apple-system, BlinkMacSystemFont, Helvetica, Arial, sans-serif",
    f"'{MATHS}'": f"{MATHS}, 'STIX Two Text', 'Times New Roman', serif",
}
LETTER = re.compile(
    rf'(?P<open> *<tspan x="(?P<x>[^"]*)" (?P<look>y="[^"]*" style="[^"]*font-size: (?P<size>[\d.]+)px; '
    rf"font-family: '{MEASURED}'[^\"]*\">))(?P<letter>[^<]*)</tspan>\n"
)
# Dotted, and in a legend not all the same.
LEVELS: tuple[Any, ...] = ((0, (1, 2)), (0, (4, 2)), (0, (6, 2, 1, 2)))
FLOOR = f'<rect width="100%" height="100%" fill="{GROUND}"/>\n'

TICKS = {
    "color": RULE,
    "labelcolor": INK,
    "labelsize": LETTERS,
    "major.size": 3.0,
    "major.width": 0.7,
    "minor.size": 1.5,
    "minor.width": 0.5,
}


@contextmanager
def figure_page() -> Iterator[tuple[Figure, Axes]]:
    """A figure with one pair of axes, in our style, without pyplot and its global state."""
    from matplotlib import rc_context, rcParamsDefault
    from matplotlib.figure import Figure

    ours = {
        "svg.fonttype": "none",
        "svg.hashsalt": "minirnn",
        "font.family": MEASURED,
        "font.size": LETTERS,
        "mathtext.fontset": "stix",
        "text.color": INK,
        "axes.edgecolor": RULE,
        "axes.labelcolor": INK,
        "axes.labelsize": LETTERS,
        "axes.linewidth": 0.7,
        "axes.spines.right": False,
        "axes.spines.top": False,
        "axes.titlesize": LETTERS,
        "axes.unicode_minus": True,
        "axes.xmargin": 0.02,
        "grid.color": RULE,
        "grid.linewidth": 0.5,
        "hatch.linewidth": 0.7,
        "legend.fontsize": LETTERS,
        "legend.frameon": False,
        "legend.handlelength": 2.6,
        "lines.linewidth": LINE_WIDTH,
        "lines.markersize": 4.0,
        **{f"{side}.{key}": value for side in ("xtick", "ytick") for key, value in TICKS.items()},
    }
    # From the defaults, so that the reader's own matplotlibrc does not change the picture.
    settings: Any = {key: value for key, value in rcParamsDefault.items() if key != "backend"} | ours
    with rc_context(settings):
        figure = Figure(figsize=(WIDE, 3.8), layout="constrained")
        yield figure, figure.subplots()


def draw_line(
    axes: Axes, number: int, points: Sequence[tuple[float, float]], label: str, *, marked: bool = True
) -> None:
    """Draw points (x, y) in the style of that number."""
    color, dash, marker = LINES[number % len(LINES)]
    across, up = zip(*points, strict=True)
    style: dict[str, Any] = {"color": color, "linestyle": dash, "label": label}
    axes.plot(across, up, marker=marker if marked else "", **style)


def draw_level(axes: Axes, height: float, label: str) -> None:
    """A thin line across at this height, to compare with, such as chance. `label_lines` writes its label."""
    before = sum(line.get_color() == INK for line in axes.get_lines())
    dots = LEVELS[before % len(LEVELS)]
    axes.axhline(height, color=INK, linestyle=dots, linewidth=1, label=label)


def save_figure(figure: Figure, path: Path, title: str, description: str) -> Path:
    """Write the figure as SVG with a title and a description for those who do not see it."""
    from minirnn.base.files import write_atomic

    settle(figure)
    page = io.StringIO()
    nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
    figure.savefig(page, format="svg", transparent=True, metadata=nothing)
    words = f" <title>{escape(title)}</title>\n <desc>{escape(description)}</desc>\n"
    head, rest = page.getvalue().split("<svg ", 1)
    opening, body = rest.split(">\n", 1)
    body = _in_words(body)
    for measured, shown in FACES.items():
        body = body.replace(measured, shown)
    write_atomic(path, f'{head}<svg role="img" {opening}>\n{words}{FLOOR}{body}')
    return path


def _in_words(body: str) -> str:
    """Letters in a row as one text, which has the distances of the face that is shown.

    In a label with a formula each letter stands by itself, where it would be in the face that was measured.
    """
    from matplotlib.font_manager import FontProperties, findfont, get_font

    font = get_font(findfont(FontProperties(family=[MEASURED])))
    font.set_size(100, 72)
    parts, place = [""], 0
    before, end = "", 0.0  # the look of the letter before, and where it ended
    for found in LETTER.finditer(body):
        letter, x = unescape(found["letter"]), float(found["x"])
        near = abs(x - end) < 0.15 * float(found["size"])  # letters may be kerned
        if found.start() == place and found["look"] == before and near:
            parts[-1] = parts[-1].removesuffix("</tspan>\n") + f"{found['letter']}</tspan>\n"
        else:
            parts += [body[place : found.start()], found[0]]
        place, before = found.end(), found["look"]
        end = (
            x + float(found["size"]) * sum(font.load_char(ord(c)).linearHoriAdvance for c in letter) / 65536e2
        )
    return "".join(parts) + body[place:]


def save_both(figure: Figure, path: Path, title: str, description: str) -> Path:
    """Write the figure as `save_figure` does, and beside it, as NAME-narrow.svg, the one for phones."""
    save_figure(figure, path, title, description)
    narrow(figure)
    save_figure(figure, narrow_path(path), title, description)
    return path


def narrow_path(path: Path) -> Path:
    """Where the figure for phones stands that belongs to this one."""
    return path.with_name(f"{path.stem}-narrow{path.suffix}")


def recoloured(drawn: str, *, dark: bool) -> str:
    """A figure that was saved -> the same for a light or for a dark page, whose ground shows through."""
    drawn = drawn.replace(FLOOR, "")
    if not dark:
        return drawn
    return re.sub("|".join(DARK), lambda found: DARK[found[0].lower()], drawn, flags=re.IGNORECASE)
