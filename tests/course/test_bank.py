"""The bank: what the manifest may say, and how lessons and exercises are found by name."""

import json
import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

from minirnn.base.errors import UsageError, UserError
from minirnn.course import bank

ROOT = Path(__file__).parents[2]
STAND = ("README.md",)  # read where nothing writes numbers in
LESSON = '[[lesson]]\nid = "scan"\ntitle = "The scan"\n'
ENTRY = (
    '[[lesson.exercise]]\nid = "sums"\ntitle = "Sums"\nminutes = 5\ndifficulty = 1\nimportance = 3\n'
    'points = 5\nuses = "python"\n'
)


def manifest(folder, text):
    path = folder / bank.MANIFEST
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


# The real course


def test_the_course_has_lessons_and_exercises_in_order():
    lessons = bank.course()
    assert [lesson.name for lesson in lessons] == sorted({lesson.name for lesson in lessons})
    assert {"sequences", "vanilla_rnn", "scan", "lru"} <= {lesson.id for lesson in lessons}
    assert len(bank.exercises()) >= 14
    assert [exercise.lesson for exercise in bank.exercises()] == [
        lesson.id for lesson in lessons for _ in lesson.exercises
    ]


def test_ids_are_unique_and_lessons_require_what_comes_before():
    ids = [exercise.id for exercise in bank.exercises()]
    assert len(ids) == len(set(ids))
    before = {}
    for lesson in bank.load(ROOT):
        assert set(lesson.fields["requires"]) <= set(before), lesson.id
        for required in lesson.fields["requires"]:
            missed = set(lesson.fields["tracks"]) - set(before[required].fields["tracks"])
            assert not missed, f"{lesson.id} requires {required}, which the tracks {missed} leave out"
        before[lesson.id] = lesson


def test_files_and_folders_have_the_numbers_of_the_manifest():
    lessons = bank.load(ROOT)
    assert len(lessons) == 20
    written = {lesson.name for lesson in lessons if not lesson.planned}
    assert {path.stem for path in (ROOT / "lessons").glob("*.py")} == written
    assert {path.name for path in (ROOT / "exercises").glob("[!_]*")} == written
    ids = {lesson.id for lesson in lessons}
    assert {path.name for path in (ROOT / "tests" / "answers").iterdir()} <= ids
    assert set(json.loads((ROOT / bank.DRY_RUN).read_text("utf-8"))["lessons"]) <= ids


def test_where_a_page_counts_exercises_and_lessons_it_is_right():
    """docs/start.md shows what the doctor says."""
    lessons = [lesson for lesson in bank.course() if not lesson.planned]
    counts = sum(len(lesson.exercises) for lesson in lessons), len(lessons)
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]
    said = re.findall(r"(\d+) exercises in (\d+) lessons", "\n".join(p.read_text("utf-8") for p in pages))
    assert said and {(int(e), int(n)) for e, n in said} == {counts}


def test_a_planned_lesson_has_a_title_and_a_question():
    for lesson in bank.load(ROOT):
        assert lesson.title and lesson.fields["question"].endswith("?"), lesson.id
        assert set(lesson.fields["tracks"]) <= {"school", "university"} and lesson.fields["tracks"], lesson.id


def test_old_names_are_nobody_elses():
    lessons = bank.load(ROOT)
    names = [name for lesson in lessons for name in (lesson.id, *lesson.formerly)]
    assert len(names) == len(set(names))


TEXTS = ("*.md", "benchmarks", "docs", "exercises", "lessons", "minirnn", "tests")
MADE = ("assets", "lessons", "course.md", "exercises.md", "results.md")  # in docs, by the site's build
TYPED = re.compile(r"\b[Ll]essons? \d\d\b|\b\d\d_([a-z]\w*)")


