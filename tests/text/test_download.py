"""Downloads against a local server that also cuts, lies, refuses, stalls and forgets."""

import errno
import hashlib
import http.server
import io
import random
import socket
import subprocess
import sys
import threading
import types

import pytest

from minirnn.base.errors import UserError
from minirnn.text import download
from minirnn.text.download import DownloadError, fetch

BODY = random.Random(0).randbytes(1_400_000)
SIZE, SHA256 = len(BODY), hashlib.sha256(BODY).hexdigest()


class Handler(http.server.BaseHTTPRequestHandler):
    """Does what the server's plan says for this request; the plan's last entry holds for all that follow."""

    def do_GET(self):
        asked = self.headers.get("Range")
        self.server.asked.append(asked)
        plan = self.server.plan
        what = plan.pop(0) if len(plan) > 1 else plan[0]
        if isinstance(what, int):
            return self.send_error(what)
        start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked and "norange" not in what else 0
        body, length, first = BODY[start:], SIZE - start, start
        if "wrong" in what:
            body = bytes(len(body))
        if "long" in what:
            body += b"and more"
        if "short" in what:
            length -= 1
        if "shifted" in what:
            first += 1
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {first}-{SIZE - 1}/{SIZE}")
        if "unsized" not in what:
            self.send_header("Content-Length", str(length))
        self.end_headers()
        if "cut" in what:
            body = body[: len(body) // 2]
        if "stall" in what:
            self.wfile.write(body[: len(body) // 2])
            self.server.release.wait(60)
            return None
        self.wfile.write(body)
        return None

    def log_message(self, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """A client that hangs up is part of the tests."""


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    waited = []
    monkeypatch.setattr(download, "PAUSE", 0.5)
    monkeypatch.setattr(download, "time", types.SimpleNamespace(sleep=waited.append))
    with Server(("127.0.0.1", 0), Handler) as server:
        server.plan, server.asked, server.release = ["good"], [], threading.Event()
        server.waited = waited
        server.url = f"http://127.0.0.1:{server.server_port}/text.zip"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.release.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "new" / "folder" / "text.zip"


def part_of(path):
    return path.with_name("text.zip.part")


def put(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def bring(server, path, **options):
    assert fetch(server.url, path, size=SIZE, sha256=SHA256, **options) == path
    assert path.read_bytes() == BODY
    assert not part_of(path).exists()


def refuse(server, path, kind=DownloadError):
    with pytest.raises(UserError) as raised:
        fetch(server.url, path, size=SIZE, sha256=SHA256)
    assert type(raised.value) is kind
    assert raised.value.exit_code == 1
    assert not path.exists()
    return str(raised.value)


def test_brings_the_file_and_reports_its_progress(server, path):
    seen = []
    bring(server, path, progress=lambda done, total: seen.append((done, total)))
    assert server.asked == [None] and server.waited == []
    assert seen == sorted(seen) and seen[0][0] < SIZE and seen[-1] == (SIZE, SIZE)
    assert {total for _, total in seen} == {SIZE}


def test_a_right_file_needs_no_connection(server, path):
    put(path, BODY)
    bring(server, path)
    assert server.asked == []


@pytest.mark.parametrize("wrong", [BODY[:-1], BODY[:-1] + b"?", BODY + b"?", b""])
def test_a_kept_file_that_changed_is_brought_again(server, path, wrong):
    assert wrong != BODY
    put(path, wrong)
    bring(server, path)
    assert server.asked == [None]


def test_a_cut_connection_continues_where_it_stopped(server, path):
    server.plan = ["cut", "cut", "good"]
    bring(server, path)
    assert server.asked == [None, f"bytes={SIZE // 2}-", f"bytes={SIZE * 3 // 4}-"]


def test_many_cuts_are_no_reason_to_stop_while_bytes_come(server, path):
    server.plan = ["cut"] * (2 * download.ATTEMPTS) + ["good"]
    bring(server, path)


def test_a_part_of_an_earlier_call_is_continued(server, path):
    put(part_of(path), BODY[:123_456])
    bring(server, path)
    assert server.asked == ["bytes=123456-"]


def test_a_whole_part_is_only_checked(server, path):
    put(part_of(path), BODY)
    bring(server, path)
    assert server.asked == []


@pytest.mark.parametrize("wrong", [bytes(1000), bytes(SIZE)])
def test_a_wrong_part_is_dropped_and_the_file_brought_afresh(server, path, wrong):
    put(part_of(path), wrong)
    bring(server, path)
    assert server.asked == [f"bytes={len(wrong)}-"] * (len(wrong) < SIZE) + [None]
    assert server.waited == []


def test_a_part_that_is_too_long_is_dropped(server, path):
    put(part_of(path), BODY + b"more")
    bring(server, path)
    assert server.asked == [None]


@pytest.mark.parametrize("answer", ["norange", "shifted", 416])
def test_a_server_that_cannot_continue_is_asked_for_everything(server, path, answer):
    put(part_of(path), BODY[:1000])
    server.plan = [answer, "good"]
    bring(server, path)
    assert server.asked == ["bytes=1000-"] + [None] * (answer != "norange")


def test_a_server_that_always_cuts_and_never_continues_is_given_up(server, path):
    server.plan = ["norange cut"]
    message = refuse(server, path)
    assert f"cut after {SIZE // 2} of {SIZE} bytes" in message and server.url in message
    assert len(server.asked) == 1 + download.ATTEMPTS - 1


def test_a_server_that_cuts_and_continues_wrongly_is_given_up(server, path):
    server.plan = ["shifted cut"]
    assert "does not continue" in refuse(server, path)
    assert server.asked == [None, f"bytes={SIZE // 2}-"] * (download.ATTEMPTS // 2)


def test_wrong_bytes_are_deleted_and_both_hashes_named(server, path):
    server.plan = ["wrong"]
    message = refuse(server, path)
    assert SHA256 in message and hashlib.sha256(bytes(SIZE)).hexdigest() in message
    assert not part_of(path).exists()
    assert server.asked == [None]


def test_wrong_bytes_after_a_part_are_tried_afresh_once(server, path):
    put(part_of(path), BODY[:1000])
    server.plan = ["wrong"]
    assert SHA256 in refuse(server, path)
    assert not part_of(path).exists()
    assert server.asked == ["bytes=1000-", None]


def test_not_found_is_said_at_once(server, path):
    server.plan = [404]
    message = refuse(server, path)
    assert "404 Not Found" in message and server.url in message
    assert len(server.asked) == 1


def test_not_found_keeps_the_part(server, path):
    put(part_of(path), BODY[:1000])
    server.plan = [404, "good"]
    refuse(server, path)
    bring(server, path)
    assert server.asked == ["bytes=1000-"] * 2


@pytest.mark.parametrize("answer", [408, 429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again(server, path, answer):
    server.plan = [answer, answer, "good"]
    bring(server, path)
    assert len(server.asked) == 3


def test_a_server_that_stays_busy_is_given_up(server, path):
    server.plan = [503]
    assert "503" in refuse(server, path)
    assert len(server.asked) == download.ATTEMPTS
    assert server.waited == [0.5, 1.0, 2.0]


def test_another_length_is_another_file(server, path):
    server.plan = ["short"]
    message = refuse(server, path)
    assert str(SIZE - 1) in message and str(SIZE) in message
    assert len(server.asked) == 1


def test_a_server_that_names_no_length(server, path):
    server.plan = ["unsized cut", "unsized long"]
    bring(server, path)
    assert server.asked == [None, f"bytes={SIZE // 2}-"]


def test_a_stalled_connection_is_cut_and_continued(server, path, monkeypatch):
    monkeypatch.setattr(download, "TIMEOUT", 0.3)
    server.plan = ["stall", "good"]
    bring(server, path)
    assert server.asked == [None, f"bytes={SIZE // 2}-"]


def test_offline(path, monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(download, "PAUSE", 0.0)
    with socket.socket() as taken:  # bound and not listening: a connection is refused
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/text.zip"
        expected = f"Could not download {url} .*refused.* {download.ATTEMPTS} tries"
        with pytest.raises(DownloadError, match=expected):
            fetch(url, path, size=SIZE, sha256=SHA256)
    assert not path.exists()


def test_a_full_disk_keeps_what_came_and_says_what_to_do(server, path, monkeypatch):
    class FullDisk(io.FileIO):
        def write(self, block):
            super().write(block[:50_000])
            raise OSError(errno.ENOSPC, "No space left on device")

    def full(name, mode):
        return (FullDisk if str(name).endswith(".part") and mode != "rb" else open)(name, mode)

    monkeypatch.setattr(download, "open", full, raising=False)
    message = refuse(server, path, UserError)
    assert "disk is full" in message and f"text.zip needs 1 MB in {path.parent}" in message
    assert "MINIRNN_CACHE" in message
    assert len(server.asked) == 1
    monkeypatch.setattr(download, "open", open)
    kept = part_of(path).stat().st_size
    assert 0 < kept <= 50_000
    bring(server, path)
    assert server.asked[1:] == [f"bytes={kept}-"]


def test_a_folder_that_cannot_be_made(server, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    message = refuse(server, tmp_path / "file" / "text.zip", UserError)
    assert str(tmp_path / "file") in message and "MINIRNN_CACHE" in message
    assert "full" not in message and "Errno" not in message


def test_a_second_caller_waits_and_then_finds_the_file(server, path):
    path.parent.mkdir(parents=True)
    waiting, seen = threading.Event(), []

    def progress(done, total):
        seen.append((done, total))
        waiting.set()

    second = threading.Thread(target=bring, args=(server, path), kwargs={"progress": progress})
    with download._locked(path.with_name("text.zip.lock"), lambda: None):
        part_of(path).write_bytes(BODY[:777])
        second.start()
        assert waiting.wait(30)
        assert seen[0] == (777, SIZE)
        part_of(path).replace(path)
        path.write_bytes(BODY)
    second.join(30)
    assert path.read_bytes() == BODY
    assert server.asked == []


CHILD = """
import sys
from pathlib import Path
from minirnn.text.download import fetch
url, path, size, sha256 = sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()
fetch(url, Path(path), size=int(size), sha256=sha256, progress=lambda done, total: print(done, flush=True))
"""


def child(server, path):
    arguments = [sys.executable, "-c", CHILD, server.url, str(path), str(SIZE), SHA256]
    process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    return process


def test_two_processes_at_once_bring_it_once(server, path):
    both = [child(server, path), child(server, path)]
    for process in both:
        process.stdin.write("\n")
        process.stdin.flush()
    for process in both:
        process.communicate(timeout=60)
        assert process.returncode == 0
    assert server.asked == [None]
    assert path.read_bytes() == BODY


def test_a_killed_process_leaves_a_part_and_no_lock(server, path):
    server.plan = ["stall", "good"]
    process = child(server, path)
    process.stdin.write("\n")
    process.stdin.flush()
    while int(process.stdout.readline()) < 100_000:
        pass
    process.kill()
    process.communicate(timeout=60)
    kept = part_of(path).stat().st_size
    assert kept > 0
    bring(server, path)
    assert server.asked == [None, f"bytes={kept}-"]
