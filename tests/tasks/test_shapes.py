"""Moving shapes: watched by a program that compares pictures, and told by no single frame."""

import math

import numpy as np
import pytest
from scipy.stats import chi2_contingency, chisquare

from minirnn.tasks.shapes import MOVING_SHAPES_CHANCE, ONE_FRAME_CHANCE, moving_shapes

PLUS = {(0, 2), (1, 2), (2, 0), (2, 1), (2, 2), (2, 3), (2, 4), (3, 2), (4, 2)}
CROSS = {(0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (0, 4), (1, 3), (3, 1), (4, 0)}
BLOCK = {(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3), (3, 1), (3, 2), (3, 3)}
STEPS = [(0, 1), (1, 0), (0, -1), (-1, 0)]  # right, down, left, up


def find(frame):
    """Which shape a frame shows, and where: the one way that its white pixels can be read."""
    size = len(frame)
    white = {(int(r), int(c)) for r, c in np.argwhere(frame == 1)}
    ways = [
        (shape, r, c)
        for shape, pixels in enumerate((PLUS, CROSS, BLOCK))
        for r in range(size)
        for c in range(size)
        if {((y + r) % size, (x + c) % size) for y, x in pixels} == white
    ]
    assert len(ways) == 1
    return ways[0]


@pytest.mark.parametrize(("frames", "size", "visible"), [(6, 6, 3), (5, 9, 5), (4, 12, 2)])
def test_watched_frame_by_frame(frames, size, visible):
    inputs, targets, mask = moving_shapes(40, frames, size, visible, 0)
    assert set(np.unique(inputs)) == {0, 1} and (inputs[:, :visible].sum((2, 3)) == 9).all()
    assert (inputs[:, visible:] == 0).all()
    for video, answer in zip(inputs, targets[mask], strict=True):
        shape, row, column = find(video[0])
        _, after, beside = find(video[1])
        steps = [((after - row - dy) % size, (beside - column - dx) % size) for dy, dx in STEPS]
        direction = steps.index((0, 0))
        assert answer == 4 * shape + direction
        dy, dx = STEPS[direction]
        for t in range(visible):
            assert find(video[t]) == (shape, (row + t * dy) % size, (column + t * dx) % size)
    assert mask[:, -1].all() and mask.sum() == 40 and (targets[:, :-1] == 0).all()


def test_classes_are_even_and_no_single_frame_tells_the_direction():
    inputs, targets, _ = moving_shapes(12_000, 3, 6, 3, 0)
    answers = targets[:, -1]
    assert chisquare(np.bincount(answers, minlength=12)).pvalue > 1e-4
    for t in range(3):
        # All that a frame can show, beside the four directions.
        _, picture = np.unique(inputs[:, t].reshape(len(inputs), -1), axis=0, return_inverse=True)
        table = np.zeros((3 * 36, 4), int)
        np.add.at(table, (picture, answers % 4), 1)
        assert (table.sum(1) > 0).all()
        assert chisquare(table.sum(1)).pvalue > 1e-4
        assert chi2_contingency(table).pvalue > 1e-4


def test_chance():
    assert (1 / 12, pytest.approx(math.log(12))) == MOVING_SHAPES_CHANCE
    assert (1 / 4, pytest.approx(math.log(4))) == ONE_FRAME_CHANCE
