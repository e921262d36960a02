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


def _near(number):
    """Four digits, also of what is missing to 1 or -1."""
    if 1 - 5e-4 < abs(number) < 1:
        return f"{'1 - ' if number > 0 else '-1 + '}{1 - abs(number):.2g}"
    return f"{number:.4g}"


def _say(gates, symbol):
    i, f, g, o = gates[symbol]
    return f'At "{symbol}" your gates are i = {_near(i)}, f = {_near(f)}, o = {_near(o)}, and g = {_near(g)}.'


def _why(gates, symbol):
    """What is wrong with the cell at this symbol, in a sentence."""
    i, f, g, _ = gates[symbol]
    step, wanted = i * g, {"a": 1, "b": -1}.get(symbol, 0)
    if symbol == "#" and f > 0.5:
        return "The keep gate is open, so the old count stays: to begin again it must be shut."
    if not wanted and abs(step) > 0.01:
        return "Nothing may be written here: shut the write gate, or let the candidate be 0."
    if wanted and abs(step) < 0.01:
        return f"Nothing is written: a step must be {wanted:+}, so g is {wanted:+} and the write gate open."
    if step * wanted < 0:
        return "It counts the wrong way: is the order z_i, z_f, z_g, z_o, and has g the right sign?"
    if symbol != "#" and f < 0.5:
        return "The keep gate is shut, so what was counted before is lost."
    if wanted and abs(step - wanted) > 0.01:
        return f"A step is i times g, and must be {wanted:+}: push i and g harder."
    return "Nearly open or nearly shut adds up to a fault over many steps: push harder."


def _cell(gates, string):
    """The cell is where it should be after each symbol of the string."""
    for t, ((c, _), count) in enumerate(zip(_read(gates, string), _counts(string), strict=True)):
        read = f'"{string[: t + 1]}"' if t < 12 else f"{t + 1} symbols"
        true(
            abs(c - count) <= CELL,
            f"After {read} your cell is {c:.6g}, expected {count}. {_say(gates, string[t])} "
            f"{_why(gates, string[t])}",
        )


@points(1)
def test_form(learner):
    _table(learner)


@points(2)
def test_up_and_down(learner):
    """An a counts up, a b counts down."""
    gates = _table(learner, "ab")
    _cell(gates, "a")
    _cell(gates, "b")
    _cell(gates, "aaab")
    _cell(gates, "aaabbbbb")


@points(1)
def test_nothing_happens(learner):
    """The dash leaves the cell as it is."""
    gates = _table(learner, "ab-")
    for string in ("-", "aa-a", "bb---b"):
        _cell(gates, string)


@points(1)
def test_begin_again(learner):
    """A new beginning."""
    gates = _table(learner, "ab#")
    for string in ("#", "aaa#", "aa#bb", "b##a"):
        _cell(gates, string)


@points(1)
def test_question_keeps(learner):
    """The question changes nothing in the cell."""
    gates = _table(learner)
    for string in ("?", "aa?a", "b?b?"):
        _cell(gates, string)


@points(2)
def test_shown(learner):
    """h is tanh(c) at a question, and 0 elsewhere."""
    gates = _table(learner)
    for string in ("aab-a?", "aab#bb?", "a?b?b?", "-a-#?"):
        for t, (c, h) in enumerate(_read(gates, string)):
            asked, o = string[t] == "?", gates[string[t]][3]
            wanted = math.tanh(c) if asked else 0.0
            if asked:
                why = "The show gate must be open when somebody asks."
            elif o > 0.5:
                why = "Nobody asks, so the show gate must be shut."
            else:
                why = "The show gate is only nearly shut: push harder."
            true(
                abs(h - wanted) <= STATE,
                f'After "{string[: t + 1]}" your h is {h:.6g}, expected {wanted:.6g}. '
                f"{_say(gates, string[t])} {why}",
            )


@points(2)
def test_a_thousand(learner):
    """A thousand symbols, of which a gate that is nearly open lets too much slip."""
    gates = _table(learner)
    for string in ("a" * 500 + "b" * 500, "a" * 500 + "-" * 499 + "?", "ab" * 499 + "#?", "b" * 1000):
        _cell(gates, string)


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