def test_nothing_types_the_number_of_a_lesson():
    lessons = bank.load(ROOT)
    ids = {lesson.id for lesson in lessons}
    names = {name for lesson in lessons for name in (lesson.name, *lesson.formerly)}
    places = [each for pattern in TEXTS for each in ROOT.glob(pattern)]
    files = {file for place in places for file in (place.rglob("*.*") if place.is_dir() else [place])}
    files -= {Path(__file__), *(ROOT / name for name in STAND)}
    files -= {file for name in MADE for file in (ROOT / "docs" / name, *(ROOT / "docs" / name).rglob("*"))}
    texts = {
        file: file.read_text(encoding="utf-8")
        for file in files
        if file.suffix in (".js", ".md", ".py", ".yml")
    }
    assert len(texts) > 300
    typed = []
    for file, text in texts.items():
        made_up = file.is_relative_to(ROOT / "tests")  # courses of tests have lessons of such ids, too
        for found in TYPED.finditer(text):
            if found[0] in names if made_up else not found[1] or found[1] in ids:
                typed.append((file.relative_to(ROOT), found[0]))
    assert typed == []


def test_where_a_number_must_be_typed_it_is_right():
    names = {lesson.id: lesson.name for lesson in bank.load(ROOT)}
    for name in STAND:
        for found in TYPED.finditer((ROOT / name).read_text(encoding="utf-8")):
            assert found[1] in names and found[0] == names[found[1]], (name, found[0])


@pytest.mark.parametrize("lesson", bank.course(), ids=lambda lesson: lesson.id)
def test_a_lesson_says_what_the_site_and_the_plans_need(lesson):
    fields = lesson.fields
    assert fields["question"].endswith("?")
    assert set(lesson.teaching) == set(fields["tracks"]) and min(lesson.teaching.values()) > 0
    assert fields["objectives"] and fields["keypoints"]
    assert set(fields["tracks"]) <= {"school", "university"} and fields["tracks"]
    assert type(fields["gpu"]) is bool


def test_the_wheel_holds_the_package_alone():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    assert settings["packages"]["find"]["include"] == ["minirnn", "minirnn.*"]
    assert list(settings["package-data"]) == ["minirnn"]
    assert "data-files" not in settings and "py-modules" not in settings
    for pattern in settings["package-data"]["minirnn"]:
        matched = [path for path in (ROOT / "minirnn").rglob("*") if fnmatch(path.name, pattern)]
        assert not [path for path in matched if "exercise" in path.name or "mistakes" in path.name]
    inside = {path.name for path in (ROOT / "minirnn").rglob("*")}
    assert not inside & {"exercises", "mistakes.py", "exercise.py", "course.toml"}
    assert not (ROOT / "MANIFEST.in").exists()


def test_find():
    combine = bank.find("combine")
    folder = next(lesson.name for lesson in bank.course() if lesson.id == "scan")
    assert (combine.id, combine.lesson, combine.filename) == ("combine", "scan", f"{folder}/combine.py")
    for name in (combine.filename, f"{folder}\\combine.py", "combine.py", "./combine", "/a/b/combine.py"):
        assert bank.find(name) is combine
    assert bank.find("count-bigrams").id == "count_bigrams"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("combime", "There is no exercise 'combime': did you mean combine?"),
        ("bleloch.py", "There is no exercise 'bleloch.py': did you mean blelloch?"),
        ("zzz", "There is no exercise 'zzz': `list` shows them all."),
        ("", "There is no exercise '': `list` shows them all."),
        ("..", "There is no exercise '..': `list` shows them all."),
        ("second", "second is a lesson: name one of its exercises, halve."),
        ("01_second", "second is a lesson: name one of its exercises, halve."),
    ],
)
def test_no_such_exercise(request, name, said):
    if "halve" in said:
        request.getfixturevalue("tiny")
    with pytest.raises(UsageError) as caught:
        bank.find(name)
    assert str(caught.value) == said


PLANNED = LESSON.replace("scan", "xlstm") + "written = false\n"


@pytest.fixture
def three(tmp_path, monkeypatch):
    """scan, which has the exercise sums; gates, which has none; xlstm, which is planned."""
    manifest(tmp_path, LESSON + ENTRY + LESSON.replace("scan", "gates") + PLANNED)
    monkeypatch.setenv("MINIRNN_BANK", str(tmp_path))
    monkeypatch.setenv("MINIRNN_COMMAND", "it")
    bank.course.cache_clear()
    yield bank.load(tmp_path)
    bank.course.cache_clear()


