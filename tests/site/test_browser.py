"""The real site in a real browser, with everything outside of it blocked.

Needs chromium, playwright and the npm packages. Without them: skipped, but an error where CI is set.
"""

import re
from contextlib import contextmanager
from pathlib import Path

import pytest

from minirnn.course import bank
from minirnn.course.author import check as dev
from tests.site.conftest import LAID_OUT

ROOT = Path(__file__).parents[2]
SCHEMES = ("light", "dark")


INDEX = "/search/search_index.json"


def test_the_index_is_fetched_when_somebody_goes_to_the_search(look):
    with look("lessons/scan/") as page:
        assert page.seen and INDEX not in page.seen
        page.keyboard.press("/")
        page.keyboard.type("ring")
        page.locator(".md-search-result__link").first.wait_for()
        assert page.seen.count(INDEX) == 1
    with look("lessons/scan/?h=associative") as page:
        page.locator("mark[data-md-highlight]").first.wait_for(state="attached")
        assert page.seen.count(INDEX) == 1


def test_search_finds_ring_initialisation(look):
    with look("") as page:
        page.locator(".md-search__input").click()
        page.keyboard.type("ring initialisation")
        page.locator('.md-search-result__link[href*="lessons/lru"]').first.wait_for()


def test_an_old_address_leads_to_the_same_part_of_the_new_page(look):
    lesson = next(lesson for lesson in bank.course() if lesson.id == "lru")
    with look(f"lessons/{lesson.formerly[0]}/#on-a-ring") as page:
        page.wait_for_url("**/lessons/lru/#on-a-ring")
        page.locator("#on-a-ring").wait_for()


# The figures, by keyboard and by pointer


# What stands below a prediction, without an answer to it.
UNVEIL = """document.querySelectorAll(".veil").forEach((each) => {
  each.classList.remove("veil");
  each.removeAttribute("hidden");
  each.inert = false;
})"""


@pytest.fixture
def figure(look, pages):
    """figure(name): the page that has this figure, and the figure in it."""

    @contextmanager
    def find(name, **settings):
        tag = f"minirnn-{name}"
        path = next(
            each for each in sorted(pages.rglob("index.html")) if f"<{tag}" in each.read_text("utf-8")
        )
        with look(f"{path.parent.relative_to(pages).as_posix()}/".removeprefix("./"), **settings) as page:
            page.evaluate(UNVEIL)
            page.add_style_tag(content=LAID_OUT)  # so that nothing moves between looking and doing
            found = page.locator(tag).first
            found.scroll_into_view_if_needed()
            yield page, found

    return find


def middle(found):
    found.scroll_into_view_if_needed()
    box = found.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_eigenvalue_moves(figure):
    with figure("eigenvalue") as (page, found):
        point = found.locator('g[role="slider"]')
        before = float(point.get_attribute("aria-valuenow"))
        point.focus()
        page.keyboard.press("ArrowDown")
        assert float(point.get_attribute("aria-valuenow")) == pytest.approx(before - 0.01)
        spiral = found.locator("svg.disk").inner_html()
        page.keyboard.press("ArrowLeft")
        assert found.locator("svg.disk").inner_html() != spiral
        x, y = middle(found.locator("svg.disk"))
        page.mouse.move(*middle(point.locator(".point")))
        page.mouse.down()
        page.mouse.move(x + 20, y, steps=4)
        page.mouse.up()
        assert float(point.get_attribute("aria-valuenow")) < 0.3
        page.mouse.move(x, y)  # let go: nothing moves any more
        assert float(point.get_attribute("aria-valuenow")) > 0.05


def test_the_ring_moves(figure):
    with figure("ring") as (page, found):
        inner, outer = (
            found.get_by_role("slider", name=f"{name} radius").first for name in ("inner", "outer")
        )

        def radii():
            return [float(point.get_attribute("aria-valuenow")) for point in (inner, outer)]

        low, high = radii()
        bars = found.locator("svg.bars").inner_html()
        inner.focus()
        page.keyboard.press("ArrowUp")
        assert low < radii()[0] < high == radii()[1]
        assert found.locator("svg.bars").inner_html() != bars
        x, y = middle(found.locator("svg.disk"))
        page.mouse.move(*middle(outer.locator(".point")))
        page.mouse.down()
        page.mouse.move(x + 50, y, steps=4)
        page.mouse.up()
        assert radii()[0] == radii()[1] < 0.6  # the other gives way
        page.mouse.move(x, y)  # let go: nothing moves any more
        assert radii()[1] > 0.3


