# verdict: wrong
# what: Uses the document's number as a truth value, so document 0 sees nothing.
# diagnosis: 0 is a document's number like any other; nothing in the task says that it is padding.
# told: mistake zero_is_no_document
"""Which step may look at which."""


def window_mask(documents: list[int], window: int) -> list[list[bool]]:

    n = len(documents)
    table = [[False for _ in range(n)] for _ in range(n)]
    for t in range(n):
        for s in range(t + 1):
            if t - s < window and documents[t] and documents[s] == documents[t]:
                table[t][s] = True
    return table
