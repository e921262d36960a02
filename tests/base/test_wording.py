"""Commands that are printed can be pasted, and lines are counted as an editor counts them."""

import ntpath
import subprocess
from types import SimpleNamespace

import pytest

from minirnn.base import wording
from minirnn.base.wording import lines_of, program, quoted

NAMES = [
    "plain",
    "x(1)",
    "a b",
    "it's",
    'say "hi"',
    "$HOME",
    "a;b",
    "a&b",
    "a|b",
    "*",
    "!!",
    "`id`",
    "back\\slash",
    "#1",
    "-n",
    "~",
    "Zoë",
    "{a,b}",
    "[a]",
    "a=b",
    "%PATH%",
    "new\nline",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_of_any_name_is_one_word_for_sh(tmp_path, name):
    (tmp_path / name).mkdir()
    command = f"cd {quoted(name)} && ls -di . && cd .. && ls -di {quoted(tmp_path / name)}"
    told = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True)
    number = str((tmp_path / name).stat().st_ino)
    assert [line.split()[0] for line in told.stdout.splitlines() if line.split()[:1] == [number]] == [
        number
    ] * 2


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("plain", "plain"),
        ("..\\a-b\\c.1", "..\\a-b\\c.1"),
        ("Zoë", "Zoë"),
        ("x(1)", '"x(1)"'),
        ("a b", '"a b"'),
        ("it's", '"it\'s"'),
        ("a&b", '"a&b"'),
        ("a,b", '"a,b"'),
        ("a;b", '"a;b"'),
        ("{a}", '"{a}"'),
        ("@a", '"@a"'),
        ("#a", '"#a"'),
        ("$a", "'$a'"),
        ("$a's", "'$a''s'"),
        ("-n", ".\\-n"),
    ],
)
def test_on_windows_a_word_for_powershell_and_cmd(monkeypatch, name, word):
    system = SimpleNamespace(name="nt", fspath=str, path=ntpath, curdir=".")
    monkeypatch.setattr(wording, "os", system)
    assert quoted(name) == word
    assert program(name) == (f"& {word}" if word[0] in "\"'" else word)


def test_lines_are_those_of_an_editor():
    assert lines_of("") == [] and lines_of("\n") == [""] and lines_of("a") == ["a"]
    assert lines_of("a\nb\r\nc\rd\n\n") == ["a", "b", "c", "d", ""]
    for character in "\f\v\x1c\x1d\x1e\x85\u2028\u2029":
        assert lines_of(f"a{character}b\n{character}\n") == [f"a{character}b", character]
