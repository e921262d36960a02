# verdict: right
# what: Finds the overlapping pairs with a look-ahead of a regular expression (DOTALL, so that newlines count).
# diagnosis: none
import re


def count_bigrams(text: str) -> dict[str, dict[str, int]]:
    found = {}
    for match in re.finditer(r"(?=(.)(.))", text, flags=re.DOTALL):
        a, b = match.groups()
        if a in found:
            found[a][b] = found[a].get(b, 0) + 1
        else:
            found[a] = {b: 1}
    return found
