# verdict: right
# what: Keeps the running totals of each context in a cache and finds the symbol by bisection.
# diagnosis: none
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate


def sample_text(
    probabilities: dict[str, dict[str, float]], vocabulary: str, start: str, uniforms: list[float]
) -> str:
    @lru_cache(maxsize=None)
    def borders(context):
        # all but the last: the last symbol takes whatever remains
        return list(accumulate(probabilities[context][v] for v in vocabulary))[:-1]

    text = [start]
    for u in uniforms:
        text.append(vocabulary[bisect_right(borders(text[-1]), u)])
    return "".join(text)
