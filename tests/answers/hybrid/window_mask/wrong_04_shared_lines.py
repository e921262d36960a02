# verdict: wrong
# what: Builds the table as [[False] * n] * n, so all lines are the same list.
# diagnosis: Multiplying a list of lists copies the reference, not the line: whatever is set in one line is set in all.
# told: mistake one_line_for_all
"""Which step may look at which."""


def window_mask(documents: list[int], window: int) -> list[list[bool]]:

    n = len(documents)
    table = [[False] * n] * n
    for t in range(n):
        for s in range(max(0, t - window + 1), t + 1):
            if documents[s] == documents[t]:
                table[t][s] = True
    return table
