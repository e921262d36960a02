"""The style of figures: contrasts, labels apart, and what is written read back from the SVG."""

import itertools
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minirnn.base.inks import DARK, GROUND, INK, LINES, RULE
from minirnn.base.plot_labels import apart
from minirnn.base.plots import (
    draw_level,
    draw_line,
    figure_page,
    label_lines,
    narrow_path,
    recoloured,
    save_both,
    save_figure,
)

SVG = "{http://www.w3.org/2000/svg}"


def contrast(one, other):
    """WCAG 2: from 1 to 21."""

    def luminance(color):
        parts = [int(color[k : k + 2], 16) / 255 for k in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # the known grey that just fails


def test_every_colour_reads_on_both_grounds():
    lines = [color for color, _, _ in LINES]
    assert set(DARK) == {INK, RULE, GROUND, *lines}
    # The labels of lines have their colours, so a line is as strong as text.
    for color, least in [(INK, 4.5), (RULE, 3), *((color, 4.5) for color in lines)]:
        assert contrast(color, GROUND) >= least and contrast(DARK[color], DARK[GROUND]) >= least, color
    for colors in (lines, [DARK[color] for color in lines]):
        assert len(set(colors)) == len(LINES)
    assert len({str(dash) for _, dash, _ in LINES}) == len({marker for _, _, marker in LINES}) == len(LINES)


boxes = st.lists(st.tuples(st.floats(0, 100), st.floats(1, 12)), min_size=1, max_size=6)


@given(boxes)
def test_labels_do_not_overlap_and_none_could_be_nearer(boxes):
    wanted, heights = zip(*boxes, strict=True)
    places = apart(wanted, heights, -1000, 1000)
    order = sorted(range(len(boxes)), key=lambda n: (wanted[n], n))
    for a, b in itertools.pairwise(order):
        assert places[b] - places[a] >= (heights[a] + heights[b]) / 2 - 1e-6
    # Of a convex problem: no small move of neighbours together that keeps them apart makes it better.
    cost = sum((p - w) ** 2 for p, w in zip(places, wanted, strict=True))
    for first, last in itertools.combinations(range(len(order) + 1), 2):
        for step in (-1e-3, 1e-3):
            moved = list(places)
            for n in order[first:last]:
                moved[n] += step
            gaps = [moved[b] - moved[a] - (heights[a] + heights[b]) / 2 for a, b in itertools.pairwise(order)]
            if all(gap >= -1e-9 for gap in gaps):
                assert sum((p - w) ** 2 for p, w in zip(moved, wanted, strict=True)) >= cost - 1e-9


@given(boxes)
def test_labels_stay_within_the_axes(boxes):
    wanted, heights = zip(*boxes, strict=True)
    places = apart(wanted, heights, 0, 100)  # 6 of 12 have room
    for place, height in zip(places, heights, strict=True):
        assert height / 2 - 1e-6 <= place <= 100 - height / 2 + 1e-6


def drawn(folder, paint):
    """The figure that `paint(axes)` draws, as it stands on a page and on a phone."""
    with figure_page() as (figure, axes):
        paint(axes)
        path = save_both(figure, folder / "figure.svg", "Title", "What one sees.")
    return [ET.parse(each).getroot() for each in (path, narrow_path(path))]


def words(root):
    """Each text with its attributes."""
    return {"".join(text.itertext()): text for text in root.iter(SVG + "text")}


def rows(*heights):
    def paint(axes):
        for number, height in enumerate(heights):
            draw_line(axes, number, [(0, 1), (10, height)], f"line {number}")
        draw_level(axes, 0.5, "chance")
        axes.set_ylim(0, 10)
        label_lines(axes)

    return paint


def test_labels_stand_at_the_ends_in_the_colour_of_their_lines(tmp_path):
    for root in drawn(tmp_path, rows(2, 5, 8)):
        right = max(float(use.get("x")) for use in root.iter(SVG + "use"))
        found = words(root)
        heights = []
        for name, color in [*((f"line {n}", LINES[n][0]) for n in range(3)), ("chance", INK)]:
            assert color in found[name].get("style")
            assert float(found[name].get("x")) > right
            heights.append(float(found[name].get("y")))
        assert heights[2] < heights[1] < heights[0] < heights[3]
        assert root.find(".//*[@id='legend_1']") is None


def test_labels_that_would_overlap_stand_apart(tmp_path):
    for root in drawn(tmp_path, rows(5, 5.01, 5.02)):
        found = words(root)
        heights = sorted(float(found[f"line {n}"].get("y")) for n in range(3))
        assert all(b - a >= 9.5 for a, b in itertools.pairwise(heights))


def test_too_many_lines_have_a_legend_above(tmp_path):
    for root in drawn(tmp_path, rows(1, 2, 3, 4, 5, 6)):
        assert root.find(".//*[@id='legend_1']") is not None
        found = words(root)
        top = min(float(found[name].get("y")) for name in ("0", "10"))
        assert all(float(found[f"line {n}"].get("y")) < top for n in range(6))
        assert float(found["chance"].get("y")) > top  # it ends by itself, and is labelled there


def test_a_phone_gets_letters_as_large_on_less_room(tmp_path):
    wide, narrow = drawn(tmp_path, rows(2, 5, 8))
    widths = [float(root.get("width").removesuffix("pt")) for root in (wide, narrow)]
    assert widths == pytest.approx([446.4, 237.6])
    for root, width in zip((wide, narrow), widths, strict=True):
        sizes = [
            float(re.search(r"font-size: ([\d.]+)px", text.get("style"))[1]) for text in words(root).values()
        ]
        # A page shows it in 640 pixels, a phone in 320.
        assert min(sizes) * (640 if root is wide else 320) / width >= 11


def test_small_letters_are_made_larger(tmp_path):
    for root in drawn(tmp_path, lambda axes: axes.annotate("small", (0.5, 0.5), fontsize=4)):
        assert float(re.search(r"font-size: ([\d.]+)px", words(root)["small"].get("style"))[1]) >= 8.3


def test_letters_that_have_no_room_on_a_phone_are_drawn_as_for_a_page(tmp_path):
    def paint(axes):
        axes.bar(range(50), range(50))
        axes.set_xticks(range(50), ["m"] * 50)

    wide, narrow = drawn(tmp_path, paint)
    assert wide.get("width") == narrow.get("width")


def test_words_below_the_axes_stand_upright_on_a_phone(tmp_path):
    names = ["one of many", "two of many", "three of many", "four of many"]

    def paint(axes):
        axes.bar(range(4), range(4))
        axes.set_xticks(range(4), names)

    wide, narrow = (words(root) for root in drawn(tmp_path, paint))
    assert all("rotate(-90" not in wide[name].get("transform", "") for name in names)
    assert all("rotate(-90" in narrow[name].get("transform") for name in names)


def test_panels_side_by_side_stand_on_each_other_on_a_phone(tmp_path):
    with figure_page() as (figure, axes):
        axes.remove()
        figure.subplots(1, 3, sharey=True)
        save_both(figure, tmp_path / "figure.svg", "Title", "What one sees.")
        places = [axes.get_position() for axes in figure.axes]
    assert len({round(place.x1, 3) for place in places}) == 1
    assert all(above.y0 > below.y1 for above, below in itertools.pairwise(places))


def test_a_marker_on_the_edge_is_whole_and_a_line_that_leaves_is_cut(tmp_path):
    with figure_page() as (figure, axes):
        draw_line(axes, 0, [(0, 0), (1, 1)], "whole")
        draw_line(axes, 1, [(0, 0), (1, 2)], "cut")
        axes.set_ylim(0, 1)
        save_figure(figure, tmp_path / "figure.svg", "Title", "What one sees.")
    drawn = {
        path.get("style"): path for path in ET.parse(tmp_path / "figure.svg").getroot().iter(SVG + "path")
    }
    whole, cut = (
        next(path for style, path in drawn.items() if f"stroke: {color}; stroke-width: 1.4" in style)
        for color in (LINES[0][0], LINES[1][0])
    )
    assert "clip-path" not in whole.attrib and "clip-path" in cut.attrib


def test_words_beside_a_formula_are_not_spaced_out(tmp_path):
    with figure_page() as (figure, axes):
        axes.set_ylabel("state ($h_t$), in millionths")
        save_figure(figure, tmp_path / "figure.svg", "Title", "What one sees.")
    spans = [
        span.text.replace("\N{NO-BREAK SPACE}", " ")
        for span in ET.parse(tmp_path / "figure.svg").getroot().iter(SVG + "tspan")
    ]
    assert spans[:2] == ["state (", "), in millionths"]


def test_ground_by_itself_and_none_on_a_page(tmp_path):
    with figure_page() as (figure, axes):
        for number in range(5):
            draw_line(axes, number, [(0, 0), (1, 1)], str(number))
        save_figure(figure, tmp_path / "figure.svg", "Title", "What one sees.")
    page = (tmp_path / "figure.svg").read_text(encoding="utf-8")
    assert f'<rect width="100%" height="100%" fill="{GROUND}"/>' in page
    light, dark = recoloured(page, dark=False), recoloured(page, dark=True)
    assert GROUND not in light + dark
    used = [color for color in DARK if color != GROUND]
    assert all(color in light and color not in dark and DARK[color] in dark for color in used)
