# verdict: right
# what: Adds up the bits by a recursion that halves the text, with natural logarithms divided by log 2 at the end.
# diagnosis: none
import math


def bits_per_character(text: str, probabilities: dict[str, dict[str, float]]) -> float:
    def nats(first, last):
        # surprise at the symbols first + 1 ... last
        if last - first == 1:
            return -math.log(probabilities[text[first]][text[last]])
        middle = (first + last) // 2
        return nats(first, middle) + nats(middle, last)

    end = len(text) - 1
    return nats(0, end) / math.log(2) / end
