# verdict: wrong
# what: Makes the table with the step that is looked at as the row.
# diagnosis: The line belongs to the step that looks, so table[t][s] has the later step first.
# told: mistake lines_are_looked_at
"""Which step may look at which."""


def window_mask(documents: list[int], window: int) -> list[list[bool]]:

    table = []
    for s in range(len(documents)):
        line = []
        for t in range(len(documents)):
            ok = s <= t < s + window and documents[s] == documents[t]
            line.append(ok)
        table.append(line)
    return table
