# verdict: wrong
# what: Puts the answer before the question: pairs (symbol, context).
# diagnosis: A pair is (context, symbol); the context comes first.
# told: mistake answer_before_the_question
def next_pairs(text: str, k: int) -> list[tuple[str, str]]:
    out = []
    for t in range(k, len(text)):
        question = text[t - k : t]
        answer = text[t]
        out.append((answer, question))
    return out
