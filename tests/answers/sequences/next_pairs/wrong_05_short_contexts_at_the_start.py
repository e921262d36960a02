# verdict: wrong
# what: Lists the first places too, with contexts shorter than k symbols.
# diagnosis: A context has exactly k symbols; places with fewer symbols before them give no pair.
# told: mistake short_contexts_from_the_second_symbol
def next_pairs(text: str, k: int) -> list[tuple[str, str]]:
    return [(text[max(0, i - k) : i], c) for i, c in enumerate(text) if i > 0 or k == 0]
