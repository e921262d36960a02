"""Texts that lie beside what minirnn writes, that come through a pipe, or that are looked for again."""

import io
import itertools
import json
import os
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minirnn.text.paths
from minirnn.base.errors import UsageError
from minirnn.base.run_folder import LOCK
from minirnn.course.learner import progress
from minirnn.text.corpus import load, load_again, origin, read_once
from minirnn.text.vocabulary import normal
from tests.text.test_corpus import TEXT, whole, write

CONFIG = json.dumps({"format": 1, "minirnn": "0.1", "model": {}, "train": {}, "corpus": {}})
RUN = {
    "config.json": CONFIG,
    "metrics.jsonl": '{"step": 1}\n' * 99,
    "sample.txt": "sample " * 99,
    "loss.svg": "<svg/>",
    "trainer-3.safetensors": "{}",
    "checkpoint.safetensors": "{}",
    LOCK: "",
}


def within(place, files):
    return {f"{place}/{name}": content for name, content in files.items()}


# Own output


@pytest.mark.parametrize("tokens", ["chars", "bytes"])
@pytest.mark.parametrize("place", ["runs/a", "elsewhere/deep/runs/a", "a"])
@pytest.mark.parametrize("left", [set(RUN), {LOCK}, {"trainer-3.safetensors"}, {"config.json", "sample.txt"}])
def test_no_run_is_ever_text(tmp_path, tokens, place, left):
    folder = write(tmp_path, {"a.txt": TEXT, "z/b.txt": TEXT})
    before = load(folder, tokens)
    write(tmp_path, within(place, {name: RUN[name] for name in left} | {"more/notes.txt": "x"}))
    after = load(folder, tokens)
    assert after.sha256 == before.sha256 and whole(after) == TEXT * 2
    assert after.description.startswith(
        before.description.replace("0 hidden", "0 hidden, 1 of minirnn's own")
    )
    for pattern in ("/**/*.txt", "/**/*"):
        assert load(folder + pattern, tokens).sha256 == before.sha256


def test_a_run_folder_itself_is_no_text(tmp_path, monkeypatch):
    write(tmp_path, within("runs/a", RUN))
    for corpus in ("runs/a", "runs", "runs/a/*.txt", "**/*.jsonl"):
        monkeypatch.chdir(tmp_path)
        with pytest.raises(UsageError, match="There is no text in .*1 of minirnn's own"):
            load(corpus)
    monkeypatch.chdir(tmp_path / "runs" / "a")
    for corpus in (".", "*.txt"):
        with pytest.raises(UsageError, match="There is no text in"):
            load(corpus)


def test_the_progress_of_a_workspace_is_no_text(tmp_path):
    folder = write(tmp_path, {"a.txt": TEXT, "b/progress.json": '{"my": "own"}'})
    before = load(folder)
    write(tmp_path, within("w", {"progress.json": json.dumps({"what": progress.MARK, "n": 1})}))
    assert load(folder).sha256 == load(folder + "/**/*.*").sha256 == before.sha256
    assert "2 text files" in before.description and "1 of minirnn's own" in load(folder).description
    assert json.dumps(progress.MARK).encode() == minirnn.text.paths.WORKSPACE


# Line ends


@given(st.text(alphabet="ab\r\n\ufeff", max_size=12))
def test_line_ends_are_those_of_pythons_text_files(text):
    data = text.encode()
    assert normal(data.decode()) == io.TextIOWrapper(io.BytesIO(data), "utf-8-sig", newline=None).read()


def test_a_text_of_old_macs_and_a_mixed_one_have_the_same_ids(tmp_path):
    folder = write(
        tmp_path,
        {
            "unix.txt": TEXT,
            "mac.txt": TEXT.replace("\n", "\r"),
            "windows.txt": "\ufeff" + TEXT.replace("\n", "\r\n"),
            "mixed.txt": "".join(
                line + end
                for line, end in zip(TEXT.splitlines(), itertools.cycle(["\n", "\r", "\r\n"]), strict=False)
            ),
        },
    )
    assert len({load(f"{folder}/{name}.txt").sha256 for name in ("unix", "mac", "windows", "mixed")}) == 1
    assert whole(load(folder)) == TEXT * 4
    twice = write(tmp_path / "twice", {"a.txt": TEXT.replace("\n", "\r\r\n")})
    assert whole(load(twice)) == TEXT.replace("\n", "\n\n")


# Pipes


@pytest.mark.parametrize("corpus", ["-", "/dev/stdin"])
@pytest.mark.parametrize("tokens", ["chars", "bytes"])
def test_standard_input(tmp_path, monkeypatch, corpus, tokens):
    data = TEXT.replace("\n", "\r\n").encode()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    text = load(corpus, tokens)
    assert (text.name, text.description) == ("stdin", "what came through stdin")
    assert text.sha256 == load(write(tmp_path, {"a": data}) + "/a", tokens).sha256
    with pytest.raises(UsageError, match=f"The corpus {corpus} is empty"):
        load(corpus)
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UsageError, match="no standard input"):
        load(corpus)


