"""No learner lost, none invented, none merged, the last attempt counts, and what was passed over is named."""

import io
import os
import random
import unicodedata
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minirnn.base.errors import UsageError, UserError
from minirnn.course import bank
from minirnn.course.teacher.archives import member_name, read_tree
from minirnn.course.teacher.naming import Course
from minirnn.course.teacher.submissions import take_in
from tests.course.platforms import FILE, MAKERS, NAME, packed, tree


def read(place):
    handed = take_in(place, [NAME])
    files = {s.learner: s.files[NAME].decode() if NAME in s.files else None for s in handed.submissions}
    return handed, files


@pytest.mark.parametrize("name", MAKERS)
def test_everybody_and_nobody_else(tmp_path, name):
    place, expected = MAKERS[name](tmp_path)
    handed, files = read(place)
    assert files == expected
    assert [s.learner for s in handed.submissions] == sorted(expected), (
        "sorted, whatever the platform's order"
    )


@pytest.mark.parametrize("name", MAKERS)
def test_every_file_that_is_not_graded_is_named(tmp_path, name):
    place, _ = MAKERS[name](tmp_path)
    handed, files = read(place)
    said = "\n".join([*handed.passed_over, *(note for s in handed.submissions for note in s.notes)])
    left = []
    for entry in read_tree(place).files():
        folders = ["/".join(entry.path.split("/")[:depth]) for depth in range(1, entry.path.count("/") + 1)]
        if entry.path not in said and not any(f"{folder} (" in said for folder in folders):
            left.append(entry.path)
    assert len(left) <= sum(text is not None for text in files.values()), left
    assert all(path.lower().endswith(".py") for path in left)


@pytest.mark.parametrize("name", [name for name in MAKERS if name.endswith("zip") and "twice" not in name])
def test_the_order_in_which_a_zip_lists_its_members_changes_nothing(tmp_path, name):
    place, expected = MAKERS[name](tmp_path)
    with zipfile.ZipFile(place) as archive:
        members = [(member_name(info), archive.read(info)) for info in archive.infolist()]
    assert len(dict(members)) == len(members), (
        "which of two members of one name counts is told by their order"
    )
    place.write_bytes(packed(members[::-1]))
    assert read(place)[1] == expected


