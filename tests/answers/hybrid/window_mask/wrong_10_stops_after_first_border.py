# verdict: wrong
# what: Compares each step with its left neighbour alone and blocks only that one entry at a border.
# diagnosis: A border hides everything before it, not just the one step next to it; compare the documents of t and s themselves.
# told: mistake only_the_neighbour_compared
"""Which step may look at which."""


def window_mask(documents: list[int], window: int) -> list[list[bool]]:

    n = len(documents)
    table = []
    for t in range(n):
        row = []
        for s in range(n):
            inside = t - window < s <= t
            border = s + 1 <= t and s == t - 1 and documents[s] != documents[t]
            row.append(inside and not border)
        table.append(row)
    return table
