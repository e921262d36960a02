"""One clap tells all that claps add to the sound of a box."""


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
    # BEGIN SOLUTION
    one = [(y - quiet) / loudness for y, quiet in zip(clap[when:], silence[when:], strict=True)]
    return [silence[t] + sum(x[s] * one[t - s] for s in range(t + 1)) for t in range(len(x))]
    # END SOLUTION
