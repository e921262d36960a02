"""What a lesson's text may ask for: predictions, values, parts, tabs, tracks; and what is refused."""

import json
import re
from dataclasses import replace

import pytest

from minirnn.base.errors import UserError
from minirnn.course import bank
from minirnn.course.site import lesson_pages, notebook, site_pages
from minirnn.course.site.lessons import Cell, Output, Page
from minirnn.course.site.text import blocks, head, predictions, terms
from tests.course.tiny import dry_run, make_bank

LESSON = {"tracks": ["school", "university"], "left_out": {"school": ["Hard"], "university": ["Easy"]}}
CHOICE = """??? predict best "Which $x$ is best?"
    - ( ) `a < b`
    - (x) the second,
      which goes on
    - ( ) {{ value third }}

    The second, because $x > 0$.

    - a list"""
CURVE = """??? predict falls "Draw how the loss goes on."
    curve: losses
    across: step
    up: loss in nats
    given: 1

    It falls."""
TOLD = {"third": "0.5", "losses": [[0.0, 3.0], [1.0, 2.0], [2.0, 1.5]]}


def make(tmp_path, text, told=TOLD, fields=LESSON, exercises=(), parts=()):
    """A page of one text cell, as Markdown and as a notebook's cell; every value is used."""
    root = make_bank(tmp_path)
    lesson = bank.Lesson("first", "First", fields, tuple(exercises), {}, 0, tuple(parts))
    cells = [Cell("text", 1, 2, text), Cell("code", 2, 90, "print(1)")]
    outputs = {2: [Output("text", {"text": "1\n"})]}
    page = Page(lesson, root / "lessons/00_first.py", cells, outputs, [], 0.0, False, told)
    return root, page


def on_page(tmp_path, text, **more):
    return lesson_pages.markdown(*make(tmp_path, text, **more)).partition("{ .lesson-files }")[2]


def in_notebook(tmp_path, text, **more):
    cells = json.loads(notebook.make(*make(tmp_path, text, **more)))["cells"]
    return "".join(cells[2]["source"])


def test_a_prediction_with_choices(tmp_path):
    text = on_page(tmp_path, CHOICE, told={"third": "0.5"})
    assert '<minirnn-predict data-lesson="first" data-name="best" data-kind="choice" markdown="1">' in text
    assert '<p class="predict-question" markdown="1">Which $x$ is best?</p>' in text
    assert re.findall(r"<li.*", text) == [
        '<li markdown="1">`a < b`</li>',
        '<li data-right="true" markdown="1">the second, which goes on</li>',
        '<li markdown="1">0.5</li>',
    ]
    answer = text.partition('<details class="predict-answer" markdown="1">')[2].partition("</details>")[0]
    assert answer == "\n<summary>The answer</summary>\n\nThe second, because $x > 0$.\n\n- a list\n\n"


def test_a_prediction_of_a_number(tmp_path):
    block = (
        '??? predict steps "How many?"\n    number: {{ value n }} steps "long"\n    near: 200\n\n    Many.'
    )
    text = on_page(tmp_path, block, told={"n": "1,400"})
    assert 'data-kind="number" data-answer="1400" data-unit="steps &quot;long&quot;" data-near="200"' in text
    assert '> Write down a number (steps "long") before you go on.' in in_notebook(
        tmp_path / "again", block, told={"n": "1,400"}
    )


def test_a_prediction_of_a_curve(tmp_path):
    text = on_page(tmp_path, CURVE, told={"losses": TOLD["losses"]})
    assert (
        'data-kind="curve" data-points="[[0.0, 3.0], [1.0, 2.0], [2.0, 1.5]]" data-given="1" '
        'data-across="step" data-up="loss in nats"'
    ) in text


@pytest.mark.parametrize("block", [CHOICE, CURVE])
def test_the_notebook_asks_and_does_not_answer(tmp_path, block):
    text = in_notebook(tmp_path, block)
    question = re.search('"(.*)"', block)[1]
    assert f"> **{question}**\n>\n> " in text
    assert "because" not in text and "It falls" not in text and "(x)" not in text and "data-" not in text
    if block == CHOICE:
        assert text.endswith("> - `a < b`\n> - the second, which goes on\n> - 0.5")


