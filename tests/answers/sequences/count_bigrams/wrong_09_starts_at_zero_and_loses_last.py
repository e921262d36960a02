# verdict: wrong
# what: Two errors: the first meeting of a pair is noted as 0, and the last bigram of the text is not visited.
# diagnosis: The first time you see a pair it has occurred once, and range(len(text) - 2) stops one pair too early.
# told: where your loop starts and where it stops
def count_bigrams(text: str) -> dict[str, dict[str, int]]:
    d = {}
    for j in range(len(text) - 2):
        x = text[j]
        y = text[j + 1]
        if x not in d:
            d[x] = {}
        if y in d[x]:
            d[x][y] += 1
        else:
            d[x][y] = 0
    return d
