"""The lesson machine, on small lessons in a folder of their own: what it makes, and all that it refuses."""

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from html.parser import HTMLParser
from pathlib import Path

import pytest

import minirnn
from minirnn.base.errors import UserError
from minirnn.base.inks import DARK, INK
from minirnn.course import bank
from minirnn.course.site import build as site
from minirnn.course.site import lessons
from tests.course.tiny import dry_run, make_bank

ROOT = Path(__file__).parents[2]

LESSON = """# %% [markdown]
# First words, with $h_t$.
#
# {{ objectives }}

# %% fold
from minirnn.course.figures import picture, show_table
from minirnn.base.plots import draw_line

points = [(t, 0.5**t) for t in range(4)]
with picture("A curve that halves <at> each step.", table=[["step", "h"], *points], caption="Half") as axes:
    draw_line(axes, 0, points, "one half")

# %%
from helper import double

from minirnn.course import results

print("twice:", double(21))
show_table([["a", "b"], [1, 0.123456]], caption="Two numbers")
print(results.load("tiny")["unit"])

# %% [markdown]
# ## Two
#
# {{ source minirnn/tiny.py Box.open half }}
#
# ??? question "Predict: what is printed?"
#
#     Something.
#
#     - a list
#
# {{ exercise double }}
#
# {{ widget scan-tree numbers=1,2 }}
#
# See [the map](../course.md) and [far away](https://example.org/).
#
# {{ keypoints }}
#
# ??? teacher "For teachers"
#
#     Only for them.
#
#     {{ minutes }}
"""
SOURCE = '''"""Tiny."""


class Box:
    @property
    def open(self):
        """Never closed."""
        return True

    def shut(self):
        return False


def half(x):
    return x / 2
'''
MANIFEST = """question = "How much is twice?"
objectives = ["Double."]
keypoints = ["Twice is two times."]
requires = []
tracks = ["school"]
left_out.school = ["Three"]
"""


@pytest.fixture
def place(tmp_path):
    """A project with one lesson, first, that has two exercises."""
    return make_place(tmp_path)