def swipe(page, start, end):
    """A finger goes down at start and, in two steps, to end."""
    finger = page.context.new_cdp_session(page)
    places = [[start], [[(a + b) / 2 for a, b in zip(start, end, strict=True)]], [end], []]
    kinds = ("touchStart", "touchMove", "touchMove", "touchEnd")
    for kind, points in zip(kinds, places, strict=True):
        touched = [{"x": x, "y": y} for x, y in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})


def test_a_finger_moves_the_eigenvalue_or_the_page(figure):
    with figure("eigenvalue", width=360, has_touch=True) as (page, found):

        def now():
            return float(point.get_attribute("aria-valuenow"))

        point = found.locator('g[role="slider"]')
        x, y = middle(found.locator("svg.disk"))
        start = middle(point.locator(".point"))
        before, scrolled = now(), page.evaluate("scrollY")
        swipe(page, start, (x + 30, y))
        assert now() < 0.4 < before and page.evaluate("scrollY") == scrolled
        before = now()
        swipe(page, (x - 80, y + 60), (x - 80, y - 60))  # beside the point: it scrolls
        page.wait_for_function("y => scrollY > y + 20", arg=scrolled)
        assert now() == before
        x, y = middle(found.locator("svg.disk"))
        page.touchscreen.tap(x - 60, y)
        page.wait_for_function(
            "([e, was]) => +e.getAttribute('aria-valuenow') !== was", arg=[point.element_handle(), before]
        )


def test_a_finger_draws_the_input_or_moves_the_page(figure):
    with figure("unrolled-rnn", width=360, has_touch=True) as (page, found):
        typed = found.locator("input.typed")
        x, y = middle(found.locator("svg.strip"))
        before, scrolled = typed.input_value(), page.evaluate("scrollY")
        swipe(page, (x - 60, y - 5), (x + 60, y - 15))  # sideways: it draws, and does not scroll
        drawn = typed.input_value()
        assert drawn != before and page.evaluate("scrollY") == scrolled
        page.touchscreen.tap(x + 100, y - 10)
        page.wait_for_function("([e, was]) => e.value !== was", arg=[typed.element_handle(), drawn])
        drawn = typed.input_value()
        swipe(page, (x, y + 10), (x, y - 110))  # up: it scrolls, and draws nothing
        page.wait_for_function("y => scrollY > y + 20", arg=scrolled)
        assert typed.input_value() == drawn


def test_the_scan_tree_steps(figure):
    with figure("scan-tree") as (page, found):
        at = found.get_by_text("Round 0 of", exact=False)
        assert at.count()
        found.get_by_role("button", name="Next").focus()
        page.keyboard.press("ArrowRight")
        assert found.get_by_text("Round 1 of", exact=False).count()
        page.keyboard.press("End")
        assert found.get_by_text("equal the loop", exact=False).count()
        found.get_by_role("button", name="Back").click()
        found.get_by_role("radio", name="Blelloch").click()
        assert found.get_by_text("Up the tree", exact=False).count() or found.get_by_text("Round 0").count()


def test_letters_can_be_guessed(figure):
    with figure("guess-letter") as (page, found):
        found.locator("input.typed").focus()
        page.keyboard.type("x loop")
        assert found.locator(".reading b").inner_text() == "the loop"
        assert found.get_by_text("For 5 letters you asked 6 questions", exact=False).count()


def test_the_row_of_beta_moves(figure):
    with figure("beta-row") as (page, found):
        beta, picture = found.get_by_role("slider"), found.locator("svg").inner_html()
        beta.focus()
        page.keyboard.press("ArrowRight")
        assert found.locator("svg").inner_html() != picture


