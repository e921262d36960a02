# verdict: wrong
# what: Lets each step see `window` steps before itself, and itself on top.
# diagnosis: The window counts the step itself, so the oldest step it reaches is t - window + 1.
# told: mistake one_more_than_the_window
"""Which step may look at which."""


def window_mask(documents: list[int], window: int) -> list[list[bool]]:

    n = len(documents)
    return [
        [s <= t and t - s <= window and documents[s] == documents[t] for s in range(n)] for t in range(n)
    ]
