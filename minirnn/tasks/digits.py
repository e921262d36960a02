"""Sequential digits: a picture of a digit, read pixel by pixel; say at the end which digit it was.

    28 x 28 pixels, row by row -> 784 steps of one number each in [0, 1] -> "7"

The classical task reads MNIST (Le, Jaitly and Hinton 2015, arXiv 1504.00941). Here nothing is downloaded:
the digits are drawn from the fonts that come with matplotlib, stretched, sheared, turned and moved at random,
and noise is added. The pictures to test on are drawn from other families of fonts than those to train on:
a network has to learn what a digit is, not what a font is.

All ten digits are equally frequent. Chance: one in ten.
"""

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from minirnn.tasks.common import Seed, at_least, guess

DIGITS_CHANCE = guess(10)
FONTS = {
    "train": (
        *("DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSans-BoldOblique"),
        *("DejaVuSansMono", "DejaVuSansMono-Bold", "DejaVuSansMono-Oblique", "DejaVuSansMono-BoldOblique"),
        *("DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSerif-Italic", "DejaVuSerif-BoldItalic"),
        *("STIXGeneral", "STIXGeneralBol", "STIXGeneralItalic", "STIXGeneralBolIta"),
    ),
    "test": ("cmr10", "cmb10", "cmss10", "cmtt10"),
}
SIDE = 28
HEIGHT = 19  # of a digit before it is distorted, in pixels
TURN, SHEAR, STRETCH, MOVE, NOISE = 0.2, 0.2, 0.15, 2.0, 0.1
DETAIL = 4  # points per pixel, each way
GLYPH = 96  # points along the side of a glyph, with a margin of background


def digits(split: str, per_class: int, seed: Seed) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Pictures (10 * per_class, 784) float32 in [0, 1] and labels (10 * per_class,) int64, in random order.

    split: "train" or "test", which share no font. Every digit comes per_class times.
    Each picture is stretched by up to 15 % each way, sheared by up to 0.2, turned by up to 0.2 radians, moved
    by up to 2 pixels each way; its noise is normal with deviation 0.1. 2,000 pictures take a few seconds.
    Raises ValueError for another split or per_class < 1.
    """
    if split not in FONTS:
        raise ValueError(f'split is {split!r}, expected "train" or "test"')
    at_least(1, per_class=per_class)
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.repeat(np.arange(10), per_class))
    glyphs = _glyphs(split)
    fonts = rng.integers(0, len(glyphs), len(labels))
    back = np.linalg.inv(_maps(rng, len(labels)))
    move = rng.uniform(-MOVE, MOVE, (len(labels), 2, 1))

    # A pixel is the mean of the points in it, each in the colour of where it came from in the glyph.
    axis = (np.arange(SIDE * DETAIL) + 0.5) / DETAIL - SIDE / 2
    points = np.stack([np.tile(axis, len(axis)), np.repeat(axis, len(axis))])
    images = np.empty((len(labels), SIDE * SIDE), np.float32)
    for image, font, label, matrix, shift in zip(images, fonts, labels, back, move, strict=True):
        x, y = np.clip((matrix @ (points - shift)) * DETAIL + GLYPH / 2, 0, GLYPH - 1).astype(np.int64)
        image[:] = glyphs[font, label, y, x].reshape(SIDE, DETAIL, SIDE, DETAIL).mean((1, 3)).ravel()
    images += NOISE * rng.standard_normal(images.shape, np.float32)
    return images.clip(0, 1), labels


def _maps(rng: np.random.Generator, n: int) -> NDArray[np.float64]:
    """Random maps of the plane, (n, 2, 2): stretch, then shear, then turn."""
    turn, shear = rng.uniform(-TURN, TURN, n), rng.uniform(-SHEAR, SHEAR, n)
    stretch = rng.uniform(1 - STRETCH, 1 + STRETCH, (n, 1, 2))
    cos, sin, one, zero = np.cos(turn), np.sin(turn), np.ones(n), np.zeros(n)
    rotation = np.stack([cos, -sin, sin, cos], 1).reshape(n, 2, 2)
    return rotation @ np.stack([one, shear, zero, one], 1).reshape(n, 2, 2) * stretch


@cache
def _glyphs(split: str) -> NDArray[np.bool_]:
    """The digits 0 to 9 of every font of the split, (fonts, 10, GLYPH, GLYPH), True where there is ink."""
    import matplotlib

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    glyphs = np.stack(
        [[_glyph(folder / f"{font}.ttf", digit) for digit in range(10)] for font in FONTS[split]]
    )
    glyphs.setflags(write=False)  # shared by all calls
    return glyphs


def _glyph(font: Path, digit: int) -> NDArray[np.bool_]:
    """One digit, centred, its longer side HEIGHT pixels long: (GLYPH, GLYPH)."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.path import Path as Outline
    from matplotlib.textpath import TextPath

    outlines = TextPath((0, 0), str(digit), size=100, prop=FontProperties(fname=font)).to_polygons()
    corners = np.concatenate(outlines)
    low, high = corners.min(0), corners.max(0)
    axis = np.arange(GLYPH) + 0.5 - GLYPH / 2
    offsets = np.stack([np.tile(axis, GLYPH), np.repeat(-axis, GLYPH)], 1)  # rows count downwards
    points = (low + high) / 2 + offsets * (high - low).max() / (HEIGHT * DETAIL)
    ink = np.zeros(len(points), bool)
    for outline in outlines:
        # The outline of a hole lies within another one: a point inside both is not ink.
        ink ^= Outline(outline).contains_points(points)
    return ink.reshape(GLYPH, GLYPH)
