# verdict: right
# what: Uses np.convolve and gives a list.
# diagnosis: none
import numpy as np


def from_one_clap(
    silence: list[float], clap: list[float], when: int, loudness: float, x: list[float]
) -> list[float]:
    """The answer of a box to the claps x, from two recordings.

    Args:
        silence: recorded when nothing was done, T numbers:
            what sounds from before.
        clap: recorded with a single clap, T numbers.
        when: the step of this clap.
        loudness: of this clap; not 0.
        x: claps, n numbers, from step 0 on; n <= T - when.

    Returns:
        The n numbers that the box answers; it still sounds
        from before.
    """
    added = (np.array(clap) - np.array(silence))[when:] / loudness
    return list(np.convolve(added, x)[: len(x)] + np.array(silence)[: len(x)])
