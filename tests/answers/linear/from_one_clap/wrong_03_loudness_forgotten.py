# verdict: wrong
# what: Does not divide by the loudness.
# diagnosis: The clap was not of 1: divide what it added by its loudness.
# told: mistake loudness_forgotten
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
    K = [c - s for c, s in zip(clap, silence)][when:]
    return [silence[t] + sum(K[t - s] * x[s] for s in range(t + 1)) for t in range(len(x))]
