# verdict: wrong
# what: Shortens a window that is longer than the row to n - 1 steps.
# diagnosis: The window holds the step itself, so in a row of n steps the last one may see all n; no shortening is needed, and n - 1 is one too few.
# told: mistake long_window_shortened
"""Which step may look at which."""


def window_mask(documents: list[int], window: int) -> list[list[bool]]:

    n = len(documents)
    if window >= n:
        window = n - 1
    table = []
    for t in range(n):
        table.append([0 <= t - s < window and documents[t] == documents[s] for s in range(n)])
    return table
