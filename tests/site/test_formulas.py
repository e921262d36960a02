"""Formulas in a built page: what KaTeX is asked for, and where its answer goes. test_browser.py has KaTeX."""

import subprocess
import sys

import pytest

from minirnn.base.errors import UserError
from minirnn.course.site import formulas

PAGE = (
    '<p>With <span class="arithmatex">\\(a &lt; 1\\)</span>, it ends '
    '(see <span class="arithmatex">\\(b\\)</span>).</p>'
    '<div class="arithmatex">\\[\nh_t = a_t\n\\]</div>'
)


@pytest.fixture
def asked(monkeypatch):
    """What KaTeX is asked for; it answers with the formula in square brackets."""
    seen = []

    def ask(root, wanted):
        seen.extend(wanted)
        return [f"[{tex}]" for tex, _ in wanted]

    monkeypatch.setattr(formulas, "_ask", ask)
    return seen


def test_each_formula_is_drawn_in_its_place(asked, tmp_path):
    drawn = formulas.draw(tmp_path, PAGE)
    assert asked == [("a < 1", False), ("b", False), ("h_t = a_t", True)]
    assert "\\(" not in drawn and "\\[" not in drawn
    assert '<div class="arithmatex" data-search-exclude>[h_t = a_t]</div>' in drawn


def test_a_comma_does_not_begin_the_next_line_of_a_short_formula(asked, tmp_path):
    drawn = formulas.draw(tmp_path, PAGE)
    for short in (">[a < 1]</span>,</span> it ends", ">[b]</span>).</span></p>"):
        assert short in drawn
    long = f'<span class="arithmatex">\\({"x + " * 20}y\\)</span>, then'
    assert "closed" not in formulas.draw(tmp_path, long)


def test_a_page_without_formulas_needs_no_node(tmp_path, monkeypatch):
    monkeypatch.setattr(formulas, "_ask", None)
    assert formulas.draw(tmp_path, "<p>2 * 3</p>") == "<p>2 * 3</p>"


@pytest.mark.parametrize(
    ("drawn", "valid"),
    [
        ("<msub><mi>x</mi><mi>min</mi><mo>\u2061</mo></msub>", "<msub><mi>x</mi><mi>min</mi></msub>"),
        (
            "<msubsup><mi>r</mi><mi>min</mi><mo>\u2061</mo><mn>2</mn></msubsup>",
            "<msubsup><mi>r</mi><mi>min</mi><mn>2</mn></msubsup>",
        ),
        ("<mi>log</mi><mo>\u2061</mo><mi>x</mi>", "<mi>log</mi><mo>\u2061</mo><mi>x</mi>"),
    ],
)
def test_applied_to_stays_only_where_something_is_applied(drawn, valid):
    assert formulas.INDEX.sub("", drawn) == valid


def test_a_formula_that_cannot_be_read_stops_the_build(tmp_path, monkeypatch):
    code = 'input(); print(\'{"error": "expected }"}\')'
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "utf-8"}
    with subprocess.Popen([sys.executable, "-c", code], **pipes) as node:
        monkeypatch.setattr(formulas, "_node", lambda root: node)
        with pytest.raises(UserError, match="A formula cannot be drawn: expected }"):
            formulas.draw(tmp_path, PAGE)