NAMES = {
    "Count_Bigrams.py": "capitals",
    "COUNT_BIGRAMS.PY": "capitals",
    "CountBigrams.py": "no underscore",
    "count-bigrams.py": "a hyphen, which `check` takes",
    "count bigrams.py": "a blank",
    "count_bigrams.py.txt": "Explorer hides what follows the last dot",
    "count_bigrams.PY.TXT": "",
    "count_bigrams.py.py": "",
    "count_bigrams (1).py": "Chrome, Firefox",
    "count_bigrams(1).py": "Firefox once",
    "count_bigrams-2.py": "Safari, Canvas",
    "count_bigrams 2.py": "Finder",
    "count_bigrams_2.py": "",
    "count_bigrams_v3.py": "",
    "count_bigrams copy.py": "Finder",
    "count_bigrams copy 2.py": "Finder",
    "count_bigrams - Copy.py": "Explorer",
    "count_bigrams - Copy (2).py": "Explorer",
    "count_bigrams - Kopie.py": "Explorer in German",
    "count_bigrams Kopie.py": "Finder in German",
    "Copy of count_bigrams.py": "Drive",
    "Copy (2) of count_bigrams.py": "Windows XP",
    "Kopie von count_bigrams.py": "Drive in German",
    "Kopie von Count-Bigrams (1).py": "",
    "Copia de count_bigrams.py": "Drive in Spanish",
    "count_bigrams (copy).py": "Files of GNOME",
    "count_bigrams (another copy).py": "Files of GNOME",
    "count_bigrams (Ada's conflicted copy 2026-11-03).py": "Dropbox",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_known_by_many_names_and_it_is_said(tmp_path, name):
    tree(tmp_path / "class", {f"ada/{name}": "A", "ben/notes.txt": ""})
    ada, _ = take_in(tmp_path / "class", [NAME]).submissions
    assert ada.files == {NAME: b"A"}
    assert any(name in note for note in ada.notes)


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_is_not_taken_before_the_file_but_a_later_upload_is(tmp_path, name):
    tree(tmp_path, {f"ada/{name}": "other", "ada/count_bigrams.py": "same", f"ben/{FILE}": "B"})
    ada, _ = take_in(tmp_path, [NAME]).submissions
    _, kind, number = Course(frozenset([NAME]), frozenset()).recognised(name)
    assert ada.files[NAME] == (b"other" if kind > 0 and number else b"same")
    assert any("2 different files" in note and name in note for note in ada.notes)


@pytest.mark.parametrize(
    "name", ["my_count_bigrams.py", "count_bigrams.txt", "test_count_bigrams.py", "bigrams.py", "rnn_step.py"]
)
def test_another_name_is_not_graded_but_named(tmp_path, name):
    tree(tmp_path, {f"ada/{name}": "x", f"ben/{FILE}": "B"})
    ada, _ = take_in(tmp_path, [NAME]).submissions
    assert not ada.files and not ada.problems
    assert ada.notes == [f"Passed over: ada/{name}."]


def broken_zip(victim):
    """A class of three, one byte of whose victim is another."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for learner in ("ada", "ben", "cem"):
            archive.writestr(f"{learner}/{FILE}", f"the work of {learner}")
    data = bytearray(stream.getvalue())
    data[data.index(f"work of {victim}".encode())] ^= 1
    return bytes(data)


@pytest.mark.parametrize("victim", ["ada", "ben", "cem"])
def test_one_bad_member_costs_only_itself(tmp_path, victim):
    (tmp_path / "class.zip").write_bytes(broken_zip(victim))
    handed = take_in(tmp_path / "class.zip", [NAME])
    assert [s.learner for s in handed.submissions] == ["ada", "ben", "cem"]
    for submission in handed.submissions:
        if submission.learner == victim:
            assert not submission.files and "CRC" in submission.problems[NAME][1]
        else:
            assert submission.files == {NAME: f"the work of {submission.learner}".encode()}


def test_where_the_last_attempt_is_broken_the_one_before_is_graded_and_it_is_said(tmp_path):
    data = broken_zip("cem").replace(b"ada/", b"cem/").replace(b"ben/", b"cem/")
    tree(tmp_path, {"cem.zip": data, f"ada/{FILE}": "A"})
    _, cem = take_in(tmp_path, [NAME]).submissions
    assert cem.files == {NAME: b"the work of ben"} and any("CRC" in note for note in cem.notes)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "broken or cut off"),
        (b"<html>please log in</html>", "broken or cut off"),
        (packed({FILE: "x" * 9000})[:60], "broken or cut off"),
        (packed({f"../../{FILE}": "A"}), "out of the folder"),
        (packed({f"C:\\work\\{FILE}": "A"}), "out of the folder"),
        (packed({"w.zip": b"no zip"}), "broken or cut off"),
        (packed({"a/" * 300 + FILE: "A"}), "folders deep"),
    ],
    ids=["empty", "a page", "cut off", "above", "a drive", "no zip inside", "deep"],
)
def test_a_zip_that_cannot_be_read_is_said_and_is_nobody_elses_matter(tmp_path, data, said):
    tree(tmp_path / "class", {"ada.zip": data, f"ben/{FILE}": "B"})
    ada, ben = take_in(tmp_path / "class", [NAME]).submissions
    assert (ada.learner, ada.files, ada.problems[NAME][0]) == ("ada", {}, "unreadable")
    assert said in ada.problems[NAME][1] and ben.files == {NAME: b"B"}


def test_password(tmp_path):
    data = bytearray(packed({FILE: "A"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    tree(tmp_path / "class", {"ada.zip": bytes(data), f"ben/{FILE}": "B"})
    ada, _ = take_in(tmp_path / "class", [NAME]).submissions
    assert not ada.files and "password" in ada.problems[NAME][1]


def test_zips_that_only_hold_zips_end(tmp_path):
    """16 zips in each of 16 zips, and so on: as nobody hands in, but somebody may."""
    data = packed({"a.txt": b"\0" * 1_000_000})
    for _ in range(6):
        data = packed({f"{i}.zip": data for i in range(16)})
    tree(tmp_path / "class", {"ada.zip": data, f"ben/{FILE}": "B"})
    ada, ben = take_in(tmp_path / "class", [NAME]).submissions
    assert ada.problems[NAME][0] == "unreadable" and ben.files == {NAME: b"B"}


def test_a_class_zip_that_is_cut_off_is_one_sentence(tmp_path):
    path = tmp_path / "class.zip"
    path.write_bytes(packed({f"ada/{FILE}": "A" * 9000})[:50])
    with pytest.raises(UserError, match="cut off.*Download it once more"):
        take_in(path, [NAME])


def test_nothing_but_what_is_nobodys(tmp_path):
    tree(tmp_path, {"roster.csv": "x", "Thumbs.db": "x"})
    with pytest.raises(UsageError, match=r"is empty.*Thumbs\.db.*roster\.csv"):
        take_in(tmp_path, [NAME])


def test_names_that_are_no_text(tmp_path):
    for name in (b"Zo\xeb", b"Zo\xe9", "Zoë".encode()):
        folder = os.fsencode(tmp_path) + b"/" + name
        os.mkdir(folder)
        with open(folder + b"/count_bigrams.py", "wb") as file:
            file.write(name)
    submissions = take_in(tmp_path, [NAME]).submissions
    assert {s.files[NAME] for s in submissions} == {b"Zo\xeb", b"Zo\xe9", "Zoë".encode()}
    assert len({s.learner for s in submissions}) == 3
    for submission in submissions:
        submission.learner.encode()


LEARNERS = st.text(
    st.characters(exclude_characters="/\\\0", exclude_categories=["Cs"]), min_size=1, max_size=12
).filter(lambda name: name.strip(" .") and not name.startswith("."))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(LEARNERS, min_size=2, max_size=6))
def test_whatever_learners_are_called_each_is_there_once(tmp_path, names):
    """In a zip of folders, which knows any name."""
    keys = {unicodedata.normalize("NFC", name) for name in names}
    path = tmp_path / "class.zip"
    path.write_bytes(packed({f"{name}/{FILE}": name for name in sorted(names)}))
    handed = take_in(path, [NAME])
    assert {s.files[NAME].decode() for s in handed.submissions} <= names
    graded = [s.files[NAME].decode() for s in handed.submissions]
    passed = sum(" (not handed in" in each for each in handed.passed_over)
    assert len(graded) + passed >= len(keys) - (path.stem in keys)
    assert len(set(graded)) == len(graded)


LESSON = f"{bank.find(NAME).folder.parent.name}/"
PLACES = ["", "work/", LESSON, "a/b/c/", "HW 1/", "old/", "attempt 1/", "x.zip/", "ada/", "grades/"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(
            ["ada", "Ben Lee", "zoë", "2026_11_30_cem", "hw_1_2_dan", "hw_1_2_eve", "v2", "Alt Anna"]
        ),
        st.sets(st.sampled_from(PLACES), max_size=4),
        min_size=2,
    )
)
def test_wherever_a_learner_puts_the_file_it_is_theirs(tmp_path, places):
    files = {f"{learner}/": "" for learner in places}
    for learner, inside in places.items():
        zipped = {"x/" + FILE: learner} if "x.zip/" in inside else {}
        files |= {f"{learner}/{place}{FILE}": learner for place in inside if place != "x.zip/"}
        files |= {f"{learner}/x.zip": packed(zipped)} if zipped else {}
    path = tmp_path / "class.zip"
    path.write_bytes(packed(files))
    assert read(path)[1] == {learner: learner if inside else None for learner, inside in places.items()}


def test_bytes_that_flip_in_a_zip_end_nothing_but_the_zip(tmp_path):
    rng = random.Random(0)
    whole = packed({f"ada/{FILE}": "A" * 50, "ben/w.zip": packed({FILE: "B" * 60}), f"cem/{FILE}": "C"})
    path = tmp_path / "class.zip"
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(rng.choice([1, 1, 3])):
            data[rng.randrange(len(data))] = rng.randrange(256)
        path.write_bytes(data)
        try:
            assert take_in(path, [NAME]).submissions
        except UserError as error:
            assert len(str(error).splitlines()) == 1
