"""The curve of the loss as rows of characters."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

# Unicode Standard, block 2800 to 28FF: the bit of each dot of a braille character, by row and column.
BRAILLE_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


def chart_range(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The losses at the lower and the upper edge of `loss_chart`.

    The upper edge is the largest loss or twice the lowest, whichever is less: the steep first seconds
    would flatten all that follows.
    """
    losses = [loss for _, loss in points]
    low = min(losses)
    high = min(max(losses), 2 * low)
    return low, high if high > low else low + 1.0


def loss_chart(points: Sequence[tuple[float, float]], width: int, rows: int, braille: bool) -> list[str]:
    """The curve of (share of the run, loss) as `rows` strings of `width` characters, the low losses last.

    The full width is the whole run, so the curve grows from left to right. A braille character holds
    2 by 4 dots; without braille one `*` stands in each column.
    """
    across, down = (2, 4) if braille else (1, 1)
    low, high = chart_range(points)
    grid = [[0] * width for _ in range(rows)]
    before: int | None = None
    for x, loss in _columns(points, width * across).items():
        share = (min(loss, high) - low) / (high - low)
        y = round((1 - share) * (rows * down - 1))
        # Braille joins a column to the one before, so that a fall stays one line.
        first, last = (min(y, before), max(y, before)) if braille and before is not None else (y, y)
        for dot in range(first, last + 1):
            grid[dot // down][x // across] |= BRAILLE_DOTS[dot % down][x % across]
        before = y
    if braille:
        return ["".join(chr(0x2800 + cell) for cell in row) for row in grid]
    return ["".join("*" if cell else " " for cell in row) for row in grid]


def _columns(points: Sequence[tuple[float, float]], columns: int) -> dict[int, float]:
    """The mean loss of each column, from the first with a point to the last; gaps are filled linearly."""
    groups: dict[int, list[float]] = {}
    for share, loss in points:
        groups.setdefault(min(columns - 1, max(0, int(share * columns))), []).append(loss)
    known = sorted((column, sum(losses) / len(losses)) for column, losses in groups.items())
    means = dict(known[:1])
    for (left, a), (right, b) in itertools.pairwise(known):
        for column in range(left + 1, right + 1):
            means[column] = a + (b - a) * (column - left) / (right - left)
    return means
