# verdict: wrong
# what: Two errors: the context is read backwards (nearest symbol first), and the pairs are listed from right to left.
# diagnosis: Keep the order of the text, both inside of a context and from pair to pair.
# told: mistake context_reversed
def next_pairs(text: str, k: int) -> list[tuple[str, str]]:
    def context_before(p):
        letters = []
        for back in range(1, k + 1):
            letters.append(text[p - back])
        return "".join(letters)

    return [(context_before(p), text[p]) for p in range(len(text) - 1, k - 1, -1)]
