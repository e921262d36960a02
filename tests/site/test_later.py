"""What stands far below is laid out later: nothing of the page is lost, and no element is cut in two."""

import re

import pytest

from minirnn.course.site import later

PART = """<p>A <em>word</em><br>and an <img alt="x > y"> image</p>
<div class="box"><h3>Inside</h3><p>of it</p></div>
"""


def page(*parts):
    return "".join(f'<h2 id="{n}">Part <code>{n}</code></h2>\n{part}' for n, part in enumerate(parts))


@pytest.fixture(autouse=True)
def short(monkeypatch):
    monkeypatch.setattr(later, "FEWEST", 0)


def test_what_is_between_headings_goes_into_a_box_and_nothing_else_changes():
    before = page(PART, PART, "", PART)
    after = later.wrap(before)
    assert (
        re.sub(r'\n<div class="later" style="--tall: \d+px">(.*?)</div>\n(?=<h2|$)', r"\1", after, flags=re.S)
        == before
    )
    assert after.count('<div class="later"') == 2  # the first is on the first screen, one is empty
    assert not re.search(r'class="later"[^>]*>(?:(?!</div>\n<h2).)*<h2', after, re.S)


def test_the_heading_of_a_box_of_the_page_stays_outside():
    exercise = '<div class="exercise"><h3>E</h3><p>Do</p></div>'
    box = f'<div class="only" data-only="x"><h2>In it</h2>\n<p>Text</p>\n{exercise}\n</div>\n'
    after = later.wrap(page("", "", box + PART))
    boxed = re.findall(r'<div class="later"[^>]*>(.*?)</div>\n', after, re.S)
    assert not any("<h2>" in each or "<h3>E" in each for each in boxed)
    assert [part for part in ("<p>Text</p>", "<p>Do</p>") if any(part in each for each in boxed)] == [
        "<p>Text</p>",
        "<p>Do</p>",
    ]


def test_a_heading_in_something_else_is_no_place_to_cut():
    boxes = re.findall(r'class="later".*?(?=<h2|$)', later.wrap(page(PART, PART, PART)), re.S)
    assert [box.count("<h3>Inside</h3>") for box in boxes] == [1, 1]


def test_a_short_page_stays_as_it_is(monkeypatch):
    assert later.wrap(page(PART)) == page(PART)
    monkeypatch.setattr(later, "FEWEST", 1000)
    assert later.wrap(page(PART, PART, PART, PART)) == page(PART, PART, PART, PART)


def test_what_is_longer_is_taller():
    heights = [int(n) for n in re.findall(r"--tall: (\d+)px", later.wrap(page("", PART, 30 * PART)))]
    assert 0 < 20 * heights[0] < heights[1]


def test_what_is_unseen_is_not_tall():
    unseen = f"<template>{PART}</template>"
    alone, both = (
        re.findall(r"--tall: (\d+)px", later.wrap(page("", "", each))) for each in (PART, unseen + PART)
    )
    assert alone == both != []


def test_what_is_folded_takes_a_line():
    folded = f"<details><summary>numbers</summary>{30 * PART}</details>"
    heights = [int(n) for n in re.findall(r"--tall: (\d+)px", later.wrap(page("", PART + folded, PART)))]
    assert heights[0] == heights[1] + 60  # its line alone


def test_an_end_without_a_beginning_is_passed_over():
    assert later.wrap(page("", PART, PART)).count("later") == later.wrap(page("", PART + "</p>", PART)).count(
        "later"
    )
