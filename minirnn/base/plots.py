"""Figures as SVG, all in one style: that of the page that shows them.

Lines differ in dash and label, not only in colour. Every figure is drawn for a page, and again for a phone,
with letters as large. Colours are those for light pages; `recoloured` gives those for dark ones. The same
data gives the same bytes. matplotlib is imported when a figure is made, never before.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape, unescape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.legend import Legend
    from matplotlib.lines import Line2D

# Drawn on a light page -> put in its place on a dark one. Text and lines alike have a contrast of 4.5 to 1.
INK = "#3b4048"  # words and numbers
RULE = "#8a919c"  # axes, ticks and other lines that stand behind the data: 3 to 1
GROUND = "#ffffff"
DARK = {
    INK: "#c3c9d5",
    RULE: "#7d8595",
    GROUND: "#1e2129",
    "#1668b0": "#79bdf2",
    "#b54708": "#ffb074",
    "#00695c": "#7fe0b8",
    "#b03a8f": "#ef8fd8",
    "#6b7280": "#a9b0bf",
}
LINES: tuple[tuple[str, Any, str], ...] = (
    ("#1668b0", "-", "o"),
    ("#b54708", "--", "s"),
    ("#00695c", "-.", "D"),
    ("#b03a8f", ":", "^"),
    ("#6b7280", (0, (8, 2, 2, 2)), "v"),
)

# A page shows 6.2 inches (446 units of SVG) as 640 pixels, a phone 3.3 inches as 320: 10 are 13 to 14 pixels.
WIDE, NARROW = 6.2, 3.3
LETTERS, SMALLEST = 9.5, 8.3
LINE_WIDTH = 1.4  # 2 pixels
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
FLOOR = f'<rect width="100%" height="100%" fill="{GROUND}"/>\n'

_labelled: WeakSet[Axes] = WeakSet()


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
        **{f"{side}.{key}": value for side in ("xtick", "ytick") for key, value in _TICKS.items()},
    }
    # From the defaults, so that the reader's own matplotlibrc does not change the picture.
    settings: Any = {key: value for key, value in rcParamsDefault.items() if key != "backend"} | ours
    with rc_context(settings):
        figure = Figure(figsize=(WIDE, 3.8), layout="constrained")
        yield figure, figure.subplots()


_TICKS = {
    "color": RULE,
    "labelcolor": INK,
    "labelsize": LETTERS,
    "major.size": 3.0,
    "major.width": 0.7,
    "minor.size": 1.5,
    "minor.width": 0.5,
}


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
    axes.axhline(height, color=INK, linestyle=(0, (1, 2)), linewidth=1, label=label)


def label_lines(axes: Axes) -> None:
    """Write the label of each line at its right end, in its colour, instead of a legend.

    Labels that would overlap stand apart. Where there are more than five, or no room beside the axes, there
    is a legend above them. This is found out when the figure is saved, so it may be called at any time.
    """
    _labelled.add(axes)


def save_figure(figure: Figure, path: Path, title: str, description: str) -> Path:
    """Write the figure as SVG with a title and a description for those who do not see it."""
    from minirnn.base.files import write_atomic

    _settle(figure)
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
    _narrow(figure)
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


def _narrow(figure: Figure) -> None:
    """Make the figure as wide as a phone. Panels that stand side by side come to stand on each other."""
    from matplotlib.gridspec import GridSpec

    width, height = figure.get_size_inches()
    panels = [axes for axes in figure.axes if axes.get_subplotspec() is not None]
    factor = NARROW / width
    if len(panels) > 1:
        grid = GridSpec(len(panels), 1, figure=figure)
        for number, axes in enumerate(panels):
            axes.set_subplotspec(grid[number])
        figure.set_size_inches(NARROW, 2.2 * len(panels))
    elif not any(axes.axison for axes in panels):
        # A drawing with words in it: smaller letters, or they would lie on each other.
        figure.set_size_inches(1.15 * NARROW, 0.9 * height)
    elif all(axes.get_aspect() == "auto" for axes in panels):
        figure.set_size_inches(NARROW, 0.8 * height)
    else:
        figure.set_size_inches(NARROW, height * factor)
        for collection in (each for axes in panels for each in axes.collections):
            if hasattr(collection, "set_sizes"):
                collection.set_sizes(factor**2 * collection.get_sizes())
    for legend in [each for each in figure.legends if each.get_gid() != "label"]:
        labels = [text.get_text() for text in legend.get_texts()]
        legend.remove()
        _legend(figure, None, legend.legend_handles, labels, place="outside lower left")
    for axes in panels:
        axes.tick_params(axis="y", labelleft=True)  # panels in a row may have shared it
        if legend := axes.get_legend():
            labels = [text.get_text() for text in legend.get_texts()]
            legend.remove()
            _legend(figure, axes, legend.legend_handles, labels, legend.get_title().get_text())
    _settle(figure)
    below = max([0.0, *(legend.get_window_extent().height / figure.dpi for legend in figure.legends)])
    figure.set_figheight(figure.get_figheight() + below)  # the axes stay as high
    figure.draw_without_rendering()
    if not all(list(map(_fits, panels))):
        figure.set_size_inches(width, height)  # then one scrolls it


def _fits(axes: Axes) -> bool:
    """Have the labels below the axes room beside each other? Of too many numbers every second one goes."""
    shown = [text for text in axes.get_xticklabels() if text.get_text() and text.get_visible()]
    boxes = sorted((text.get_window_extent() for text in shown), key=lambda box: box.x0)
    # The measured face is the wider one, so that a little overlap is none.
    if all(before.x1 < after.x0 + 0.1 * after.width for before, after in pairwise(boxes)):
        return True
    if not all(re.fullmatch(r"[\d,. %kM\u2212-]+", text.get_text()) for text in shown):
        return False
    places, words = axes.get_xticks(), [text.get_text() for text in axes.get_xticklabels()]
    axes.set_xticks(places, [word if n % 2 == 0 else "" for n, word in enumerate(words)])
    return True


def _settle(figure: Figure) -> None:
    """What can be known only when all is drawn: room for markers and labels, and letters that can be read."""
    from matplotlib.text import Text

    for text in figure.findobj(Text):
        text.set_fontsize(max(text.get_fontsize(), SMALLEST))
    for axes in figure.axes:
        for line in axes.get_lines():
            # A marker on the edge is not cut in half; a line that leaves the axes still is.
            line.set_clip_on(not (line.get_marker() not in ("", "None") and _inside(axes, line)))
    for _ in range(2):  # what is written outside makes the axes smaller, and then other labels are too long
        for axes in figure.axes:
            if axes in _labelled:
                _label(figure, axes)
        _break_axis_labels(figure)


def _break_axis_labels(figure: Figure) -> None:
    """Of an axis whose label is longer than itself, the label gets a second line."""
    figure.draw_without_rendering()
    for axes in figure.axes:
        area, scale = axes.get_window_extent(), 72 / figure.dpi
        for label, room in ((axes.xaxis.label, area.width), (axes.yaxis.label, area.height)):
            box = label.get_window_extent()
            if max(box.width, box.height) > 1.1 * room:
                longest = max(12, int(room * scale / (0.55 * LETTERS)))
                label.set_text(textwrap.fill(label.get_text(), longest, break_long_words=False))


def _inside(axes: Axes, line: Line2D) -> bool:
    (left, right), (low, high) = sorted(axes.get_xlim()), sorted(axes.get_ylim())
    return all(
        left <= x <= right and low <= y <= high
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    )


def _label(figure: Figure, axes: Axes) -> None:
    for legend in (axes.get_legend(), *figure.legends):
        if legend and legend.get_gid() == "label":
            legend.remove()
    lines = [line for line in axes.get_lines() if not str(line.get_label()).startswith("_")]
    levels = [line for line in lines if line.get_color() == INK]
    curves = [line for line in lines if line not in levels]
    room = not axes.child_axes  # else there is an axis on the right
    ends = len(curves) <= 5 and all(line.get_linestyle() != "None" for line in curves)  # dots have none
    if room and ends and _beside(figure, axes, lines):
        return
    _no_labels(axes)
    for handles in (curves, lines) if room and levels else (lines,):
        legend = _legend(figure, axes, handles, [str(line.get_label()) for line in handles])
        legend.set_gid("label")
        if handles is lines or _beside(figure, axes, levels):
            return
        legend.remove()


def _beside(figure: Figure, axes: Axes, lines: Sequence[Line2D]) -> bool:
    """Write the labels beside the ends. False, and there is none, where they have no room there."""
    _no_labels(axes)
    figure.draw_without_rendering()  # lays it out, so that the ends have their places
    points = 72 / figure.dpi
    room = figure.get_size_inches()[0] * 72
    longest = int(0.28 * room / (0.55 * LETTERS))
    ends, area = [_end(line) for line in lines], axes.get_window_extent()
    # Those that end at the right edge have their labels in one column.
    right = max([area.x1, *(x for x, _ in ends)])
    places = [(right if x > area.x1 - 0.08 * area.width else x, y) for x, y in ends]
    texts = []
    for line, place in zip(lines, places, strict=True):
        words = textwrap.fill(str(line.get_label()), longest, break_long_words=False)
        text = axes.annotate(
            words,
            (0, 0),
            xycoords=line.get_transform(),
            xytext=(6, 0),
            textcoords="offset points",
            color=line.get_color(),
            va="center",
            annotation_clip=False,
            linespacing=1.05,
            gid="label",
            arrowprops={"arrowstyle": "-", "color": line.get_color(), "linewidth": 0.6, "shrinkA": 0},
        )
        text.xy = line.get_transform().inverted().transform(place)
        texts.append(text)
    boxes = [text.get_window_extent() for text in texts]
    too_long = any(text.get_text().count("\n") > 1 for text in texts)
    if too_long or max(box.width for box in boxes) * points > 0.42 * room:
        _no_labels(axes)
        return False
    heights = [box.height * points + 2 for box in boxes]
    low, high = area.y0 * points, area.y1 * points
    moved = [0.0] * len(lines)
    for column in {x for x, _ in places}:
        members = [n for n, (x, _) in enumerate(places) if x == column]
        wanted = [places[n][1] * points for n in members]
        for n, height in zip(members, apart(wanted, [heights[n] for n in members], low, high), strict=True):
            moved[n] = height - places[n][1] * points
    if max(map(abs, moved)) > 3 * LETTERS:
        _no_labels(axes)
        return False
    far = {place[0] for place, rise in zip(places, moved, strict=True) if abs(rise) > 0.4 * LETTERS}
    for text, line, end, place, rise in zip(texts, lines, ends, places, moved, strict=True):
        text.set_position(((place[0] - end[0]) * points + (14 if place[0] in far else 6), rise))
        text.xy = line.get_transform().inverted().transform(end)
        text.arrow_patch.set_visible(place[0] in far)
    return True


def apart(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Middles for boxes of these heights that do not overlap, as near as can be to those wanted.

    As near: the sum of the squares of the moves is the least. All stay between low and high if there is room.
    """
    order = sorted(range(len(wanted)), key=lambda n: (wanted[n], n))
    # Without the heights of the boxes below it, each box need only be no lower than the one before it.
    below, free = 0.0, []
    for n in order:
        free.append(wanted[n] - below - heights[n] / 2)
        below += heights[n]
    blocks: list[list[float]] = []  # of neighbours that touch: all have the mean of what they wanted
    for value in free:
        blocks.append([value])
        while len(blocks) > 1 and _mean(blocks[-2]) >= _mean(blocks[-1]):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    settled = [_mean(block) for block in blocks for _ in block]
    places, below = [0.0] * len(wanted), 0.0
    for n, value in zip(order, settled, strict=True):
        places[n] = max(low, min(value, high - sum(heights))) + below + heights[n] / 2
        below += heights[n]
    return places


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _end(line: Line2D) -> tuple[float, float]:
    """Where the line ends on the right, in pixels."""
    import numpy as np

    points = line.get_transform().transform(np.column_stack([line.get_xdata(), line.get_ydata()]))
    x, y = max((point for point in points if np.isfinite(point).all()), key=lambda point: point[0])
    return float(x), float(y)


def _no_labels(axes: Axes) -> None:
    for text in [text for text in axes.texts if text.get_gid() == "label"]:
        text.remove()


def _legend(
    figure: Figure,
    axes: Axes | None,
    handles: Sequence[Any],
    labels: Sequence[str],
    title: str = "",
    place: str = "outside upper left",
) -> Legend:
    """A legend outside of the axes, above or below, with as many columns as have room."""
    room = figure.get_size_inches()[0] * 72
    words = [textwrap.fill(label, int((room - 5 * LETTERS) / (0.6 * LETTERS))) for label in labels]
    for columns in (3, 2, 1):
        if axes and len(figure.axes) > 1:
            inside: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (0, 1)}
            legend = axes.legend(handles, words, title=title or None, ncols=columns, **inside)
        else:
            legend = figure.legend(handles, words, title=title or None, ncols=columns, loc=place)
        if columns == 1 or legend.get_window_extent().width * 72 / figure.dpi < 0.98 * room:
            break
        legend.remove()
    return legend