def test_a_lesson_is_found_by_its_id_and_by_its_file(three):
    for name in ("gates", "01_gates", "lessons/01_gates.py", ".\\lessons\\01_gates.py"):
        assert bank.find_lesson(name, three) is three[1]
        assert bank.find_either(name) == three[1]
    assert bank.find_either("sums") == bank.find("sums") == bank.find_either("exercises/00_scan/sums")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gate", "There is no lesson 'gate': did you mean gates?"),
        ("nosuch", "There is no lesson 'nosuch': known are scan, gates."),
        ("sum", "There is no lesson 'sum': known are scan, gates."),
        ("sums", "sums is an exercise: name a lesson, such as its own, scan."),
        ("xlstm", "The lesson xlstm is not written yet: `it dev new lesson xlstm` begins it."),
    ],
)
def test_no_such_lesson(three, name, said):
    with pytest.raises(UsageError) as caught:
        bank.find_lesson(name, three)
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gate", "There is no lesson or exercise 'gate': did you mean gates?"),
        ("sumz.py", "There is no lesson or exercise 'sumz.py': did you mean sums?"),
        ("nosuch", "There is no lesson or exercise 'nosuch': lessons/course.toml has them all."),
        ("xlstm", "The lesson xlstm is not written yet: `it dev new lesson xlstm` begins it."),
    ],
)
def test_neither_a_lesson_nor_an_exercise(three, name, said):
    with pytest.raises(UsageError) as caught:
        bank.find_either(name)
    assert str(caught.value) == said


# Manifests


def test_load(tmp_path):
    extra = ENTRY.replace("sums", "more").replace('"python"', '"torch"')
    text = LESSON + "gpu = true\n" + ENTRY + extra + LESSON.replace("scan", "lru")
    manifest(tmp_path, text)
    first, second = bank.load(tmp_path)
    assert (first.id, first.title, first.fields["gpu"]) == ("scan", "The scan", True)
    assert [exercise.id for exercise in first.exercises] == ["sums", "more"]
    one, other = first.exercises
    assert (one.title, one.minutes, one.difficulty, one.importance, one.points) == ("Sums", 5, 1, 3, 5)
    assert (one.uses, other.uses) == ("python", "torch")
    assert one.folder == tmp_path / "exercises" / "00_scan" / "sums"
    assert one.test_file == one.folder / "test_sums.py"
    assert second.exercises == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LESSON.replace("id", "# id"), "`id` of a lesson is missing, expected str."),
        (LESSON.replace('"scan"', "5"), "`id` of a lesson is 5, expected str."),
        (
            LESSON.replace('"scan"', '"05_scan"'),
            "the id '05_scan' of a lesson is not small letters; its number is its place here.",
        ),
        (LESSON.replace("title", "# title"), "`title` of scan is missing, expected str."),
        (
            LESSON + ENTRY.replace("id =", "name ="),
            "`id` of an exercise of scan is missing, expected str.",
        ),
        (LESSON + ENTRY.replace("title", "# t"), "`title` of sums is missing, expected str."),
        (LESSON + ENTRY.replace("= 5", '= "5"', 1), "`minutes` of sums is '5', expected int."),
        (LESSON + ENTRY.replace("= 1", "= 1.0"), "`difficulty` of sums is 1.0, expected int."),
        (LESSON + ENTRY.replace("= 3", "= true"), "`importance` of sums is True, expected int."),
        (LESSON + ENTRY.replace("points", "# p"), "`points` of sums is missing, expected int."),
        (LESSON + ENTRY.replace("uses", "# u"), "`uses` of sums is missing, expected str."),
        (LESSON + ENTRY.replace("python", "jax"), "sums uses 'jax', expected one of python, numpy, torch."),
        (LESSON + ENTRY + "instead_of = 1\n", "`instead_of` of sums is 1, expected str."),
        (LESSON + ENTRY + 'instead_of = "x"\n', "sums is instead of 'x', which scan has not."),
        (LESSON + "written = false\n" + ENTRY, "scan has exercises, so take away its `written = false`."),
    ],
)
def test_a_broken_entry_is_one_sentence(tmp_path, text, said):
    path = manifest(tmp_path, text)
    with pytest.raises(UserError) as caught:
        bank.load(tmp_path)
    assert str(caught.value) == f"{path}: {said}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LESSON + ENTRY + ENTRY, "{} has two exercises with the id 'sums'."),
        (LESSON + ENTRY + LESSON.replace("scan", "lru") + ENTRY, "{} has two exercises with the id 'sums'."),
        (LESSON + ENTRY + LESSON, "{} has two lessons with the id 'scan'."),
        ("lesson = 3\n", "{}: `lesson` of the course is 3, expected tables."),
        ('lesson = ["scan"]\n', "{}: `lesson` of the course is ['scan'], expected tables."),
        ("", "{} holds no [[lesson]]."),
        (LESSON + 'exercise = "sums"\n', "{}: `exercise` of scan is 'sums', expected tables."),
    ],
)
def test_a_broken_course_is_one_sentence(tmp_path, text, said):
    path = manifest(tmp_path, text)
    with pytest.raises(UserError) as caught:
        bank.load(tmp_path)
    assert str(caught.value) == said.format(path)


