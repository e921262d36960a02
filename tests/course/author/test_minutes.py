"""The minutes of the lessons: counted as said, and the committed dry run still fits what it was made of."""

import importlib
import json
import re
from pathlib import Path

import pytest

from minirnn.base.errors import UserError
from minirnn.course import bank, figures
from tests.course.tiny import make_bank

SCRIPTS = Path(__file__).parents[3] / "benchmarks"
FIELDS = 'keypoints = ["Three {{ value words }} here."]\ntracks = ["school", "university"]\n'
LESSON = """# %% [markdown]
# One two $h_t$ and [a link](https://example.org/a b c).

# %% fold
from minirnn.course.figures import show_table

drawn = 1

# %% [markdown]
# ## Next part
#
# $$a = b$$
#
# ??? question "Predict: what?"
#     Six words with $$c$$ in them.
#
# ??? info "For some"
#     Not in the school track.
#
# !!! note "For all"
#     Read it.
#
# ??? teacher "For teachers"
#     Nobody reads this in class.
#
# {{ exercise double }}

# %%
print("shown")

show_table([["a"], [1]])

# %% [markdown]
# {{ widget scan-tree }}
#
# ## Last
#
# {{ keypoints }}
#
# ## Read on
#
# - A paper with a very long title.
"""


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("dry_run")


@pytest.fixture
def place(tmp_path):
    root = make_bank(tmp_path)
    manifest = root / bank.MANIFEST
    text = manifest.read_text("utf-8").replace('title = "First"\n', f'title = "First"\n{FIELDS}', 1)
    manifest.write_text(text, "utf-8")
    (root / "lessons/00_first.py").write_text(LESSON, "utf-8")
    return root


def test_what_is_counted(script, place):
    beginning, following, last = script.count(place, bank.load(place)[0])
    assert (beginning.title, following.title, last.title) == ("(the beginning)", "Next part", "Last")
    assert (beginning.words, beginning.lines, beginning.cells) == (6, 0, [2])  # folded code is not read
    # Next part | Predict: what? Six words with in them. | For all Read it.
    assert (following.words, following.formulas, following.lines) == (13, 2, 2)
    assert (following.predictions, following.interactive, following.cells) == (1, 1, [4])
    assert following.exercises == ["double"] and last.words == 1 + 3
    assert following.folded == 60 * 7 / script.WORDS  # For some Not in the school track.


def test_the_cells_are_run(script, place):
    taken = script.clock(place / "lessons/00_first.py")
    assert figures.taker is figures.drawer is None  # nothing of it stays behind in this process
    assert [shown for *shown, _ in taken.values()] == [[0, 0], [0, 2]] and list(taken) == [2, 4]
    assert all(seconds > 0 for *_, seconds in taken.values())


def test_the_clock_of_each_track(script, place):
    lesson = bank.load(place)[0]
    parts = [script.Section("A", words=1200), script.Section("B", predictions=30, folded=360.0)]
    made = script.record(lesson, parts)
    assert made["minutes at the desk"] == {"school": 70.0, "university": 76.0}
    assert made["teaching"] == {"school": 90, "university": 95}  # 87.5 and 95
    assert [row["by minute, school"] for row in made["sections"]] == [12, 88]
    lesson.fields["left_out"] = {"school": ["B"]}
    assert script.record(lesson, parts)["teaching"] == {"school": 15, "university": 95}
    assert "by minute, school" not in script.record(lesson, parts)["sections"][1]


def test_what_a_track_leaves_out_is_a_part_without_its_exercises(script, place):
    lesson, parts = bank.load(place)[0], [script.Section("A", exercises=["double"])]
    lesson.fields["left_out"] = {"school": ["Another"]}
    with pytest.raises(UserError, match="first has no section 'Another' to leave out"):
        script.record(lesson, parts)
    lesson.fields["left_out"] = {"school": ["A"]}
    with pytest.raises(UserError, match="the school track leaves out 'A' of first, but does its exercise"):
        script.record(lesson, parts)


PARTS = """# %% [markdown]
# {{ part "One" }}
#
# Ten words that are read by everybody who comes here.
#
# ??? predict much "How {{ value n }}?"
#     - ( ) little
#     - (x) much
#
#     Because.
#
# {{ source minirnn/tiny.py }}
#
# {{ part "Two" }}
#
# ## Below
#
# {{ source open minirnn/tiny.py }}
#
# ### Deep
#
# {{ exercise double }}
#
# ## Last
#
# {{ exercise running_sum }}
"""


