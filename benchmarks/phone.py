"""How fast are the pages on a phone, and does everybody reach what is on them?

Lighthouse, the well-kept judge of pages, opens each page several times as a phone of the middle class would:
with a screen of 412 pixels, a processor four times slower, and 1.6 megabits a second with a delay of 150
milliseconds (its own settings for "mobile", which browsers call Fast 3G). Saved is the median for each page:

- performance and accessibility: Lighthouse's marks, of 100;
- long tasks: how long the page was busy in pieces of more than 50 ms, in which it answers nobody; in seconds
  of the slow processor;
- layout shift: how far things jump while the page loads;
- kilobytes: what is loaded, packed, before anybody starts Python.

The site is built before, and served packed, as real servers do. Lighthouse comes from npm when this is run
and is no package of the project; so a network is needed, and a browser: CHROME_PATH names it.

Run: python benchmarks/phone.py [--times N] [--pages lessons/scan/ ...]    (on a quiet machine)
"""

import argparse
import functools
import gzip
import http.server
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from common import save
from minirnn.course.site import build as site
from minirnn.course.site import lessons

ROOT = Path(__file__).parents[1]
LIGHTHOUSE = "lighthouse@12.8.2"
TIMES = 5
PACKED = (".html", ".css", ".js", ".json", ".svg", ".txt", ".wasm", ".xml")
# Of each lesson: at least, for the marks, and at most, for the rest.
LEAST = {"performance": 90, "accessibility": 100}
MOST = {"long tasks, s": 1.5, "layout shift": 0.02, "kilobytes": 500}


class Packing(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, packed where it is text."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in PACKED:
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is said of each request."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which the folder is served meanwhile."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Packing, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def opened(address: str, chrome: str) -> dict[str, Any]:
    """What Lighthouse says of the page, opened once."""
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.json"
        command = ["npm", "exec", "--yes", f"--package={LIGHTHOUSE}", "--", "lighthouse", address]
        flags = "--headless=new --no-sandbox --disable-dev-shm-usage"
        command += ["--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={flags}"]
        command += ["--only-categories=performance,accessibility"]
        subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": chrome}, cwd=scratch)
        return measured(json.loads(report.read_text(encoding="utf-8")))


def measured(report: dict[str, Any]) -> dict[str, Any]:
    """The numbers of a report of Lighthouse that this script is about."""
    audits, marks = report["audits"], report["categories"]
    tasks = audits["long-tasks"].get("details", {}).get("items", [])
    failing = [
        audits[each["id"]]["title"]
        for each in marks["accessibility"]["auditRefs"]
        if audits[each["id"]]["score"] not in (1, None)
    ]
    return {
        "performance": round(100 * marks["performance"]["score"]),
        "accessibility": round(100 * marks["accessibility"]["score"]),
        "first paint, s": audits["first-contentful-paint"]["numericValue"] / 1000,
        "largest paint, s": audits["largest-contentful-paint"]["numericValue"] / 1000,
        "long tasks, s": sum(task["duration"] for task in tasks) / 1000,
        "layout shift": audits["cumulative-layout-shift"]["numericValue"],
        "kilobytes": audits["total-byte-weight"]["numericValue"] / 1000,
        "failing": failing,
    }


def median(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Of each number the median; of what fails everything."""
    numbers = {
        key: round(statistics.median(run[key] for run in runs), 3) for key in runs[0] if key != "failing"
    }
    return numbers | {"failing": sorted({each for run in runs for each in run["failing"]})}


def verdict(pages: dict[str, dict[str, Any]]) -> dict[str, bool]:
    """Does each of the pages hold each of the bars?"""
    held = {}
    for key, bar in LEAST.items():
        held[f"{key}: at least {bar}"] = all(page[key] >= bar for page in pages.values())
    for key, bar in MOST.items():
        held[f"{key}: at most {bar:g}"] = all(page[key] <= bar for page in pages.values())
    return held


def main() -> None:
    """Build, open, print, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=TIMES)
    every = [f"lessons/{lesson.id}/" for lesson in lessons.written(ROOT)]
    parser.add_argument("--pages", nargs="*", default=every)
    asked = parser.parse_args()
    chrome = os.environ.get("CHROME_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chrome:
        sys.exit("There is no browser: install Chromium, or name one by CHROME_PATH.")
    site.build(ROOT)
    runs: dict[str, list[dict[str, Any]]] = {page: [] for page in asked.pages}
    with served(ROOT / "site") as address:
        for turn in range(asked.times):  # in turn, so that a slow moment of the machine hits no page alone
            for page, said in runs.items():
                said.append(opened(address + page, chrome))
                print(f"{turn + 1} of {asked.times}: {page} {said[-1]}", flush=True)
    pages = {page: median(said) for page, said in runs.items()}
    claims = verdict(pages)
    for page, numbers in pages.items():
        print(page, numbers)
    for claim, held in claims.items():
        print(f"{'yes' if held else 'NO':4} {claim}")
    results = {"lighthouse": LIGHTHOUSE, "times": asked.times, "verdict": claims, "pages": pages}
    print(f"Written: {save('phone', results)}")


if __name__ == "__main__":
    main()
