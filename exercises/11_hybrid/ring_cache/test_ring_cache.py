"""The ring, against what is known of each position."""

from minirnn.course.checks import equal, points, same_type, true, unchanged


def _text(rng, length):
    """Keys, all different, some of them zero or below."""
    keys = rng.sample(range(-50, 50), length)
    if length:
        keys[rng.randrange(length)] = 0
    return [0.0 if key == 0 else key + 0.5 for key in keys]


def _ring(text, window):
    """The ring after a whole text: who is the last in each slot?"""
    slots = {}
    for position, key in enumerate(text):
        slots[position % window] = key
    return [slots.get(j) for j in range(window)]


def _case(rng, window, seen, fresh):
    text = _text(rng, seen + fresh)
    return _ring(text[:seen], window), seen, text[seen:]


def oracle(ring, seen, new):
    """By position: what is known of each, and then the newest ones."""
    window, known = len(ring), {}
    for slot, key in enumerate(ring):
        if key is not None:
            known[seen - 1 - (seen - 1 - slot) % window] = key
    known.update({seen + i: key for i, key in enumerate(new)})
    text = sorted(known.items())
    views = [
        [key for position, key in text if p - window < position <= p] for p in range(seen, seen + len(new))
    ]
    after = [None] * window
    for position, key in text:
        after[position % window] = key
    return views, after


def probe(rng):
    sizes = [(3, 4, 2), (4, 0, 3), (4, 2, 6), (5, 13, 1), (3, 8, 7), (1, 2, 2), (6, 3, 2), (4, 9, 4)]
    return [_case(rng, *each) for each in sizes] + [([4.0, 2.0, 3.0], 4, [5.0, 6.0])]


def _check(learner, ring, seen, new):
    got = learner(ring, seen, new)
    true(
        isinstance(got, (tuple, list)) and len(got) == 2,
        "Return two things, as in `return views, after`.",
    )
    views, after = got
    same_type(views, "list")
    same_type(after, "list")
    expected, last = oracle(ring, seen, new)
    true(
        len(views) == len(new), f"There are {len(views)} views, expected {len(new)}, one for each new token."
    )
    for i, (view, right) in enumerate(zip(views, expected, strict=True)):
        same_type(view, "list")
        equal(view, right, what=f"what the new token {i} sees, with ring {ring}, seen {seen} and new {new},")
    equal(after, last, what=f"the ring after ring {ring}, seen {seen} and new {new}")


@points(1)
def test_first_tokens(learner, rng):
    """A fresh ring that does not become full."""
    for window, fresh in ((4, 1), (4, 3), (5, 5)):
        _check(learner, *_case(rng, window, 0, fresh))


@points(1)
def test_one_token(learner, rng):
    """One token, with a full ring."""
    for window, seen in ((3, 3), (3, 5), (4, 8), (5, 13)):
        _check(learner, *_case(rng, window, seen, 1))


@points(1)
def test_not_full(learner, rng):
    """One token, with a ring that is not full yet."""
    for window, seen in ((4, 2), (6, 1), (6, 5)):
        _check(learner, *_case(rng, window, seen, 1))


@points(2)
def test_several(learner, rng):
    """Several tokens at once; first the example."""
    _check(learner, [4.0, 2.0, 3.0], 4, [5.0, 6.0])
    for window, seen, fresh in ((4, 9, 3), (5, 7, 5), (6, 3, 2), (4, 2, 4)):
        _check(learner, *_case(rng, window, seen, fresh))


@points(1)
def test_more_than_the_ring(learner, rng):
    """More tokens than slots."""
    for window, seen, fresh in ((3, 0, 8), (3, 8, 7), (4, 2, 11), (1, 3, 3)):
        _check(learner, *_case(rng, window, seen, fresh))


@points(1)
def test_none(learner, rng):
    """No new tokens."""
    for window, seen in ((3, 0), (3, 2), (4, 9)):
        _check(learner, *_case(rng, window, seen, 0))


@points(1)
def test_unchanged(learner, rng):
    """The ring that came in is as it was."""
    _check(learner, *_case(rng, 3, 5, 2))
    unchanged(learner)


@points(1, graded=True)
def test_many(learner, rng):
    """Other sizes."""
    for _ in range(15):
        _check(learner, *_case(rng, rng.randint(1, 7), rng.randint(0, 20), rng.randint(0, 15)))
