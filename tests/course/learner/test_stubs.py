"""A learner's folder: no answer gets in, and nothing that a learner wrote gets lost."""

import json
import os

import pytest

from minirnn import __version__
from minirnn.base.errors import UsageError, UserError
from minirnn.course import bank
from minirnn.course.learner import progress, stubs
from minirnn.course.learner.progress import Unusable, digest, find, load, locate
from minirnn.course.learner.stubs import reset, start, update
from tests.course.tiny import RIGHT, SQUARED, write


def files(folder):
    """Every file of a folder, as path: text."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def new_version(tiny, name, old, new):
    """Change a file of the bank, as a newer version of the course would."""
    path = tiny / "exercises" / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    bank.course.cache_clear()


# -- start -------------------------------------------------------------------------------------------


def test_start_makes_stubs_and_statements_and_nothing_else(desk):
    have = files(desk)
    exercises = {"00_first/double", "00_first/running_sum", "01_second/halve"}
    assert have.keys() == {f"{name}{end}" for name in exercises for end in (".py", ".md")} | {
        "README.md",
        "pytest.ini",
        "progress.json",
    }
    everything = "\n".join(have.values())
    for answer in (
        "secret",
        "The idea of",
        "The place of",
        "Nearly the code",
        "Debrief",
        "squared",
        "SOLUTION",
    ):
        assert answer not in everything
    stub = have["00_first/double.py"]
    compile(stub, "double.py", "exec")
    assert 'raise NotImplementedError("write double here")' in stub and "FACTOR = 2" in stub
    said = "# Double\n\nWrite `double`.\n\nYou may import Python's standard library and numpy.\n"
    assert have["00_first/double.md"] == said
    assert "-p minirnn.course.learner.plugin" in have["pytest.ini"]


def test_progress_is_readable_and_says_where_the_files_came_from(desk):
    content = json.loads((desk / "progress.json").read_text(encoding="utf-8"))
    assert content["version"] == __version__ and list(content["exercises"]) == [
        "double",
        "running_sum",
        "halve",
    ]
    entry = content["exercises"]["double"]
    assert entry["stub"] == digest((desk / "00_first" / "double.py").read_bytes())
    assert entry["statement"] == digest((desk / "00_first" / "double.md").read_bytes())
    assert (entry["points"], entry["solved"], entry["attempts"], entry["hints"]) == (0, "", 0, 0)
    assert entry["solution_seen"] is False


def test_the_readme_says_what_to_type(desk, monkeypatch, tmp_path):
    text = (desk / "README.md").read_text(encoding="utf-8")
    for line in ("    minirnn list ", "    minirnn check --watch ", "    minirnn hint "):
        assert line in text
    assert "`pytest 00_first/double.py`" in text
    monkeypatch.setenv("MINIRNN_COMMAND", "python3 course.py")
    monkeypatch.setattr(stubs.sys, "executable", str(tmp_path / "bank" / ".venv" / "bin" / "python"))
    text = stubs.readme_text(desk)
    course, python = (
        os.path.join("..", "bank", "course.py"),
        os.path.join("..", "bank", ".venv", "bin", "python"),
    )
    assert f"    python3 {course} check --watch" in text and f"`{python} -m pytest`" in text


def test_start_takes_an_empty_folder_and_one_with_hidden_files(tiny, tmp_path):
    for name, hidden in (("empty", None), ("versioned", ".gitignore")):
        folder = tmp_path / name
        folder.mkdir()
        if hidden:
            (folder / hidden).write_text("x", encoding="utf-8")
        start(folder)
        assert (folder / "progress.json").exists()


@pytest.mark.parametrize("inside", ["exercises", "new/deep", "."])
def test_never_inside_a_clone(tiny, tmp_path, inside, monkeypatch):
    monkeypatch.chdir(tiny)
    before = files(tiny)
    with pytest.raises(UsageError, match="inside a clone of the project.*minirnn start ../minirnn-exercises"):
        start(tiny / inside)
    assert files(tiny) == before


def test_never_inside_a_clone_that_is_not_the_bank(tiny, tmp_path):
    (tmp_path / "other" / "minirnn").mkdir(parents=True)
    (tmp_path / "other" / "course.py").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="inside a clone"):
        start(tmp_path / "other" / "x")


def test_never_in_a_folder_of_something_else(tiny, desk, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="is not empty"):
        start(tmp_path / "mine")
    with pytest.raises(UsageError, match="is a file"):
        start(tmp_path / "mine" / "thesis.txt")
    with pytest.raises(UsageError, match="is a workspace already.*update"):
        start(desk)
    with pytest.raises(UsageError, match="is a workspace already"):
        start(desk / "00_first" / "again")
    assert files(tmp_path / "mine") == {"thesis.txt": "x"}


def test_a_start_that_was_killed_is_finished_by_update(tiny, tmp_path, monkeypatch):
    done = []

    def write_some(path, data):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(path)
        path.write_text(data, encoding="utf-8")

    monkeypatch.setattr(stubs, "write_atomic", write_some)
    with pytest.raises(KeyboardInterrupt):
        start(tmp_path / "half")
    monkeypatch.undo()
    monkeypatch.setenv("MINIRNN_BANK", str(tiny))
    assert locate(tmp_path / "half") == tmp_path / "half"
    with pytest.raises(Unusable, match="is missing: `minirnn update`"):
        load(tmp_path / "half")
    update(tmp_path / "half")
    start(tmp_path / "whole")
    half, whole = files(tmp_path / "half"), files(tmp_path / "whole")
    assert half == whole


# -- finding it --------------------------------------------------------------------------------------


def test_found_from_below_and_not_from_outside(desk, tmp_path, monkeypatch):
    monkeypatch.chdir(desk / "00_first")
    assert find().folder == desk
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="There is no workspace here.*minirnn start"):
        find()
    (tmp_path / "progress.json").write_text('{"epoch": 3}', encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    assert locate(tmp_path) is None


# -- progress ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "broken .line 1"),
        ('{"format": 1,\n', "broken .line 2"),
        ("[]", "broken .it holds no object"),
        ('{"format": 1, "version": "x"}', "broken .'exercises' is missing"),
        ('{"format": "1", "version": "x", "exercises": {}}', "wrong type"),
        ('{"format": true, "version": "x", "exercises": {}}', "wrong type"),
        ('{"format": 1, "version": "x", "exercises": []}', "wrong type"),
        ('{"format": 1, "version": "x", "exercises": {"a": 3}}', "broken .a is 3"),
        ('{"format": 1, "version": "x", "exercises": {"a": {}}}', "broken .'file' is missing"),
        (
            '{"format": 0, "version": "0.0.1", "exercises": {}}',
            "older version of the course .0.0.1.: .*update",
        ),
        ("[" * 100_000, "broken"),
        (b"\xff\xfe{}", "broken .it is not UTF-8 text"),
    ],
)
def test_a_progress_that_cannot_be_used_is_one_sentence_and_update_mends_it(desk, text, words):
    write(desk, "double", SQUARED)
    data = text if isinstance(text, bytes) else text.encode()
    (desk / "progress.json").write_bytes(data)
    with pytest.raises(Unusable, match=words) as caught:
        load(desk)
    assert "\n" not in str(caught.value) and "`minirnn update` makes a new one" in str(caught.value)
    found, said = update(desk)
    assert (desk / "progress.bak-1.json").read_bytes() == data
    assert (desk / "00_first" / "double.py").read_text(encoding="utf-8") == SQUARED
    assert found.begun(bank.find("double")) and not found.begun(bank.find("halve"))
    assert load(desk).states == found.states and "progress.bak-1.json" in said[0]


def test_a_wrong_type_inside_is_named(desk):
    content = json.loads((desk / "progress.json").read_text(encoding="utf-8"))
    content["exercises"]["halve"]["points"] = "many"
    (desk / "progress.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(Unusable, match="points of halve is 'many'"):
        load(desk)


def test_a_newer_progress_is_left_alone(desk):
    text = '{"format": 2, "version": "9.9", "exercises": {}}'
    (desk / "progress.json").write_text(text, encoding="utf-8")
    for function in (load, update):
        with pytest.raises(UserError, match=r"newer version of the course \(9.9\): bring your clone"):
            function(desk)
    assert (desk / "progress.json").read_text(encoding="utf-8") == text


def test_unknown_fields_do_no_harm(desk):
    content = json.loads((desk / "progress.json").read_text(encoding="utf-8"))
    content["exercises"]["halve"]["colour"] = "red"
    (desk / "progress.json").write_text(json.dumps(content), encoding="utf-8")
    assert load(desk).states["halve"].points == 0


def check(desk, name, text):
    """Write the file, check it, and give what progress.json says then."""
    write(desk, name, text)
    found, exercise = load(desk), bank.find(name)
    result = progress.check(found, exercise, found.read(exercise))
    return result, load(desk).states[name]


def test_a_check_is_recorded(desk):
    result, state = check(desk, "double", SQUARED)
    assert not result.passed and (state.attempts, state.points, state.solved, state.stuck) == (1, 1, "", 1)
    result, state = check(desk, "double", SQUARED)
    assert (state.attempts, state.stuck) == (2, 2)
    result, state = check(desk, "double", "def double(x):\n    return 3\n")
    assert (state.attempts, state.points, state.stuck) == (3, 1, 1)
    result, state = check(desk, "double", RIGHT["double"])
    assert (
        result.passed and (state.attempts, state.points, state.stuck) == (4, 3, 0) and len(state.solved) == 10
    )
    result, state = check(desk, "double", "def double(x):\n    return 3\n")
    assert state.points == 3 and state.solved


def test_a_file_that_is_not_begun_is_no_failure_of_a_kind(desk):
    stub = (desk / "00_first" / "double.py").read_text(encoding="utf-8")
    for _ in range(2):
        _, state = check(desk, "double", stub)
    assert (state.attempts, state.stuck) == (2, 0)


def test_what_another_command_wrote_meanwhile_is_kept(desk):
    first, second = load(desk), load(desk)
    with second.change(bank.find("halve")) as state:
        state.hints = 2
    with first.change(bank.find("double")) as state:
        state.solution_seen = True
    states = load(desk).states
    assert states["halve"].hints == 2 and states["double"].solution_seen


def test_the_current_exercise_is_the_first_unsolved(desk):
    found = load(desk)
    assert found.current().id == "double"
    for name, following in (("double", "running_sum"), ("halve", "running_sum"), ("running_sum", None)):
        with found.change(bank.find(name)) as state:
            state.solved = "2026-01-01"
        current = found.current()
        assert (current and current.id) == following
    assert found.solved() == 3


def test_next_goes_round(desk):
    found = load(desk)
    assert found.next_after(bank.find("double")).id == "running_sum"
    assert found.next_after(bank.find("halve")).id == "double"
    for name in ("double", "running_sum"):
        with found.change(bank.find(name)) as state:
            state.solved = "2026-01-01"
    assert found.next_after(bank.find("double")).id == "halve"
    assert found.next_after(bank.find("halve")) is None


def test_files_that_cannot_be_read_say_what_to_do(desk):
    found, exercise = load(desk), bank.find("double")
    found.path(exercise).unlink()
    with pytest.raises(UserError, match="00_first/double.py is missing: `minirnn reset double`"):
        found.read(exercise)
    found.path(exercise).mkdir()
    with pytest.raises(UserError, match="00_first/double.py cannot be read"):
        found.read(exercise)
    del found.states["double"]
    with pytest.raises(UserError, match="double is not in this workspace yet: `minirnn update`"):
        found.read(exercise)


# -- reset -------------------------------------------------------------------------------------------


def test_reset_keeps_every_old_file(desk):
    exercise, found = bank.find("double"), load(desk)
    stub = exercise.stub()
    assert reset(found, exercise) is None
    for number, text in ((1, "one = 1\n"), (2, "two = 2\n")):
        write(desk, "double", text)
        kept = reset(found, exercise)
        assert kept.name == f"double.bak-{number}.py" and kept.read_text(encoding="utf-8") == text
        assert (desk / "00_first" / "double.py").read_text(encoding="utf-8") == stub
    assert (desk / "00_first" / "double.bak-1.py").read_text(encoding="utf-8") == "one = 1\n"
    found.states["double"].stuck_at, found.states["double"].stuck = "test_type: wrong", 2
    found.save()
    reset(found, exercise)
    assert (load(desk).states["double"].stuck_at, load(desk).states["double"].stuck) == ("", 0)


def test_reset_brings_back_what_was_deleted(desk):
    exercise = bank.find("double")
    for path in (desk / "00_first").iterdir():
        path.unlink()
    (desk / "00_first").rmdir()
    assert reset(load(desk), exercise) is None
    assert (desk / "00_first" / "double.py").read_text(encoding="utf-8") == exercise.stub()
    assert (desk / "00_first" / "double.md").exists()


# -- update ------------------------------------------------------------------------------------------


def test_update_with_nothing_new_does_nothing(desk):
    before = files(desk)
    assert update(desk)[1] == [] and files(desk) == before


def test_update_replaces_what_was_not_edited_and_keeps_what_was(tiny, desk):
    write(desk, "running_sum", RIGHT["running_sum"])
    new_version(tiny, "00_first/double/exercise.py", "Twice each number.", "Two times each number.")
    new_version(tiny, "00_first/running_sum/exercise.py", "The sum so far,", "All that came so far,")
    assert "new version of double" in load(desk).note(bank.find("double"))
    _, said = update(desk)
    assert "Two times each number." in (desk / "00_first" / "double.py").read_text(encoding="utf-8")
    assert (desk / "00_first" / "running_sum.py").read_text(encoding="utf-8") == RIGHT["running_sum"]
    assert said == [
        "00_first/double.py is replaced by a new one; you had not changed it.",
        "00_first/running_sum.py is kept as you wrote it; `reset running_sum` would write a new one.",
    ]
    assert load(desk).begun(bank.find("running_sum")) and not load(desk).begun(bank.find("double"))
    assert load(desk).note(bank.find("double")) == ""


def test_other_line_ends_are_no_edit(tiny, desk):
    path = desk / "00_first" / "double.py"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert not load(desk).begun(bank.find("double"))


def test_update_says_which_statement_has_changed_and_keeps_notes_in_the_old(tiny, desk):
    page = desk / "00_first" / "double.md"
    page.write_text(page.read_text(encoding="utf-8") + "my note\n", encoding="utf-8")
    assert update(desk)[1] == [] and "my note" in page.read_text(encoding="utf-8")
    new_version(tiny, "00_first/double/README.md", "Write `double`.", "Please write `double`.")
    assert "new version of double" in load(desk).note(bank.find("double"))
    _, said = update(desk)
    assert said == [
        "What you wrote into 00_first/double.md is now in double.bak-1.md.",
        "The statement of double has changed: read 00_first/double.md again.",
    ]
    assert page.read_text(encoding="utf-8").startswith("# Double\n\nPlease write `double`.\n")
    assert "my note" in (desk / "00_first" / "double.bak-1.md").read_text(encoding="utf-8")
    assert load(desk).note(bank.find("double")) == ""


def test_a_workspace_of_a_version_without_rules_gets_them_under_its_statements(desk):
    page, exercise = desk / "00_first" / "double.md", bank.find("double")
    old = exercise.readme()["statement"]
    page.write_text(old, encoding="utf-8")
    with load(desk).change(exercise) as state:
        state.statement, state.attempts = digest(old), 7
    assert "new version of double" in load(desk).note(exercise)
    _, said = update(desk)
    assert said == ["The statement of double has changed: read 00_first/double.md again."]
    assert page.read_text(encoding="utf-8") == f"{old}\nYou may import Python's standard library and numpy.\n"
    assert load(desk).states["double"].attempts == 7 and update(desk)[1] == []


def test_update_brings_new_exercises_and_moves_old_ones(tiny, desk):
    write(desk, "halve", RIGHT["halve"])
    with load(desk).change(bank.find("halve")) as state:
        state.solved = "2026-01-01"
    manifest = tiny / "lessons" / "course.toml"
    text = manifest.read_text(encoding="utf-8")
    before = '[[lesson]]\nid = "between"\ntitle = "Between"\nwritten = false\n[[lesson]]\nid = "third"'
    text = text.replace('[[lesson]]\nid = "second"', before)
    entry = text[text.index("[[lesson.exercise]]") : text.index("[[lesson.exercise]]", 60)]
    new = entry.replace("double", "triple").replace("Twice as much", "Thrice")
    text = text.replace(entry, new + entry)
    manifest.write_text(text, encoding="utf-8")
    os.rename(tiny / "exercises" / "01_second", tiny / "exercises" / "02_third")
    new = tiny / "exercises" / "00_first" / "triple"
    new.mkdir()
    for path in (tiny / "exercises" / "00_first" / "double").iterdir():
        content = path.read_text(encoding="utf-8").replace("double", "triple")
        (new / path.name.replace("double", "triple")).write_text(content, encoding="utf-8")
    bank.course.cache_clear()
    with pytest.raises(
        UserError, match="02_third/halve.py is missing: .* update` brings 01_second/halve.py there"
    ):
        load(desk).read(bank.find("halve"))
    found, said = update(desk)
    assert "00_first/triple.py is new: Thrice." in said
    assert "01_second/halve.py is now 02_third/halve.py." in said
    assert (desk / "02_third" / "halve.py").read_text(encoding="utf-8") == RIGHT["halve"]
    assert not (desk / "01_second").exists()
    assert found.state(bank.find("halve")).solved == "2026-01-01"


def test_update_keeps_a_readme_that_is_not_ours_any_more(desk):
    (desk / "README.md").write_text("my plan\n", encoding="utf-8")
    _, said = update(desk)
    assert said == ["README.md has changed; the old one is README.bak-1.md."]
    assert (desk / "README.bak-1.md").read_text(encoding="utf-8") == "my plan\n"


def test_update_brings_back_what_is_missing(tiny, desk):
    (desk / "00_first" / "double.py").unlink()
    (desk / "01_second" / "halve.md").unlink()
    assert update(desk)[1] == ["00_first/double.py was missing and is there again, as at the start."]
    assert (desk / "01_second" / "halve.md").exists()
    new_version(tiny, "00_first/double/exercise.py", "Twice each number.", "Two times each number.")
    (desk / "00_first" / "double.py").unlink()
    found, _ = update(desk)
    assert "Two times" in (desk / "00_first" / "double.py").read_text(encoding="utf-8")
    assert not found.begun(bank.find("double")) and update(desk)[1] == []


def test_another_version_of_the_course_is_noted_until_update(desk):
    found = load(desk)
    found.version = "0.0.1"
    found.save()
    note = load(desk).note(bank.find("double"))
    assert "0.0.1" in note and __version__ in note and "`minirnn update`" in note
    update(desk)
    assert load(desk).note(bank.find("double")) == ""
