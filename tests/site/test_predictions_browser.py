"""What a reader does with a lesson's page: guess, choose a track and a tab, look a word up, come back, print.

`lesson.md` beside this file has one of everything. It is made like a lesson and stands in a page of the site,
so that styles and scripts are the real ones. The lessons themselves are looked at below.
"""

import json
import re
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from minirnn.course import bank
from minirnn.course.site import formulas, lessons
from minirnn.course.site.text import parts, predictions
from minirnn.course.site.text.blocks import PART, boxed, cut

ROOT = Path(__file__).parents[2]
LESSON = Path(__file__).with_name("lesson.md")
TOLD = {
    "losses": [[0, 4], [5, 3], [10, 2.4], [15, 2], [20, 1.7], [25, 1.5], [30, 1.35], [35, 1.25], [40, 1.2]]
}
PATH = "lessons/fixture/"
ARTICLE = re.compile(r'(<article class="md-content__inner md-typeset">).*(</article>)', re.DOTALL)
CONTENTS = '<ul class="md-nav__list" data-md-component="toc" data-md-scrollfix>'
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
READY = "[data-lesson-ready]"
CHOICE = "4 rounds, for each halves what is left to do, and 16 halved four times is 1"
SHIFT = """() => new Promise(done => {
    let sum = 0;
    const observer = new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
    });
    observer.observe({ type: "layout-shift", buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""


def after_list(text):
    """What follows a list that is open at the beginning, from its end tag on."""
    depth = 1
    for tag in re.finditer(r"<(/?)ul\b", text):
        depth += -1 if tag[1] else 1
        if not depth:
            return text[tag.start() :]
    raise AssertionError("the list does not end")


def made():
    """The fixture as the builder makes a lesson, and as mkdocs makes HTML of it."""
    import markdown
    from mkdocs.config import load_config

    blocks = []
    titles = PART.findall(LESSON.read_text(encoding="utf-8"))
    numbers = iter(range(1, len(titles) + 1))
    minutes = [{"school": 20 + n, "university": 30 + n} for n in range(len(titles))]
    found = [bank.Part(title, each, {}) for title, each in zip(titles, minutes, strict=True)]
    timed = replace(bank.course()[0], parts=tuple(found))
    for block in cut(LESSON.read_text(encoding="utf-8")):
        if block.kind == "predict":
            asked = predictions.parse(block.text.split("\n"), LESSON.name)
            text = predictions.on_page(asked, "fixture", TOLD, LESSON.name)
            block = replace(block, text=text, name=asked.name)
        elif block.kind == "part":
            block = replace(block, text=parts.mark(timed, titles, next(numbers)))
        blocks.append(block)
    config = load_config(str(ROOT / "mkdocs.yml"))
    config = config["hooks"]["docs/hooks/lessons.py"].on_config(config)
    reader = markdown.Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)
    text = "\n\n".join(boxed(blocks, {"More": ["university"]}))
    return formulas.draw(ROOT, reader.convert(text)), reader.toc_tokens


@pytest.fixture(scope="module")
def document(pages):
    """The page of a lesson with another content."""
    page = (pages / "lessons" / "scan" / "index.html").read_text(encoding="utf-8")
    body, [title] = made()
    entries = "".join(
        f'<li class="md-nav__item"><a href="#{each["id"]}" class="md-nav__link">{each["name"]}</a></li>'
        for each in title["children"]
    )
    page = "".join(
        part if not at else CONTENTS + entries + after_list(part)
        for at, part in enumerate(page.split(CONTENTS))
    )
    return ARTICLE.sub(lambda match: match[1] + body + match[2], page)


@pytest.fixture
def lesson(look, document):
    """lesson(place="", record=None, prepare=None, ...): the fixture's page.

    record: what the browser has kept. prepare(context): before the page is opened.
    """

    @contextmanager
    def open_page(place="", record=None, prepare=lambda context: None, **settings):
        def first(context):
            context.route(f"**/{PATH}*", lambda asked: asked.fulfill(body=document, content_type="text/html"))
            if record is not None:
                kept = json.dumps(json.dumps(record))
                context.add_init_script(f"localStorage['minirnn/record'] ??= {kept}")
            prepare(context)

        with look(PATH + place, prepare=first, **settings) as page:
            yield page

    return open_page


def record(page):
    return json.loads(page.evaluate("localStorage['minirnn/record'] ?? null") or "null")


def asked(page, name):
    return page.locator(f"minirnn-predict[data-name={name}]")


def veil(page, name):
    return page.locator(f"#veil-{name} p").first


def answered(**track):
    """A record with an answer to each question of the fixture."""
    said = {"rounds": "16 rounds, one a step.", "half": 12.5, "losses": [2, 2, 2, 2, 2, 2]}
    entries = {
        f"fixture/{name}": {"said": what, "right": False, "shown": False, "at": "2026-12-01T09:30:00.000Z"}
        for name, what in said.items()
    }
    return {"version": 1, "predictions": entries, "exercises": {}, **track}


# Predictions


def test_nothing_is_seen_before_a_guess_and_all_after_it(lesson):
    with lesson() as page:
        found = asked(page, "rounds")
        assert not veil(page, "rounds").is_visible()
        assert page.locator("#veil-rounds").bounding_box()["height"] == 0
        assert not found.get_by_text("Four, because").is_visible()
        assert "a figure" in found.locator(".predict-veiled").inner_text()
        found.get_by_label("16 rounds").check()
        above = found.bounding_box()["y"]
        found.get_by_role("button", name="my guess").click()
        said = found.locator("[aria-live] .predict-said")
        assert said.inner_text() == f"You said “16 rounds, one a step”. It is “{CHOICE}”."
        assert veil(page, "rounds").is_visible()
        assert found.get_by_text("Four, because").is_visible()
        assert found.bounding_box()["y"] == above
        assert found.locator(".predict-mark").all_inner_texts() == ["your guess", "so it is", ""]
        assert page.evaluate("document.activeElement.textContent") == "Guess again"
        assert not veil(page, "half").is_visible()  # the next question has its own
        kept = record(page)["predictions"]["fixture/rounds"]
        assert (kept["said"], kept["right"], kept["shown"]) == ("16 rounds, one a step.", False, False)
        page.reload()
        page.wait_for_selector(READY, state="attached")
        assert veil(page, "rounds").is_visible() and said.inner_text().startswith("You said “16")
        found.get_by_role("button", name="Guess again").click()
        assert not veil(page, "rounds").is_visible() and record(page)["predictions"] == {}
        found.get_by_label("4 rounds").check()
        found.get_by_role("button", name="my guess").click()
        assert said.inner_text() == f"You said “{CHOICE}”, and so it is."
        assert record(page)["predictions"]["fixture/rounds"]["right"] is True
        found.get_by_role("button", name="Guess again").click()
        found.get_by_label("1 round").check()
        found.get_by_role("button", name="my guess").click()
        assert record(page)["predictions"]["fixture/rounds"]["said"] == "1 round, whatever T is"
        assert said.locator("math").count() == 1


def test_without_a_choice_there_is_a_sentence_and_no_guess(lesson):
    with lesson() as page:
        found = asked(page, "rounds")
        found.get_by_role("button", name="my guess").click()
        assert "Choose one" in found.get_by_role("alert").inner_text()
        assert not veil(page, "rounds").is_visible() and record(page) is None


def test_the_answer_can_be_looked_up(lesson):
    with lesson() as page:
        for name, words in (
            ("rounds", f"It is “{CHOICE}”."),
            ("half", "It is 13.5 steps."),
            ("losses", "1.2"),
        ):
            found = asked(page, name)
            found.get_by_role("button", name="Show me").click()
            assert words in found.locator(".predict-said").inner_text()
            assert "You said" not in found.inner_text()
            assert veil(page, name).is_visible()
            kept = record(page)["predictions"][f"fixture/{name}"]
            assert (kept["said"], kept["right"], kept["shown"]) == (None, False, True)
        page.reload()
        page.wait_for_selector(READY, state="attached")
        assert all(veil(page, name).is_visible() for name in ("rounds", "half", "losses"))


def test_a_guess_with_keys_alone(lesson):
    with lesson() as page:
        page.locator("#begin").evaluate("e => { e.tabIndex = -1; e.focus(); }")
        for _ in range(4):  # the link of the heading, two terms, and the first of the choices
            page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        assert "so it is" in asked(page, "rounds").locator(".predict-said").inner_text()
        page.keyboard.press("Enter")  # guess again
        assert page.evaluate("document.activeElement.type") == "radio"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("13.5", "You said 13.5 steps, and so it is."),
        ("13,5 steps", "You said 13.5 steps, and so it is."),
        ("12", "You said 12 steps. It is 13.5 steps, so you were close."),
        ("15,5", "You said 15.5 steps. It is 13.5 steps, so you were close."),
        ("20", "You said 20 steps. It is 13.5 steps."),
    ],
)
def test_a_number_is_compared(lesson, typed, said):
    with lesson() as page:
        found = asked(page, "half")
        field = found.get_by_role("textbox", name="Your guess, in steps")
        field.fill("many")
        field.press("Enter")
        assert "“many” is not a number" in found.get_by_role("alert").inner_text()
        assert not veil(page, "half").is_visible()
        field.fill(typed)
        field.press("Enter")
        assert found.locator(".predict-said").inner_text() == said
        assert veil(page, "half").is_visible()


def heights(page):
    return record(page)["predictions"]["fixture/losses"]["said"]


def places(found, *points):
    """Places of the picture, given as shares of its width and height, on the screen."""
    box = found.locator("svg.predict-curve").bounding_box()
    return [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in points]


def test_a_curve_is_drawn_with_the_mouse(lesson):
    with lesson() as page:
        found = asked(page, "losses")
        guess = found.get_by_role("button", name="my guess")
        found.scroll_into_view_if_needed()
        guess.click()
        assert "Draw your curve first" in found.get_by_role("alert").inner_text()
        start, middle, end = places(found, (0.3, 0.5), (0.6, 0.6), (0.95, 0.6))
        page.mouse.move(*start)
        page.mouse.down()
        page.mouse.move(*middle, steps=4)
        page.mouse.up()
        guess.click()
        assert "to the right edge" in found.get_by_role("alert").inner_text()
        page.mouse.move(*middle)
        page.mouse.down()
        page.mouse.move(*end, steps=4)
        page.mouse.up()
        page.mouse.move(*start)  # the button is up: nothing is drawn
        guess.click()
        first, *_, last = heights(page)
        assert len(heights(page)) == 6 and first > last and heights(page)[-2] == last
        assert "At the right end you said" in found.locator(".predict-said").inner_text()
        assert found.locator("polyline.true").count() == found.locator("polyline.drawn").count() == 1
        found.get_by_text("The two curves as numbers").click()
        assert found.locator("table tr").count() == 7
        assert veil(page, "losses").is_visible()


def test_a_curve_is_drawn_with_the_finger_and_the_page_still_scrolls(lesson):
    with lesson(width=360, has_touch=True) as page:
        found = asked(page, "losses")
        found.scroll_into_view_if_needed()
        scrolled = page.evaluate("scrollY")
        start, end, below, above = places(found, (0.3, 0.5), (0.97, 0.55), (0.6, 0.9), (0.6, -0.2))
        swipe(page, start, end)
        assert page.evaluate("scrollY") == scrolled
        drawn = found.locator("circle.dot").count()
        assert drawn == 6
        swipe(page, below, above)
        page.wait_for_function("y => scrollY > y + 20", arg=scrolled)
        found.get_by_role("button", name="my guess").click()
        assert len(heights(page)) == 6


def swipe(page, start, end):
    finger = page.context.new_cdp_session(page)
    middle = [(a + b) / 2 for a, b in zip(start, end, strict=True)]
    for kind, places in (
        ("touchStart", [start]),
        ("touchMove", [middle]),
        ("touchMove", [end]),
        ("touchEnd", []),
    ):
        points = [{"x": x, "y": y} for x, y in places]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_a_curve_is_set_with_keys(lesson):
    with lesson() as page:
        found = asked(page, "losses")
        slider = found.get_by_role("slider", name="Your curve")
        slider.focus()
        assert slider.get_attribute("aria-valuetext") == "step: 15; nothing yet"
        page.keyboard.press("ArrowDown")
        before = float(slider.get_attribute("aria-valuenow"))
        assert before < 2.4 and "loss in nats: " in slider.get_attribute("aria-valuetext")
        page.keyboard.press("ArrowUp")
        assert float(slider.get_attribute("aria-valuenow")) == pytest.approx(2.4)
        page.keyboard.press("End")
        assert slider.get_attribute("aria-valuetext") == "step: 40; nothing yet"
        page.keyboard.press("PageDown")
        page.keyboard.press("ArrowLeft")
        assert "step: 35" in slider.get_attribute("aria-valuetext")
        page.keyboard.press("Enter")
        first, *_, last = heights(page)
        assert first == pytest.approx(2.4) and last < 2.2  # straight between the two


def test_a_curve_is_written_as_numbers(lesson):
    with lesson() as page:
        found = asked(page, "losses")
        found.get_by_text("Write it as numbers").click()
        for step, height in zip(range(15, 45, 5), (2, 1.7, 1.5, 1.35, 1.25, 1.2), strict=True):
            found.get_by_label(f"step: {step}").fill(str(height).replace(".", ","))
        found.get_by_label("step: 40").press("Enter")
        assert "lies on it" in found.locator(".predict-said").inner_text()
        assert record(page)["predictions"]["fixture/losses"]["right"] is True


@pytest.mark.parametrize("how", ["#four", "link", "search"])
def test_a_link_and_the_browsers_search_open_a_veil_without_a_guess(lesson, how):
    with lesson("#four" if how == "#four" else "") as page:
        if how == "link":
            page.evaluate("location.hash = '#four'")
        if how == "search":  # what the browser does when it has found a word in there
            page.evaluate("document.getElementById('veil-rounds').dispatchEvent(new Event('beforematch'))")
        veil(page, "rounds").wait_for()
        if how != "search":
            page.wait_for_function(
                "Math.abs(document.getElementById('four').getBoundingClientRect().top) < 300"
            )
        assert (
            record(page) is None and asked(page, "rounds").get_by_role("button", name="my guess").is_visible()
        )
        assert not veil(page, "half").is_visible()


def test_what_is_said_in_one_tab_is_known_in_the_other(lesson):
    with lesson() as page:
        other = page.context.new_page()
        other.goto(page.url)
        other.wait_for_selector(READY, state="attached")
        asked(other, "half").get_by_role("textbox").fill("7")  # half typed: stays
        asked(page, "rounds").get_by_role("button", name="Show me").click()
        veil(other, "rounds").wait_for()
        assert asked(other, "half").get_by_role("textbox").input_value() == "7"
        asked(other, "half").get_by_role("button", name="my guess").click()
        veil(page, "half").wait_for()
        assert set(record(page)["predictions"]) == {"fixture/rounds", "fixture/half"}


def test_a_browser_that_keeps_nothing_is_said_once_and_all_works(lesson):
    full = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }"
    with lesson(prepare=lambda context: context.add_init_script(full)) as page:
        for name in ("rounds", "half"):
            asked(page, name).get_by_role("button", name="Show me").click()
            assert veil(page, name).is_visible()
        notice = page.get_by_text("This browser does not keep what you say")
        assert notice.count() == 1
        page.get_by_role("button", name="School").click()
        assert not page.locator("#more").is_visible()
        page.get_by_role("button", name="Close").click()
        assert not notice.count()


def test_a_guess_that_is_no_choice_any_more_asks_again(lesson):
    old = answered()
    old["predictions"]["fixture/rounds"]["said"] = "8 rounds"
    old["predictions"]["fixture/half"] = 5
    with lesson(record=old) as page:
        for name in ("rounds", "half"):
            assert not veil(page, name).is_visible()
            assert asked(page, name).get_by_role("button", name="my guess").is_visible()


# Before the scripts, and without them


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("kept", [None, "school", "university"])
@pytest.mark.parametrize("place", ["", "#number", "#curve"])
def test_nothing_moves_when_the_scripts_come(lesson, width, kept, place):
    held, holding = [], [True]

    def hold(asked):
        held.append(asked) if holding else asked.continue_()

    def prepare(context):
        context.route(re.compile(r"/(scripts|predict|widgets)/[\w-]+\.js$"), hold)

    def release(page):
        page.wait_for_selector("article h1", state="attached")
        page.wait_for_timeout(300)  # so that it is painted, if it is painted without them
        holding.clear()
        for each in held:
            each.continue_()

    seen = answered(track=kept) if kept else None
    with lesson(place, record=seen, prepare=prepare, width=width, meanwhile=release) as page:
        page.wait_for_selector(READY, state="attached")
        assert held and page.evaluate(SHIFT) < 0.02
        assert all(veil(page, name).is_visible() is bool(kept) for name in ("rounds", "half", "losses"))


def test_without_javascript_everything_can_be_read(lesson):
    with lesson(java_script_enabled=False) as page:
        readable(page)
        page.get_by_text("The answer").first.click()
        assert page.get_by_text("Four, because").is_visible()


def test_where_the_scripts_do_not_come_everything_can_be_read(lesson):
    def prepare(context):
        context.route("**/scripts/lesson.js", lambda asked: asked.abort())

    with lesson(prepare=prepare, record=answered(track="school")) as page:
        readable(page)
        page.complaints.clear()  # that it was not loaded


def readable(page):
    for words in ("16 rounds", "So it takes four rounds", "Only for university", "Lists.", "Arrays."):
        assert page.get_by_text(words).first.is_visible(), words
    assert page.get_by_text("The answer").count() == 3


# Tracks, tabs and terms


def entry(page):
    return page.locator(".md-sidebar--secondary a[href='#more']")


def test_a_track_is_chosen_and_kept(lesson):
    with lesson() as page:
        school, university = (page.get_by_role("button", name=name) for name in ("School", "University"))
        assert university.get_attribute("aria-pressed") == "true"
        assert page.locator("#more").is_visible() and entry(page).is_visible()
        assert page.locator("#exercise-one").is_visible()
        school.focus()
        page.keyboard.press("Enter")
        assert school.get_attribute("aria-pressed") == "true"
        assert page.locator(".only").get_attribute("hidden") is not None
        assert not page.locator("#more").is_visible() and not entry(page).is_visible()
        assert page.locator("#exercise-one_lists").is_visible()
        assert "leaves out one section" in page.locator(".track-said").inner_text()
        assert record(page)["track"] == "school"
        page.reload()
        page.wait_for_selector(READY, state="attached")
        assert not page.locator("#more").is_visible() and not entry(page).is_visible()
        university.click()
        assert page.locator("#more").is_visible() and entry(page).is_visible()


def test_a_part_names_the_minutes_of_the_track(lesson):
    def said(page):
        return " ".join(page.locator("#part-1").inner_text().split())

    with lesson() as page:
        count = page.locator(".part").count()
        title = page.locator("#part-1 > span").nth(1).inner_text()
        for name, minutes in (("School", 20), ("University", 30), ("School", 20)):
            page.get_by_role("button", name=name).click()
            for media in ("print", "screen"):
                page.emulate_media(media=media)
                assert said(page) == f"Part 1 of {count} {title} {minutes} minutes"
    with lesson(java_script_enabled=False) as page:
        assert said(page).endswith(f"{title} 20 (school) or 30 (university) minutes")


def test_a_link_into_a_section_that_is_left_out_shows_it_and_says_why(lesson):
    with lesson("#deep", record=answered(track="school")) as page:
        assert page.locator("#deep").is_visible() and entry(page).is_visible()
        said = page.get_by_text("belongs to the university track")
        assert said.is_visible()
        page.get_by_role("button", name="University").click()
        assert page.locator("#deep").is_visible() and not said.count()
        page.get_by_role("button", name="School").click()
        assert not page.locator("#deep").is_visible()


def test_one_version_of_an_exercise_is_seen_and_keys_change_it(lesson):
    with lesson() as page:
        tabs = page.get_by_role("tab")
        assert tabs.all_inner_texts() == ["With lists", "With numpy"]
        lists, arrays = page.get_by_text("Lists."), page.get_by_text("Arrays.")
        assert arrays.is_visible() and not lists.is_visible()
        tabs.nth(1).focus()
        page.keyboard.press("ArrowRight")
        assert lists.is_visible() and not arrays.is_visible()
        assert page.evaluate("document.activeElement.textContent") == "With lists"
        assert [each.get_attribute("tabindex") for each in tabs.all()] == ["0", "-1"]
        panel = page.get_by_role("tabpanel", name="With lists")
        assert tabs.nth(0).get_attribute("aria-controls") == panel.get_attribute("id")
        page.evaluate("location.hash = '#exercise-one'")
        arrays.wait_for()


@pytest.mark.parametrize("name", ["one", "one_lists"])
@pytest.mark.parametrize("track", ["school", "university"])
def test_a_link_to_an_exercise_opens_its_tab(lesson, name, track):
    with lesson(f"#exercise-{name}", record=answered(track=track)) as page:
        heading = page.locator(f"#exercise-{name}")
        heading.wait_for()
        page.wait_for_function(
            "name => Math.abs(document.getElementById(name).getBoundingClientRect().top) < 300",
            arg=f"exercise-{name}",
        )


def inside(page):
    box = page.get_by_role("tooltip").locator("..").bounding_box()
    return box["x"] >= 0 and box["x"] + box["width"] <= page.viewport_size["width"]


def test_a_term_is_explained_on_hover_and_focus_until_escape(lesson):
    with lesson() as page:
        first, second = page.locator("a.term").all()
        tip = page.get_by_role("tooltip")
        first.hover()
        assert tip.inner_text().startswith("A rule that makes") and inside(page)
        assert first.get_attribute("aria-describedby") == tip.get_attribute("id")
        tip.hover()  # it may be pointed at
        page.wait_for_timeout(400)
        assert tip.is_visible()
        page.keyboard.press("Escape")
        assert not tip.is_visible() and first.get_attribute("aria-describedby") is None
        page.locator("#begin").evaluate("e => { e.tabIndex = -1; e.focus(); }")
        for _ in range(3):  # the link of the heading, then the two terms
            page.keyboard.press("Tab")
        assert tip.inner_text().startswith("How many steps") and inside(page)
        page.keyboard.press("Tab")
        assert not tip.is_visible()
        second.hover()
        page.mouse.move(5, 400)
        tip.wait_for(state="hidden")


def test_a_tap_explains_and_a_second_tap_follows(lesson):
    with lesson(width=360, has_touch=True) as page:
        tip = page.get_by_role("tooltip")
        for term in page.locator("a.term").all():
            term.tap()
            assert tip.is_visible() and inside(page) and PATH in page.url
            assert page.locator(".term-tip a").is_visible()
            page.locator("h1").tap()
            assert not tip.is_visible()
        term.tap()
        term.tap()
        page.wait_for_url("**/glossary/**")


# All of it


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_it_is_accessible_and_as_wide_as_the_screen(lesson, scheme, width):
    axe = (ROOT / "node_modules/axe-core/axe.min.js").read_text("utf-8")
    found = {}
    with lesson(scheme=scheme, width=width) as page:
        page.evaluate(axe)

        def examine(state):
            seen = page.evaluate(
                "tags => axe.run('.md-content', {runOnly: tags, resultTypes: ['violations']})", RULES
            )
            wide = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            said = [
                f"{each['id']}: {[node['target'] for node in each['nodes']][:4]}"
                for each in seen["violations"]
            ]
            if said or wide > 0:
                found[state] = said, wide

        examine("asked")
        small = page.evaluate(
            "[...document.querySelectorAll('minirnn-predict :is(button, label, input[type=text]),"
            " .track-switch button, [role=tab], details > summary')].filter(e => e.checkVisibility())"
            ".map(e => [e.textContent, e.getBoundingClientRect().height]).filter(([, height]) => height < 44)"
        )
        assert small == []
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        for button in page.get_by_role("button", name="my guess").all():
            button.click()
        page.locator("a.term").first.hover()
        examine("refused")
        asked(page, "rounds").get_by_role("radio").first.check()
        asked(page, "half").get_by_role("textbox").fill("10")
        asked(page, "losses").get_by_label("step: 40").fill("2")
        asked(page, "losses").get_by_label("step: 40").blur()
        for button in page.get_by_role("button", name="my guess").all()[::-1]:
            button.click()
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        examine("answered")
        page.get_by_role("button", name="School").click()
        page.evaluate("location.hash = '#deep'")
        examine("school")
    assert found == {}


@pytest.mark.parametrize("kept", [None, "school"])
def test_paper_has_the_questions_and_not_the_answers(lesson, kept):
    with lesson(record=answered(track=kept) if kept else None) as page:
        page.emulate_media(media="print")
        for words in ("How many rounds", "16 rounds", "So it takes", "Draw how", "What is a scan?"):
            assert page.get_by_text(words).first.is_visible(), words
        for words in (
            "Four, because",
            "You said",
            "so it is",
            "your guess",
            "It must be associative",
            "Guess again",
        ):
            for each in page.get_by_text(words).all():
                assert not each.is_visible(), words
        assert page.locator("polyline.given").is_visible() and not page.locator("polyline.true").is_visible()
        assert page.get_by_text("Lists.").is_visible() is bool(kept)
        assert page.get_by_text("Arrays.").is_visible() is not bool(kept)
        assert page.get_by_text("Only for university").is_visible() is not bool(kept)
        room = page.evaluate(
            "[...document.querySelectorAll('minirnn-predict:not([data-kind=curve]), details.check')]"
            ".map(e => parseFloat(getComputedStyle(e, '::after').height))"
        )
        assert min(room) > 50


def test_what_is_kept_is_counted_and_forgotten_on_request(look):
    def prepare(context):
        context.add_init_script(
            f"localStorage['minirnn/record'] ??= {json.dumps(json.dumps(answered(track='school')))}"
        )

    with look("about/", prepare=prepare) as page:
        place = page.locator(".record-forget")
        assert "3 guesses, the school track" in place.inner_text()
        page.once("dialog", lambda dialog: dialog.dismiss())
        place.get_by_role("button").click()
        assert len(record(page)["predictions"]) == 3
        page.once("dialog", lambda dialog: dialog.accept())
        place.get_by_role("button").click()
        assert "Nothing is kept" in place.inner_text() and not place.get_by_role("button").is_visible()
        assert record(page) is None


# The lessons


@pytest.mark.parametrize("name", [lesson.id for lesson in lessons.written(ROOT)])
def test_every_question_of_a_lesson_can_be_asked_and_answered(look, name):
    number = next(each.name for each in bank.course() if each.id == name)
    text = (ROOT / "lessons" / f"{number}.py").read_text(encoding="utf-8")
    with look(f"lessons/{name}/", width=390) as page:
        page.wait_for_selector(READY, state="attached")
        found = page.locator("minirnn-predict")
        assert found.count() == len(re.findall(r"^# \?\?\? predict ", text, re.MULTILINE))
        veils = page.locator(".veil")
        assert all(each.get_attribute("hidden") == "until-found" for each in veils.all())
        for each in found.all():
            each.get_by_role("button", name="Show me").click()
            assert each.locator(".predict-said").inner_text().startswith(("It is", "At the right end"))
            assert each.locator(".predict-reason").inner_text().strip()
        assert all(each.get_attribute("hidden") is None for each in veils.all())
        assert len((record(page) or {"predictions": {}})["predictions"]) == found.count()
