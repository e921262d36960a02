# verdict: wrong
# what: Adds up whole recordings, each with all of the silence in it.
# diagnosis: What sounds from before sounds once, however many claps there are.
# told: mistake silence_once_for_each_number
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
    one = [(c - s) / loudness for c, s in zip(clap[when:], silence[when:])]
    answer = [0.0] * len(x)
    for step, now in enumerate(x):
        for t in range(len(x)):
            answer[t] += silence[t] + (now * one[t - step] if t >= step else 0.0)
    return answer
