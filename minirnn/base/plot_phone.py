"""A figure for a page made into one for a phone: narrower, with letters as large."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from minirnn.base.inks import NARROW
from minirnn.base.plot_labels import is_ours, legend_outside, settle

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def narrow(figure: Figure) -> None:
    """Make the figure as wide as a phone. Panels that stand side by side come to stand on each other."""
    from matplotlib.collections import PathCollection
    from matplotlib.gridspec import GridSpec

    width, height = figure.get_size_inches()
    panels = [axes for axes in figure.axes if axes.get_subplotspec() is not None]
    factor = NARROW / width
    if len(panels) > 1:
        grid = GridSpec(len(panels), 1, figure=figure)
        for number, axes in enumerate(panels):
            axes.set_subplotspec(grid[number])
        figure.set_size_inches(NARROW, 2.2 * len(panels))
    else:
        free = all(axes.get_aspect() == "auto" for axes in panels)
        # A drawing with words in it: smaller letters, or they would lie on each other.
        factor *= 1 if any(axes.axison for axes in panels) else 1.15
        figure.set_size_inches(factor * width, height * (0.8 if free else factor))
        for dots in [each for axes in panels for each in axes.collections]:
            if isinstance(dots, PathCollection) and not free:
                dots.set_sizes(factor**2 * dots.get_sizes())
    for legend in [each for each in figure.legends if not is_ours(each)]:
        labels = [text.get_text() for text in legend.get_texts()]
        legend.remove()
        legend_outside(figure, None, legend.legend_handles, labels, place="outside lower left")
    for axes in panels:
        axes.tick_params(axis="y", labelleft=True)  # panels in a row may have shared it
        if inside := axes.get_legend():
            labels = [text.get_text() for text in inside.get_texts()]
            inside.remove()
            legend_outside(figure, axes, inside.legend_handles, labels, inside.get_title().get_text())
    settle(figure)
    below = max([0.0, *(legend.get_window_extent().height / figure.dpi for legend in figure.legends)])
    figure.set_figheight(figure.get_figheight() + below)  # the axes stay as high
    figure.draw_without_rendering()
    if not all(list(map(_fits, panels))):
        figure.set_size_inches(width, height)  # then one scrolls it


def _fits(axes: Axes) -> bool:
    """Have the labels below the axes room beside each other?

    Of too many numbers every second one goes, and words that are too long stand upright.
    """
    labels = axes.get_xticklabels()
    shown = [text for text in labels if text.get_text() and text.get_visible()]
    boxes = sorted((text.get_window_extent() for text in shown), key=lambda box: box.x0)
    # The measured face is the wider one, so that a little overlap is none.
    if all(before.x1 < after.x0 + 0.1 * after.width for before, after in pairwise(boxes)):
        return True
    places, words = axes.get_xticks(), [text.get_text() for text in labels]
    if all(re.fullmatch(r"[\d,. %kM\u2212-]+", text.get_text()) for text in shown):
        axes.set_xticks(places, [word if n % 2 == 0 else "" for n, word in enumerate(words)])
        return True
    if axes.get_window_extent().width / len(shown) < min(box.height for box in boxes):
        return False
    words = [word.replace("\n", " ") for word in words]
    axes.set_xticks(places, words, rotation=90, rotation_mode="anchor", ha="right", va="center")
    return True
