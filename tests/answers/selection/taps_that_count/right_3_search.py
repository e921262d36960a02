# verdict: right
# what: Tries all single taps on a random chain and takes the ones that give the best guess everywhere.
# diagnosis: none
"""A selective layer set by hand, so that it counts."""

import itertools
import random


def taps_that_count(
    lag: int, n_symbols: int, beta: float
) -> tuple[list[int], list[int], list[int], float, float]:
    rng = random.Random(0)
    chain = [rng.randrange(3) for _ in range(60)]

    def one(k):
        return [0] * k + [1] + [0] * (lag - k)

    def counts_of_layer(v, k, q):
        table, out = [[0] * 3 for _ in range(3)], []
        for t in range(len(chain)):
            if t >= max(v, k):
                table[chain[t - v]][chain[t - k]] += 1
            out.append([row[chain[t - q]] for row in table] if t >= q else [0] * 3)
        return out

    wanted = []
    for t in range(len(chain)):
        count = [0] * 3
        for s in range(lag, t + 1):
            if t + 1 >= lag and chain[s - lag] == chain[t + 1 - lag]:
                count[chain[s]] += 1
        wanted.append(count)
    for v, k, q in itertools.product(range(lag + 1), repeat=3):
        if counts_of_layer(v, k, q) == wanted:
            return one(v), one(k), one(q), 1.0, beta
    raise AssertionError("no taps found")
