"""A cell with the learner's pushes reads strings, and is compared with counting by hand."""

import math

from minirnn.course.checks import close, points, same_type, true

SYMBOLS = "ab-#?"
NAMES = ("z_i", "z_f", "z_g", "z_o")
CELL, STATE = 1e-3, 1e-6  # how far off the cell may be after 1,000 symbols, and h at any step


def probe(rng):
    return [(symbol,) for symbol in SYMBOLS]


def oracle(symbol):
    """One of many right answers: a row of a table."""
    table = {"a": "+++-", "b": "++--", "-": "-++-", "#": "--+-", "?": "-+++"}
    return tuple(30.0 if sign == "+" else -30.0 for sign in table[symbol])


def _squash(z):
    return 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z))


def _table(learner, symbols=SYMBOLS):
    """The gates of each symbol, from the pushes that the learner gives."""
    gates = {}
    for symbol in symbols:
        got = learner(symbol)
        if not isinstance(got, list):
            same_type(got, "tuple")
        true(
            len(got) == 4,
            f'For "{symbol}" you return {len(got)} numbers, expected four: z_i, z_f, z_g and z_o.',
        )
        for name, z in zip(NAMES, got, strict=True):
            same_type(z, "float")
            true(-50 <= z <= 50, f'For "{symbol}" your {name} is {z:g}, expected a number from -50 to 50.')
        i, f, g, o = (float(z) for z in got)
        gates[symbol] = _squash(i), _squash(f), math.tanh(g), _squash(o)
    return gates


def _read(gates, string):
    """The cell and h after each symbol."""
    c, seen = 0.0, []
    for symbol in string:
        i, f, g, o = gates[symbol]
        c = f * c + i * g
        seen.append((c, o * math.tanh(c)))
    return seen


def _counts(string):
    """The count after each symbol, of Python's own integers."""
    count, seen = 0, []
    for symbol in string:
        count = {"a": count + 1, "b": count - 1, "#": 0}.get(symbol, count)
        seen.append(count)
    return seen


def _say(gates, symbol):
    i, f, g, o = gates[symbol]
    return f'At "{symbol}" your gates are i = {i:.4g}, f = {f:.4g}, o = {o:.4g}, and g = {g:.4g}.'


def _cell(gates, string, why=""):
    """The cell is where it should be after each symbol of the string."""
    for t, ((c, _), count) in enumerate(zip(_read(gates, string), _counts(string), strict=True)):
        read = f'"{string[: t + 1]}"' if t < 12 else f"{t + 1} symbols"
        true(
            abs(c - count) <= CELL,
            f"After {read} your cell is {c:.6g}, expected {count}. {_say(gates, string[t])} {why}".rstrip(),
        )


@points(1)
def test_form(learner):
    _table(learner)


@points(2)
def test_up_and_down(learner):
    """An a counts up, a b counts down."""
    gates = _table(learner, "ab")
    _cell(gates, "a", "An a adds i times g to the cell.")
    _cell(gates, "b", "A b adds i times g to the cell, and this must be -1.")
    _cell(gates, "aaab", "What has been counted is kept by f.")
    _cell(gates, "aaabbbbb", "What has been counted is kept by f.")


@points(1)
def test_nothing_happens(learner):
    """The dash leaves the cell as it is."""
    gates = _table(learner, "ab-")
    for string in ("-", "aa-a", "bb---b"):
        _cell(gates, string, "A dash must add nothing, and keep what is there.")


@points(1)
def test_begin_again(learner):
    """A new beginning."""
    gates = _table(learner, "ab#")
    for string in ("#", "aaa#", "aa#bb", "b##a"):
        _cell(gates, string, "At # nothing is kept, and nothing is written.")


@points(1)
def test_question_keeps(learner):
    """The question changes nothing in the cell."""
    gates = _table(learner)
    for string in ("?", "aa?a", "b?b?"):
        _cell(gates, string, "A question must add nothing, and keep what is there.")


@points(2)
def test_shown(learner):
    """h is tanh(c) at a question, and 0 elsewhere."""
    gates = _table(learner)
    for string in ("aab-a?", "aab#bb?", "a?b?b?", "-a-#?"):
        for t, (c, h) in enumerate(_read(gates, string)):
            asked = string[t] == "?"
            wanted, name = (math.tanh(c), "tanh(c)") if asked else (0.0, "0, because nobody asks")
            true(
                abs(h - wanted) <= STATE,
                f'After "{string[: t + 1]}" your h is {h:.6g}, expected {wanted:.6g}: {name}. '
                f"{_say(gates, string[t])}",
            )


@points(2)
def test_a_thousand(learner):
    """A thousand symbols, of which a gate that is nearly open lets too much slip."""
    gates = _table(learner)
    for string in ("a" * 500 + "b" * 500, "a" * 500 + "-" * 499 + "?", "ab" * 499 + "#?", "b" * 1000):
        _cell(
            gates, string, "A gate that is nearly open, or nearly shut, adds up over many steps: push harder."
        )


@points(2, graded=True)
def test_many(learner, rng):
    """Strings by chance; the count of the cell, rounded, is right, and so is what is shown."""
    gates = _table(learner)
    for _ in range(10):
        string = "".join(rng.choice("aaabb-?" + "#" * (t % 50 == 0)) for t in range(1000))
        seen, counts = _read(gates, string), _counts(string)
        _cell(gates, string)
        shown = [
            math.tanh(count) if symbol == "?" else 0.0 for symbol, count in zip(string, counts, strict=True)
        ]
        close([c for c, _ in seen], counts, CELL, what="the list of cells")
        close([h for _, h in seen], shown, CELL, what="the list of states")
