"""The mask of local attention, with and without documents."""

from minirnn.course.checks import equal, points, same_type, true, unchanged

EXAMPLE = ([7, 7, 7, 2, 2], 2)


def probe(rng):
    return [
        EXAMPLE,
        ([4] * 6, 3),
        ([1, 1, 1, 9, 9, 9, 9, 9], 3),
        ([5, 3, 3, 3, 8, 8], 10),
        ([2, 2, 2, 2], 1),
        ([3, 0, 0, 0, 1], 2),
        ([6, 6, 6], 3),
        ([], 3),
        _case(rng),
    ]


def _case(rng, longest=5):
    documents = []
    for number in rng.sample(range(-20, 20), rng.randint(2, 4)):
        documents += [number] * rng.randint(1, longest)
    return documents, rng.randint(1, 6)


def oracle(documents, window):
    """A row of False, into which each step writes, walking back until it must stop."""
    table = []
    for t in range(len(documents)):
        line, s = [False] * len(documents), t
        for _ in range(window):
            if s < 0 or documents[s] != documents[t]:
                break
            line[s] = True
            s -= 1
        table.append(line)
    return table


def _check(learner, documents, window):
    got, expected = learner(documents, window), oracle(documents, window)
    same_type(got, "list")
    steps = len(documents)
    true(len(got) == steps, f"The table has {len(got)} lines, expected {steps}, one for each step.")
    for t, line in enumerate(got):
        same_type(line, "list")
        true(len(line) == steps, f"Line {t} of the table has {len(line)} entries, expected {steps}.")
        for s, entry in enumerate(line):
            same_type(entry, "bool")
            if entry != expected[t][s]:
                which = "may" if expected[t][s] else "may not"
                true(
                    False,
                    f"For the documents {documents} and a window of {window} your table says {entry} at "
                    f"[{t}][{s}], but step {t} {which} look at step {s}.",
                )


@points(1)
def test_itself(learner):
    """A window of 1: each step sees itself."""
    _check(learner, [3, 3, 3], 1)


@points(1)
def test_one_document(learner):
    """One document alone."""
    for window in (2, 3):
        _check(learner, [4] * 6, window)


@points(1)
def test_long_window(learner):
    """A window as long as the row, and longer: all of the past."""
    for window in (5, 6, 100):
        _check(learner, [0] * 5, window)


@points(2)
def test_documents(learner):
    """Several documents."""
    _check(learner, *EXAMPLE)
    for documents in ([1, 1, 1, 9, 9, 9, 9, 9], [5, 3, 3, 3, 8, 8], [0, 1, 2, 3], [-1, -1, 0, 0, 0]):
        for window in (1, 3, 10):
            _check(learner, documents, window)


@points(1)
def test_corners(learner):
    """No step at all, and one."""
    equal(learner([], 4), [], what="the table of an empty row")
    _check(learner, [6], 1)
    _check(learner, [6], 9)


@points(1)
def test_unchanged(learner):
    """The list is as it was."""
    _check(learner, [7, 7, 2], 2)
    unchanged(learner)


@points(1, graded=True)
def test_many(learner, rng):
    """Other rows."""
    for _ in range(12):
        _check(learner, *_case(rng, 9))