if hasattr(os, "mkfifo"):

    @pytest.mark.parametrize("named", [False, True])
    def test_a_pipe(tmp_path, named):
        """As the shell makes it for `<(...)`, and one with a name."""
        if named:
            os.mkfifo(tmp_path / "fifo")
            corpus, target = str(tmp_path / "fifo"), tmp_path / "fifo"
        else:
            reading, target = os.pipe()
            corpus = f"/dev/fd/{reading}"

        def feed():
            with open(target, "wb") as file:
                file.write(TEXT.encode() * 40)  # more than a pipe holds

        worker = threading.Thread(target=feed)
        worker.start()
        text = load(corpus)
        worker.join()
        assert whole(text) == TEXT * 40 and text.name == ("fifo" if named else "pipe")
        assert read_once(corpus)
        if not named:
            os.close(reading)

    def test_too_much_comes_through_a_pipe(monkeypatch):
        monkeypatch.setattr(minirnn.text.paths, "MAXIMUM", 5_000)
        with pytest.raises(UsageError, match="/dev/zero, and a corpus is kept in memory"):
            load("/dev/zero")
        with pytest.raises(UsageError, match="/dev/null is empty"):
            load("/dev/null")


@pytest.mark.parametrize("corpus", ["a.txt", ".", "*.txt", "none", "", "a\0b", "pydoc", "./-"])
def test_what_can_be_read_again(tmp_path, monkeypatch, corpus):
    write(tmp_path, {"a.txt": TEXT, "-": TEXT})
    monkeypatch.chdir(tmp_path)
    assert not read_once(corpus)


# The text of a run


def run_of(corpus, run_dir, **text):
    """What the config.json of a run holds that was begun here."""
    about = text or {"sha256": load(corpus).sha256}
    return {"train": {"corpus": corpus, "tokens": "chars"}, "corpus": about | origin(corpus, run_dir)}


@pytest.mark.parametrize("corpus", ["a.txt", "texts", "texts/*.txt", "./a.txt", "../begun/a.txt"])
@pytest.mark.parametrize("older", [False, True])
def test_a_relative_text_is_found_from_everywhere(tmp_path, monkeypatch, corpus, older):
    begun, other = tmp_path / "begun", tmp_path / "other[1]"
    write(begun, {"a.txt": TEXT, "texts/b.txt": TEXT})
    other.mkdir()
    monkeypatch.chdir(begun)
    run_dir = Path("runs", "a")
    run_dir.mkdir(parents=True)
    stored = run_of(corpus, run_dir)
    if older:
        del stored["corpus"]["root"]
    wanted = stored["corpus"]["sha256"]
    assert load_again(run_dir, stored).sha256 == wanted
    monkeypatch.chdir(other)
    assert load_again(begun / "runs" / "a", stored).sha256 == wanted
    # All of it moves.
    monkeypatch.chdir(tmp_path)
    moved = tmp_path / "other[1]" / "begun"
    begun.rename(moved)
    assert load_again(moved / "runs" / "a", stored).sha256 == wanted
    # Another text of that name where we are is not taken for it, nor hides that the right one has changed.
    write(other, {"a.txt": TEXT * 2, "texts/b.txt": TEXT * 2})
    monkeypatch.chdir(other)
    assert load_again(moved / "runs" / "a", stored).sha256 == wanted
    write(moved, {"a.txt": TEXT * 3, "texts/b.txt": TEXT * 3})
    assert load_again(moved / "runs" / "a", stored).sha256 != wanted
    (moved / "a.txt").unlink()
    (moved / "texts" / "b.txt").unlink()
    (other / "a.txt").unlink()
    (other / "texts" / "b.txt").unlink()
    with pytest.raises(UsageError, match="There is no"):
        load_again(moved / "runs" / "a", stored)


def test_where_a_run_begins_is_remembered_for_relative_paths_only(tmp_path, monkeypatch):
    write(tmp_path, {"a.txt": TEXT})
    monkeypatch.chdir(tmp_path)
    assert origin("a.txt", Path("runs/a")) == {"root": "../.."}
    if hasattr(os, "mkfifo"):  # where everybody may make links
        (tmp_path / "link").symlink_to(tmp_path / "far" / "away", target_is_directory=True)
        assert origin("a.txt", Path("link/a")) == {"root": "../../.."}
    for corpus in ("pydoc", str(tmp_path / "a.txt"), "~/a.txt"):
        assert origin(corpus, Path("runs/a")) == {}
    assert origin("-", Path("runs/a")) == {"once": True}


def test_a_text_that_came_through_a_pipe_must_be_given(tmp_path):
    path = write(tmp_path, {"a.txt": TEXT}) + "/a.txt"
    stored = run_of("-", tmp_path / "run", sha256=load(path).sha256)
    with pytest.raises(
        UsageError, match=r"run came through a pipe, which can be read only once: .*--corpus\.$"
    ):
        load_again(tmp_path / "run", stored)
    assert load_again(tmp_path / "run", stored, path).sha256 == stored["corpus"]["sha256"]