def make_place(folder):
    root = make_bank(folder / "project").resolve()
    manifest = root / "lessons" / "course.toml"
    text = manifest.read_text("utf-8").replace('title = "First"\n', f'title = "First"\n{MANIFEST}', 1)
    manifest.write_text(text, "utf-8")
    dry_run(root, first={"school": 10})
    for name, content in {
        "lessons/00_first.py": LESSON,
        "minirnn/tiny.py": SOURCE,
        "helper.py": "def double(x):\n    return 2 * x\n",
        "benchmarks/results/tiny-2core-x86_64.json": '{"machine": {}, "unit": "ms"}',
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, "utf-8")
    return root


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The same, built once, for tests that only look."""
    root = make_place(tmp_path_factory.mktemp("built"))
    site.build_lessons(root)
    return root


def write(root, text):
    (root / "lessons" / "00_first.py").write_text(text, "utf-8")


def page(root):
    return (root / "docs" / "lessons" / "first.md").read_text("utf-8")


def beside(root):
    return {path.name: path.read_bytes() for path in (root / "docs/lessons/first").iterdir()}


def test_head_is_from_the_manifest(built):
    head = page(built).partition("First words")[0]
    assert re.findall(r"^# .*", head, re.MULTILINE) == ["# First"]
    assert "How much is twice?\n{ .lesson-question }" in head
    assert "Lesson 00 · 10 minutes of teaching, 15 of exercises · school track" in head
    assert "first/first.ipynb" in head and "first/first.py" in head
    assert "- Double." in page(built) and "- Twice is two times." in page(built)


def test_a_page_ends_with_the_next_lesson_that_is_written(place):
    site.build_lessons(place)
    assert "Next lesson" not in page(place)
    (place / "lessons" / "01_second.py").write_text("# %%\nprint(1)\n", "utf-8")
    dry_run(place, first={"school": 10}, second={"school": 20})
    site.build_lessons(place)
    card = page(place).partition("Next lesson")[2]
    assert "[Second](second.md)\n{ .next-title }" in card and "20 minutes of teaching" in card
    assert "Next lesson" not in (place / "docs/lessons/second.md").read_text("utf-8")


def test_the_minutes_say_where_they_come_from(built):
    said = page(built).partition("    **Minutes.** ")[2]
    assert said.startswith(
        'School track: 10 of teaching, 15 of exercises. It leaves out, or reads at home: "Three". The '
        "minutes of teaching are those of a [dry run](../results.md#dry-run) at the desk, made by a program "
        "on 28 November 2026 (every cell run, reading counted at 120 words a minute, 2.5 minutes for each "
        "prediction with its answer), times 1.25 for a class; those of the exercises are estimates. No class "
        "has timed them yet.\n"
    )


def test_minutes_need_a_dry_run(place):
    (place / bank.DRY_RUN).unlink()
    with pytest.raises(UserError, match="cell 4, line 46: first had no dry run: make one with `python"):
        site.build_lessons(place)


def test_code_and_what_it_showed_in_order(built):
    text = page(built)
    order = [
        "from helper import double",
        "twice: 42",
        "<caption>Two numbers</caption>",
        "\nms\n",
    ]
    places = [text.index(each, text.index("from helper") if i else 0) for i, each in enumerate(order)]
    assert places == sorted(places)
    assert "<td>0.1235</td>" in text  # four digits
    # A folded cell shows first, then its code.
    figure = text[text.index("<figure") : text.index("</figure>")]
    assert figure.index("<img") < figure.index("<summary>numbers") < figure.index("<summary>code")
    shown = re.sub("<[^>]*>", "", figure[figure.index("<summary>code") :])
    assert "\npoints = [" in shown
    # What is not folded has its code above it, and no link.
    assert text.count("<summary>code") == text.count('class="figure-links"') == 1


def test_figure_has_words_numbers_and_two_schemes(built):
    text = page(built)
    images = re.findall(r'srcset="([^"]+)"[^>]*><img src="([^"#]+)#only-(\w+)" alt="([^"]+)"', text)
    assert [(scheme, alt) for *_, scheme, alt in images] == [
        (scheme, "A curve that halves &lt;at&gt; each step.") for scheme in ("light", "dark")
    ]
    assert text.count('width="446" height="274" loading="lazy"') == 2
    assert text.count('width="238" height="219"><img') == 2  # for phones
    assert "<details" in text and "<tr><td>3</td><td>0.125</td></tr>" in text
    for light_name, dark_name in list(zip(*(names for *names, _, _ in images), strict=True)):
        light, dark = (beside(built)[name].decode() for name in (light_name, dark_name))
        assert light != dark and INK in light and DARK[INK] in dark and INK not in dark
        without = [re.sub(r"#[0-9A-F]{6}", "", each, flags=re.IGNORECASE) for each in (light, dark)]
        assert without[0] == without[1]


class Tags(HTMLParser):
    """Which elements are open, and which end tags close none of them."""

    def __init__(self):
        super().__init__()
        self.open, self.stray = [], []

    def handle_starttag(self, tag, attributes):
        if tag not in ("img", "source", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.stray.append((tag, self.getpos()))


@pytest.mark.parametrize("shown", ["picture", "table"])
def test_what_a_cell_shows_stays_whole_within_a_veil(place, shown):
    """There the HTML of a figure and of its links is read with the Markdown around it."""
    markdown = pytest.importorskip("markdown", reason="of the extra site")
    call = {
        "picture": "with picture('A line that rises by one.', table=[['x'], [1]], caption='Up') as axes:\n"
        "    axes.plot([0, 1])\n\n    # after an empty line",
        "table": "show_table([['x'], [1]])\n\n# after an empty line",
    }[shown]
    write(
        place,
        '# %% [markdown]\n# ??? predict up "Up?"\n#     - (x) yes\n#     - ( ) no\n#\n#     Yes.\n\n'
        f"# %% fold\nfrom minirnn.course.figures import picture, show_table\n\n{call}\n\n"
        "# %% [markdown]\n# It goes *up*.\n#\n# ## Next\n",
    )
    site.build_lessons(place)
    text = page(place)
    veiled = text[text.index('<div class="veil"') : text.index("## Next")]
    assert "figure-links" in veiled
    tags = Tags()
    tags.feed(markdown.markdown(veiled, extensions=["md_in_html"]))
    assert tags.stray == [] and tags.open == []


def test_source_is_read_and_not_pasted(built):
    method = '@property\ndef open(self):\n    """Never closed."""\n    return True\n'
    wanted = method + "\n\ndef half(x):\n    return x / 2\n"
    folded = textwrap.indent(f"```{{ .python }}\n{wanted}```", "    ").replace("\n    \n", "\n\n")
    assert f'??? code "minirnn/tiny.py"\n\n{folded}' in page(built)
    assert "shut" not in page(built)


def test_exercise_has_statement_and_hints_but_no_answer(built):
    text = page(built)
    assert "### Exercise: Twice as much { #exercise-double }" in text
    assert "5 minutes · 4 points · difficulty 1 of 5" in text
    assert text.count("# Twice as much") == 0  # the title is not said again
    assert (
        '??? tip "Hint 1: an idea"\n\n    The idea of double.' in text
        and "Nearly the code of double." in text
    )
    assert "secret" not in text
    assert '<div><minirnn-exercise data-id="double" data-uses="python">' in text
    assert "minirnn check double --watch" in text and "00_first/double.py" in text


def test_the_debrief_waits_unseen_in_the_page_for_its_formulas_to_be_drawn(place):
    readme = place / "exercises/00_first/double/README.md"
    readme.write_text(readme.read_text("utf-8").replace("Debrief of double.", "It is $2x$ and *no* more."))
    site.build_lessons(place)
    unseen = '<template class="debrief" data-search-exclude markdown="1">\n\n{}\n\n</template>'
    assert unseen.format("It is $2x$ and *no* more.\nWhat if it were longer?") in page(place)
    assert page(place).count("$2x$") == 1
    assert "no* more" not in (place / "docs/lessons/first/first.ipynb").read_text("utf-8")
    manifest = place / "lessons" / "course.toml"
    manifest.write_text(manifest.read_text("utf-8").replace('uses = "python"', 'uses = "torch"'))
    site.build_lessons(place)
    assert "no* more" not in page(place)


def test_an_exercise_with_lists_says_which_it_replaces(place):
    manifest = place / "lessons" / "course.toml"
    text = manifest.read_text("utf-8")
    entry = 'uses = "python"\ninstead_of = "running_sum"\n'
    manifest.write_text(text.replace('uses = "python"\n', entry, 1), "utf-8")
    with pytest.raises(
        UserError, match="double stands in a tab of running_sum: write {{ exercise running_sum }}"
    ):
        site.build_lessons(place)
    write(place, LESSON.replace("exercise double", "exercise running_sum"))
    site.build_lessons(place)
    assert "difficulty 1 of 5 · with lists, instead of `running_sum`\n" in page(place)
    assert "10 minutes of teaching, 10 of exercises" in page(place)  # not both


def test_modules_are_loaded_only_where_they_are_used(place):
    site.build_lessons(place)
    assert '<div class="widget"><minirnn-scan-tree numbers="1,2"></minirnn-scan-tree></div>' in page(place)
    assert re.findall(r'<script type="module" src="([^"]+)">', page(place)) == [
        "../../python/exercise.js",
        "../../widgets/scan-tree.js",
    ]
    write(place, "# %% [markdown]\n# Words.\n\n# %%\nprint(1)\n")
    site.build_lessons(place)
    assert "<script" not in page(place)


def test_exercise_with_torch_is_for_the_computer(place):
    manifest = place / "lessons" / "course.toml"
    manifest.write_text(manifest.read_text("utf-8").replace('uses = "python"', 'uses = "torch"', 1), "utf-8")
    site.build_lessons(place)
    assert "minirnn-exercise" not in page(place) and "exercise.js" not in page(place)


CELLS = "# %% [markdown]\n# Words.\n\n# %%\nx = 1\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("import os\n# %%\n", "lessons/00_first.py, line 1: a lesson begins with a cell"),
        ("", "has no cells"),
        (CELLS + "# %% markdown\n", "line 6: '# %% markdown' is no kind of cell"),
        ("# %% [markdown]\n# Words.\nwords\n", "cell 1, line 3: a line of text begins with `# `"),
        ("# %% [markdown]\n#words\n", "cell 1, line 2: a line of text begins with `# `"),
        ("# %% [markdown]\n# # Title\n", "cell 1, line 2: the title comes from lessons/course.toml"),
        (CELLS + "1 / 0\n", "lessons/00_first.py, cell 2, line 6: ZeroDivisionError: division by zero"),
        (CELLS + "\n\ndef f():\n    return y\n\nf()\n", "cell 2, line 9: NameError: name 'y' is not defined"),
        (CELLS + "import json\njson.loads('{')\n", "cell 2, line 7: json.decoder.JSONDecodeError"),
        (CELLS + "\n# %%\nx = (\n", "cell 3, line 8: SyntaxError: '(' was never closed"),
        (CELLS + "raise SystemExit\n", "cell 2, line 6: SystemExit"),
        (
            CELLS + "# %% [markdown]\n#\n# {{ figure x }}\n",
            "cell 3, line 8: unknown directive `{{ figure x }}`",
        ),
        ("# %% [markdown]\n# {{ }}\n", "line 2: unknown directive"),
        ("# %% [markdown]\n# {{ keypoint }}\n", "`{{ keypoint }}`: did you mean keypoints?"),
        ("# %% [markdown]\n# {{ part No }}\n", "write-a-lesson.md shows how part is written"),
        ("# %% [markdown]\n# {{ widget tree }}\n", "line 2: there is no widget 'tree': known are "),
        ("# %% [markdown]\n# {{ widget scan-tree 3 }}\n", "line 2: '3' is no attribute"),
        (
            "# %% [markdown]\n# ??? note\n#\n#     {{ widget scan-tree }}\n",
            "line 4: {{ widget scan-tree }} must",
        ),
        (
            CELLS + "# %% [markdown]\n#\n# In {{ lesson none }}.\n",
            "cell 3, line 8: there is no lesson 'none'",
        ),
        ("# %% [markdown]\n# {{ exercise halve }}\n", "first has no exercise 'halve'"),
        ("# %% [markdown]\n# {{ source minirnn/none.py }}\n", "line 2: there is no file minirnn/none.py"),
        ("# %% [markdown]\n# {{ source helper.py }}\n", "line 2: there is no file helper.py in minirnn/"),
        (
            "# %% [markdown]\n# {{ source minirnn/tiny.py Box.none }}\n",
            "no function, class or method 'Box.none'",
        ),
        (
            CELLS + "from minirnn.course import results\nresults.load('none')\n",
            "line 7: minirnn.base.errors.UsageError",
        ),
    ],
)
def test_what_is_refused(place, text, sentence):
    write(place, text)
    with pytest.raises(UserError, match=re.escape(sentence)):
        site.build_lessons(place)
    assert not (place / "docs/lessons/first.md").exists()


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        ("show(None, alt='', table=None)", "alt must say in a sentence what one sees, but it is ''"),
        ("show(None, alt='A curve.', table=None)", "alt must say"),
        ("show(None, table=None)", "missing 1 required keyword-only argument: 'alt'"),
        (
            "show(None, alt='A curve that halves itself.')",
            "missing 1 required keyword-only argument: 'table'",
        ),
        ("show(None, alt='A curve that halves itself.', table=[['a']])", "A table is a header and rows"),
        ("show_table([['a', 'b'], [1]])", "A table is a header and rows as long as it; got lengths [2, 1]"),
        ("with picture('A curve.', table=None): pass", "alt must say"),
        ("with picture('A curve that halves itself.', table=[]): pass", "A table is a header"),
    ],
)
def test_figures_that_are_refused(place, call, sentence):
    write(place, f"# %%\nfrom minirnn.course.figures import picture, show, show_table\n\n{call}\n")
    with pytest.raises(UserError, match=f"cell 1, line 4: .*{re.escape(sentence)}"):
        site.build_lessons(place)


def test_code_in_fences_is_left_alone(place):
    write(place, "# %% [markdown]\n# ```\n# # no title\n# {{ no directive }}\n# ```\n\n# %%\nprint('```')\n")
    site.build_lessons(place)
    assert "```\n# no title\n{{ no directive }}\n```" in page(place)
    assert "````{ .python }\nprint('```')\n````" in page(place)


MENTIONS = """# %% [markdown]
# As {{ lesson first#two }} and lesson {{ number first }} say. {{ Lesson second }} and
# {{ lesson first }}
# come later, in {{ folder second }}.

