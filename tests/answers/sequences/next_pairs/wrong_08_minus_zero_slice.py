# verdict: wrong
# what: Keeps the window with the slice [-k:], which for k = 0 keeps everything instead of nothing.
# diagnosis: For k = 0 the slice [-0:] is [0:], the whole string; the context must be empty there.
# told: mistake everything_for_k_zero
def next_pairs(text: str, k: int) -> list[tuple[str, str]]:
    window = ""
    pairs = []
    for symbol in text:
        if len(window) >= k:
            pairs.append((window, symbol))
        window = (window + symbol)[-k:]
    return pairs
