# verdict: wrong
# what: Cuts the text into separate pairs (steps of two) instead of overlapping ones.
# diagnosis: Every symbol but the last begins a bigram; do not jump over every second one.
# told: mistake pairs_do_not_overlap
def count_bigrams(text: str) -> dict[str, dict[str, int]]:
    out = {}
    for first, second in zip(text[0::2], text[1::2]):
        if first not in out:
            out[first] = {}
        if second not in out[first]:
            out[first][second] = 0
        out[first][second] += 1
    return out