# %%
x = 1  # {{ lesson second }}
"""


def test_number_title_and_link_of_a_lesson_are_written_in(place):
    write(place, MENTIONS)
    site.build_lessons(place)
    assert (
        'As [lesson 00 (First)](first.md#two) and lesson [00](first.md "First") say. Lesson 01 (Second) and\n'
        "[lesson 00 (First)](first.md)\ncome later, in 01_second.\n"
    ) in page(place)
    words = "As lesson 00 (First) and lesson 00 say. Lesson 01 (Second) and"
    assert f"# {words}\n# lesson 00 (First)\n# come" in beside(place)["first.py"].decode()
    notebook = json.loads(beside(place)["first.ipynb"])
    assert "".join(notebook["cells"][2]["source"]).startswith(f"{words}\nlesson 00 (First)\ncome later")


def test_a_lesson_has_another_number_when_it_has_another_place(place):
    write(place, MENTIONS)
    manifest = place / "lessons" / "course.toml"
    before = '[[lesson]]\nid = "new"\ntitle = "New"\nwritten = false\n'
    manifest.write_text(before + manifest.read_text("utf-8"), "utf-8")
    with pytest.raises(
        UserError, match=r"By its place in .*, lessons/00_first.py is 01_first.py: rename it."
    ):
        site.build_lessons(place)
    for folder in ("lessons/{}_first.py", "exercises/{}_first"):
        (place / folder.format("00")).rename(place / folder.format("01"))
    site.build_lessons(place)
    assert "Lesson 01 · 10 minutes" in page(place) and "Lesson 02 (Second) and" in page(place)
    (place / "lessons/00_new.py").write_text(CELLS, "utf-8")
    with pytest.raises(UserError, match="lessons/00_new.py is there: take away `written = false`"):
        site.build_lessons(place)


def test_an_old_address_leads_to_the_new_one(place):
    site.build_lessons(place)
    manifest = place / "lessons" / "course.toml"
    text = manifest.read_text("utf-8")
    manifest.write_text(text.replace('id = "first"', 'id = "one"\nformerly = ["first", "04_first"]'), "utf-8")
    dry_run(place, one={"school": 10})
    for folder in ("lessons/00_{}.py", "exercises/00_{}"):
        (place / folder.format("first")).rename(place / folder.format("one"))
    site.build_lessons(place)
    made = {
        path.relative_to(place / "docs/lessons").as_posix() for path in (place / "docs/lessons").rglob("*.*")
    }
    assert {"one.md", "first/index.html", "04_first/index.html"} <= made
    assert not {"first.md", "first/first.py"} & made
    old = (place / "docs/lessons/04_first/index.html").read_text("utf-8")
    assert '<link rel="canonical" href="../one/">' in old and "url=../one/" in old and "<h1>First</h1>" in old


def test_one_failing_lesson_does_not_stop_the_others(place):
    (place / "lessons/01_second.py").write_text("# %%\n1 / 0\n", "utf-8")
    with pytest.raises(UserError, match="01_second.py, cell 1, line 2"):
        site.build_lessons(place)
    assert "twice: 42" in page(place)


def test_lessons_are_named_as_in_the_manifest(place):
    with pytest.raises(UserError, match="There is no lesson 'none': known are first, second"):
        site.build_lessons(place, ["none"])
    (place / "lessons/02_third.py").write_text(CELLS, "utf-8")
    with pytest.raises(UserError, match="02_third.py is not in lessons/course.toml"):
        site.build_lessons(place)


@pytest.mark.parametrize("beside", [False, True])
def test_an_endless_lesson_is_stopped(place, monkeypatch, beside):
    """Alone in its process, or in a copy of one that runs another lesson too; it says where it was."""
    monkeypatch.setattr(lessons, "LIMIT", 4)
    write(place, "# %%\nwhile True:\n    pass\n")
    if beside:
        (place / "lessons/01_second.py").write_text(CELLS, "utf-8")
    with pytest.raises(
        UserError, match=r"^lessons/00_first.py was stopped after 4 s(.|\n)*00_first.py.*line [23]"
    ):
        site.build_lessons(place)
    assert (place / "docs/lessons/second.md").is_file() == beside


@pytest.mark.parametrize("beside", [False, True])
def test_a_lesson_whose_process_ends_without_a_word(place, beside):
    write(place, CELLS + "import os\nos._exit(3)\n")
    if beside:
        (place / "lessons/01_second.py").write_text(CELLS, "utf-8")
    with pytest.raises(UserError, match="^lessons/00_first.py: ended with 3 and said nothing.$"):
        site.build_lessons(place)


def test_side_by_side_or_each_by_itself_the_bytes_are_the_same(place, monkeypatch):
    """Copies of one process that has torch in it already, or processes that start from nothing."""
    (place / "lessons/01_second.py").write_text(LESSON.partition("# %% [markdown]\n# ## Two")[0], "utf-8")
    manifest = place / "lessons" / "course.toml"
    text = manifest.read_text("utf-8").replace('title = "Second"\n', f'title = "Second"\n{MANIFEST}', 1)
    manifest.write_text(text, "utf-8")

    def made():
        site.build_lessons(place)
        shown = {path: path.read_bytes() for path in (place / "docs/lessons").rglob("*.*")}
        records = [json.loads(path.read_text("utf-8")) for path in (place / "build").rglob("run.json")]
        shutil.rmtree(place / "build")
        return shown, [record["inputs"] for record in records]

    usual = made()
    monkeypatch.setattr(lessons, "FORKS", False)
    assert made() == usual and sum(path.suffix == ".svg" for path in usual[0]) == 8


def ran(root):
    return [each.ran for each in site.build_lessons(root)]


@pytest.mark.parametrize(
    "changed", ["lessons/00_first.py", "helper.py", "benchmarks/results/tiny-2core-x86_64.json"]
)
def test_runs_again_only_when_what_it_read_changed(place, changed, monkeypatch):
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    site.build_lessons(place)
    shutil.rmtree(place / "build")
    assert ran(place) == [True]  # now Python reads helper.py from what it compiled before
    first = {path: path.stat().st_mtime_ns for path in (place / "docs").rglob("*") if path.is_file()}
    (place / "minirnn/other.py").write_text("", "utf-8")  # nothing that it read
    assert ran(place) == [False]
    assert {path: path.stat().st_mtime_ns for path in first} == first  # nothing is written again
    path = place / changed
    path.write_text(
        path.read_text("utf-8").replace("2 * x", "x + x + 1").replace('"ms"', '"s"') + "\n", "utf-8"
    )
    assert ran(place) == [True]
    assert ("twice: 43" in page(place)) == (changed == "helper.py")
    assert ran(place) == [False]


def test_runs_again_for_another_version_and_when_a_figure_is_lost(place, monkeypatch):
    assert ran(place) == [True]
    next((place / "build/lessons/00_first").glob("*.svg")).unlink()
    assert ran(place) == [True]
    monkeypatch.setattr(lessons, "versions", lambda: {"python": "another"})
    assert ran(place) == [True]


def test_a_rebuild_gives_the_same_bytes(built, place):
    site.build_lessons(place)
    assert beside(place) == beside(built) and page(place) == page(built)
    assert sum(name.endswith(".svg") for name in beside(place)) == 4


def test_what_is_gone_is_swept(place):
    site.build_lessons(place)
    write(place, CELLS)
    site.build_lessons(place)
    assert set(beside(place)) == {"first.ipynb", "first.py"}
    (place / "lessons/00_first.py").unlink()
    site.build_lessons(place)
    assert not list((place / "docs/lessons").iterdir())


def test_script_is_the_lesson_and_runs_by_itself(built, tmp_path):
    assert beside(built)["first.py"].decode() == LESSON
    settings = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(built)]),
        "MINIRNN_BANK": str(built),
    }
    command = [sys.executable, str(built / "lessons/00_first.py")]
    done = subprocess.run(
        command, cwd=tmp_path, env=settings, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.split("\n") == [
        "[Figure: A curve that halves <at> each step.]",
        "twice: 42",
        "Two numbers",
        "a       b",
        "1  0.1235",
        "ms",
        "",
    ]
    assert not list(tmp_path.iterdir())


def test_notebook(built, tmp_path):
    text = beside(built)["first.ipynb"].decode()
    notebook = json.loads(text)
    cells = [(cell["cell_type"], "".join(cell["source"])) for cell in notebook["cells"]]
    assert cells[0] == ("code", f'%pip install --quiet "minirnn=={minirnn.__version__}"')
    assert cells[1] == ("markdown", "# First\n\n*How much is twice?*")
    words = "\n".join(source for kind, source in cells if kind == "markdown")
    assert "{{" not in words and "Only for them" not in words and "secret" not in words
    assert "> **Predict: what is printed?**\n>\n> Something.\n>\n> - a list\n" in words
    assert "```python\n@property\ndef open(self):" in words and "### Exercise: Twice as much" in words
    assert "See the map and [far away](https://example.org/)." in words
    hidden = [cell["metadata"].get("jupyter", {}).get("source_hidden", False) for cell in notebook["cells"]]
    assert hidden == ["bring(" in source or "points = [" in source for _, source in cells]
    # It runs where there is no clone, and each cell may be run twice.
    (tmp_path / "helper.py").write_text((built / "helper.py").read_text("utf-8"), "utf-8")
    code = [source for kind, source in cells if kind == "code"][1:]
    (tmp_path / "run.py").write_text("\n".join(each for each in code for _ in (0, 1)), "utf-8")
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "MINIRNN_BANK": str(tmp_path)}
    command = [sys.executable, "run.py"]
    done = subprocess.run(
        command, cwd=tmp_path, env=settings, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.count("twice: 42") == done.stdout.count("ms\n") == 2


def test_notebook_is_valid(built):
    nbformat = pytest.importorskip("nbformat", reason="needs the extra site-test")
    nbformat.validate(nbformat.reads(beside(built)["first.ipynb"].decode(), as_version=4))


def test_command(place, capsys, monkeypatch):
    from minirnn.cli import main

    monkeypatch.setenv("MINIRNN_BANK", str(place))
    for said in ("of processor time", "unchanged"):
        with pytest.raises(SystemExit, match="0"):
            main(["site", "--lessons", "first"])
        assert re.search(f"first .*{said} .*docs/lessons/first.md", capsys.readouterr().out)
    with pytest.raises(SystemExit, match="2"):
        main(["site", "first"])
    assert "--lessons" in capsys.readouterr().err