def test_questions_to_check_oneself_are_asked_in_the_notebook_without_answers(tmp_path):
    text = '!!! sofar\n    One.\n\n??? check "Why?"\n    Because.\n\n??? primer "Lists"\n    Short.'
    made = in_notebook(tmp_path, text, told={})
    assert "> **Why?**" in made and "Because" not in made
    assert "> **So far**\n>\n> One." in made and "> **Lists**\n>\n> Short." in made
    assert '!!! sofar "So far"\n    One.' in on_page(tmp_path / "again", text, told={})


@pytest.mark.parametrize(
    ("following", "veiled"),
    [
        ("\n\nWords.\n\n## Next\n\nMore.", "Words."),
        ("\n\nWords.\n\n#### Deep\n\nMore.", "Words."),
        ("\n\nWords.\n\n" + CURVE, "Words."),
        ("\n\nWords.\n\n{{ exercise double }}\n\nMore.", "Words."),
        ('\n\nWords.\n\n{{ part "Two" }}\n\n## Two', "Words."),
        # What is set in is one block, also if a heading or a prediction stands in it, and code is no heading.
        ("\n\n!!! note\n    ## No\n\n    Words.", "No Words. print(1) 1"),
        ("\n\n```\n## No\n```", "No print(1) 1"),
    ],
)
def test_the_veil_ends_where_something_new_begins(tmp_path, following, veiled):
    exercise = bank.load(make_bank(tmp_path / "bank"))[0].exercises[0]
    told = TOLD if "curve" in following else {"third": "0.5"}
    text = on_page(tmp_path, CHOICE + following, told=told, exercises=[exercise])
    behind = text.partition('<div class="veil" id="veil-best" markdown="1">')[2].partition("</div>")[0]
    plain = re.sub(r"!!! note|```.*|##|[{}]", " ", behind).split()
    assert plain == veiled.split()
    assert text.count("<div") == text.count("</div>")


def test_what_a_track_leaves_out_is_in_a_box_with_a_badge(tmp_path):
    text = "## Hard\n\nA.\n\n### Below\n\nB.\n\n## Next\n\nC.\n\n### Easy\n\nD."
    made = on_page(tmp_path, text, told={})
    boxes = re.findall(r'<div class="only" data-only="(\w+)" markdown="1">(.*?)\n</div>', made, re.DOTALL)
    assert [(track, re.findall(r"^[A-D]\.", inside, re.MULTILINE)) for track, inside in boxes] == [
        ("university", ["A.", "B."]),
        ("school", ["D."]),
    ]
    badge = '<span class="badge" data-search-exclude="true">University</span>'
    assert f'## Hard {badge} {{ #hard data-toc-label="Hard" }}' in made
    assert "### Below\n" in made and "## Next\n" in made


def test_what_every_track_leaves_out_is_in_no_box(tmp_path):
    fields = {"tracks": ["school", "university"], "left_out": {"school": ["Hard"], "university": ["Hard"]}}
    made = on_page(tmp_path, "## Hard\n\nA.", told={}, fields=fields)
    assert "only" not in made and "badge" not in made


def test_the_address_of_a_heading_with_a_badge_is_what_markdown_makes():
    slugify = pytest.importorskip("markdown.extensions.toc", reason="needs the extra site").slugify
    for title in (
        "Two prices: depth and work",
        "Is it `a*h`?",
        "Hillis–Steele, again - and",
        "What's $x_t$?",
    ):
        assert blocks.anchor(title) == slugify(title, "-")


def test_parts(tmp_path):
    text = '{{ part "One & only" }}\n\nA.\n\n{{ part "Two" }}\n\n## Two\n\n```\n{{ part "No" }}\n```'
    made = on_page(tmp_path, text, told={})
    spans = "<span>Part {} of 2</span> <span>{}</span>"
    assert f'<div class="part" id="part-1">{spans.format(1, "One &amp; only")}</div>' in made
    assert f'<div class="part" id="part-2">{spans.format(2, "Two")}</div>' in made
    assert "{{ part" not in in_notebook(tmp_path / "again", text, told={}).replace('{{ part "No" }}', "")
    found = [
        bank.Part("One & only", {"school": 10, "university": 15}, {}),
        bank.Part("Two", {"school": 20, "university": 20}, {}),
    ]
    made = on_page(tmp_path / "third", text, told={}, parts=found)
    assert "<span>Two</span> <span>20 minutes</span></div>" in made
    each = '<span data-minutes="{}">{} <span class="which">({})</span></span>'
    both = (each.format("school", 10, "school"), each.format("university", 15, "university"))
    assert f'<span>{both[0]} <span class="which">or</span> {both[1]} minutes</span></div>' in made
    made = on_page(tmp_path / "fourth", text, told={}, parts=found[:1])  # another dry run is due
    assert "minutes" not in made


