"""What goes wrong when a cell is set by hand, and other ways to set it."""

PUSH = 30.0


def _row(signs, push=PUSH):
    return tuple(push if sign == "+" else -push if sign == "-" else 0.0 for sign in signs)


def gates_instead_of_pushes(symbol):
    """You return what the gates should be. Your numbers still go through the squeezes, which make of 1 only
    0.73, and of 0 one half. Return what is squeezed."""
    table = {"a": (1, 1, 1, 0), "b": (1, 1, -1, 0), "-": (0, 1, 0, 0), "#": (0, 0, 0, 0), "?": (0, 1, 0, 1)}
    return tuple(float(z) for z in table[symbol])


def candidate_of_one(symbol):
    """You push 1 into the candidate, and tanh makes 0.76 of it. To be 1, the candidate needs a large push,
    too."""
    table = {"a": "+++-", "b": "++--", "-": "-+0-", "#": "--0-", "?": "-+0+"}
    i, f, g, o = _row(table[symbol], 37.5)  # as nobody pushes, so that only the candidate is recognised
    return i, f, g / 37.5, o


def new_beginning_keeps(symbol):
    """Your cell keeps its count at #. To begin again, the keep gate must be shut there."""
    table = {"a": "+++-", "b": "++--", "-": "-++-", "#": "-++-", "?": "-+++"}
    return _row(table[symbol])


def always_shown(symbol):
    """Your show gate is always open. h must be 0 unless somebody asks."""
    table = {"a": "++++", "b": "++-+", "-": "-+++", "#": "--++", "?": "-+++"}
    return _row(table[symbol])


def pushes_too_weak(symbol):
    """Your pushes are too weak: a gate that is only nearly open or nearly shut loses a little at each
    step."""
    table = {"a": "+++-", "b": "++--", "-": "-++-", "#": "--+-", "?": "-+++"}
    return _row(table[symbol], 8.0)


def right_no_candidate(symbol):
    """The write gate is always open; the candidate is 0 where nothing should be written."""
    table = {"a": "+++-", "b": "++--", "-": "++0-", "#": "+-0-", "?": "++0+"}
    return _row(table[symbol], 40.0)


def right_by_rules(symbol):
    """Push by push."""
    up, down = symbol == "a", symbol == "b"
    return (
        35.0 if up or down else -45.0,
        -45.0 if symbol == "#" else 45.0,
        25.0 * (up - down),
        float({"?": 50}.get(symbol, -50)),
    )