def test_the_nudge_moves(figure):
    with figure("nudge") as (page, found):
        stretch = found.get_by_role("slider")
        stretch.focus()
        page.keyboard.press("End")
        assert found.get_by_text("The nudge grows", exact=False).count()
        page.keyboard.press("Home")
        assert found.get_by_text("The nudge dies", exact=False).count()


def test_the_memory_bill_grows(figure):
    with figure("memory-bill") as (page, found):
        tokens = found.get_by_role("slider")
        tokens.focus()
        page.keyboard.press("End")
        assert found.get_by_text("After 1,000,000 tokens", exact=False).count()
        page.keyboard.press("Home")
        assert found.get_by_text("are not full yet", exact=False).count()


def test_the_point_walks_down_the_cliff(figure):
    with figure("cliff") as (page, found):
        point = found.locator('g[role="slider"]')

        def now():
            return float(point.get_attribute("aria-valuenow"))

        assert found.get_by_text("On the hill", exact=False).count()
        point.focus()
        for _ in range(20):
            page.keyboard.press("ArrowRight")
        assert found.get_by_text("flies far out of the picture", exact=False).count()
        edge = now()
        x, y = middle(point.locator(".point"))
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 100, y, steps=4)
        page.mouse.up()
        plain = now()
        assert plain > edge + 0.3 and found.get_by_text("On the plain", exact=False).count()
        page.mouse.move(x, y)  # let go: nothing moves any more
        assert now() == plain
        b = found.locator("input[type=range]")
        b.focus()
        page.keyboard.press("End")
        assert found.get_by_text("there is no cliff", exact=False).count()


def test_claps_are_stacked(figure):
    with figure("claps") as (page, found):
        fields = found.get_by_role("spinbutton")
        first = fields.first

        def now():
            return float(first.get_attribute("aria-valuenow"))

        before = now()
        first.click()
        assert now() != before and first.get_attribute("tabindex") == "0"
        picture = found.locator("svg.claps").inner_html()
        page.keyboard.press("End")
        assert fields.last.get_attribute("tabindex") == "0" and first.get_attribute("tabindex") == "-1"
        assert found.get_by_text("At step 11", exact=False).count()
        page.keyboard.press("ArrowUp")
        assert float(fields.last.get_attribute("aria-valuenow")) == 1
        assert found.locator("svg.claps").inner_html() != picture
        found.get_by_role("radio", name="tanh").check(force=True)
        assert found.get_by_text("the state is not the stack", exact=False).count()


def test_a_past_is_drawn_and_comes_back(figure):
    with figure("hippo") as (page, found):
        kept, sample = found.locator("input[type=range]"), found.get_by_role("spinbutton")
        before = kept.input_value()
        kept.focus()
        page.keyboard.press("Home")
        assert found.get_by_text("is the mean of the signal so far", exact=False).count()
        page.keyboard.press("End")
        assert found.get_by_text("from 32 numbers", exact=False).count() and before not in ("1", "32")
        found.get_by_role("radio", name="jump").check(force=True)
        curve = found.locator(".back").get_attribute("points")
        sample.focus()
        page.keyboard.press("Home")
        page.keyboard.press("PageUp")
        assert sample.get_attribute("aria-valuetext") == "sample 1: −0.25"
        assert found.locator(".back").get_attribute("points") != curve
        assert not found.get_by_role("radio", name="jump").is_checked()
        x, y = middle(found.locator(".paper"))
        curve = found.locator(".back").get_attribute("points")
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 60, y - 30, steps=3)
        page.mouse.up()
        drawn = found.locator(".back").get_attribute("points")
        assert drawn != curve
        page.mouse.move(x, y + 40)  # let go: nothing is drawn any more
        assert found.locator(".back").get_attribute("points") == drawn


def test_the_cell_holds_one_number_when_its_gates_see_the_mark(figure):
    with figure("hold-cell") as (page, found):
        bias, picture = found.get_by_role("slider"), found.locator("svg").inner_html
        bias.focus()
        page.keyboard.press("Home")
        assert found.get_by_text("takes in 95 % of the marked number", exact=False).count()
        before = picture()
        page.keyboard.press("End")
        assert found.get_by_text("takes in 0.2 % of the marked number", exact=False).count()
        assert picture() != before
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("ArrowRight")
        assert found.get_by_text("holds 0.8, just as was wanted", exact=False).count()
        assert bias.is_disabled()
        page.keyboard.press("ArrowLeft")
        assert bias.is_enabled()


