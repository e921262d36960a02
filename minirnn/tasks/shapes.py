"""Moving shapes: a short video; say at its end what moved, and where to.

    . # # # . . .    . . # # # . .    . . . # # # .    . . . . . . .
    . # # # . . .    . . # # # . .    . . . # # # .    . . . . . . .    "a block, to the right"
    . # # # . . .    . . # # # . .    . . . # # # .    . . . . . . .

The shape is a plus, a cross or a block, all of nine pixels, so brightness does not tell them apart: one has
to look at space. It starts anywhere and moves one pixel per frame to the right, down, to the left or up; what
leaves on one side comes in on the other. So its place in any single frame is uniform, whatever the direction:
one has to look at time. After `visible` frames the screen is empty: one has to remember.

For the elective on video, with a recurrence over time and attention over space (Pătrăucean et al. 2024,
"TRecViT", arXiv 2412.14294). The task is ours, made to be small.

Target: 4 * shape + direction, 0 to 11, in the order of the words above.
Chance: one in 12. Who sees any one visible frame only, however well: one in 4.
"""

import numpy as np

from minirnn.tasks.common import Batch, Seed, at_least, guess, last_steps

SHAPES = (
    ("..#..", "..#..", "#####", "..#..", "..#.."),
    ("#...#", ".#.#.", "..#..", ".#.#.", "#...#"),
    (".....", ".###.", ".###.", ".###.", "....."),
)
DIRECTIONS = ((0, 1), (1, 0), (0, -1), (-1, 0))  # rows count downwards
MOVING_SHAPES_CHANCE = guess(len(SHAPES) * len(DIRECTIONS))
ONE_FRAME_CHANCE = guess(len(DIRECTIONS))


def moving_shapes(batch: int, frames: int, size: int, visible: int, seed: Seed) -> Batch:
    """What moved, and where to, in `frames` pictures of size x size pixels, empty after the first `visible`.

    inputs (batch, frames, size, size) float32, 0 or 1; targets (batch, frames) int64; the last frame counts.
    Raises ValueError for size < 6, visible < 2 or frames < visible.
    """
    at_least(1, batch=batch)
    at_least(6, size=size)
    at_least(2, visible=visible)
    at_least(visible, frames=frames)
    rng = np.random.default_rng(seed)
    shape = rng.integers(0, len(SHAPES), batch)
    direction = rng.integers(0, len(DIRECTIONS), batch)
    start = rng.integers(0, size, (batch, 1, 2))

    still = np.zeros((len(SHAPES), size, size), np.float32)
    still[:, :5, :5] = [[[pixel == "#" for pixel in row] for row in picture] for picture in SHAPES]
    place = start + np.arange(visible)[:, None] * np.array(DIRECTIONS)[direction, None]  # (batch, visible, 2)
    row, column = np.moveaxis((np.arange(size) - place[..., None]) % size, 2, 0)
    inputs = np.zeros((batch, frames, size, size), np.float32)
    inputs[:, :visible] = still[shape[:, None, None, None], row[..., :, None], column[..., None, :]]

    targets = np.zeros((batch, frames), np.int64)
    targets[:, -1] = len(DIRECTIONS) * shape + direction
    return Batch(inputs, targets, last_steps(batch, frames))
