# verdict: wrong
# what: Adds the silence once for each clap, since it adds up whole recordings.
# diagnosis: What sounds from before sounds once, however many claps there are.
# told: mistake silence_once_for_each_clap
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
    out = []
    for t in range(len(x)):
        total = 0.0
        for s in range(t + 1):
            total += x[s] * K[t - s] + silence[t]
        out.append(total)
    return out