def test_the_layer_listens_to_digits_and_not_to_dots(figure):
    with figure("delta-text") as (page, found):
        fields, picture = found.get_by_role("spinbutton"), found.locator("svg").inner_html
        assert found.get_by_text("The network reads back 4 2 7, which is right", exact=False).count()
        before = picture()
        fields.nth(7).click()  # the 7 becomes a dot
        assert found.get_by_text("reads back · 4 2, which is right", exact=False).count()
        assert picture() != before and fields.nth(7).get_attribute("aria-valuenow") == "0"
        page.keyboard.press("Space")
        assert found.get_by_text("reads back 4 2 7, which is right", exact=False).count()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("8")
        assert fields.nth(8).get_attribute("aria-valuenow") == "8"
        assert found.get_by_text("reads back 2 7 8, which is right", exact=False).count()
        page.keyboard.press("Backspace")
        page.keyboard.press("Home")
        page.keyboard.press("ArrowUp")
        assert fields.first.get_attribute("tabindex") == "0"
        assert found.get_by_text("reads back 5 2 7, which is right", exact=False).count()


def test_the_unrolled_network_moves(figure):
    with figure("unrolled-rnn") as (page, found):
        weight = found.get_by_role("slider").first
        before, states = weight.input_value(), found.locator("svg.unrolled").inner_html()
        weight.focus()
        page.keyboard.press("ArrowRight")
        assert float(weight.input_value()) > float(before)
        assert found.locator("svg.unrolled").inner_html() != states
        strip = found.locator("svg.strip")
        typed = found.locator("input.typed")
        strip.scroll_into_view_if_needed()
        box = strip.bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.35)
        page.mouse.down()
        page.mouse.up()
        assert len(typed.input_value().split()) > 1  # now it is the reader's own


def test_the_language_model_writes(figure):
    with figure("language-model", reduced_motion="reduce") as (page, found):
        field, writer = found.locator("textarea"), found.locator("button.main")
        found.locator("table").first.wait_for()
        field.fill("The function ")
        field.press("End")
        page.keyboard.type("is")
        writer.focus()
        page.keyboard.press("Enter")
        page.wait_for_function("field => field.value.length > 100", arg=field.element_handle())
        text = field.input_value()
        assert text.startswith("The function is") and len(set(text)) > 10
        found.locator("button.character").first.click()
        assert field.input_value() != text


# Python in the page


def write(found, source):
    found.locator("textarea").fill(source)
    found.locator("button.md-button--primary").click()
    result = found.locator(".python-result")
    result.wait_for()
    return result


def test_an_exercise_is_solved_failed_and_looped_for_ever(look):
    exercise = bank.find("next_pairs")
    loop = exercise.stub().partition("    raise NotImplementedError")[0] + "    while True:\n        pass\n"
    with look(f"lessons/{exercise.lesson}/") as page:
        found = page.locator('minirnn-exercise[data-id="next_pairs"]')
        assert not any("pyodide" in path for path in page.seen)
        result = write(found, dev.as_submission(exercise, "last_pair_forgotten"))
        assert "stops one pair early" in result.inner_text()
        assert "python-passed" not in result.get_attribute("class")
        page.reload()
        assert "text) - 1" in found.locator("textarea").input_value()  # what one wrote is still there
        write(found, exercise.solution())
        found.locator(".python-passed").wait_for()
        write(found, loop)
        found.get_by_text("seconds", exact=False).first.wait_for()
        write(found, exercise.solution())
        found.locator(".python-passed").wait_for()


