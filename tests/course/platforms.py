"""Classes as platforms, drives and desktops hand them over, made by code: each maker writes one.

A maker gives back the place to be graded and what must be found: learner -> the text of the file that counts.
The names are those that the platforms' own code makes (Canvas: content_zipper.rb; Moodle: mod/assign's
downloader; Blackboard and Gradescope: what their downloads hold).
"""

import io
import struct
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from minirnn.course import bank

NAME = "count_bigrams"
FILE = f"{NAME}.py"
Made = tuple[Path, dict[str, str | None]]  # None: somebody without a file
MAKERS: dict[str, Callable[[Path], Made]] = {}


def maker(function: Callable[[Path], Made]) -> Callable[[Path], Made]:
    MAKERS[function.__name__] = function
    return function


def tree(place: Path, files: dict[str, str | bytes]) -> Path:
    """Write files, and folders where the name ends with a slash."""
    for name, text in files.items():
        path = place / name
        if name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return place


def packed(files: "dict[str, str | bytes] | list[tuple[str, str | bytes]]") -> bytes:
    """A zip of these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items() if isinstance(files, dict) else files:
            archive.writestr(name, text)
    return stream.getvalue()


def unmarked(files: dict[bytes, bytes]) -> bytes:
    """A zip whose names are just these bytes, with no flag that says what they are; stored."""
    body, directory = b"", b""
    for name, data in files.items():
        crc = zlib.crc32(data)
        common = struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 0x5A21, crc, len(data), len(data), len(name), 0)
        directory += (
            b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, len(body))
        )
        directory += name
        body += b"PK\x03\x04" + common + name + data
    end = struct.pack("<HHHHIIH", 0, 0, len(files), len(files), len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end


def either(name: str, files: dict[str, str | bytes], expected: dict[str, str | None]) -> None:
    """The same class as a folder, as a zip, and as a zip with one folder around all."""
    MAKERS[f"{name}, folder"] = lambda place: (tree(place / "class", files), expected)
    MAKERS[f"{name}, zip"] = lambda place: (_zip(place / "class.zip", files), expected)
    around = {f"HW 1/{path}": text for path, text in files.items()}
    MAKERS[f"{name}, zip with a folder around"] = lambda place: (_zip(place / "class.zip", around), expected)
    MAKERS[f"{name}, zip in a folder"] = lambda place: (
        tree(place / "class", {"download.zip": packed(around), "desktop.ini": "x"}),
        expected,
    )


def _zip(path: Path, files: dict[str, str | bytes]) -> Path:
    path.write_bytes(packed(files))
    return path


either(
    "plain folders",
    {f"ada/{FILE}": "A", f"ben/deep/er/{FILE}": "B", "cem/notes.txt": "none", "dan/": ""},
    {"ada": "A", "ben": "B", "cem": None, "dan": None},
)
either(
    "plain zips",
    {"ada.zip": packed({FILE: "A"}), "ben.ZIP": packed({f"ben/{FILE}": "B"})},
    {"ada": "A", "ben": "B"},
)
either(
    "Moodle 4, folders",
    {
        f"Ada Byron_12_assignsubmission_file/{FILE}": "A",
        "Ada Byron_12_assignsubmission_onlinetext/onlinetext.html": "<p>hello</p>",
        f"Zoë O'Neil_13_assignsubmission_file/work/{FILE}": "Z",
        "Cem_14_assignsubmission_onlinetext/onlinetext.html": "<p>sorry</p>",
        "Dan_15_assignsubmission_file/work.zip": packed({f"x/{FILE}": "D"}),
    },
    {"Ada Byron": "A", "Zoë O'Neil": "Z", "Cem": None, "Dan": "D"},
)
either(
    "Moodle 3, folders",
    {
        f"Ada Byron_12_assignsubmission_file_/{FILE}": "A",
        "Ada Byron_12_assignsubmission_onlinetext_/onlinetext.html": "x",
        f"Ben_13_assignsubmission_file_/{FILE}": "B",
    },
    {"Ada Byron": "A", "Ben": "B"},
)
either(
    "Moodle, files",
    {
        f"Ada Byron_12_assignsubmission_file_{FILE}": "A",
        "Ada Byron_12_assignsubmission_onlinetext_onlinetext.html": "x",
        f"Ben_13_assignsubmission_file_{FILE}": "B",
    },
    {"Ada Byron": "A", "Ben": "B"},
)
either(
    "Moodle, marked without names, and groups",
    {
        f"Participant_12345_assignsubmission_file/{FILE}": "A",
        f"Participant_12346_assignsubmission_file/{FILE}": "B",
        f"Team Red_7_assignsubmission_file/{FILE}": "R",
        f"Default group_assignsubmission_file/{FILE}": "D",
    },
    {"Participant 12345": "A", "Participant 12346": "B", "Team Red": "R", "Default group": "D"},
)
either(
    "Moodle, two of one name",
    {f"Ada_12_assignsubmission_file/{FILE}": "A", f"Ada_13_assignsubmission_file/{FILE}": "B"},
    {"Ada (12)": "A", "Ada (13)": "B"},
)
either(
    "Canvas",
    {
        f"byronada_101_9001_{FILE}": "old",
        f"byronada_101_9011_{NAME}-1.py": "A",
        f"leeben_LATE_102_9002_{NAME}-2.py": "older",
        f"leeben_LATE_102_9003_{NAME}-10.py": "B",
        "ozcem_103_9004_work.zip": packed({f"work/{FILE}": "C"}),
        "roedan_104_text.html": "<p>none</p>",
        "poeeve_105_9005_essay.pdf": "none",
        f"de_la_cruz_106_9006_{FILE}": "F",
        f"group3_107_9007_{FILE}": "G",
    },
    {
        "byronada": "A",
        "leeben": "B",
        "ozcem": "C",
        "roedan": None,
        "poeeve": None,
        "de_la_cruz": "F",
        "group3": "G",
    },
)
either(
    "Canvas, two of one name",
    {f"leeann_101_9001_{FILE}": "A", f"leeann_102_9002_{FILE}": "B"},
    {"leeann (101)": "A", "leeann (102)": "B"},
)
either(
    "Canvas, anonymous",
    {f"anon_x7Gq2_9001_{FILE}": "A", f"LATE_anon_Zz91k_9002_{FILE}": "B", "anon_00abc_text.html": "x"},
    {"anon_x7Gq2": "A", "anon_Zz91k": "B", "anon_00abc": None},
)
either(
    "Canvas, zips handed in again",
    {"lee_1_2_w.zip": packed({FILE: "old"}), "lee_1_11_w-1.zip": packed({FILE: "A"}), f"oz_2_3_{FILE}": "B"},
    {"lee": "A", "oz": "B"},
)
either(
    "Blackboard",
    {
        f"HW_lee_attempt_2026-11-01-10-00-00_{FILE}": "old",
        "HW_lee_attempt_2026-11-01-10-00-00.txt": "Name: Ann Lee (lee)\nAssignment: HW\n",
        f"HW_lee_attempt_2026-11-03-10-00-00_{FILE}": "A",
        "HW_lee_attempt_2026-11-03-10-00-00.txt": "Name: Ann Lee (lee)\nAssignment: HW\n",
        f"HW_oz_attempt_2026-11-02-10-00-00_{FILE}": "B",
        "HW_roe_attempt_2026-11-02-11-00-00.txt": "Name: Dan Roe (roe)\nThere are no files.\n",
    },
    {"lee": "A", "oz": "B", "roe": None},
)
either(
    "Blackboard, names with underscores",
    {
        f"HW_1_j_smith_attempt_2026-11-01-10-00-00_{FILE}": "A",
        "HW_1_j_smith_attempt_2026-11-01-10-00-00.txt": "Name: Jo Smith (j_smith)\nAssignment: HW (1)\n",
        f"HW_1_k_smith_attempt_2026-11-01-10-00-00_{FILE}": "B",
        "HW_1_k_smith_attempt_2026-11-01-10-00-00.txt": "Name: Kim Smith (k_smith)\nAssignment: HW (1)\n",
    },
    {"j_smith": "A", "k_smith": "B"},
)
either(
    "Blackboard without its notes",
    {
        f"HW 1_j_smith_attempt_2026-11-01-10-00-00_{FILE}": "A",
        f"HW 1_k_smith_attempt_2026-11-01-10-00-00_{FILE}": "B",
    },
    {"j_smith": "A", "k_smith": "B"},
)
ROSTER = """---
submission_11:
  :submitters:
  - :name: Ada Byron
    :sid: '1815'
    :email: ada@example.org
  :created_at: 2026-11-03 10:00:00.000000000 Z
  :score: 3.0
  :results:
    tests:
    - name: count
      score: 1
