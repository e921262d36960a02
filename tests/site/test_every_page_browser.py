"""Every page of the real site in a real browser: whole, accessible, no wider than a phone, and light to load.

Needs chromium, playwright and the npm packages. Without them: skipped, but an error where CI is set.
"""

import gzip
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest

from minirnn.course import bank
from tests.site.conftest import LAID_OUT

ROOT = Path(__file__).parents[2]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
HEAVIEST = 800_000  # bytes of a lesson's page before Python starts, as a server sends it: packed
PACKED = {".html", ".js", ".css", ".svg", ".json"}


@pytest.fixture(scope="module")
def paths(pages):
    """Every page: lessons/scan/ and so on; not those that only lead to another."""
    old = {name for lesson in bank.course() for name in lesson.formerly}
    written = [path for path in pages.rglob("index.html") if path.parent.name not in old]
    found = [path.parent.relative_to(pages).as_posix() for path in written]
    return sorted("" if path == "." else f"{path}/" for path in found)


LOOK = """() => ({
    h1: document.querySelectorAll("h1").length,
    formulas: [...document.querySelectorAll(".katex-error")].map(e => e.title),
    // What a screen reader gets is the MathML, and with a part too many or too few it is invalid.
    invalid: [...document.querySelectorAll(
        "msub, msup, mover, munder, mfrac, mroot, msubsup, munderover")]
        .filter(e => e.children.length !== (["msubsup", "munderover"].includes(e.localName) ? 3 : 2))
        .map(e => e.outerHTML),
    unshown: [...document.querySelectorAll(".arithmatex")].filter(e => !e.querySelector("math")).length,
    raw: [...document.querySelectorAll("body :not(script, style, annotation, code)")].flatMap(
        e => [...e.childNodes]).filter(n => n.nodeType === 3 && /\\\\[([]/.test(n.data)).map(n => n.data),
    wordless: [...document.images].filter(i => !i.alt.trim()).map(i => i.src),
    broken: [...document.images].filter(
        i => i.complete && !i.naturalWidth && i.checkVisibility()).map(i => i.src),
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    links: [...document.querySelectorAll("a[href]")].map(a => a.href),
    lost: [...document.querySelectorAll("a[href]")].map(a => new URL(a.href)).filter(
        a => a.pathname === location.pathname && a.origin === location.origin && a.hash
            && !document.getElementById(decodeURIComponent(a.hash.slice(1)))).map(a => a.hash),
})"""
OPEN_ALL = """() => { for (const fold of document.querySelectorAll("details")) fold.open = true; }"""


def faults(page, pages, address):
    """What is wrong with a page as it stands there, in words."""
    seen = page.evaluate(LOOK)
    said = [f"{seen['h1']} h1"] if seen["h1"] != 1 else []
    said += [
        f"{name}: {seen[name]}"
        for name in ("formulas", "invalid", "unshown", "raw", "wordless", "broken", "lost")
        if seen[name]
    ]
    for link in seen["links"]:
        if link.startswith(address):
            target = pages / unquote(urlsplit(urldefrag(link)[0]).path).lstrip("/")
            said += (
                [] if (target / "index.html").is_file() or target.is_file() else [f"leads nowhere: {link}"]
            )
    return said


TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_whole_and_accessible(scheme, look, paths, pages, address):
    axe = (ROOT / "node_modules/axe-core/axe.min.js").read_text("utf-8")
    assert len(paths) > 15
    found = {}
    for path in paths:
        with look(path, scheme) as page:
            said = faults(page, pages, address)
            page.evaluate(OPEN_ALL)
            page.add_style_tag(content=LAID_OUT)
            page.evaluate(axe)
            seen = page.evaluate(
                "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", RULES
            )
            for each in seen["violations"]:
                said.append(f"{each['id']}: {[node['target'] for node in each['nodes']][:4]}")
            said += page.outside + page.complaints
            page.outside, page.complaints = [], []
        if said:
            found[path] = said
    assert found == {}


def test_no_page_is_wider_than_a_phone(look, paths):
    """And what scrolls in it can be reached by keyboard: on a desktop most of it does not scroll."""
    axe = (ROOT / "node_modules/axe-core/axe.min.js").read_text("utf-8")
    found = {}
    for path in paths:
        with look(path, width=360) as page:
            closed = page.evaluate(LOOK)["wide"]
            page.evaluate(OPEN_ALL)
            widest = max(closed, page.evaluate(LOOK)["wide"])
            page.add_style_tag(content=LAID_OUT)
            page.evaluate(TWO_FRAMES)
            page.evaluate(axe)
            seen = page.evaluate("() => axe.run(document, {runOnly: ['scrollable-region-focusable']})")
            unreached = [node["target"] for each in seen["violations"] for node in each["nodes"]][:4]
        if widest > 0 or unreached:
            found[path] = widest, unreached
    assert found == {}


def test_a_lesson_is_light_before_python_starts(look, paths, pages):
    lessons = [path for path in paths if path.startswith("lessons/")]
    assert len(lessons) >= 4
    for path in lessons:
        with look(path) as page:
            asked = {unquote(each).lstrip("/") for each in page.seen}
        weight = 0
        for name in asked:
            file = pages / name / "index.html" if (pages / name).is_dir() else pages / name
            data = file.read_bytes()
            weight += len(gzip.compress(data)) if file.suffix in PACKED else len(data)
        assert not any("pyodide" in name for name in asked)
        assert 100_000 < weight <= HEAVIEST, (path, weight)