def test_the_teacher_reads_when_each_part_ends(tmp_path):
    root, page = make(tmp_path, "{{ minutes }}", told={})
    dry_run(root, first={"school": 30})
    parts = [bank.Part("One", {"school": 10}, {}), bank.Part("Two", {"school": 20}, {})]
    page = replace(page, lesson=replace(page.lesson, teaching={"school": 30}, parts=tuple(parts)))
    said = "School track: 30 of teaching, 15 of exercises. Its parts end at minute 10, 30."
    assert said in lesson_pages.markdown(root, page)


def test_an_exercise_with_lists_and_with_arrays_is_two_tabs(tmp_path):
    arrays, lists = bank.load(make_bank(tmp_path / "bank"))[0].exercises
    lists = replace(lists, instead_of=arrays.id)
    made = on_page(tmp_path, "{{ exercise double }}", told={}, exercises=[lists, arrays])
    assert re.findall(r'<div class="(tabs-exercise|exercise)"( data-kinds?="[a-z ]+")', made) == [
        ("tabs-exercise", ' data-kinds="lists arrays"'),
        ("exercise", ' data-kind="lists"'),
        ("exercise", ' data-kind="arrays"'),
    ]
    assert (
        made.index('<p class="tabs-which">')
        < made.index("#exercise-running_sum")
        < made.index("#exercise-double")
    )
    assert "counts once" in made


def test_values(tmp_path):
    made = on_page(tmp_path, "A {{ value third }}.\n\n```\n{{ value third }}\n```", told={"third": "0.5"})
    assert "A 0.5.\n\n```\n{{ value third }}\n```" in made
    assert in_notebook(tmp_path / "again", "A {{ value third }}.", told={"third": "0.5"}) == "A 0.5."


def test_a_key_point_may_ask_for_what_the_code_told(tmp_path):
    fields = {
        **LESSON,
        "keypoints": ["It takes {{ value n }} steps, as {{ lesson second }} says.", "No more."],
    }
    said = "- It takes 14 steps, as lesson 01 (Second) says.\n- No more."
    made = on_page(tmp_path, "{{ keypoints }}", told={"n": "14"}, fields=fields)
    assert said in made.replace("{{ lesson second }}", "lesson 01 (Second)")  # mkdocs' hook writes that in
    assert in_notebook(tmp_path / "again", "{{ keypoints }}", told={"n": "14"}, fields=fields) == said
    with pytest.raises(UserError, match="line 2: no cell has told the text a value 'n': there is none"):
        on_page(tmp_path / "third", "{{ keypoints }}", told={}, fields=fields)
    fields["objectives"] = ["Count to {{ value n }}."]
    with pytest.raises(UserError, match=r"line 2: an objective cannot ask for {{ value n }}; only the text"):
        on_page(tmp_path / "fourth", "{{ objectives }}", told={"n": "14"}, fields=fields)


