# verdict: right
# what: Slides a deque of bounded length over the text; for k = 0 the deque stays empty.
# diagnosis: none
import math  # noqa: F401
from collections import deque


def next_pairs(text: str, k: int) -> list[tuple[str, str]]:
    def generate():
        memory = deque(maxlen=k)
        for symbol in text:
            if len(memory) == k:
                yield "".join(memory), symbol
            memory.append(symbol)

    return list(generate())
