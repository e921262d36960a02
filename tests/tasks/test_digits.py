"""The digits: none missing or mirrored, balanced, in other fonts for the test, and readable by comparison."""

import math

import numpy as np
import pytest
from scipy import ndimage
from scipy.stats import chisquare

from minirnn.tasks import digits as digits_task
from minirnn.tasks.digits import DIGITS_CHANCE, FONTS, digits

HOLES = {0: 1, 1: 0, 2: 0, 3: 0, 4: 1, 5: 0, 6: 1, 7: 0, 8: 2, 9: 1}


@pytest.fixture(params=[(split, i) for split in FONTS for i in range(len(FONTS[split]))])
def glyphs(request):
    """The ten digits of one font, (10, side, side) bool."""
    split, font = request.param
    return digits_task._glyphs(split)[font]


def holes(ink):
    """The background that is closed in by ink, (side, side) bool, and the number of its pieces."""
    pieces, _ = ndimage.label(~np.pad(ink, 1))
    # A single point in the corner of a sharp notch is no hole: the smallest of all has more than 40.
    sizes = np.bincount(pieces[pieces != pieces[0, 0]])
    sizes[0] = 0
    return np.isin(pieces, np.flatnonzero(sizes > 10))[1:-1, 1:-1], (sizes > 10).sum()


def test_every_digit_has_its_number_of_holes(glyphs):
    # A font without digits would draw the same box ten times.
    for digit, ink in enumerate(glyphs):
        _, n = holes(ink)
        assert n == HOLES[digit], digit


def test_no_digit_is_upside_down_or_mirrored(glyphs):
    def middle(pieces):
        rows, columns = np.nonzero(pieces)
        return rows.mean(), columns.mean()

    side = glyphs.shape[1]
    assert middle(holes(glyphs[6])[0])[0] > side / 2 > middle(holes(glyphs[9])[0])[0]
    assert middle(holes(glyphs[4])[0])[1] < np.nonzero(glyphs[4])[1].mean()
    # 7 has its bar at the top, and its foot to the left of the bar's right end.
    rows, columns = np.nonzero(glyphs[7])
    assert rows.mean() < side / 2
    assert columns[rows == rows.max()].mean() < columns.max() - 5


def test_every_digit_is_centred_and_of_one_size(glyphs):
    for ink in glyphs:
        rows, columns = np.nonzero(ink)
        long = digits_task.HEIGHT * digits_task.DETAIL
        assert max(np.ptp(rows), np.ptp(columns)) + 1 == pytest.approx(long, abs=1)
        for places in (rows, columns):
            assert (places.min() + places.max() + 1) / 2 == pytest.approx(len(ink) / 2, abs=1)
        assert not ink[0].any() and not ink[:, 0].any() and not ink[-1].any() and not ink[:, -1].any()


def test_train_and_test_share_no_font_and_no_family():
    families = ("DejaVu", "STIX", "cm")
    used = {split: {f for f in families for font in FONTS[split] if font.startswith(f)} for split in FONTS}
    assert used == {"train": {"DejaVu", "STIX"}, "test": {"cm"}}
    assert all(len(set(fonts)) == len(fonts) for fonts in FONTS.values())
    train, test = digits_task._glyphs("train"), digits_task._glyphs("test")
    assert train.shape[:2] == (16, 10) and test.shape[:2] == (4, 10)
    assert not train.flags.writeable and not test.flags.writeable  # calls share them
    assert not any((a == b).all() for a in train.reshape(160, -1) for b in test.reshape(40, -1))


@pytest.mark.parametrize("split", FONTS)
def test_balanced_in_random_order_and_in_range(split):
    images, labels = digits(split, 7, 0)
    assert images.shape == (70, 784) and images.dtype == np.float32
    assert labels.shape == (70,) and labels.dtype == np.int64
    assert np.bincount(labels).tolist() == [7] * 10
    assert (np.diff(labels) < 0).any()
    assert images.min() == 0 and images.max() == 1
    ink = images.reshape(70, 28, 28)[:, 8:20, 8:20].mean((1, 2))
    assert (ink > 0.1).all() and (ink < 0.9).all()


def test_the_seed_alone_decides():
    for split in FONTS:
        one, two, other = (digits(split, 2, seed) for seed in ([1, 2], [1, 2], [1, 3]))
        assert all((a == b).all() for a, b in zip(one, two, strict=True))
        assert (one[0] != other[0]).any() and (one[1] != other[1]).any()


