# verdict: right
# what: Keeps track of where the document begins and writes each line in three parts.
# diagnosis: none
"""Which step may look at which."""


def window_mask(documents: list[int], window: int) -> list[list[bool]]:

    table, begin = [], 0
    for t, document in enumerate(documents):
        if t and document != documents[t - 1]:
            begin = t
        low = max(begin, t + 1 - window)
        table.append([False] * low + [True] * (t + 1 - low) + [False] * (len(documents) - t - 1))
    return table