def asked(*lines):
    """A prediction with these lines."""
    return "\n    ".join(['??? predict a "W?"', *lines]) + "\n\n    So."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A.\n\n{{ value other }}", "line 4: no cell has told the text a value 'other': there is third, n."),
        ("{{ value losses }}", "line 2: no cell has told the text a value 'losses'"),
        ('??? predict "What?"\n    - (x) a\n    - ( ) b\n\n    So.', "line 2: a prediction begins like"),
        ('??? predict A "What?"\n    - (x) a\n    - ( ) b\n\n    So.', "line 2: a prediction begins like"),
        ('??? note "N"\n    ??? predict a "What?"\n        - (x) a', "line 3: a prediction begins like"),
        ('??? predict a "W?"\n    - (x) a\n    - ( ) b', "line 2: the prediction a needs choices and, after"),
        (asked("- (x) a"), "prediction a needs two to four choices"),
        (asked("- (x) a", "- b"), "prediction a needs two to four choices"),
        (asked(*["- ( ) a"] * 5), "line 2: the prediction a needs two to four choices"),
        (asked("- ( ) a", "- ( ) b"), "a has 0 right choices `- (x)`, expected one"),
        (asked("- (x) a", "- (x) b"), "a has 2 right choices `- (x)`, expected one"),
        (asked("number: 3"), "a needs choices, or the lines `number:` and `near:`"),
        (asked("number: 3", "far: 1"), "a needs choices, or the lines"),
        (asked("number: many", "near: 1"), "`number: many` does not begin with a"),
        (CURVE.replace("losses", "third"), "line 2: the curve 'third' is no list of points that a cell"),
        (CURVE.replace("given: 1", "given: 2"), "`given` must lie between 0 and 2, the ends of the curve."),
        ("Words.", "lessons/00_first.py tells losses, but no text asks for it."),
        ("{{ source open minirnn/none.py }}", "line 2: there is no file minirnn/none.py"),
    ],
)
def test_what_is_refused_names_the_line(tmp_path, text, said):
    told = TOLD | {"n": "3"}
    if "tells" not in said:  # the others are refused for what they ask
        text += "\n\n".join(["", *(f"{{{{ value {name} }}}}" for name in ("third", "n")), CURVE])
    with pytest.raises(UserError) as refused:
        on_page(tmp_path, text, told=told)
    assert said in str(refused.value) and str(refused.value).startswith("lessons/00_first.py")


def test_the_head_says_what_one_should_know_and_what_is_new(tmp_path):
    fields = {
        "question": "What?",
        "tracks": ["school", "university"],
        "can": ["Add: $1 + 1$.", "Read {{ number second }}."],
        "symbols": [["$|x|$", "`abs(x)`", "how large x is"]],
        "letters": ["$W$ is $A$ here."],
    }
    made = on_page(tmp_path, "Words.", told={}, fields=fields)
    assert '<div class="track-switch" data-tracks="school university"></div>' in made
    assert (
        '<div class="can" markdown="1">\n\nCan you do this? Then go on.\n\n- Add: $1 + 1$.\n- Read 01.\n'
        in made
    )
    assert '??? symbols "Signs that are new here: $|x|$"\n\n    | sign | in code | what it is |\n' in made
    assert r"| $\vert x\vert $ | `abs(x)` | how large x is |" in made  # a stroke would be a border
    assert "$W$ is $A$ here.\n{ .letters }" in made
    made = on_page(tmp_path / "again", "Words.", told={}, fields={"tracks": ["university"]})
    assert "track-switch" not in made and "symbols" not in made and "Can you" not in made


@pytest.mark.parametrize(
    ("key", "value"), [("can", "One."), ("letters", [1]), ("symbols", [["$x$", "x"]]), ("symbols", "x")]
)
def test_a_broken_manifest_is_named(tmp_path, key, value):
    with pytest.raises(UserError, match=rf"course.toml: `{key}` of first is .*, expected"):
        on_page(tmp_path, "Words.", told={}, fields={key: value})


def test_what_a_reader_types_is_no_part_of_a_number():
    asked = predictions.parse(
        ['??? predict a "W?"', "    number: -1.5e3 %", "    near: 2", "", "    So."], "x"
    )
    assert asked.answer == ("-1.5e3", "%") and asked.near == "2"


def test_the_glossary_has_the_signs_of_all_lessons_once(tmp_path):
    root = make_bank(tmp_path)
    manifest = root / bank.MANIFEST
    text = manifest.read_text("utf-8")
    for title, meaning in (("First", "one"), ("Second", "two")):
        rows = f'symbols = [["$x$", "`x`", "{meaning}"], ["$y$", "`{title}`", "{meaning}"]]'
        text = text.replace(f'title = "{title}"\n', f'title = "{title}"\n{rows}\n', 1)
    manifest.write_text(text, "utf-8")
    assert site_pages.symbols(root).splitlines() == [
        "| $x$ | `x` | one | 00 |",
        "| $y$ | `First` | one | 00 |",
        "| $y$ | `Second` | two | 01 |",
    ]


def test_no_sign_of_a_lesson_is_typed_into_the_glossary():
    signs = {row[0] for lesson in bank.course() for row in head.symbols(lesson)}
    rows = (bank.root() / terms.GLOSSARY).read_text("utf-8").splitlines()
    typed = {row.split(" | ")[0].removeprefix("| ") for row in rows if row.startswith("| $")}
    assert not typed & signs and '--8<-- "assets/symbols.txt"' in rows