submission_12:
  :submitters:
  - :name: "Zo\\xEB O'Neil"
    :sid: '7'
  - :name: 'Cem: ''Oz'''
    :sid:
    :email: cem@example.org
submission_13:
  :submitters: []
"""
either(
    "Gradescope",
    {
        f"assignment_1_export/submission_11/{FILE}": "A",
        f"assignment_1_export/submission_12/{FILE}": "Z",
        f"assignment_1_export/submission_13/{FILE}": "D",
        "assignment_1_export/submission_metadata.yml": ROSTER,
        "assignment_1_export/.DS_Store": "x",
        "__MACOSX/assignment_1_export/._submission_11": "x",
    },
    {"Ada Byron": "A", "Zoë O'Neil": "Z", "Cem: 'Oz'": "Z", "submission_13": "D"},
)
either(
    "Gradescope without its list",
    {f"assignment_1_export/submission_1/{FILE}": "A", f"assignment_1_export/submission_2/{FILE}": "B"},
    {"submission_1": "A", "submission_2": "B"},
)
either(
    "Brightspace",
    {
        f"101-77 - Ada Byron - Nov 2, 2026 1015 AM - {FILE}": "old",
        f"101-77 - Ada Byron - Nov 2, 2026 115 PM - {FILE}": "A",
        f"102-77 - Ben Lee - Nov 2, 2026 1015 AM/{FILE}": "B",
        "index.html": "x",
    },
    {"Ada Byron": "A", "Ben Lee": "B"},
)
either(
    "Teams",
    {
        f"Student Work/Submitted files/Ada Byron/HW 1/Version 2/{FILE}": "old",
        f"Student Work/Submitted files/Ada Byron/HW 1/Version 10/{FILE}": "A",
        f"Student Work/Submitted files/Ben Lee/HW 1/{FILE}": "B",
        f"Student Work/Working files/Ada Byron/HW 1/{FILE}": "not yet",
        f"Student Work/Working files/Cem/HW 1/{FILE}": "C",
    },
    {"Ada Byron": "A", "Ben Lee": "B", "Cem": "C"},
)
either(
    "files with the learner's name",
    {f"Ada Byron - {FILE}": "A", f"ben_{FILE}": "B", f"{NAME}_Cem.py": "C", "dan.py": "x", "eve.ipynb": "{}"},
    {"Ada Byron": "A", "ben": "B", "Cem": "C", "dan": None, "eve": None},
)
either(
    "GitHub Classroom",
    {
        f"count-submissions/count-ada/{FILE}": "A",
        "count-submissions/count-ada/.git/config": "x",
        f"count-submissions/count-ben/{FILE}": "B",
        "grades.csv": "x",
    },
    {"count-ada": "A", "count-ben": "B"},
)
either(
    "what is no learner",
    {
        f"ada/{FILE}": "A",
        "Thumbs.db": "x",
        "roster.csv": "x",
        "grades_2026_11_30_final.csv": "x",
        "log_1_2_of_the_server.txt": "x",
        "README.md": "x",
        bank.find(NAME).filename: "the course's",
        "old grades/seed.txt": "s",
        "old grades/grades.json": "{}",
        "stopped/seed.txt": "s",
        "stopped/results/count_bigrams-0.json": "{}",
        "old grades/feedback/ada.md": "x",
        f"{FILE}": "the teacher's",
        f"ben/{FILE}": "B",
    },
    {"ada": "A", "ben": "B"},
)
either(
    "what systems and tools leave",
    {
        f"ada/.venv/lib/{FILE}": "x",
        **{f"ada/.venv/m{i}.py": "" for i in range(200)},
        f"ada/node_modules/{FILE}": "x",
        f"ada/__MACOSX/._{FILE}": "x",
        "ada/.DS_Store": "x",
        **{f"ada/data/d{i}.csv": "" for i in range(200)},
        f"ada/work/{FILE}": "A",
        f"ben/{FILE}": "B",
        f"ben/.ipynb_checkpoints/{NAME}-checkpoint.py": "x",
        f"ben/__pycache__/{FILE}c": "x",
        "__MACOSX/ada/._work": "x",
    },
    {"ada": "A", "ben": "B"},
)
either(
    "attempts in folders",
    {
        f"ada/attempt 9/{FILE}": "old",
        f"ada/attempt 10/{FILE}": "A",
        f"ben/2026-11-01/{FILE}": "old",
        f"ben/2026-11-03 (late)/{FILE}": "B",
        f"cem/{FILE}": "C",
        f"cem/old/{FILE}": "old",
        "dan/hw.zip": packed({FILE: "old"}),
        "dan/hw (2).zip": packed({FILE: "D"}),
    },
    {"ada": "A", "ben": "B", "cem": "C", "dan": "D"},
)
either(
    "notebooks and other archives",
    {
        f"ada/{FILE}": "A",
        f"ben/{NAME}.ipynb": '{"cells": []}',
        "cem.rar": "Rar!",
        "dan/work.7z": "7z",
        f"eve/a/{NAME}.ipynb": "{}",
        f"eve/b/{NAME}.ipynb": "{}",
    },
    {"ada": "A", "eve": None, "ben": None, "cem": None, "dan": None},
)


@maker
def drive_in_two_parts(place: Path) -> Made:
    """Google Drive splits what is large."""
    parts = {
        "HW 1-20261130T101010Z-001.zip": packed({f"HW 1/ada/{FILE}": "A"}),
        "HW 1-20261130T101010Z-002.zip": packed({f"HW 1/ben/{FILE}": "B", "HW 1/ada/more.py": "x"}),
    }
    return tree(place / "class", parts), {"ada": "A", "ben": "B"}


@maker
def gradescope_with_a_list_in_each_submission(place: Path) -> Made:
    files = {
        f"submission_11/{FILE}": "A",
        "submission_11/metadata.yml": ":submitters:\n- :name: Ada Byron\n  :sid: '1'\n- :name: Ben\n",
        f"submission_12/{FILE}": "C",
    }
    return tree(place / "class", files), {"Ada Byron": "A", "Ben": "A", "submission_12": "C"}


@maker
def one_download_for_each_assignment(place: Path) -> Made:
    files = {
        "HW 1.zip": packed({f"Ada_12_assignsubmission_file/{FILE}": "A"}),
        "HW 2.zip": packed({f"Ben_57_assignsubmission_file/{FILE}": "B"}),
    }
    return tree(place / "class", files), {"Ada": "A", "Ben": "B"}


@maker
def one_drive(place: Path) -> Made:
    files = {"OneDrive_2026-11-30.zip": packed({f"HW/ada/{FILE}": "A", f"HW/ben/{FILE}": "B"})}
    return tree(place / "class", files), {"ada": "A", "ben": "B"}


@maker
def a_file_of_the_teacher_beside_the_folder_of_all(place: Path) -> Made:
    files = {f"HW/ada/{FILE}": "A", f"HW/ben/{FILE}": "B", "instructions.pdf": "x", "grades.xlsx": "x"}
    return tree(place / "class", files), {"ada": "A", "ben": "B"}


@maker
def explorer_extracts_into_a_folder_of_the_same_name(place: Path) -> Made:
    return tree(place, {f"HW/HW/ada/{FILE}": "A"}) / "HW", {"ada": "A"}


@maker
def finder_zips_a_folder_of_one_learner(place: Path) -> Made:
    """class.zip has class/ in it, and macOS writes decomposed names beside its own files."""
    zoe = unicodedata.normalize("NFD", "Zoë")
    files = {f"class/{zoe}/{FILE}": "Z", f"__MACOSX/class/{zoe}/._{FILE}": "x", "class/.DS_Store": "x"}
    return _zip(place / "class.zip", files), {"Zoë": "Z"}


@maker
def composed_and_decomposed_are_one_name(place: Path) -> Made:
    names = [unicodedata.normalize(form, "Zoë") for form in ("NFC", "NFD")]
    files = {f"{names[0]}/{FILE}": "Z", f"{names[1]}/rnn_step.py": "x", f"ada/{FILE}": "A"}
    return _zip(place / "class.zip", files), {"Zoë": "Z", "ada": "A"}


@maker
def utf_8_in_a_zip_that_does_not_say_so(place: Path) -> Made:
    path = place / "class.zip"
    path.write_bytes(unmarked({f"Zoë/{FILE}".encode(): b"Z", f"ada/{FILE}".encode(): b"A"}))
    return path, {"Zoë": "Z", "ada": "A"}


@maker
def explorer_zips_with_code_page_437(place: Path) -> Made:
    path = place / "class.zip"
    path.write_bytes(unmarked({f"Zoë\\{FILE}".encode("cp437"): b"Z", b"ada\\" + FILE.encode(): b"A"}))
    return path, {"Zoë": "Z", "ada": "A"}


@maker
def a_name_that_is_not_the_utf_8_that_it_says(place: Path) -> Made:
    data = bytearray(unmarked({b"Zo\x89/count_bigrams.py": b"Z", f"Zoé/{FILE}".encode(): b"E"}))
    for at in (i for i in range(len(data)) if data[i : i + 4] in (b"PK\1\2", b"PK\3\4")):
        data[at + (9 if data[at + 2] == 1 else 7)] |= 8
    (place / "class.zip").write_bytes(data)
    return place / "class.zip", {"Zoë": "Z", "Zoé": "E"}


@maker
def info_zip_has_a_field_for_the_name(place: Path) -> Made:
    info, name = zipfile.ZipInfo("Zo_/x.py"), f"Zoë/{FILE}".encode()
    info.extra = struct.pack("<HHBI", 0x7075, 5 + len(name), 1, zlib.crc32(b"Zo_/x.py")) + name
    path = place / "class.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(info, "Z")
    return path, {"Zoë": "Z"}


@maker
def the_zip_of_one_learner(place: Path) -> Made:
    files = {FILE: "A", "helper.py": "x", **{f".venv/m{i}.py": "" for i in range(100)}}
    return _zip(place / "ada.zip", files), {"ada": "A"}


@maker
def the_workspace_of_one_learner(place: Path) -> Made:
    files = {bank.find(NAME).filename: "A", bank.find("rnn_step").filename: "x", "pytest.ini": "x"}
    return tree(place / "ada", files), {"ada": "A"}


@maker
def the_same_name_twice_in_a_zip(place: Path) -> Made:
    path = place / "class.zip"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path.write_bytes(packed([(f"ada/{FILE}", "old"), (f"ben/{FILE}", "B"), (f"ada/{FILE}", "A")]))
    return path, {"ada": "A", "ben": "B"}


@maker
def the_only_zip_that_canvas_gave(place: Path) -> Made:
    work = packed({f"a/{FILE}": "A", f"b/{FILE}": "B"})
    return _zip(place / "class.zip", {"lee_1_2_w.zip": work}), {"lee": "A"}


@maker
def zips_in_zips_in_zips(place: Path) -> Made:
    inner = packed({"ada.zip": packed({"x/y.zip": packed({FILE: "A"})}), f"ben/{FILE}": "B"})
    return _zip(place / "class.zip", {"all.zip": inner}), {"ada": "A", "ben": "B"}
