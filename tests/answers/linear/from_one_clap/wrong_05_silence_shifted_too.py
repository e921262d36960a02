# verdict: wrong
# what: Takes `silence` from step `when` on as what sounds beside x.
# diagnosis: Recording begins anew, so what sounds from before begins at its step 0, not at `when`.
# told: mistake silence_moved_too
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
    K = [(c - s) / loudness for c, s in zip(clap, silence)][when:]
    return [silence[when + t] + sum(K[t - s] * x[s] for s in range(t + 1)) for t in range(len(x))]
