"""The glossary's words in a page: the first in each section is a link, and nothing else is touched."""

import re
from pathlib import Path

import pytest

from minirnn.course.site.text import terms

ROOT = Path(__file__).parents[2]
GLOSSARY = """# Glossary

Decay
:   Not a word of ours: above.

## Words

Decay
:   The factor $a_t$, from *0* to `1`; see
    [the layers](api/layers.md). {{ number scan#a }}

Exclusive scan
:   A scan before.

Scan
:   All states.

Work
:   All operations.
"""


def explained(html):
    return terms.explained(html, GLOSSARY, "../../glossary/")


def links(html):
    return re.findall(
        r'<a class="term" href="../../glossary/#([\w-]+)" data-tip="([^"]*)">([^<]*)</a>', explained(html)
    )


def test_words_and_what_they_mean():
    assert terms.words(GLOSSARY) == {
        "Decay": "The factor a_t, from 0 to 1; see the layers.",
        "Exclusive scan": "A scan before.",
        "Scan": "All states.",
        "Work": "All operations.",
    }


def test_the_first_of_each_section_is_a_link():
    found = links("<p>A scan, a <b>scan</b>.</p><h3>x</h3><p>Scan.</p><h2>Scan</h2><p>Scans and decay.</p>")
    assert found == [
        ("scan", "All states.", "scan"),
        ("scan", "All states.", "Scans"),
        ("decay", "The factor a_t, from 0 to 1; see the layers.", "decay"),
    ]


def test_the_longest_word_wins_and_a_line_may_break_in_it():
    assert links("<p>An exclusive\nscan.</p>") == [("exclusive-scan", "A scan before.", "exclusive\nscan")]


def test_an_everyday_word_is_meant_where_it_is_emphasised():
    assert links("<p>It does not work. The <em>work</em> of it.</p>") == [("work", "All operations.", "work")]


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Scan</h2>",
        "<p><code>scan</code> <a href='x'>a <b>b</b> scan</a></p>",
        "<pre>scan <span>x</span> scan</pre>",
        '<p><span class="arithmatex">\\(scan\\)</span></p>',
        '<div class="numbers"><table><tr><td>scan</td></tr></table></div>',
        "<figure><img alt='scan'><figcaption>scan</figcaption></figure>",
        '<ul class="predict-choices"><li>scan</li></ul><p class="predict-question">scan</p>',
        "<details><summary>scan</summary></details>",
        "<template><p>scan</p></template>",
        "<p>scanner, rescan, pre-scan</p>",
        "<!-- scan -->",
    ],
)
def test_what_is_left_alone(html):
    assert explained(html) == html
    assert len(links(html + "<p>a scan</p>")) == 1  # and it goes on after it


def test_the_glossary_has_a_place_for_each_word():
    page = "<dl><dt>Exclusive scan</dt><dd>x</dd><dt>Work</dt></dl>"
    assert terms.with_places(page, GLOSSARY) == (
        '<dl><dt id="exclusive-scan">Exclusive scan</dt><dd>x</dd><dt id="work">Work</dt></dl>'
    )


def test_everyday_words_are_words_of_the_glossary():
    words = {word.lower() for word in terms.words((ROOT / terms.GLOSSARY).read_text("utf-8"))}
    assert words >= terms.EVERYDAY