def test_the_debrief_comes_with_success_and_its_formulas_are_drawn_already(look):
    exercise = bank.find("hillis_steele")
    said = exercise.readme(drawn=True)["debrief"]
    formulas = re.findall(r"\$([^$]+)\$", said)
    assert len(formulas) >= 2
    with look(f"lessons/{exercise.lesson}/") as page:
        found = page.locator('minirnn-exercise[data-id="hillis_steele"]')
        first = said.partition(",")[0]
        assert page.get_by_text(first).count() == 0
        assert first not in write(found, exercise.stub()).inner_text()
        result = write(found, exercise.solution())
        found.locator(".python-passed").wait_for()
        assert result.get_by_text(first).is_visible() and "$" not in result.inner_text()
        drawn = result.locator(".katex")
        assert drawn.locator("annotation").all_text_contents() == formulas
        assert all(each.is_visible() for each in drawn.all())
        assert result.locator("em").all_inner_texts() == re.findall(r"(?<!\*)\*(\w+)\*", said)
        assert not any("katex" in path and path.endswith(".js") for path in page.seen)


SHIFT = """() => new Promise(done => {
    let sum = 0;
    const observer = new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
    });
    observer.observe({ type: "layout-shift", buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_home_does_not_jump_while_it_loads(look, width):
    with look("", width=width) as page:
        waiting, holding = [], [True]
        page.route("**/widgets/*.js", lambda asked: waiting.append(asked) if holding else asked.continue_())
        page.reload(wait_until="commit")
        page.wait_for_selector(".cards")
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        holding.clear()
        for asked in waiting:
            asked.continue_()
        page.wait_for_function(
            "document.querySelector('minirnn-eigenvalue').shadowRoot?.querySelector('.widget:not([style])')"
        )
        assert page.evaluate(SHIFT) < 0.05


def test_a_link_to_a_place_leads_there_although_what_is_above_it_grows(look):
    with look("lessons/scan_at_work/#exercise-scan_with_reset") as page:
        page.wait_for_function(
            "[...document.querySelectorAll('minirnn-exercise')].every(e => e.children.length)"
        )
        page.wait_for_function(
            "Math.abs(document.getElementById('exercise-scan_with_reset').getBoundingClientRect().top) < 200"
        )


@pytest.mark.parametrize("words", ["gradient", "ring initialisation", "scan", "eigenvalue"])
def test_search_leads_to_the_lessons_first(look, words):
    with look("") as page:
        page.keyboard.press("s")
        page.keyboard.type(words)
        page.wait_for_function(
            "document.querySelector('.md-search-result__link')?.getAttribute('href').includes('/lessons/')"
        )


def test_a_copied_formula_is_what_was_written(look):
    with look("") as page:
        copied = page.evaluate(
            """() => {
                getSelection().selectAllChildren(document.querySelector(".hero .lead"));
                const data = new DataTransfer();
                document.body.dispatchEvent(
                    new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true }));
                return data.getData("text/plain");
            }"""
        )
        assert "they differ in how they make $a_t$ and $b_t$." in " ".join(copied.split())


# The handout


AT_PRINT = """() => {
    window.print = () => (window.printed = {
        images: [...document.querySelectorAll(".md-content img")].map((image) => image.naturalWidth),
        letters: [...document.fonts].filter(({ family }) => family.includes("KaTeX"))
            .map((face) => face.status),
    });
}"""


@pytest.mark.parametrize("how", ["button", "keys"])
def test_paper_waits_for_the_figures_and_for_the_letters_of_formulas(look, how):
    with look("lessons/vanilla_rnn/") as page:
        page.evaluate(AT_PRINT)
        if how == "button":
            page.get_by_role("button", name="Print").click()
        else:
            page.keyboard.press("Control+p")
        printed = page.wait_for_function("window.printed").json_value()
        assert len(printed["images"]) > 5 and all(printed["images"])
        assert len(printed["letters"]) > 10 and set(printed["letters"]) == {"loaded"}


PAPER = """() => {
    const seen = (name) => [...document.querySelectorAll(name)].filter((each) => each.checkVisibility());
    const before = (name, side) => getComputedStyle(document.querySelector(name), side);
    return {
        figures: [...document.querySelectorAll("figure.picture")].map(
            (figure) => seen("figure.picture img").filter((image) => figure.contains(image))
                .map((image) => image.getAttribute("src").split("#")[1])),
        unwanted: [
            ".teacher", ".exercise .tip", "minirnn-exercise", ".figure-links", ".widget > *", ".lesson-files",
            ".md-header", ".predict-answer", ".track-switch", ".next-lesson",
        ].filter((name) => seen(name).length),
        listings: seen("details.code > summary").length,
        code: seen("details.code > :not(summary)").length,
        pointer: before(".widget", "::before").content,
        address: before(".md-typeset a[href*='github.com']", "::after").content,
        paper: before("a[href*='arxiv.org']", "::after").content,
        later: before(".later").display,
        room: parseFloat(before(".exercise", "::after").height),
        exercise: before(".exercise").borderLeftColor,
        ground: [before("body").backgroundColor, before(".exercise").backgroundColor],
    };
}"""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_handout_is_light_whole_and_without_what_paper_cannot_do(look, scheme):
    with look("lessons/scan/", scheme) as page:
        page.emulate_media(media="print", color_scheme=scheme)
        paper = page.evaluate(PAPER)
    assert len(paper["figures"]) > 3 and all(each == ["only-light"] for each in paper["figures"])
    assert paper["unwanted"] == [] and paper["listings"] > 0 and paper["code"] == 0
    assert "On the page there is a figure" in paper["pointer"]
    assert "https://github.com/" in paper["address"] and paper["paper"] == "none"
    assert paper["later"] == "contents" and paper["room"] > 180  # pixels, of which five centimetres are 189
    assert paper["exercise"] == "rgb(154, 59, 0)"  # the accent of the light page
    assert paper["ground"] in (["rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"], ["rgba(0, 0, 0, 0)"] * 2)


INSIDE = """(svg) => {
    const page = svg.getBoundingClientRect();
    return [...svg.querySelectorAll("text")].flatMap(text => {
        const box = text.getBoundingClientRect(), empty = 4;  // a face is a little higher than its digits
        const cut = box.left < page.left - 1 || box.right > page.right + 1
            || box.top < page.top - empty || box.bottom > page.bottom + empty;
        return cut ? [text.textContent] : [];
    });
}"""


def test_no_word_in_a_figure_is_cut(chromium, pages):
    """With the faces that a browser has, which are not those that matplotlib measured."""
    figures = sorted(pages.glob("lessons/*/figure-*-light.svg")) + sorted(
        pages.glob("assets/results/*-light.svg")
    )
    assert len(figures) > 30
    page = chromium.new_page()
    try:
        cut = {}
        for path in figures:
            page.set_content(path.read_text(encoding="utf-8").partition("?>")[2])
            if found := page.eval_on_selector("svg", INSIDE):
                cut[f"{path.parent.name}/{path.name}"] = found
        assert cut == {}
    finally:
        page.close()


def test_numbers_and_code_of_a_figure_open_below_its_line(look):
    for width in (360, 1280):
        with look("lessons/scan/", width=width) as page:
            page.evaluate("document.querySelectorAll('.veil').forEach(veil => { veil.hidden = false; })")
            figure = page.locator("figure.picture:has(details.code)").first
            for word in ("numbers", "code"):
                link = figure.locator("summary", has_text=word)
                height = figure.bounding_box()["height"]
                link.press("Enter")
                assert figure.bounding_box()["height"] > height + 40
            wide = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wide <= 0


def test_figures_of_results_have_the_ink_of_the_page(look):
    for scheme in ("light", "dark"):
        with look("results/", scheme=scheme) as page:
            shown = page.evaluate(
                "[...document.querySelectorAll('figure.picture img')].filter(i => i.checkVisibility())"
                ".map(i => i.src)"
            )
            assert shown and all(f"-{scheme}.svg" in source for source in shown)


def test_a_page_opened_as_a_file_says_what_is_missing(chromium, pages):
    context = chromium.new_context()
    try:
        page = context.new_page()
        page.goto((pages / "lessons" / "scan" / "index.html").as_uri())
        said = page.evaluate(
            "[...document.querySelectorAll('main *')].filter("
            "e => e.localName.startsWith('minirnn-') && e.localName !== 'minirnn-predict')"  # that is text
            ".map(e => e.textContent)"
        )
        assert len(said) > 5 and all("opened as a file" in text and "course.py site" in text for text in said)
        assert not page.get_by_text("JavaScript is needed").count()
    finally:
        context.close()
