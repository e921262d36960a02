"""Which step may look at which."""


def window_mask(documents: list[int], window: int) -> list[list[bool]]:
    """The mask of local attention over a row in which several documents stand one after the other.

    Args:
        documents: the number of the document to which each step belongs. Equal numbers stand side by side.
        window: how many steps a step may look at, itself among them, at least 1.

    Returns:
        One list for each step that looks, and in it one bool for each step that is looked at.
    """
    # BEGIN SOLUTION
    return [
        [0 <= t - s < window and documents[s] == documents[t] for s in range(len(documents))]
        for t in range(len(documents))
    ]
    # END SOLUTION