def test_minutes_by_part_with_the_exercises_where_they_stand(script, place):
    (place / "minirnn").mkdir()
    (place / "minirnn/tiny.py").write_text("x = 1\n" * 24, "utf-8")
    (place / "lessons/00_first.py").write_text(PARTS, "utf-8")
    lesson = bank.load(place)[0]
    sections = script.count(place, lesson)
    assert [(each.title, each.part, each.part_title) for each in sections] == [
        ("(the beginning)", 1, "One"),
        ("Below", 2, "Two"),
        ("Deep", 2, "Two"),
        ("Last", 2, "Two"),
    ]
    # Ten words | How value? little much Because.
    assert (sections[0].words, sections[0].predictions, sections[0].lines) == (15, 1, 0)
    assert sections[0].folded == sections[1].lines * script.LINE == 24 * script.LINE
    for section, words in zip(sections, (0, 240, 480, 240), strict=True):
        section.words, section.predictions, section.lines, section.folded = words, 0, 0, 0.0
    made = script.record(lesson, sections)
    assert made["teaching"]["school"] == 10
    one, two = made["by part"]
    assert (one["title"], one["minutes"]["school"], one["exercises"]) == ("One", 0, {})
    # Of ten minutes a quarter is over after "Below", three quarters after "Deep".
    assert (two["title"], two["minutes"]["school"]) == ("Two", 10)
    assert {name: before["school"] for name, before in two["exercises"].items()} == {
        "double": 8,
        "running_sum": 10,
    }


def test_what_is_below_a_section_that_is_left_out_is_left_out(script, place):
    lesson = bank.load(place)[0]
    titles = [("A", 2), ("B", 3), ("C", 3), ("D", 2)]
    sections = [script.Section(title, level) for title, level in titles]
    for named, left in (("A", ["A", "B", "C"]), ("B", ["B"])):
        lesson.fields["left_out"] = {"school": [named]}
        assert [section.title for section in script.left_out(lesson, sections, "school")] == left


def test_a_lesson_that_changed_needs_another_dry_run(script, place, monkeypatch):
    lesson = bank.load(place)[0]
    path, result = place / "lessons/00_first.py", place / bank.DRY_RUN
    result.parent.mkdir(parents=True)
    recorded = {"first": script.record(lesson, script.count(place, lesson))}
    made = {"assumed": script.ASSUMED, "lessons": recorded}
    result.write_text(json.dumps(made), "utf-8")
    assert script.outdated(place) == []
    path.write_text(LESSON + "# %%\nx = 1\n", "utf-8")  # under "Read on"
    assert script.outdated(place) == []
    path.write_text(LESSON.replace("Read it.", "Read it" + 600 * " on"), "utf-8")
    more, less = (f"{{'school': {n}, 'university': {n}}}" for n in (15, 10))
    assert script.outdated(place) == [f"first: teaching takes {more} minutes, not {less}."]
    path.write_text(LESSON.replace("## Last", "## At last"), "utf-8")
    assert script.outdated(place) == ["first has other sections, or other cells and exercises in them."]
    path.write_text(LESSON, "utf-8")
    monkeypatch.setattr(script, "ASSUMED", {})
    assert script.outdated(place) == ["It was made with other assumptions."]
    monkeypatch.undo()
    manifest = place / bank.MANIFEST
    manifest.write_text(manifest.read_text("utf-8").replace("minutes = 5", "minutes = 6", 1), "utf-8")
    assert "first: exercises takes {'school': 16" in script.outdated(place)[0]


def test_a_broken_result_is_named(place):
    (place / bank.DRY_RUN).parent.mkdir(parents=True)
    (place / bank.DRY_RUN).write_text("{}", "utf-8")
    with pytest.raises(UserError, match=r"dry-run\.json is broken: remove it"):
        bank.load(place)


# The lessons as they are


def test_the_dry_run_fits_the_lessons(script):
    assert script.outdated(bank.root()) == [], "run python benchmarks/dry_run.py, and look at the checkpoints"


@pytest.mark.parametrize("lesson", bank.course(), ids=lambda lesson: lesson.id)
def test_the_checkpoints_go_through_all_parts(lesson):
    """The minutes at which a part ends come from the dry run."""
    text = (bank.root() / "lessons" / f"{lesson.name}.py").read_text("utf-8")
    table = re.search(r"# +\| in part \|.*\n# +\| ?--.*\n((?:# +\|.*\n)+)", text)
    numbers = [int(row) for row in re.findall(r"^# +\| (\d+) \|", table[1], re.MULTILINE)]
    assert numbers == sorted(numbers) and set(numbers) == set(range(1, len(lesson.parts) + 1))


@pytest.mark.parametrize("lesson", bank.course(), ids=lambda lesson: lesson.id)
def test_no_minutes_of_teaching_are_typed_beside_the_dry_run(lesson):
    text = (bank.root() / "lessons" / f"{lesson.name}.py").read_text("utf-8")
    assert "teaching" not in lesson.fields and "#     {{ minutes }}\n" in text
    assert not re.search(r"\d+ minutes of teaching|[Cc]heckpoints for \d+", text)
