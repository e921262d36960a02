# verdict: right
# what: Counts both halves of the text recursively and merges the tables; the halves share the symbol in the middle.
# diagnosis: none
def count_bigrams(text: str) -> dict[str, dict[str, int]]:
    n = len(text)
    if n < 2:
        return {}
    if n == 2:
        return {text[0]: {text[1]: 1}}
    m = n // 2
    left, right = count_bigrams(text[: m + 1]), count_bigrams(text[m:])
    for a, row in right.items():
        target = left.setdefault(a, {})
        for b, k in row.items():
            target[b] = target.get(b, 0) + k
    return left
