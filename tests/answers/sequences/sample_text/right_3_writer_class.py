# verdict: right
# what: A helper class is an iterator that writes one symbol per random number; it prints how long the text will be.
# diagnosis: none
class _Writer:
    def __init__(self, table, vocabulary, start, numbers):
        self.table, self.vocabulary, self.last = table, vocabulary, start
        self.numbers = iter(numbers)

    def __iter__(self):
        return self

    def __next__(self):
        u = next(self.numbers)
        row, total = self.table[self.last], 0.0
        for symbol in self.vocabulary:
            total = total + row[symbol]
            self.last_candidate = symbol
            if total > u:
                break
        self.last = self.last_candidate
        return self.last


def sample_text(
    probabilities: dict[str, dict[str, float]], vocabulary: str, start: str, uniforms: list[float]
) -> str:
    print(f"writing {1 + len(uniforms)} symbols")
    return start + "".join(_Writer(probabilities, vocabulary, start, uniforms))
