# verdict: wrong
# what: Returns the list of symbols instead of a string.
# diagnosis: The symbols are right; join them to one string before you return them.
# told: returned a list, expected a string
import bisect
from itertools import accumulate


def sample_text(
    probabilities: dict[str, dict[str, float]], vocabulary: str, start: str, uniforms: list[float]
) -> str:
    chars = list(start)
    for u in uniforms:
        cumulative = list(accumulate([probabilities[chars[-1]][v] for v in vocabulary]))
        k = bisect.bisect_right(cumulative, u)
        chars.append(vocabulary[min(k, len(vocabulary) - 1)])
    return chars
