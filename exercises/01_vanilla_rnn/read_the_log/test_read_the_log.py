"""read_the_log: what was forgotten in a training, told by its log."""

import math

from minirnn.course.checks import points, same_type, true, unchanged

NAMES = ("start", "copies", "explodes", "forgets", "fine")
EXAMPLE = (100, [4.6, 3.1, 2.4], [0.5, 2.0, 1.2], [2.6, 2.0, 1.9])
THREE_STEPS = (2, [0.7, 0.6, 0.5], [3.0, 0.1, 0.1], [0.6, 0.2])


def probe(rng):
    kinds = [*MAKERS, "start", "explodes", "forgets", "fine"]
    return [EXAMPLE, THREE_STEPS, *(_log(rng, how, V) for how in kinds for V in (40, 103, 260))]


def oracle(V, losses, norms, by_place):
    # Without logarithms and without sorting: of V and exp(loss), neither is e times the other; more than half
    # of all gradients are shorter than a twentieth of the longest.
    signs = {
        "start": max(V / math.exp(losses[0]), math.exp(losses[0]) / V) > math.e,
        "copies": math.exp(-losses[-1]) > math.exp(-0.1),
        "explodes": sum(norm < max(norms) / 20 for norm in norms) > len(norms) / 2,
        "forgets": by_place[-1] + 0.2 > by_place[0],
    }
    return next((name for name, shown in signs.items() if shown), "fine")


def _log(rng, how, V=103):
    """A log with that fault, and no other."""
    start = math.log(V)
    log = {
        "losses": [
            start + rng.uniform(-0.2, 0.2),
            *sorted((rng.uniform(1.6, 3) for _ in range(13)), reverse=True),
            rng.uniform(1.2, 1.6),
        ],
        "norms": [rng.uniform(0.8, 1.25) for _ in range(45)],
        "by_place": [rng.uniform(2.5, 2.8), *(rng.uniform(1.7, 2) for _ in range(8))],
    }
    MAKERS[how](rng, log)
    return V, log["losses"], log["norms"], log["by_place"]


def _start_high(rng, log):
    log["losses"][0] += rng.uniform(1.5, 30)


def _start_low(rng, log):
    log["losses"][0] -= rng.uniform(1.5, 3)


def _start_and_all_the_rest(rng, log):
    _start_high(rng, log)
    log["losses"][-1], log["norms"][2], log["by_place"][-1] = 0.02, 900.0, 2.9


def _copies(rng, log):
    log["losses"][-2:] = [0.3, rng.uniform(0.001, 0.05)]


def _copies_and_explodes(rng, log):
    _copies(rng, log)
    _explodes(rng, log)


def _explodes(rng, log, size=100.0, place=9):
    log["norms"][place] = size * rng.uniform(1, 20)


def _explodes_a_little(rng, log):
    log["norms"][9] = rng.uniform(30, 31)  # no 20 times the mean


def _all_of_them_short(rng, log):
    _explodes(rng, log)
    log["norms"] = [norm / 1000 for norm in log["norms"]]


def _all_of_them_long(rng, log):
    log["norms"] = [norm * 1000 for norm in log["norms"]]


def _explodes_and_forgets(rng, log):
    _explodes(rng, log)
    _forgets(rng, log)


def _forgets(rng, log):
    log["by_place"] = [rng.uniform(2.3, 2.35) for _ in range(9)]


def _gets_worse(rng, log):
    log["by_place"] = [2.3 + 0.1 * place for place in range(9)]


def _forgets_where_all_is_cheap(rng, log):
    log["by_place"] = [0.35, *(rng.uniform(0.2, 0.25) for _ in range(8))]  # a third cheaper


def _little_but_enough(rng, log):
    log["by_place"] = [2.6, *(rng.uniform(2.2, 2.3) for _ in range(8))]  # an eighth cheaper


def _easy_piece(rng, log):
    log["losses"][rng.randrange(3, 10)] = 0.03  # one easy piece of text on the way


def _short(place):
    def make(rng, log):
        log["norms"][place] = rng.uniform(0.001, 0.01)

    return make


MAKERS = {
    "start": _start_high,
    "start, below": _start_low,
    "start, and all the rest": _start_and_all_the_rest,
    "copies": _copies,
    "copies, and explodes": _copies_and_explodes,
    "explodes": _explodes,
    "explodes, a little": _explodes_a_little,
    "explodes, with all of them short": _all_of_them_short,
    "explodes, in the middle of the list": lambda rng, log: _explodes(rng, log, place=22),
    "explodes, and forgets": _explodes_and_forgets,
    "forgets": _forgets,
    "forgets, and gets worse": _gets_worse,
    "forgets, with cheap guesses": _forgets_where_all_is_cheap,
    "fine": lambda rng, log: None,
    "fine, with dear guesses": _little_but_enough,
    "fine, with an easy piece": _easy_piece,
    "fine, with a short first gradient": _short(0),
    "fine, with a short gradient": _short(5),
    "fine, with a short gradient in the middle of the list": _short(22),
    "fine, with all gradients long": _all_of_them_long,
}


def _same(got, expected, what):
    true(got == expected, f"{what} is {got!r}, expected {expected!r}.")


def _check(learner, rng, *kinds):
    for how in kinds:
        for V in (40, 103, 260):
            what = f"The name for a log of the kind {how!r} with V = {V}"
            log = _log(rng, how, V)
            _same(learner(*log), oracle(*log), what)


@points(1)
def test_type(learner):
    got = learner(*EXAMPLE)
    same_type(got, "str")
    true(got in NAMES, f"Your answer is {got!r}, expected one of {', '.join(map(repr, NAMES))}.")
    _same(got, "fine", "The name for the log of the example")


@points(2)
def test_start(learner, rng):
    _check(learner, rng, "fine", "start", "start, below")


@points(2)
def test_copies(learner, rng):
    _check(learner, rng, "copies", "fine, with an easy piece")


@points(2)
def test_explodes(learner, rng):
    _check(learner, rng, *(how for how in MAKERS if "gradient" in how or how.startswith("explodes")))


@points(2)
def test_forgets(learner, rng):
    _check(learner, rng, "forgets", "forgets, and gets worse")
    _check(learner, rng, "forgets, with cheap guesses", "fine, with dear guesses")


@points(1)
def test_the_first_that_fits(learner, rng):
    _check(learner, rng, "start, and all the rest", "copies, and explodes", "explodes, and forgets")


@points(1)
def test_short_lists(learner):
    name = "The name for a log of three steps, the first far too long,"
    _same(learner(*THREE_STEPS), "explodes", name)
    unchanged(learner)
    _same(learner(2, [0.7], [1.0], [0.6, 0.2]), "fine", "The name for a log of one step with V = 2")
    _same(learner(2, [0.7], [1.0], [0.6, 0.6]), "forgets", "The name if the second guess costs as much")


@points(1, graded=True)
def test_all_of_them(learner, rng):
    _check(learner, rng, *MAKERS)
