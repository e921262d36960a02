"""The form of lessons: each rule can fail, a new lesson breaks one, and the lessons of the course none."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from minirnn.base.errors import UsageError
from minirnn.course import bank
from minirnn.course.author import commands, form
from minirnn.course.author.new import new_lesson
from minirnn.course.site import build, lessons

ROOT = Path(__file__).parents[3]
MANIFEST = """[[lesson]]
id = "sequences"
title = "Sequences"
written = false

[[lesson]]
id = "halving"
title = "Halving"
requires = ["sequences"]
question = "How soon is nothing left?"
tracks = ["school", "university"]  # both
written = false

[[lesson]]
id = "later"
title = "Later"
written = false
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A bank with a lesson that `dev new lesson` made."""
    root = tmp_path_factory.mktemp("form") / "bank"
    for kind in ("lessons", "exercises"):
        shutil.copytree(ROOT / kind / "_skeleton", root / kind / "_skeleton")
    (root / "lessons/course.toml").write_text(MANIFEST, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MINIRNN_BANK", str(root))
        bank.course.cache_clear()
        new_lesson("halving")
        yield root
    bank.course.cache_clear()


def test_a_new_lesson_builds_and_is_only_too_short(place, capsys, monkeypatch):
    (lesson,) = bank.course()
    assert (lesson.number, [each.id for each in lesson.exercises]) == (1, ["halving_mean"])
    (sentence,) = form.check_lesson(place, lesson)
    assert re.fullmatch(
        r"lessons/01_halving.py: length: \d+ words of main text, expected 2,000 to 2,800\.", sentence
    )
    build.build_lessons(place)
    assert 'data-answer="4"' in (place / "docs/lessons/halving.md").read_text("utf-8")
    text = (place / bank.MANIFEST).read_text("utf-8")
    assert text.count("[[lesson]]") == 3 and "\n\n\n" not in text and text.count("written = false") == 2
    with pytest.raises(Exception, match="1 problem in 1 lesson"):
        commands.check(["halving"])
    assert capsys.readouterr().out == f"problem  halving\n           {sentence}\n"


def test_what_was_planned_stays(place):
    lesson = bank.load(place)[1]
    fields = lesson.fields
    assert (fields["question"], fields["requires"]) == ("How soon is nothing left?", ["sequences"])
    assert fields["objectives"] == ["Say what $x_t$ is."] and fields["gpu"] is False
    assert "# both\n" in (place / bank.MANIFEST).read_text("utf-8")


def test_what_was_made_and_what_to_do_with_it_is_said(place, capsys, monkeypatch):
    made = place / "lessons/01_halving.py", place / "exercises/01_halving/halving_mean"
    monkeypatch.setattr("minirnn.course.author.new.new_lesson", lambda name: made)
    monkeypatch.setenv("MINIRNN_COMMAND", "it")
    commands.new("lesson", "halving")
    said = capsys.readouterr().out
    assert all(str(path) in said for path in made) and "lessons/course.toml" in said
    assert "it site --lessons halving\n" in said and "it dev check halving\n" in said


@pytest.mark.parametrize(
    ("name", "said"),
    [("none", "There is no lesson 'none'"), ("halving", "The lesson halving is begun already")],
)
def test_only_a_planned_lesson_can_be_begun(place, name, said):
    with pytest.raises(UsageError, match=said):
        new_lesson(name)


def found(place, text=None, outputs=None, **fields):
    """What is wrong with the lesson, with another text or other outputs; without the length."""
    (lesson,) = bank.course()
    (page,) = lessons.load(place, [lesson])
    lesson = replace(lesson, fields=lesson.fields | fields) if fields else lesson
    cells = page.cells
    if text is not None:
        path = place / "other.py"
        path.write_text(text, "utf-8")
        cells = lessons.parse(path)
    page = lessons.Page(lesson, page.path, cells, page.outputs if outputs is None else outputs, [], 0, False)
    return list(form.problems(page))


def source(place):
    return (place / "lessons/01_halving.py").read_text("utf-8")


FILLER = "# %% [markdown]\n" + "# word\n" * 2000 + "#\n# %% [markdown]\n# ## What to remember"


@pytest.fixture
def whole(place):
    """The text of a lesson that is long enough."""
    text = source(place).replace("# %% [markdown]\n# ## What to remember", FILLER)
    assert found(place, text) == []
    return text


def figure(count, kind="figure"):
    return {2: [lessons.Output(kind, {})] * count}


NO_ANSWER = '# ??? check "Is it ever zero?"\n#     No, because half of something is something.\n'
PREDICT = '# ## Now you\n#\n# ??? question "Predict: what?"\n#     So.\n'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("# word\n", "", "length: "),
        ("# word\n", "# word word\n", "length: "),
        ("show_table([[", "x = 1\n" * 14 + "show_table([[", "code: cell 2 has 19 lines, expected at most 15"),
        ('# {{ part "With the hands" }}\n', "", "parts: 2, expected 3 to 5."),
        ("# %% [markdown]\n", "# %% [markdown]\n# Words.\n#\n", "parts: the first one begins"),
        (
            "# ## Now you\n",
            "# Words.\n#\n# ## Now you\n",
            'parts: {{ part "With the hands" }} does not stand',
        ),
        ("# word\n# word\n", "# - A paper,\n#   1974. Read it.\n", "lists: line "),
        ("# !!! sofar\n", "# !!! note\n", "so far: 0 notes"),
        ("# !!! sofar\n", "# !!! sofar\n#     One.\n#\n# !!! sofar\n", "so far: 2 notes"),
        (NO_ANSWER, "#\n", "checks: 3 folds"),
        ("#     One eighth.\n", "#\n", "checks: one has no answer."),
        ("# ## Check yourself\n", "# ## Questions\n", "end: the last headings are What to remember, Quest"),
        ("# ## Read on\n", "# ## More\n", "end: the last headings are"),
        ("# {{ keypoints }}\n", "# Much.\n", "end: {{ keypoints }} does not stand"),
        ("# ??? teacher ", "# Words.\n#\n# ??? info ", "end: the fold `??? teacher` is not the last thing."),
        ("# ## Now you\n", PREDICT, "predictions: a fold asks"),
        ("??? predict shape", "??? predict tenth", "predictions: two are called tenth."),
        ("# {{ exercise halving_mean }}\n", "# No.\n", "exercises: the page has ; the manifest has halving"),
    ],
)
def test_a_rule_that_is_broken_is_named(place, whole, old, new, said):
    assert old in whole
    sentences = found(place, whole.replace(old, new))
    assert any(sentence.startswith(said) for sentence in sentences), sentences


@pytest.mark.parametrize(
    ("kind", "count", "said"), [("figure", 8, "figures: 8, expected at most 7."), ("table", 6, "tables: 6,")]
)
def test_what_is_shown_is_counted(place, whole, kind, count, said):
    assert found(place, whole, figure(count - 1, kind)) == []
    (sentence,) = found(place, whole, figure(count, kind))
    assert sentence.startswith(said)


def test_a_table_in_text_counts_too(place, whole):
    more = whole.replace("# ## Now you\n", "# ## Now you\n#\n# | a | b |\n# | --- | ---: |\n# | 1 | 2 |\n")
    assert found(place, more, figure(4, "table")) == []
    assert found(place, more, figure(5, "table")) == ["tables: 6, expected at most 5."]


def test_predictions_are_counted(place, whole):
    one = '# ??? predict more_{} "What?"\n#     number: 1\n#     near: 1\n#\n#     One.\n#\n'
    few, many = (
        whole.replace("# ## Now you\n", "# ## Now you\n#\n" + "".join(map(one.format, range(n))))
        for n in (4, 5)
    )
    assert found(place, few) == [] and found(place, many) == ["predictions: 7, expected at most 6."]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"can": ["One."]}, "manifest: `can` has 1 entries, expected 2 to 4."),
        ({"objectives": []}, "manifest: `objectives` is missing."),
        ({"left_out": {"school": ["None"]}}, "manifest: school leaves out 'None', which is no heading."),
    ],
)
def test_the_manifest_is_looked_at(place, whole, fields, said):
    assert found(place, whole, **fields) == [said]


def test_an_exercise_with_lists_is_not_asked_for_beside_its_twin(place, whole):
    (lesson,) = bank.course()
    (mine,) = lesson.exercises
    other = replace(mine, id="lists", instead_of=mine.id)
    lesson = replace(lesson, exercises=(other, mine))
    assert list(form._exercises(lesson, list(form.cut("{{ exercise halving_mean }}")))) == []
    both = form.cut("{{ exercise lists }}\n{{ exercise halving_mean }}")
    assert list(form._exercises(lesson, list(both))) == [
        "exercises: the page has lists, halving_mean; the manifest has halving_mean."
    ]


def test_what_is_not_open_is_not_counted():
    text = """Two words.

??? info "Folded"
    Not these.

!!! note "These"
    are.

| not | these |

??? predict a "Four words are asked?"
    - ( ) one

    Not these.

## What to remember

Not these."""
    assert form.words_open(list(form.cut(text))) == 2 + 2 + 5  # the question and a choice


# The lessons as they are


@pytest.mark.parametrize("lesson", bank.course(), ids=lambda lesson: lesson.id)
def test_the_lesson_has_its_form(lesson):
    assert form.check_lesson(ROOT, lesson) == []
