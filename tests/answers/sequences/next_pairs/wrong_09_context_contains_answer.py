# verdict: wrong
# what: Treats k = 0 apart and right, but otherwise the context ends with the answer itself.
# diagnosis: Your context already contains the symbol that is asked for; it must end right before it.
# told: mistake answer_inside_the_question
def next_pairs(text: str, k: int) -> list[tuple[str, str]]:
    if k == 0:
        return [("", s) for s in text]
    pairs = []
    for place in range(k, len(text)):
        context = text[place - k + 1 : place + 1]
        pairs.append((context, text[place]))
    return pairs