def test_the_noise():
    images, _ = digits("train", 40, 0)
    # In the corners there is nothing else; what would be below zero is cut off there.
    corners = images.reshape(-1, 28, 28)[:, [0, 0, -1, -1], [0, -1, 0, -1]]
    assert (corners == 0).mean() == pytest.approx(0.5, abs=0.05)
    assert np.sqrt(2 * (corners**2).mean()) == pytest.approx(0.1, rel=0.05)


@pytest.mark.parametrize("split", FONTS)
def test_every_font_is_used_as_often(monkeypatch, split):
    # Without noise, map or move a picture is its glyph, with DETAIL x DETAIL points to the pixel.
    monkeypatch.setattr(digits_task, "NOISE", 0.0)
    monkeypatch.setattr(digits_task, "MOVE", 0.0)
    monkeypatch.setattr(digits_task, "_maps", lambda rng, n: np.tile(np.eye(2), (n, 1, 1)))
    glyphs = digits_task._glyphs(split)
    n = len(glyphs)
    margin = (28 * digits_task.DETAIL - glyphs.shape[-1]) // 2
    points = np.pad(glyphs, [(0, 0), (0, 0), (margin, margin), (margin, margin)])
    pictures = points.reshape(n, 10, 28, digits_task.DETAIL, 28, -1).mean((3, 5)).reshape(n, 10, 784)
    images, labels = digits(split, 10 * n, 0)
    same = (pictures[:, labels] == images).all(2)
    assert (same.sum(0) == 1).all()
    counts = np.stack([same[:, labels == digit].sum(1) for digit in range(10)])
    assert (counts.sum(1) == 10 * n).all() and chisquare(counts.ravel()).pvalue > 1e-4


def test_pictures_are_maps_of_their_glyph(monkeypatch):
    # Without noise the ink is the glyph's, times the determinant of the map, moved with its centre of mass.
    monkeypatch.setattr(digits_task, "NOISE", 0.0)
    maps = []
    draw, glyphs = digits_task._maps, digits_task._glyphs("train")[0]
    monkeypatch.setattr(digits_task, "_maps", lambda rng, n: maps.append(draw(rng, n)) or maps[-1])
    monkeypatch.setattr(digits_task, "_glyphs", lambda split: glyphs[None])
    images, labels = digits("train", 20, 0)
    pixel = digits_task.DETAIL
    ink = glyphs.sum((1, 2))[labels] / pixel**2 * np.linalg.det(maps[0])
    np.testing.assert_allclose(images.sum(1), ink, rtol=0.03)
    moves = []
    for image, label, matrix in zip(images.reshape(-1, 28, 28), labels, maps[0], strict=True):
        before = np.array(ndimage.center_of_mass(glyphs[label]))[::-1] + 0.5 - glyphs.shape[1] / 2
        after = np.array(ndimage.center_of_mass(image))[::-1] + 0.5 - 14
        moves.append(after - matrix @ before / pixel)
    assert 1.7 < np.abs(moves).max() < 2.05
    # Maps as promised: up to 15 % of stretch, 0.2 of shear and of turn.
    rows, columns = np.linalg.det(maps[0]), np.linalg.norm(maps[0][:, :, 0], axis=1)
    assert 0.85 < columns.min() < 0.88 and 1.12 < columns.max() < 1.15
    assert rows.min() > 0.85**2 and rows.max() < 1.15**2
    turn = np.arctan2(maps[0][:, 1, 0], maps[0][:, 0, 0])
    assert 0.17 < np.abs(turn).max() < 0.2
    straight = np.stack([np.cos(turn), np.sin(turn), -np.sin(turn), np.cos(turn)], 1).reshape(-1, 2, 2)
    upper = straight @ maps[0]
    assert np.abs(upper[:, 1, 0]).max() < 1e-12
    shear = upper[:, 0, 1] / upper[:, 1, 1]
    assert 0.17 < np.abs(shear).max() < 0.2


def test_digits_can_be_read_by_comparing_them_with_others():
    images, labels = digits("train", 150, 0)
    unseen, answers = digits("test", 30, 1)
    distance = (images**2).sum(1) - 2 * unseen @ images.T
    nearest = labels[distance.argmin(1)]
    assert (nearest == answers).mean() > 0.8
    # Pixel by pixel alone, or with labels that belong elsewhere, nothing is known.
    shuffled = np.random.default_rng(0).permutation(answers)
    assert (nearest == shuffled).mean() == pytest.approx(DIGITS_CHANCE.accuracy, abs=0.06)
    assert DIGITS_CHANCE.nats == pytest.approx(math.log(10))
