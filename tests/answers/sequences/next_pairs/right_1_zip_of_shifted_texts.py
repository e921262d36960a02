# verdict: right
# what: Zips k + 1 shifted copies of the text and joins the first k symbols of each group.
# diagnosis: none
def next_pairs(text: str, k: int) -> list[tuple[str, str]]:
    shifted = [text[s:] for s in range(k + 1)]
    return [("".join(before), after) for *before, after in zip(*shifted)]
