# verdict: wrong
# what: Guesses that the box is a loop of one number and reads off its factor.
# diagnosis: The box may be anything that keeps both laws; use the whole answer, not only two numbers of it.
# told: mistake one_factor_guessed
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
    a = K[1] / K[0] if len(K) > 1 and K[0] else 0.0
    h, out = 0.0, []
    for t, v in enumerate(x):
        h = a * h + v * K[0]
        out.append(silence[t] + h)
    return out
