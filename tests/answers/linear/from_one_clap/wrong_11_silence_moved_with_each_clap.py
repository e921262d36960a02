# verdict: wrong
# what: Moves the silence along with each clap, as if the time law held for whole recordings.
# diagnosis: What moves with a clap is what it adds; what sounds from before is heard once, from step 0.
# told: mistake silence_moved_with_each_clap
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
        for age in range(len(x) - step):
            answer[step + age] += silence[age] + now * one[age]
    return answer
