"""The pages made from data, what the command says when something is missing, the HTML of the real site."""

import json
import re
from html.parser import HTMLParser
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

from minirnn.base.errors import UsageError, UserError
from minirnn.base.inks import DARK, INK
from minirnn.base.plots import narrow_path
from minirnn.course import bank
from minirnn.course.mentions import MENTION
from minirnn.course.site import build as site
from minirnn.course.site import site_pages
from tests.course.tiny import dry_run, make_bank

ROOT = Path(__file__).parents[2]


# The pages made from data


@pytest.fixture
def place(tmp_path):
    """A tiny course with fields, whose first lesson is written, and one result."""
    root = make_bank(tmp_path)
    manifest = root / "lessons" / "course.toml"
    fields = 'question = "Why?"\nobjectives = ["Double."]\ntracks = ["school", "university"]\n'
    text = manifest.read_text("utf-8").replace('title = "First"\n', f'title = "First"\n{fields}')
    fields = 'requires = ["first"]\ntracks = ["university"]\n'
    manifest.write_text(text.replace('title = "Second"\n', f'title = "Second"\n{fields}'), "utf-8")
    dry_run(root, first={"school": 50, "university": 60}, second={"university": 20})
    (root / "lessons/00_first.py").write_text("# %%\nprint(1)\n", "utf-8")
    script = root / "benchmarks/reproduce/two_words.py"
    script.parent.mkdir(parents=True)
    script.write_text('"""How fast\nis it? Very < fast.\n\nMore.\n"""\n', "utf-8")
    image = root / "docs/images/reproduce-two-words.svg"
    image.parent.mkdir(parents=True)
    drawn = f"<svg><title>T</title><desc>A line\n falls.</desc><path fill='{INK}'/></svg>"
    for each in (image, narrow_path(image)):
        each.write_text(drawn, "utf-8")
    return root


def result(root, **content):
    path = root / "benchmarks/results/reproduce-two-words-2core-x86_64.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"machine": {"cpu": "Z80", "date": "2026-11-21"}, **content}), "utf-8")
    return site_pages.all_pages(root)["results.md"]


def test_map(place):
    text = site_pages.all_pages(place)["course.md"]
    assert "| 00 | 0 h 50 | 0 h 15 |" in text  # the school track
    assert "| 00, 01 | 1 h 20 | 0 h 22 |" in text
    assert "50 (school) or 60 (university) minutes of teaching, 15 of exercises · school track" in text
    assert "## 00 [First](lessons/first.md) { #first }\n\nWhy?\n" in text and "- Double." in text
    # What has no file yet has no link.
    assert "## 01 Second { #second }" in text
    assert (
        "20 minutes of teaching, 7 of exercises · university track · after [First](lessons/first.md)" in text
    )


def test_map_of_what_is_planned(place):
    planned = '[[lesson]]\nid = "video"\ntitle = "Video"\nquestion = "Moves?"\ntracks = ["university"]\n'
    with (place / "lessons" / "course.toml").open("a", encoding="utf-8") as out:
        out.write(f"{planned}elective = true\nwritten = false\n")
    text = site_pages.all_pages(place)["course.md"]
    said = "Moves?\n{ .lesson-question }\n\nto come · elective · university track\n"
    assert f"## 02 Video {{ #video }}\n\n{said}" in text
    assert "| 00, 01 | 1 h 20 | 0 h 22 |" in text  # what one can plan with
    assert "Video" not in site_pages.all_pages(place)["exercises.md"]


def test_exercises(place):
    text = site_pages.all_pages(place)["exercises.md"]
    double = "[Twice as much](lessons/first.md#exercise-double) `double` | 5 | 4 | 1 of 5 | in the page |"
    assert double in text
    assert "| Half as much `halve` | 7 | 3 |" in text
    manifest = place / "lessons" / "course.toml"
    manifest.write_text(manifest.read_text("utf-8").replace('uses = "python"', 'uses = "torch"'), "utf-8")
    assert "`double` | 5 | 4 | 1 of 5 | on your computer |" in site_pages.all_pages(place)["exercises.md"]


