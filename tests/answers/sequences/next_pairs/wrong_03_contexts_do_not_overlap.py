# verdict: wrong
# what: Cuts the text into blocks of k symbols, so neighbouring contexts do not overlap.
# diagnosis: There is a question at every place, so move on by one symbol and not by k.
# told: mistake text_cut_into_blocks
def next_pairs(text: str, k: int) -> list[tuple[str, str]]:
    result = []
    place = k
    while place < len(text):
        result.append((text[place - k : place], text[place]))
        place += max(k, 1)
    return result
