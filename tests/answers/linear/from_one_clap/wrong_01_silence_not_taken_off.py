# verdict: wrong
# what: Takes the recording of the clap for the answer to it, silence and all.
# diagnosis: In that recording also sounds what was there before: take `silence` off first.
# told: mistake silence_not_taken_away
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
    K = [v / loudness for v in clap[when:]]
    return [silence[t] + sum(K[t - s] * x[s] for s in range(t + 1)) for t in range(len(x))]
