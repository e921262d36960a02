# verdict: wrong
# what: Lists every different pair only once.
# diagnosis: A pair that occurs twice is listed twice; how often it occurs is what a model learns from.
# told: mistake repeated_pairs_dropped
def next_pairs(text: str, k: int) -> list[tuple[str, str]]:
    seen = {}
    for i in range(k, len(text)):
        seen[(text[i - k : i], text[i])] = True
    return list(seen)
