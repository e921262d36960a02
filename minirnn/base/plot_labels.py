"""What can be written only when a figure is drawn: labels at the ends of lines, legends, long axis labels."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from minirnn.base.inks import INK, LETTERS, SMALLEST

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.legend import Legend
    from matplotlib.lines import Line2D

_labelled: WeakSet[Axes] = WeakSet()
_ours: WeakSet[Artist] = WeakSet()  # labels and legends that `label_lines` has made


def is_ours(artist: Artist) -> bool:
    """Has `label_lines` made it? Then `settle` makes it anew."""
    return artist in _ours


def label_lines(axes: Axes) -> None:
    """Write the label of each line at its right end, in its colour, instead of a legend.

    Labels that would overlap stand apart. Where there are more than five, or no room beside the axes, there
    is a legend above them. This is found out when the figure is saved, so it may be called at any time.
    """
    _labelled.add(axes)


def settle(figure: Figure) -> None:
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
    points: Any = line.get_xydata()
    return all(left <= x <= right and low <= y <= high for x, y in points)


def _label(figure: Figure, axes: Axes) -> None:
    for old in (axes.get_legend(), *figure.legends):
        if old and old in _ours:
            old.remove()
    lines = [line for line in axes.get_lines() if not str(line.get_label()).startswith("_")]
    levels = [line for line in lines if line.get_color() == INK]
    curves = [line for line in lines if line not in levels]
    room = not axes.child_axes  # else there is an axis on the right
    ends = len(curves) <= 5 and all(line.get_linestyle() != "None" for line in curves)  # dots have none
    if room and ends and _beside(figure, axes, lines):
        return
    _no_labels(axes)
    for handles in (curves, lines) if room and levels and curves else (lines,):
        legend = legend_outside(figure, axes, handles, [str(line.get_label()) for line in handles])
        _ours.add(legend)
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
            arrowprops={"arrowstyle": "-", "color": line.get_color(), "linewidth": 0.6, "shrinkA": 0},
        )
        text.xy = _back(line, place)
        texts.append(text)
        _ours.add(text)
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
        text.xy = _back(line, end)
        if text.arrow_patch:
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

    data: Any = line.get_xydata()
    points = line.get_transform().transform(data)
    x, y = max((point for point in points if np.isfinite(point).all()), key=lambda point: point[0])
    return float(x), float(y)


def _back(line: Line2D, place: tuple[float, float]) -> tuple[float, float]:
    x, y = line.get_transform().inverted().transform(place)
    return float(x), float(y)


def _no_labels(axes: Axes) -> None:
    for text in [text for text in axes.texts if text in _ours]:
        text.remove()


def legend_outside(
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
    many = axes is not None and len(figure.axes) > 1
    above: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (0, 1)} if many else {"loc": place}
    for columns in (3, 2, 1):
        settings: dict[str, Any] = {"title": title or None, "ncols": columns, **above}
        legend = (axes if axes and many else figure).legend(handles, words, **settings)
        if columns == 1 or legend.get_window_extent().width * 72 / figure.dpi < 0.98 * room:
            break
        legend.remove()
    return legend
