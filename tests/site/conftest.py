"""The site, built once for all tests that look at it, served, and opened in a browser without any outside."""

import functools
import os
import shutil
import threading
import time
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from minirnn.base.errors import UsageError
from minirnn.base.files import try_lock
from minirnn.course.site import build as site

ROOT = Path(__file__).parents[2]
# What is off the screen has no true size before it comes near; measured then, it lies across what follows.
LAID_OUT = ".later { content-visibility: visible !important }"
BROWSERS = (os.environ.get("MINIRNN_BROWSER", "chromium"), "chromium-browser", "google-chrome")


@contextmanager
def first(base):
    """Whether this process is the first of those that test side by side; the others wait for its block."""
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with (folder / "site-is-built").open("a+b") as mark:
        while not try_lock(mark):
            time.sleep(0.1)
        yield mark.seek(0, os.SEEK_END) == 0
        mark.write(b"yes")


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """The folder of the real site. Without what builds it: skipped, but an error where CI is set."""
    try:
        with first(tmp_path_factory.getbasetemp()) as is_first:
            if is_first:
                site.build(ROOT)
    except (UsageError, PackageNotFoundError) as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))
    return ROOT / "site"


class Files(SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".wasm": "application/wasm",
    }

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def address(pages):
    """Where the site is served, with a / at the end."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Files, directory=pages)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def chromium():
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    missing = "" if program else f"There is no browser: none of {', '.join(BROWSERS)} is installed."
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing = "playwright is not installed: it is in the extra site-test."
    if missing:
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def look(chromium, address):
    """look(path, scheme="light", width=1280): a page that asks for nothing outside and complains of nothing.

    page.outside and page.complaints are lists of what it did; they are empty when the block ends, or the test
    has emptied them itself. prepare(context) is called before the page is opened, meanwhile(page) while it
    loads.
    """

    @contextmanager
    def open_page(path, scheme="light", width=1280, prepare=None, meanwhile=None, **settings):
        context = chromium.new_context(
            color_scheme=scheme, viewport={"width": width, "height": 800}, **settings
        )
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.outside, page.complaints, page.seen = [], [], []

        def route(asked):
            if asked.request.url.startswith(address):
                page.seen.append(urlsplit(asked.request.url).path)
                return asked.continue_()
            page.outside.append(asked.request.url)
            return asked.abort()

        context.route(lambda url: not url.startswith(("data:", "blob:")), route)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: said.type in ("error", "warning") and page.complaints.append(said.text),
        )
        if prepare:
            prepare(context)
        page.goto(address + path, wait_until="commit" if meanwhile else "load")
        if meanwhile:
            meanwhile(page)
        page.wait_for_load_state("networkidle")
        try:
            yield page
            assert (page.outside, page.complaints) == ([], [])
        finally:
            context.close()

    return open_page
