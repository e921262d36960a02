"""What goes wrong in the mask of local attention, and other ways to make it."""


def one_more_than_the_window(documents, window):
    """Your window has one step too many: it counts the step itself, so the largest distance is window - 1.
    (The released code of Griffin does let through one more.)"""
    steps = range(len(documents))
    return [[0 <= t - s <= window and documents[s] == documents[t] for s in steps] for t in steps]


def documents_mixed(documents, window):
    """Your steps look into other documents. Two steps may be near each other and still be strangers."""
    steps = range(len(documents))
    return [[0 <= t - s < window for s in steps] for t in steps]


def looks_ahead(documents, window):
    """Your steps look ahead: you take the distance without its sign. A step may see what came before it, not
    what is still to come."""
    steps = range(len(documents))
    return [[abs(t - s) < window and documents[s] == documents[t] for s in steps] for t in steps]


def right_by_writing(documents, window):
    """A table of False, in which True is written."""
    table = [[False for _ in documents] for _ in documents]
    for t in range(len(documents)):
        for s in range(max(0, t - window + 1), t + 1):
            table[t][s] = documents[s] == documents[t]
    return table


def right_by_starts(documents, window):
    """With the beginning of each step's document."""
    table = []
    for t, number in enumerate(documents):
        low = max(documents.index(number), t - window + 1)
        table.append([False] * low + [True] * (t + 1 - low) + [False] * (len(documents) - t - 1))
    return table
