# verdict: right
# what: Makes the table of all steps but the last by recursion, and adds a column and a line.
# diagnosis: none
"""Which step may look at which."""


def window_mask(documents: list[int], window: int) -> list[list[bool]]:

    if not documents:
        return []
    *before, mine = documents
    table = [line + [False] for line in window_mask(before, window)]
    distance = range(len(before), 0, -1)
    table.append([d < window and doc == mine for d, doc in zip(distance, before)] + [True])
    return table
