"""Servers that are made broken: each text is put together from what it can see, and then walked through."""

import math

from minirnn.course.checks import points, same_type, true

CASES = ("none", "tail kept", "state kept", "tail lost", "state lost")
EXAMPLE = [1, 1], [[1, 2], [1], [1]], [True, True, False]


def _serve(case, taps, pieces, new):
    """The outputs of a server that breaks this rule."""
    outputs, before, h = [], [], 0.0
    for number, (piece, begins) in enumerate(zip(pieces, new, strict=True)):
        if number:
            sees_tail = (case == "tail kept") if begins else (case != "tail lost")
            sees_state = (case == "state kept") if begins else (case != "state lost")
            before = before if sees_tail else []
            h = h if sees_state else 0.0
        row, written = before + list(piece), []
        for t in range(len(before), len(row)):
            v = math.fsum(tap * row[t - k] for k, tap in enumerate(taps) if t - k >= 0)
            step = math.log(1 + math.exp(v))
            h = h / (1 + math.exp(v)) + step * v
            written.append(h)
        before = row
        outputs.append(written)
    return outputs


def _answers(case, taps, pieces, new):
    return [[float(f"{y:.10g}") for y in row] for row in _serve(case, taps, pieces, new)]


def _flat(outputs):
    return [y for row in outputs for y in row]


def _distance(server):
    """How far the two cases that are most alike differ at the step that tells them apart best."""
    found = [_flat(_serve(case, *server)) for case in CASES]
    pairs = [(a, b) for i, a in enumerate(found) for b in found[:i]]
    return min(max(abs(x - y) for x, y in zip(a, b, strict=True)) for a, b in pairs)


def _server(rng, lengths, new, n_taps):
    """Random numbers with which the five cases can be told apart."""
    while True:
        taps = [round(rng.uniform(0.3, 1.2) * rng.choice((-1, 1)), 2) for _ in range(n_taps)]
        pieces = [[round(rng.uniform(-2, 2), 2) for _ in range(n)] for n in lengths]
        server = taps, pieces, list(new)
        if _distance(server) > 0.01:
            return server


def _faint(rng):
    """A server whose two cases most alike differ by little more than 0.001."""
    while True:
        taps, pieces, new = _server(rng, (3, 2, 3), (True, False, True), 3)
        pieces[0] = [round(0.1 * x, 3) for x in pieces[0]]
        pieces[1] = [round(0.1 * x, 3) for x in pieces[1]]
        if 0.0011 < _distance((taps, pieces, new)) < 0.01:
            return taps, pieces, new


def probe(rng):
    servers = [
        _server(rng, (3, 2, 4, 3), (True, False, True, False), 3),
        _server(rng, (4, 1, 1, 2, 1, 3), (True, False, False, True, False, False), 4),
        _server(rng, (2, 3, 2), (True, True, False), 2),
        _faint(rng),
    ]
    return [(*server, _answers(case, *server)) for server in servers for case in CASES]


def oracle(taps, pieces, new, outputs):
    """The rule whose broken server answers like this."""
    fits = [
        case
        for case in CASES
        if all(
            math.isclose(a, b, rel_tol=1e-8, abs_tol=1e-8)
            for a, b in zip(_flat(_serve(case, taps, pieces, new)), _flat(outputs), strict=True)
        )
    ]
    return fits[0]


def _ask(learner, server, case, why=""):
    got = learner(*server, _answers(case, *server))
    same_type(got, "str")
    known = ", ".join(f'"{name}"' for name in CASES)
    true(got in CASES, f'You return "{got}", expected one of {known}.')
    true(got == case, f'You say "{got}", but this server is "{case}".{why and " "}{why}')


@points(1)
def test_sound_server(learner, rng):
    """The example, and a server that breaks no rule."""
    _ask(learner, EXAMPLE, "none", "It is the example.")
    _ask(learner, _server(rng, (3, 2, 4, 3), (True, False, True, False), 3), "none")


@points(1)
def test_new_text(learner, rng):
    """What is kept, though a new text begins."""
    server = _server(rng, (4, 3, 4), (True, False, True), 2)
    for case in ("state kept", "tail kept"):
        _ask(learner, EXAMPLE, case, "It is the example.")
        _ask(learner, server, case)


@points(1)
def test_text_goes_on(learner, rng):
    """What is lost, though a text goes on."""
    server = _server(rng, (4, 3, 4), (True, False, True), 2)
    for case in ("state lost", "tail lost"):
        _ask(learner, server, case)


@points(1)
def test_more_taps(learner, rng):
    """Longer tails."""
    for n_taps in (3, 4):
        server = _server(rng, (5, 4, 3, 4), (True, True, False, False), n_taps)
        for case in CASES:
            _ask(learner, server, case, f"There are {n_taps} taps.")


@points(2)
def test_short_pieces(learner, rng):
    """Pieces shorter than the tail, which then reaches back over several of them."""
    server = _server(rng, (3, 1, 1, 2, 1, 1), (True, False, False, True, False, False), 4)
    for case in CASES:
        _ask(learner, server, case, "Some of its pieces are shorter than the tail.")


@points(1)
def test_first_seen_later(learner):
    """A tail that is kept shows for the first time one piece later, where the text goes on."""
    server = [1, 0, 1], [[2], [1], [1, 0.5]], [True, True, False]
    later = [1, 0, 1], [[2, 0], [1], [1, 0.5]], [True, True, False]
    for each in (server, later):
        for case in ("tail kept", "state kept", "none"):
            _ask(learner, each, case)


@points(1)
def test_one_fault_many_places(learner, rng):
    """Many texts in a row."""
    server = _server(rng, (2, 3, 2, 3, 2, 2), (True, True, False, True, True, False), 3)
    for case in CASES:
        _ask(learner, server, case)


@points(1)
def test_little_difference(learner, rng):
    """Cases that differ by little more than 0.001."""
    server = _faint(rng)
    for case in CASES:
        _ask(learner, server, case, "Two of the five cases differ by less than 0.01 here.")


@points(1, graded=True)
def test_many(learner, rng):
    """Other servers."""
    for _ in range(6):
        count = rng.randint(3, 6)
        new = [True, False, True, *(rng.random() < 0.5 for _ in range(count - 3))]
        server = _server(rng, [rng.randint(1, 4) for _ in range(count)], new, rng.randint(2, 4))
        for case in CASES:
            _ask(learner, server, case)