def test_a_number_is_a_place_among_all_lessons_also_those_that_are_only_planned(tmp_path, monkeypatch):
    planned = LESSON.replace("scan", "gates") + "written = false\n"
    manifest(tmp_path, planned + LESSON + 'formerly = ["05_scan"]\n' + ENTRY)
    gates, scan = bank.load(tmp_path)
    assert (gates.number, gates.name, gates.planned, gates.formerly) == (0, "00_gates", True, [])
    assert (scan.number, scan.name, scan.planned, scan.formerly) == (1, "01_scan", False, ["05_scan"])
    assert scan.exercises[0].filename == "01_scan/sums.py"
    monkeypatch.setenv("MINIRNN_BANK", str(tmp_path))
    bank.course.cache_clear()
    assert bank.course() == (scan,)
    bank.course.cache_clear()


def test_a_readme_has_the_numbers_written_in(tmp_path):
    manifest(tmp_path, LESSON.replace("scan", "gates") + LESSON + ENTRY)
    exercise = bank.load(tmp_path)[1].exercises[0]
    exercise.folder.mkdir(parents=True)
    text = "# Sums\n\nAs {{ lesson gates }}.\n\n## Hints\n\n### 1\n\nA\n\n## Debrief\n\n{{ Lesson scan }}?\n"
    (exercise.folder / "README.md").write_text(text, encoding="utf-8")
    assert exercise.readme()["statement"] == "# Sums\n\nAs lesson 00 (The gates).\n"
    assert exercise.readme()["debrief"] == "Lesson 01 (The scan)?"


def test_no_toml(tmp_path):
    path = manifest(tmp_path, '[[lesson]]\nid = "scan\n')
    with pytest.raises(UserError, match=re.escape(f"{path} is broken: ") + r".*line 2.*\.$"):
        bank.load(tmp_path)
    manifest(tmp_path, b"\xff\xfe")
    with pytest.raises(UserError, match=re.escape(f"{path} cannot be read: ")):
        bank.load(tmp_path)
    path.unlink()
    with pytest.raises(UserError, match=re.escape(f"{path} is missing.")):
        bank.load(tmp_path)
    path.mkdir()
    with pytest.raises(UserError, match=re.escape(f"{path} cannot be read: ")):
        bank.load(tmp_path)


def test_no_bank(tmp_path, monkeypatch):
    monkeypatch.setenv("MINIRNN_BANK", str(tmp_path))
    with pytest.raises(UsageError, match=r"come with a clone of the project, not with the installed package"):
        bank.root()
    manifest(tmp_path, LESSON)
    assert bank.root() == tmp_path
    monkeypatch.delenv("MINIRNN_BANK")
    assert bank.root() == ROOT