def test_results_have_question_picture_verdict_numbers_and_command(place):
    text = result(
        place,
        verdict={"it falls": True, "late": {"it <stops": False}},
        unit="ms",
        times={"loop": {"median": 1.23456, "min": 1, "max": 2}, "scan": {"median": 3, "min": 1, "max": 9}},
        deep={"x": {"a": {"y": 1}, "b": {"y": 2, "z": [1, 2]}}},
        runs=[{"n": 1, "curve": list(range(20))}, {"n": 2}],
    )
    assert "## How fast is it? { #reproduce-two-words }" in text
    for scheme in ("light", "dark"):
        picture = f"assets/results/reproduce-two-words-{scheme}.svg"
        assert f'src="../{picture}#only-{scheme}" alt="A line falls."' in text
        assert f'srcset="../{picture.replace(scheme, f"narrow-{scheme}")}"' in text
        for name in (picture, picture.replace(scheme, f"narrow-{scheme}")):
            assert {"light": INK, "dark": DARK[INK]}[scheme] in site_pages.all_pages(place)[name]
    yes, no = '<td class="words">yes</td>', '<td class="words">no</td>'
    assert f"<tr><td>it falls</td>{yes}</tr>\n<tr><td>late: it &lt;stops</td>{no}</tr>" in text
    assert '<tr><td>unit</td><td class="words">ms</td></tr>' in text
    assert "<tr><td>loop</td><td>1.235 (1 to 2)</td></tr>" in text
    assert "<caption>deep: x</caption>" in text and "<tr><td>b</td><td>2</td><td>1, 2</td></tr>" in text
    assert (
        "<tr><td>1</td><td>1</td><td>0, 1, 2, 3, 4, 5, 6, 7, ...</td></tr>\n<tr><td>2</td><td>2</td><td></td>"
        in text
    )
    assert "Very &lt; fast." in text
    assert (
        "`python benchmarks/reproduce/two_words.py` · [the file](assets/results/reproduce-two-words-2" in text
    )
    assert "cpu Z80 · date 2026-11-21" in text


def test_a_long_table_of_results_is_cut_and_says_so(place):
    text = result(place, runs=[{"n": n} for n in range(100, 145)])
    assert "the first 40 of 45 rows" in text and "<td>139</td>" in text and "<td>140</td>" not in text


def test_a_broken_result_is_named(place):
    result(place)
    (place / "benchmarks/results/reproduce-two-words-2core-x86_64.json").write_text("{", "utf-8")
    with pytest.raises(UserError, match="reproduce-two-words-2core-x86_64.json is broken"):
        site_pages.all_pages(place)


def test_a_page_includes_a_table_of_a_result(place):
    page = place / "docs/devices.md"
    page.write_text('Text.\n\n--8<-- "assets/tables/reproduce-two-words/deep.a-table-in-ms.txt"\n', "utf-8")
    rows = [{"n": 2, "time": {"median": 1.23456, "min": 1, "max": 2}}, {"n": 3, "note": "no time"}]
    result(place, deep={"a table, in ms": rows})
    made = site_pages.all_pages(place)["assets/tables/reproduce-two-words/deep.a-table-in-ms.txt"]
    assert made == (
        "| n | time | note |\n| --- | --- | --- |\n| 2 | 1.235 (1 to 2) |  |\n| 3 |  | no time |\n"
    )
    page.write_text('--8<-- "assets/tables/reproduce-two-words/deep.other.txt"\n', "utf-8")
    with pytest.raises(UserError, match=r"docs/devices.md includes reproduce-two-words/deep.other.txt"):
        site_pages.all_pages(place)
    page.write_text('--8<-- "assets/tables/nothing/deep.txt"\n', "utf-8")
    with pytest.raises(UserError, match=r"docs/devices.md includes nothing/deep.txt.*no result 'nothing'"):
        site_pages.all_pages(place)


def test_arithmetic_is_no_measurement(place):
    text = result(place, arithmetic={"a sum": {"two and two": 4}}, seen={"three": 3})
    assert "two and two" not in text and "three" in text


def test_what_needs_a_gpu_is_listed_before_and_after_it_is_measured(place):
    text = site_pages.all_pages(place)["results.md"]
    assert "## How fast is the scan on a GPU? { #scan-gpu }\n\n**Not yet measured.**" in text
    assert "python benchmarks/scan_gpu.py" in text and "python benchmarks/train_gpu.py" in text
    folder = place / "benchmarks/results"
    folder.mkdir(exist_ok=True)
    for card in ("h100", "h200"):
        facts = {"machine": {"gpu": card.upper()}, "share": 0.5}
        (folder / f"scan-gpu-{card}.json").write_text(json.dumps(facts), "utf-8")
    (place / "benchmarks/scan_gpu.py").write_text('"""What share of the bandwidth?"""\n', "utf-8")
    text = site_pages.all_pages(place)["results.md"]
    assert text.count("Not yet measured") == 1 and "{ #train-gpu }" in text
    assert "## What share of the bandwidth? { #scan-gpu }" in text
    assert "## What share of the bandwidth? (H200) { #scan-gpu-h200 }" in text
    assert "benchmarks/scan_gpu.py` · [the file](assets/results/scan-gpu-h100.json) · gpu H100" in text


