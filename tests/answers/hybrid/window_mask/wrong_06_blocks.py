# verdict: wrong
# what: Cuts the row into blocks of `window` steps, and lets a step see its own block up to itself.
# diagnosis: A window slides along with the step; fixed blocks leave the first step of each block with no memory.
# told: mistake fixed_blocks
"""Which step may look at which."""


def window_mask(documents: list[int], window: int) -> list[list[bool]]:

    table = []
    for t, mine in enumerate(documents):
        row = []
        for s, other in enumerate(documents):
            row.append(s <= t and s // window == t // window and other == mine)
        table.append(row)
    return table
