# verdict: right
# what: Starts from the silence and adds one clap's echo after the other.
# diagnosis: none
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
    out = silence[: len(x)]
    for s, v in enumerate(x):
        for k in range(len(x) - s):
            out[s + k] += v / loudness * (clap[when + k] - silence[when + k])
    return out