# What the command says


@pytest.mark.parametrize(
    ("npm", "advice"), [("/bin/npm", "run `npm ci"), (None, "install Node.js 20 or newer")]
)
def test_says_what_is_missing_of_node(tmp_path, monkeypatch, npm, advice):
    monkeypatch.setattr(site.shutil, "which", lambda name: npm)
    with pytest.raises(UsageError, match=advice):
        site.copy_assets(tmp_path)


def test_says_which_packages_are_missing(tmp_path, monkeypatch):
    def version(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(site, "version", version)
    with pytest.raises(UsageError, match=r"-m pip install .* '\.\[site\]'"):
        site.build(tmp_path)


def test_builds_again_only_when_something_changed(place, monkeypatch):
    for pattern in (each for patterns in site.ASSETS.values() for each in patterns):
        file = place / "node_modules" / pattern.replace("*", "x")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x", "utf-8")
    (place / "mkdocs.yml").write_text("", "utf-8")
    monkeypatch.setattr(site, "version", lambda name: "1")
    monkeypatch.setattr(site.page_files, "write", lambda root: None)  # needs the whole project
    calls = []

    def mkdocs(root, *arguments):
        calls.append(arguments)
        (root / "site").mkdir(exist_ok=True)
        (root / "site/index.html").write_text("", "utf-8")

    monkeypatch.setattr(site, "_mkdocs", mkdocs)
    assert [site.build(place), site.build(place)] == [True, False]
    assert (place / "docs/assets/katex/fonts/x.woff2").is_file() and (
        place / "docs/assets/katex/katex.min.css"
    ).is_file()
    (place / "docs/index.md").write_text("# New", "utf-8")
    assert [site.build(place), site.build(place)] == [True, False]
    (place / "site/index.html").unlink()
    assert site.build(place)
    assert calls == [("build", "--strict")] * 3


def test_npm_packages_are_pinned_and_say_no_address():
    package = json.loads((ROOT / "package.json").read_text("utf-8"))
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    for name, wanted in package["devDependencies"].items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", wanted)
        assert lock["packages"][f"node_modules/{name}"]["version"] == wanted
    for name, entry in lock["packages"].items():
        assert "resolved" not in entry and ("integrity" in entry or not name)


# The HTML of the real site


VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
MAY_STAY_OPEN = {"li", "p", "td", "th", "tr", "tbody", "thead", "dt", "dd", "option"}


class Page(HTMLParser):
    """ids, what is linked, what is loaded, images without words, headings."""

    LOADS = (
        ("img", "src"),
        ("script", "src"),
        ("link", "href"),
        ("source", "src"),
        ("iframe", "src"),
        ("use", "href"),
    )

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.loads, self.wordless = [], [], [], []
        self.h1, self.lang, self.tags = 0, None, set()
        self.open, self.crossed = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        self.h1 += tag == "h1"
        if tag == "html":
            self.lang = values.get("lang")
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag == "img" and not (values.get("alt") or "").strip():
            self.wordless.append(values.get("src"))
        if values.get("rel") not in ("canonical", "edit"):
            self.loads += [values[key] for name, key in self.LOADS if name == tag and values.get(key)]

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag not in self.open:
            self.crossed.append(f"</{tag}> in line {self.getpos()[0]} ends nothing")
            return
        while (inner := self.open.pop()) != tag:
            if inner not in MAY_STAY_OPEN:
                self.crossed.append(f"<{inner}> is open at </{tag}> in line {self.getpos()[0]}")


@pytest.fixture(scope="module")
def parsed(pages):
    return {path: Page(path.read_text("utf-8")) for path in sorted(pages.rglob("*.html"))}


def test_there_is_a_page_for_every_lesson_that_is_written(pages, parsed):
    written = {lesson.id for lesson in bank.course()}
    old = {name for lesson in bank.course() for name in lesson.formerly}
    assert {path.parent.name for path in parsed if path.parent.parent.name == "lessons"} == written | old
    for name in written:
        home = parsed[pages / "course" / "index.html"].links
        assert f"../lessons/{name}/" in home
        folder = pages / "lessons" / name
        assert (folder / f"{name}.ipynb").is_file() and (folder / f"{name}.py").is_file()


def test_an_old_address_leads_to_the_page_of_today(pages, parsed):
    assert any(lesson.formerly for lesson in bank.course())
    for lesson in bank.course():
        for name in lesson.formerly:
            old = pages / "lessons" / name / "index.html"
            text, links = old.read_text("utf-8"), parsed[old].links
            assert links == [f"../{lesson.id}/"] and (old.parent / links[0] / "index.html").is_file()
            assert f'<link rel="canonical" href="{links[0]}">' in text
            assert f'<meta http-equiv="refresh" content="0; url={links[0]}">' in text


def test_what_is_to_come_is_on_the_map_and_promises_no_page(pages, parsed):
    home, text = parsed[pages / "course" / "index.html"], (pages / "course" / "index.html").read_text("utf-8")
    planned = [lesson for lesson in bank.load(ROOT) if lesson.planned]
    assert text.count("to come · ") == len(planned) > 0
    for lesson in planned:
        assert lesson.id in home.ids and f"../lessons/{lesson.id}/" not in home.links
        assert not (pages / "lessons" / lesson.id).exists()


def test_no_directive_is_left_on_a_page(pages):
    for path in pages.rglob("*.html"):
        assert not MENTION.search(path.read_text("utf-8")), path


def test_the_search_holds_no_formula_and_no_debrief(pages):
    index = json.loads((pages / "search" / "search_index.json").read_text("utf-8"))
    texts = " ".join(" ".join(f"{entry['title']} {entry['text']}".split()) for entry in index["docs"])
    assert len(texts) > 100_000
    for mark in ("katex", "\\(", "\\[", "<math", "annotation"):
        assert mark not in texts, mark
    for exercise in bank.exercises():
        debrief = " ".join(exercise.readme(drawn=True)["debrief"].split())
        words = max(re.split(r"[`*$]", debrief), key=len)
        assert len(words) > 40 and words not in texts, exercise.id


def test_every_exercise_stands_in_its_lesson_once(pages, parsed):
    for lesson in bank.load(ROOT):
        page = parsed.get(pages / "lessons" / lesson.id / "index.html")
        for exercise in lesson.exercises if page else ():
            assert page.ids.count(f"exercise-{exercise.id}") == 1, (lesson.id, exercise.id)


def test_every_page_has_one_heading_a_language_and_unique_ids(parsed):
    assert len(parsed) > 10
    for path, page in parsed.items():
        assert page.h1 == 1 and page.lang == "en", path
        assert len(page.ids) == len(set(page.ids)), (
            path,
            {each for each in page.ids if page.ids.count(each) > 1},
        )


def test_every_element_that_begins_ends(parsed):
    """A browser mends such a page in its own way, and part of it lands where it does not belong."""
    assert {str(path): page.crossed for path, page in parsed.items() if page.crossed} == {}


def test_every_image_has_words(parsed):
    assert {path: page.wordless for path, page in parsed.items() if page.wordless} == {}


def test_all_links_and_anchors_resolve(pages, parsed):
    broken = []
    for path, page in parsed.items():
        for link in page.links + page.loads:
            address, anchor = urldefrag(link)
            if re.match(r"[a-z]+:", address):
                continue
            target = path
            if address:
                base = pages if address.startswith("/") else path.parent
                target = (base / unquote(address).lstrip("/")).resolve()
                target = target / "index.html" if target.is_dir() else target
            scheme = anchor in ("only-light", "only-dark", "")
            if not target.is_file() or not (scheme or unquote(anchor) in parsed[target].ids):
                broken.append(f"{path.relative_to(pages)} -> {link}")
    assert broken == []


ADDRESS = re.compile(
    r"""(?:url\(\s*["']?|(?:@import|import\(?|from|fetch\(|\bsrc\s*=)\s*["'`])(?:https?:)?//"""
)


def test_nothing_is_loaded_from_elsewhere(pages, parsed):
    outside = {str(path): load for path, page in parsed.items() for load in page.loads if "//" in load}
    assert outside == {}
    for path in pages.rglob("*"):
        # Pyodide names where its packages would be; the browser tests see that nothing is asked of it.
        if path.suffix in (".css", ".js", ".html") and "pyodide" not in path.parts:
            text = path.read_text("utf-8")
            assert ADDRESS.findall(text) == [], path


def test_every_widget_loads_its_module_and_no_page_loads_one_for_nothing(parsed):
    for path, page in parsed.items():
        used = {tag.removeprefix("minirnn-") for tag in page.tags if tag.startswith("minirnn-")}
        assert "scripts/lesson.js" in " ".join(page.loads) or "predict" not in used, path
        modules = {Path(load).stem for load in page.loads if re.search(r"(widgets|python)/[\w-]+\.js$", load)}
        assert used - {"predict"} == modules, path
