"""Vocabularies against dictionaries, and corpora against texts made here, kept by Python or served here."""

import functools
import hashlib
import http.server
import json
import os
import platform
import subprocess
import sys
import sysconfig
import threading
import zipfile
from pathlib import Path
from pydoc_data.topics import topics
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import minirnn.text.corpus
import minirnn.text.paths
import minirnn.text.vocabulary
from minirnn.base.errors import UsageError, UserError
from minirnn.text.corpus import DOWNLOADS, NAMES, Download, Vocabulary, cache_folder, load
from minirnn.text.vocabulary import index_text

WORDS = "Sweet lord, the naïve 猫 sat.\n"
TEXT = WORDS * 50


def whole(corpus):
    return corpus.vocabulary.decode(np.concatenate([corpus.train, corpus.val]))


def write(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(folder)


# Vocabulary


@given(st.text(min_size=1))
@example("\0 and \U0010ffff, the first code point and the last")
def test_ids_are_the_ranks_of_the_characters(text):
    rank = {symbol: i for i, symbol in enumerate(sorted(set(text)))}
    vocabulary, ids = index_text(text)
    assert vocabulary == Vocabulary("chars", tuple(rank))
    assert vocabulary.size == len(rank)
    assert ids.tolist() == [rank[symbol] for symbol in text]
    assert vocabulary.encode(text).tolist() == ids.tolist()
    assert vocabulary.encode(text).dtype == np.int64
    assert vocabulary.decode(ids) == text
    assert Vocabulary.from_dict(json.loads(json.dumps(vocabulary.to_dict()))) == vocabulary


@given(st.text())
def test_bytes_are_utf8(text):
    vocabulary = Vocabulary("bytes")
    assert vocabulary.size == 256
    ids = vocabulary.encode(text)
    assert ids.dtype == np.int64 and ids.tolist() == list(text.encode())
    assert vocabulary.decode(ids) == text
    assert Vocabulary.from_dict(json.loads(json.dumps(vocabulary.to_dict()))) == vocabulary


def test_a_long_text_is_indexed_in_chunks(monkeypatch):
    expected = index_text(TEXT)
    monkeypatch.setattr(minirnn.text.vocabulary, "CHUNK", 7)
    vocabulary, ids = index_text(TEXT)
    assert vocabulary == expected[0] and ids.tolist() == expected[1].tolist()


@pytest.mark.parametrize(
    ("symbols", "dtype"),
    [(1, np.uint8), (256, np.uint8), (257, np.uint16), (65_536, np.uint16), (65_537, np.uint32)],
)
def test_ids_take_the_smallest_type(symbols, dtype):
    text = "".join(map(chr, range(0x10000, 0x10000 + symbols)))
    _, ids = index_text(text)
    assert ids.dtype == dtype and ids.tolist() == list(range(symbols))


def test_nothing_encodes_to_nothing():
    for vocabulary in (Vocabulary("chars", ("a",)), Vocabulary("bytes")):
        assert vocabulary.encode("").tolist() == []
        assert vocabulary.decode([]) == ""


@pytest.mark.parametrize(
    ("text", "named"), [("abX", "'X'"), ("ab!", "'!'"), ("aé", r"'\xe9'"), ("a😀b?", r"'\U0001f600'")]
)
def test_the_first_missing_character_is_named(text, named):
    with pytest.raises(UsageError, match="--tokens bytes") as raised:
        Vocabulary("chars", ("a", "b", "c")).encode(text)
    assert named in str(raised.value)


def test_what_is_not_a_character_is_named_too():
    # A lone surrogate is how Python hands over a command-line argument that is not UTF-8.
    with pytest.raises(UsageError, match="udcff"):
        Vocabulary("chars", ("a",)).encode("a\udcff")
    with pytest.raises(UsageError, match="ud800"):
        Vocabulary("bytes").encode("a\ud800")
    assert Vocabulary("bytes").encode("a\udcff").tolist() == [97, 255]


def test_broken_utf8_decodes_to_the_replacement_character():
    assert Vocabulary("bytes").decode([97, 255, 98]) == "a\ufffdb"


@pytest.mark.parametrize("ids", [[0, 3], [-1], [256]])
def test_ids_outside_are_refused(ids):
    with pytest.raises(ValueError, match="0 to 2"):
        Vocabulary("chars", ("a", "b", "c")).decode(ids)
    if max(ids) > 255 or min(ids) < 0:
        with pytest.raises(ValueError, match="0 to 255"):
            Vocabulary("bytes").decode(ids)


@pytest.mark.parametrize(
    "d",
    [
        {"kind": "chars", "symbols": []},
        {"kind": "chars", "symbols": ["b", "a"]},
        {"kind": "chars", "symbols": ["a", "a"]},
        {"kind": "chars", "symbols": ["a", "bc"]},
        {"kind": "chars", "symbols": ["a", 7]},
        {"kind": "chars", "symbols": "abc"},
        {"kind": "bytes", "symbols": ["a"]},
        {"kind": "words", "symbols": ["a"]},
        {"kind": "chars"},
        {"kind": "chars", "symbols": ["a"], "more": 1},
    ],
)
def test_a_broken_vocabulary_is_refused(d):
    with pytest.raises(ValueError, match="vocabulary"):
        Vocabulary.from_dict(d)


# Texts that come with Python


def test_pydoc_is_every_topic_in_order():
    corpus = load()
    text = whole(corpus)
    assert corpus.name == "pydoc" and platform.python_version() in corpus.description
    assert 400_000 < len(text) < 700_000
    place = 0
    for key in sorted(topics):
        place = text.index(topics[key].strip("\n"), place) + 1
    assert abs(len(text) - sum(map(len, topics.values()))) < 4 * len(topics)
    assert corpus.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_pydoc_as_bytes_is_the_same_text():
    corpus = load("pydoc", "bytes")
    assert corpus.vocabulary == Vocabulary("bytes")
    assert whole(corpus) == whole(load("pydoc")) and corpus.sha256 == load("pydoc").sha256


def test_stdlib_is_the_source_of_python_and_only_that():
    corpus = load("stdlib")
    text = whole(corpus)
    root = Path(sysconfig.get_path("stdlib"))
    places = [text.index((root / n).read_text("utf-8")) for n in ("ast.py", "json/decoder.py", "this.py")]
    assert places == sorted(places)
    assert (root / "json/tool.py").read_text("utf-8") in text
    assert Path(np.__file__).read_text("utf-8") not in text
    assert 5_000_000 < len(text) < 50_000_000
    assert platform.python_version() in corpus.description


def test_stdlib_leaves_out_tests_and_what_others_installed(tmp_path, monkeypatch):
    mine, other = "# kept\n" * 300, "# left out\n" * 300
    write(tmp_path, {"json/tool.py": mine + "json", "abc.py": mine + "abc", "json/tests/a.py": other})
    write(tmp_path, {"unittest/test/a.py": other, "test/b.py": other, "idlelib/idle_test/c.py": other})
    (tmp_path / "site-packages").mkdir()
    write(tmp_path / "site-packages", {"json.py": other})
    write(
        tmp_path,
        {
            "sitecustomize.py": other,
            "json/data.txt": other,
            "json/latin.py": b"# coding: latin-1\n# \xe9\r\n",
        },
    )
    monkeypatch.setattr(minirnn.text.corpus.sysconfig, "get_path", lambda name: str(tmp_path))
    corpus = load("stdlib")
    assert whole(corpus) == f"{mine}abc\n# coding: latin-1\n# é\n{mine}json\n"
    assert "3 source files" in corpus.description


def test_a_corpus_is_the_same_in_another_process():
    code = "from minirnn.text.corpus import load; print(load('pydoc').sha256, load('stdlib').sha256)"
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    out = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert out.stdout.split() == [load("pydoc").sha256, load("stdlib").sha256]


def test_a_python_without_these_texts(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pydoc_data.topics", None)
    with pytest.raises(UserError, match="without pydoc_data.topics"):
        load("pydoc")
    monkeypatch.setattr(minirnn.text.corpus.sysconfig, "get_path", lambda name: str(tmp_path))
    with pytest.raises(UserError, match="no source files"):
        load("stdlib")


# Texts of the reader


@pytest.mark.parametrize("length", [1000, 1001, 1009, 1010, 99_999])
@pytest.mark.parametrize("tokens", ["chars", "bytes"])
def test_nine_tenths_train_and_the_rest_validates(tmp_path, length, tokens):
    text = ("abcdefghij" * (length // 10 + 1))[:length]
    corpus = load(write(tmp_path, {"a.txt": text}) + "/a.txt", tokens)
    assert (len(corpus.train), len(corpus.val)) == (length * 9 // 10, length - length * 9 // 10)
    assert corpus.vocabulary.decode(corpus.train) + corpus.vocabulary.decode(corpus.val) == text


def test_the_known_split_of_tiny_shakespeare(tmp_path):
    corpus = load(write(tmp_path, {"a.txt": "x" * 1_115_394}) + "/a.txt")
    assert (len(corpus.train), len(corpus.val)) == (1_003_854, 111_540)


def test_a_file_as_characters_and_as_bytes(tmp_path):
    path = write(tmp_path, {"play.txt": TEXT}) + "/play.txt"
    chars, data = load(path), load(path, "bytes")
    assert whole(chars) == whole(data) == TEXT
    assert chars.vocabulary == Vocabulary("chars", tuple(sorted(set(TEXT))))
    assert data.vocabulary == Vocabulary("bytes")
    assert len(data.train) + len(data.val) == len(TEXT.encode()) > len(TEXT)
    assert data.train.dtype == np.uint8 and data.train.flags.writeable
    assert chars.name == "play.txt" and "play.txt" in chars.description
    assert chars.sha256 == data.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


def test_the_vocabulary_is_that_of_the_whole_text(tmp_path):
    corpus = load(write(tmp_path, {"a.txt": "a" * 999 + "z"}) + "/a.txt")
    assert corpus.vocabulary.symbols == ("a", "z")


def test_windows_text_gives_the_same_ids(tmp_path):
    windows = b"\xef\xbb\xbf" + TEXT.encode().replace(b"\n", b"\r\n")
    folder = write(tmp_path, {"unix.txt": TEXT, "windows.txt": windows})
    assert whole(load(folder + "/windows.txt")) == TEXT
    assert load(folder + "/windows.txt").sha256 == load(folder + "/unix.txt").sha256
    raw = load(folder + "/windows.txt", "bytes")
    assert np.concatenate([raw.train, raw.val]).tobytes() == windows
    assert raw.sha256 == hashlib.sha256(windows).hexdigest()


def test_a_folder(tmp_path):
    folder = write(
        tmp_path / "book",
        {"b.txt": "second" * 200, "a/z.txt": "first\n" * 200, "c/d/e.md": "third\n" * 200, "f.txt": ""},
    )
    write(tmp_path / "book", {"x.bin": b"\xff\xfe" * 9, "y.bin": b"a\0b"})
    for hidden in (".git/config", ".notes", "c/.cache/x"):
        (tmp_path / "book" / hidden).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "book" / hidden).write_text("hidden " * 100)
    corpus = load(folder)
    assert whole(corpus) == "first\n" * 200 + "second" * 200 + "\n" + "third\n" * 200
    assert corpus.name == "book"
    assert corpus.description == "4 text files of book; left out: 3 hidden, 2 not UTF-8 text"
    raw = load(folder, "bytes")
    expected = ("first\n" * 200 + "second" * 200 + "third\n" * 200).encode() + b"\xff\xfe" * 9 + b"a\0b"
    assert np.concatenate([raw.train, raw.val]).tobytes() == expected
    assert raw.description == "6 files of book; left out: 3 hidden"


def test_a_folder_is_read_in_the_same_order_whatever_the_disk_says(tmp_path, monkeypatch):
    folder = write(tmp_path, {"b.txt": "b" * 600, "a/c.txt": "c" * 600, "d.txt": "d" * 600})
    expected = load(folder).sha256
    walk = list(os.walk(folder))
    backwards = [(top, names, entries[::-1]) for top, names, entries in walk][::-1]
    monkeypatch.setattr(minirnn.text.corpus.os, "walk", lambda root, onerror: backwards)
    assert load(folder).sha256 == expected


def test_a_glob(tmp_path, monkeypatch):
    folder = write(
        tmp_path, {"b.txt": "b\n" * 600, "a.txt": "a\n" * 600, "c.md": "c" * 600, "d/e.txt": "e\n" * 600}
    )
    write(tmp_path, {"f.txt": b"\0", "g.txt/h": "a folder called g.txt"})
    assert whole(load(folder + "/*.txt")) == "a\n" * 600 + "b\n" * 600
    assert whole(load(folder + "/**/*.txt")) == "a\n" * 600 + "b\n" * 600 + "e\n" * 600
    assert "2 text files" in load(folder + "/*.txt").description
    assert "1 not UTF-8" in load(folder + "/*.txt").description
    monkeypatch.chdir(folder)
    assert whole(load("[ab].txt")) == "a\n" * 600 + "b\n" * 600
    assert load("[ab].txt").name == "[ab].txt"


def test_the_home_folder_and_a_file_called_like_a_corpus(tmp_path, monkeypatch):
    write(tmp_path, {"pydoc": "mine\n" * 300})
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert whole(load("~/pydoc")) == whole(load("~/pyd*")) == whole(load("./pydoc")) == "mine\n" * 300
    assert whole(load("pydoc")) != "mine\n" * 300


@pytest.mark.parametrize(
    ("corpus", "tokens", "named"),
    [
        ("no/such.txt", "chars", ["'no/such.txt'", *NAMES]),
        ("no/*.txt", "chars", ["'no/*.txt'", *NAMES]),
        ("", "chars", ["''", *NAMES]),
        ("shakespear", "chars", ["did you mean shakespeare?"]),
        ("empty.txt", "chars", ["empty.txt is empty", "1,000 characters"]),
        ("empty.txt", "bytes", ["empty.txt is empty", "1,000 bytes"]),
        ("bom.txt", "chars", ["bom.txt is empty"]),
        ("short.txt", "chars", ["short.txt is too short", "999 characters", "1,000"]),
        ("short.txt", "bytes", ["short.txt is too short", "999 bytes", "1,000"]),
        ("latin.txt", "chars", ["latin.txt is not UTF-8 text", "--tokens bytes"]),
        ("nul.txt", "chars", ["nul.txt is not UTF-8 text", "--tokens bytes"]),
        ("binaries", "chars", ["no text in binaries", "1 not UTF-8 text", "--tokens bytes"]),
        ("nothing", "chars", ["no text in nothing", "0 text files"]),
        ("nothing", "bytes", ["nothing is empty"]),
        ("long" * 2000, "chars", ["longlong"]),
        ("a\0b", "chars", ["a\\x00b"]),
        ("pydoc", "words", ["'words'", "chars or bytes"]),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(tmp_path, monkeypatch, corpus, tokens, named):
    write(
        tmp_path,
        {"empty.txt": "", "short.txt": "x" * 999, "latin.txt": b"caf\xe9 " * 300, "nul.txt": b"caf\0 " * 300},
    )
    write(tmp_path, {"binaries/a.bin": b"\0" * 2000, "bom.txt": b"\xef\xbb\xbf"})
    (tmp_path / "nothing").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as raised:
        load(corpus, tokens)
    assert raised.value.exit_code == 2
    assert "\n" not in str(raised.value)
    for words in named:
        assert words in str(raised.value)


def test_binary_is_welcome_as_bytes(tmp_path):
    data = bytes(range(256)) * 10
    corpus = load(write(tmp_path, {"a.bin": data}) + "/a.bin", "bytes")
    assert np.concatenate([corpus.train, corpus.val]).tobytes() == data


@pytest.mark.parametrize("corpus", ["a.txt", ".", "*.txt"])
def test_a_file_that_may_not_be_read(tmp_path, monkeypatch, corpus):
    # Not by its permissions: who runs as root may read everything.
    def read_bytes(path):
        raise PermissionError(13, "Permission denied", str(path))

    write(tmp_path, {"a.txt": TEXT})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    with pytest.raises(UsageError, match=r"^Cannot read a\.txt \(Permission denied\): "):
        load(corpus)


def test_a_folder_that_may_not_be_listed(tmp_path, monkeypatch):
    def scandir(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(UsageError, match="Cannot read .*Permission denied"):
        load(str(tmp_path))


@pytest.mark.parametrize("corpus", ["a.txt", "."])
def test_a_text_that_does_not_fit_in_memory(tmp_path, monkeypatch, corpus):
    write(tmp_path, {"a.txt": "x" * 2_000, "b.txt": "x" * 2_000})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(minirnn.text.paths, "MAXIMUM", 2_000 if corpus == "." else 1_999)
    with pytest.raises(UsageError, match="kept in memory"):
        load(corpus)
    monkeypatch.setattr(minirnn.text.paths, "MAXIMUM", 4_000 if corpus == "." else 2_000)
    assert len(load(corpus).vocabulary.symbols) == (2 if corpus == "." else 1)


def test_the_size_of_a_text_is_told_in_gigabytes():
    file = SimpleNamespace(stat=lambda: SimpleNamespace(st_size=1_610_000_000))
    with pytest.raises(UsageError, match="^x holds 3.2 GB, .* at most 2 GB"):
        minirnn.text.paths._check_size([file, file], "x")


# Texts that are downloaded


@pytest.fixture
def served(tmp_path, monkeypatch):
    """Stand-ins for the three downloads, served from a folder; returns what offers a file there."""
    folder = tmp_path / "served"
    folder.mkdir()
    monkeypatch.setenv("no_proxy", "*")

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args):
            asked.append(self.path)

    asked = []
    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, directory=folder)
    ) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()

        def offer(name, content):
            kept = DOWNLOADS[name].file
            if kept.endswith(".zip"):
                with zipfile.ZipFile(folder / kept, "w", zipfile.ZIP_DEFLATED) as archive:
                    archive.writestr(name, content)
            else:
                (folder / kept).write_bytes(content)
            data = (folder / kept).read_bytes()
            url = f"http://127.0.0.1:{server.server_port}/{kept}"
            made = Download(url, kept, len(data), hashlib.sha256(data).hexdigest(), "a stand-in")
            monkeypatch.setitem(DOWNLOADS, name, made)
            return folder / kept, asked

        yield offer
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("name", ["shakespeare", "text8", "enwik8"])
@pytest.mark.parametrize("tokens", ["chars", "bytes"])
def test_a_download_is_fetched_once(served, tmp_path, name, tokens):
    _, asked = served(name, TEXT.encode())
    seen = []
    first = load(
        name, tokens, cache_dir=tmp_path / "cache", progress=lambda done, total: seen.append((done, total))
    )
    size = DOWNLOADS[name].size
    assert seen[-1] == (size, size)
    assert whole(first) == TEXT
    assert (first.name, first.description) == (name, "a stand-in")
    assert first.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    again = load(name, tokens, cache_dir=tmp_path / "cache")
    assert again.sha256 == first.sha256 and len(asked) == 1


def test_a_character_cut_at_the_end_is_dropped(served, tmp_path):
    data = (TEXT + "猫").encode()[:-1]
    served("enwik8", data)
    chars, raw = load("enwik8", cache_dir=tmp_path), load("enwik8", "bytes", cache_dir=tmp_path)
    assert whole(chars) == TEXT
    assert np.concatenate([raw.train, raw.val]).tobytes() == data


def test_a_download_that_fails_says_how_to_go_on(served, tmp_path):
    kept, _ = served("text8", TEXT.encode())
    kept.unlink()
    with pytest.raises(UserError) as raised:
        load("text8", cache_dir=tmp_path / "cache")
    assert raised.value.exit_code == 1
    for words in ("404", DOWNLOADS["text8"].url, str(tmp_path / "cache" / "text8.zip"), "--corpus pydoc"):
        assert words in str(raised.value)


def test_a_file_put_there_by_hand_is_used(served, tmp_path):
    kept, asked = served("text8", TEXT.encode())
    (tmp_path / "text8.zip").write_bytes(kept.read_bytes())
    assert whole(load("text8", cache_dir=tmp_path)) == TEXT
    assert asked == []


def test_downloads_go_to_the_cache_folder(served, tmp_path, monkeypatch):
    served("shakespeare", TEXT.encode())
    monkeypatch.setenv("MINIRNN_CACHE", str(tmp_path / "mine"))
    load("shakespeare")
    assert (tmp_path / "mine" / "tinyshakespeare.txt").read_bytes() == TEXT.encode()


@pytest.mark.parametrize(
    ("system", "variables", "expected"),
    [
        ("linux", {"MINIRNN_CACHE": "~/m"}, "home/m"),
        ("linux", {"XDG_CACHE_HOME": "xdg"}, "xdg/minirnn"),
        ("linux", {}, "home/.cache/minirnn"),
        ("darwin", {"XDG_CACHE_HOME": "xdg"}, "home/Library/Caches/minirnn"),
        ("win32", {"LOCALAPPDATA": "local"}, "local/minirnn"),
        ("win32", {}, "home/AppData/Local/minirnn"),
    ],
)
def test_the_cache_folder_of_each_system(monkeypatch, system, variables, expected):
    for name in ("MINIRNN_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"HOME": "home", "USERPROFILE": "home", **variables}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(minirnn.text.corpus.sys, "platform", system)
    assert cache_folder() == Path(expected)


def test_the_real_downloads_have_the_known_sizes():
    known = {"shakespeare": 1_115_394, "text8": 31_344_016, "enwik8": 36_445_475}
    assert {name: download.size for name, download in DOWNLOADS.items()} == known
    assert all(len(bytes.fromhex(download.sha256)) == 32 for download in DOWNLOADS.values())
