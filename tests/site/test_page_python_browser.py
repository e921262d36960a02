"""Python in the page in a real browser: failed with a known mistake, solved, looped for ever, found again.

The page is a bare one, with the element, its files and the Pyodide of node_modules; the site's own look is
tested with the site. Without a browser or node_modules the tests are skipped; in CI that is an error.
"""

import functools
import http.server
import json
import os
import shutil
import threading
from pathlib import Path

import pytest

from minirnn.base.errors import UsageError
from minirnn.course import bank
from minirnn.course.author import check as dev
from minirnn.course.site import build as site
from minirnn.course.site import in_page as page
from minirnn.course.site import page_files

ROOT = Path(__file__).parents[2]
COUNT = bank.find("count_bigrams")
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Exercises</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<script type="module" src="python/exercise.js"></script></head>
<body class="md-typeset"><main><h1>Exercises</h1>
<div class="exercise"><div><minirnn-exercise data-id="count_bigrams">no JavaScript</minirnn-exercise></div>
<details class="hint"><summary>Hint 1</summary>one</details>
<details class="hint"><summary>Hint 2</summary>two</details>
<template class="debrief"><p>It is <b>learnt</b>.</p></template></div>
<div class="exercise"><div><minirnn-exercise data-id="scan_with_reset"></minirnn-exercise></div>
<template class="debrief"><p>It is reset.</p></template></div></main></body></html>"""


def missing(reason):
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def docs(tmp_path_factory):
    """A folder with all that the element needs, and a page."""
    root = tmp_path_factory.mktemp("site")
    for name in ("exercises", "lessons", "minirnn", "node_modules"):
        (root / name).symlink_to(ROOT / name)
    try:
        site.copy_assets(root)
        for wheel in (ROOT / "docs" / "assets" / "pyodide").glob("*.whl"):
            shutil.copy2(wheel, root / "docs" / "assets" / "pyodide")
        page_files.write(root)
    except UsageError as error:
        missing(str(error))
    for name in ("python", "scripts", "widgets"):
        shutil.copytree(ROOT / "docs" / name, root / "docs" / name)
    (root / "docs" / "index.html").write_text(PAGE, encoding="utf-8")
    return root / "docs"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def address(docs):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(docs)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api") if not os.environ.get("CI") else None
    if sync_api is None:
        from playwright import sync_api
    found = os.environ.get("MINIRNN_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        missing("there is no chromium here; MINIRNN_BROWSER may name one")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def tab(browser, address):
    """A page; what it asks for elsewhere is refused and noted, as is what it complains about."""
    context = browser.new_context(viewport={"width": 360, "height": 800})
    tab = context.new_page()
    tab.set_default_timeout(90_000)  # a machine may be busy; nothing here waits this long on a quiet one
    tab.asked, tab.complaints = [], []

    def route(route):
        if route.request.url.startswith((address, "data:")):
            route.continue_()
        else:
            tab.asked.append(route.request.url)
            route.abort()

    context.route("**/*", route)
    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
    tab.on("console", lambda message: message.type == "error" and tab.complaints.append(message.text))
    tab.goto(address)
    yield tab
    context.close()


def exercise(tab, name="count_bigrams"):
    element = tab.locator(f"minirnn-exercise[data-id={name}]")
    element.get_by_role("textbox").wait_for()
    return element


def check(element, source=None):
    """Press the button, and give what is said: the title and the rest."""
    if source is not None:
        element.get_by_role("textbox").fill(source)
    element.evaluate("element => { element.querySelector('.python-said').replaceChildren(); }")
    element.get_by_role("button", name="heck").click()
    element.locator(".python-said > *").first.wait_for()
    return element.locator(".python-title").inner_text(), element.locator(".python-said").inner_text()


def expected(source):
    """What the same code says in this Python, as lines."""
    said = json.loads(page.check(COUNT.id, source))
    return [block["content"] for block in said["blocks"] if block["kind"] != "table"]


def test_nothing_of_python_is_loaded_before_it_is_asked_for(tab, address):
    exercise(tab)
    loaded = tab.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert f"{address}assets/python/exercises.json" in loaded
    assert not [name for name in loaded if "pyodide" in name or name.endswith((".zip", ".wasm"))]


def test_a_mistake_a_solution_a_loop_and_the_text_again(tab):
    element = exercise(tab)
    assert element.get_by_role("textbox").input_value() == COUNT.stub()

    mistake = dev.as_submission(COUNT, "row_started_again")
    title, said = check(element, mistake)
    first, *rest = expected(mistake)
    assert title == first
    assert [line for line in said.splitlines() if line.strip()] == rest
    assert any("Each new pair wipes out what you knew" in line for line in rest)
    assert element.locator("[aria-live=polite] .python-title").is_visible()
    assert tab.evaluate("document.activeElement.textContent") == "Check"

    assert tab.locator("details[open]").count() == 0
    element.get_by_role("button", name="Show hint 1 of 2").click()
    assert tab.locator("details[open]").all_inner_texts() == ["Hint 1\none"]
    element.get_by_role("button", name="Show hint 2 of 2").click()
    assert element.get_by_role("button", name="Show hint").count() == 0

    assert tab.evaluate("localStorage['minirnn/record']") is None
    title, said = check(element, COUNT.solution())
    kept = json.loads(tab.evaluate("localStorage['minirnn/record']"))
    assert kept["exercises"][COUNT.id]["passed"] is True
    assert title.startswith("PASSED") and "1 more runs when it is graded" in said
    assert "Debrief" in said and element.locator(".python-said b").inner_text() == "learnt"

    endless = "def count_bigrams(text):\n    print('on and on')\n    while True:\n        pass\n"
    title, said = check(element, endless)
    assert title.startswith("NOT YET: the check 'type'")
    assert "Stopped: your code was still running after 5 seconds." in said and "on and on" in said
    assert check(element, COUNT.solution())[0].startswith("PASSED")  # in a new Python

    tab.reload()
    element = exercise(tab)
    assert element.get_by_role("textbox").input_value() == COUNT.solution()
    questions = []
    tab.once("dialog", lambda dialog: (questions.append(dialog.message), dialog.dismiss()))
    element.get_by_role("button", name="Start over").click()
    assert element.get_by_role("textbox").input_value() == COUNT.solution()
    tab.once("dialog", lambda dialog: dialog.accept())
    element.get_by_role("button", name="Start over").click()
    assert element.get_by_role("textbox").input_value() == COUNT.stub() and len(questions) == 1
    tab.reload()
    assert exercise(tab).get_by_role("textbox").input_value() == COUNT.stub()
    assert (tab.asked, tab.complaints) == ([], [])
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_crash_is_said_and_the_next_check_works(tab):
    element = exercise(tab)
    _, said = check(element, "import os\n\ndef count_bigrams(text):\n    os._exit(1)\n")
    assert "Python itself crashed" in said
    _, said = check(element, "def count_bigrams(text):\n    return count_bigrams(text)\n")
    assert "RecursionError" in said


def wheel_from(tab, address, packages):
    """Let the page look for numpy there. Gives the name of the file."""
    index = json.loads(tab.request.get(f"{address}assets/python/exercises.json").text())
    answer = json.dumps({**index, "packages": packages})
    tab.route("**/exercises.json", lambda route: route.fulfill(body=answer, content_type="application/json"))
    tab.reload()
    return page_files.numpy_wheel(ROOT)[1]["file_name"]


def test_numpy_that_cannot_be_had_is_said_plainly(tab, address):
    public = page_files.PUBLIC.format(page_files.numpy_wheel(ROOT)[0])
    name = wheel_from(tab, address, public)
    _, said = check(exercise(tab, "scan_with_reset"))
    assert "needs numpy, and it could not be loaded from cdn.jsdelivr.net" in said
    assert "minirnn check scan_with_reset --watch" in said
    assert set(tab.asked) == {public + name}


def test_a_copy_of_numpy_that_is_another_file_is_not_taken(tab, address):
    name = wheel_from(tab, address, "")
    asked = []

    def answer(route):
        asked.append(route.request.url)
        route.fulfill(body=b"PK another file", content_type="application/zip")

    tab.route("**/*.whl", answer)
    _, said = check(exercise(tab, "scan_with_reset"))
    assert "needs numpy, and it could not be loaded from this site" in said
    assert set(asked) == {f"{address}assets/pyodide/{name}"} and tab.asked == []


def test_with_a_copy_of_numpy_its_exercises_are_graded_here(tab, docs):
    name = page_files.numpy_wheel(ROOT)[1]["file_name"]
    if not (docs / "assets" / "pyodide" / name).is_file():
        pytest.skip("no copy of numpy for the browser: python -m minirnn.course.site.page_files fetches it")
    element = exercise(tab, "scan_with_reset")
    assert check(element, bank.find("scan_with_reset").solution())[0].startswith("PASSED")
    source = dev.as_submission(bank.find("scan_with_reset"), "reset_ignored")
    assert "without any reset" in check(element, source)[1]
    assert tab.asked == []


def test_the_keys_of_the_editor(tab):
    editor = exercise(tab).get_by_role("textbox")
    editor.fill("if x:")
    editor.press("End")
    editor.press("Enter")
    tab.keyboard.type("y")
    editor.press("Tab")
    assert editor.input_value() == "if x:\n    y   "
    editor.press("Shift+Tab")
    editor.press("Control+z")
    assert editor.input_value() == "if x:\n    y   "
    editor.press("Escape")
    assert "Tab now leaves" in tab.get_by_role("status").first.inner_text()
    editor.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Start Python and check"


def test_where_text_cannot_be_kept_one_is_told(tab):
    tab.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); };")
    tab.reload()
    element = exercise(tab)
    element.get_by_role("textbox").fill("x = 1")
    assert "does not keep your text" in element.get_by_role("status").inner_text()


def test_in_two_tabs_no_text_is_lost(tab, address):
    first = exercise(tab).get_by_role("textbox")
    other_tab = tab.context.new_page()
    other_tab.goto(address)
    second = exercise(other_tab).get_by_role("textbox")
    first.fill("written first")
    other_tab.wait_for_function("document.querySelector('textarea').value === 'written first'")
    assert "newest text" in exercise(other_tab).get_by_role("status").inner_text()
    second.press("End")
    second.press("!")
    tab.wait_for_function("document.querySelector('textarea').value === 'written first!'")
    tab.reload()
    assert exercise(tab).get_by_role("textbox").input_value() == "written first!"


def test_what_a_tab_that_slept_replaces_can_be_brought_back(tab):
    element = exercise(tab)
    editor, back = element.get_by_role("textbox"), element.get_by_role("button", name="Bring back")
    editor.fill("mine")
    assert not back.is_visible()
    # No event reaches a tab that the browser has put to sleep.
    tab.evaluate("localStorage.setItem('minirnn/exercise/count_bigrams', 'theirs')")
    editor.fill("mine, longer")
    back.click()
    assert editor.input_value() == "theirs"
    back.click()
    assert editor.input_value() == "mine, longer"


def test_starting_over_can_be_undone(tab):
    element = exercise(tab)
    editor, back = element.get_by_role("textbox"), element.get_by_role("button", name="Bring back")
    editor.fill("an hour of work")
    tab.once("dialog", lambda dialog: dialog.accept())
    element.get_by_role("button", name="Start over").click()
    assert editor.input_value() == COUNT.stub()
    tab.reload()
    back.click()
    assert editor.input_value() == "an hour of work" and not back.is_visible()


@pytest.mark.parametrize("file", ["pyodide.asm.wasm", "python_stdlib.zip", "minirnn.zip", "worker.js"])
def test_a_file_that_does_not_come_is_said_and_the_next_try_works(tab, file):
    element = exercise(tab)
    tab.route(f"**/{file}*", lambda route: route.abort())
    _, said = check(element, COUNT.solution())
    assert "could not be loaded. Is there a network?" in said and "in this browser" not in said
    tab.unroute(f"**/{file}*")
    element.get_by_role("button", name="Try again").click()
    element.get_by_text("PASSED").wait_for()
    assert element.get_by_role("textbox").input_value() == COUNT.solution()


def test_without_the_list_of_exercises_one_can_try_again(tab):
    tab.route("**/exercises.json", lambda route: route.abort())
    tab.reload()
    again = tab.locator("minirnn-exercise[data-id=count_bigrams]").get_by_role("button", name="Try again")
    again.wait_for()
    tab.unroute("**/exercises.json")
    again.click()
    assert exercise(tab).get_by_role("textbox").input_value() == COUNT.stub()
