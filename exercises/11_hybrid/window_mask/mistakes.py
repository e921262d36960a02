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


def _table(documents, may):
    return [[may(t, s) for s in range(len(documents))] for t in range(len(documents))]


def lines_are_looked_at(documents, window):
    """Your table is transposed. A line belongs to the step that looks, so `table[t][s]` has the later step
    first."""
    return _table(documents, lambda t, s: 0 <= s - t < window and documents[s] == documents[t])


def one_line_for_all(documents, window):
    """All lines of your table are one and the same list. Multiplying a list of lists does not copy the line,
    so what is set in one is set in all: make each line anew."""
    table = [[False] * len(documents)] * len(documents)
    for t, number in enumerate(documents):
        for s in range(max(0, t - window + 1), t + 1):
            if documents[s] == number:
                table[t][s] = True
    return table


def start_below_zero(documents, window):
    """The window of an early step begins below 0 in your program, and Python counts a negative place from the
    end. Begin no lower than 0."""
    table = []
    for t, number in enumerate(documents):
        line = [False] * len(documents)
        for s in range(len(documents))[t - window + 1 : t + 1]:
            line[s] = documents[s] == number
        table.append(line)
    return table


def fixed_blocks(documents, window):
    """You cut the row into blocks, and the first step of a block then has no past. A window slides along with
    the step that looks."""
    return _table(
        documents, lambda t, s: s <= t and s // window == t // window and documents[s] == documents[t]
    )


def documents_in_order_of_numbers(documents, window):
    """You put the documents in the order of their numbers. The numbers are only labels, and the documents
    stand in the order of the row."""
    row = [number for number in sorted(set(documents)) for _ in range(documents.count(number))]
    return _table(row, lambda t, s: 0 <= t - s < window and row[s] == row[t])


def long_window_shortened(documents, window):
    """You shorten a window that is as long as the row by one. The window counts the step itself, so the last
    of n steps may see all n."""
    window = len(documents) - 1 if window >= len(documents) else window
    return _table(documents, lambda t, s: 0 <= t - s < window and documents[s] == documents[t])


def zero_is_no_document(documents, window):
    """Document 0 sees nothing in your table. 0 is a number like any other here, but as a condition it counts
    as false."""
    return _table(
        documents, lambda t, s: 0 <= t - s < window and documents[s] == documents[t] and documents[t] != 0
    )


def only_the_neighbour_compared(documents, window):
    """You look for a border only between a step and the one before it. A border hides all that lies behind
    it: compare the documents of the two steps themselves."""
    return _table(
        documents, lambda t, s: 0 <= t - s < window and not (t - s == 1 and documents[s] != documents[t])
    )


def window_ignored(documents, window):
    """Your steps see all of their past. With a window they see the newest steps and no others."""
    return _table(documents, lambda t, s: s <= t and documents[s] == documents[t])


def blind_to_itself(documents, window):
    """Your steps do not see themselves. The step that looks is one of those that it may look at."""
    return _table(documents, lambda t, s: 0 < t - s < window and documents[s] == documents[t])


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
