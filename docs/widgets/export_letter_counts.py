"""What the figures guess-letter and beta-row know: how often a letter follows a letter in Python's manual.

    python docs/widgets/export_letter_counts.py

writes letter-counts.js beside itself: the counts of the small letters and the space, and the whole row of
`q`. They are those of the Python that runs it, as in the lesson on sequences.
"""

import json
import platform
from collections import Counter
from itertools import pairwise
from pathlib import Path

from minirnn.text import corpus

SYMBOLS = " abcdefghijklmnopqrstuvwxyz"
FILE = Path(__file__).with_name("letter-counts.js")
PAGE = """/* How often a letter follows a letter in the manual of Python {version}.
   Made by export_letter_counts.py. */

export const SYMBOLS = {symbols};

/** COUNTS[i][j]: how often symbol j came right after symbol i. */
export const COUNTS = [
{rows}
];

/** What came after q, of all V symbols. */
export const AFTER_Q = {{ V: {V}, counts: {after_q} }};
"""


def page() -> str:
    """The text of letter-counts.js."""
    book = corpus.load("pydoc")
    pairs = Counter(pairwise(book.vocabulary.decode(book.train)))
    after_q = Counter({right: n for (left, right), n in pairs.items() if left == "q"})
    return PAGE.format(
        version=platform.python_version(),
        symbols=json.dumps(SYMBOLS),
        rows="\n".join(f"  {json.dumps([pairs[left, right] for right in SYMBOLS])}," for left in SYMBOLS),
        V=book.vocabulary.size,
        after_q=json.dumps(dict(after_q.most_common())),
    )


if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8")
