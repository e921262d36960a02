# verdict: right
# what: A small class with len and getitem plays the list of pairs; list() copies it out.
# diagnosis: none
from collections.abc import Sequence


class _Quiz(Sequence):
    def __init__(self, text, k):
        self.text, self.k = text, k

    def __len__(self):
        return max(0, len(self.text) - self.k)

    def __getitem__(self, i):
        if not 0 <= i < len(self):
            raise IndexError(i)
        piece = self.text[i : i + self.k + 1]
        return piece[: self.k], piece[self.k]


def next_pairs(text: str, k: int) -> list[tuple[str, str]]:
    return list(_Quiz(text, k))
