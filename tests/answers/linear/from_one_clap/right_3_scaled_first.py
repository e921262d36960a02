# verdict: right
# what: Scales x instead of the kernel and sums with fsum.
# diagnosis: none
import math


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
    y = [v / loudness for v in x]
    answer = []
    for t in range(len(y)):
        parts = [silence[t]]
        parts += [w * clap[when + t - s] for s, w in enumerate(y[: t + 1])]
        parts += [-w * silence[when + t - s] for s, w in enumerate(y[: t + 1])]
        answer.append(math.fsum(parts))
    return answer
