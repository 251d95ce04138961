"""The gold's own files: nothing in them points at nothing, and each thing the crisis was asked to hold is in them."""

from pathlib import Path

import pytest

from bench.crisis_gold import GOLD as FOLDER
from bench.crisis_gold import LAYERS, MarkedPage, layer, problems, spans_in
from bench.room import DEMO
from tocsin.core.document import LABELS

PAGE_LAYERS = ("lines", "attributions", "times", "commitments")
PAGES = {one["page"] for one in layer("pages")}
ITEMS = range(1, 16)
"""The fifteen things of the list that the writer was given (docs/gold.md)."""


def test_the_files_are_whole() -> None:
    assert problems() == []
    assert {one.stem for one in FOLDER.glob("*.jsonl")} == set(LAYERS)


def test_pages_outlets_and_days() -> None:
    taken = sorted(one["published"]["latest"] for one in layer("pages"))
    assert len(PAGES) >= 24
    assert len({one["outlet"] for one in layer("pages")}) >= 9
    assert (taken[0], taken[-1]) == ("2018-09-17", "2018-11-05")
    assert {one.stem for one in DEMO.iterdir() if one.suffix in (".html", ".txt") and one.stat().st_size} == PAGES


@pytest.mark.parametrize("name", PAGE_LAYERS)
def test_marks_are_on_pages_that_there_are(name: str) -> None:
    assert {one["page"] for one in layer(name)} <= PAGES


def test_every_line_has_a_label_that_there_is() -> None:
    assert {one["label"] for one in layer("lines")} <= set(LABELS)
    assert {one["page"] for one in layer("lines")} == PAGES


def test_what_is_within_and_what_is_told_is_there() -> None:
    ids = {(one["page"], one["id"]) for one in layer("attributions")}
    assert all((one["page"], one["within"]) in ids for one in layer("attributions") if one["within"])
    told = {f"{one['page']}#{one['id']}": one["commitment"] for one in layer("commitments")}
    histories = {one["id"]: one for one in layer("histories")}
    assert set(told.values()) <= set(histories)
    for one in histories.values():
        assert all(told[member] == one["id"] for member in one["tellings"])
    atoms = {one["id"] for one in layer("atoms")}
    assert all(set(each["atoms"]) <= atoms for one in layer("commitments") for each in one["conditions"])


@pytest.mark.parametrize("item", ITEMS)
def test_each_thing_asked_for_is_in_the_gold(item: int) -> None:
    rows = [one for one in layer("table") if one["item"] == item]
    assert rows
    for one in rows:
        assert one["page"] in PAGES
        assert one["marks"]
        assert all(is_there(mark, one["page"]) for mark in one["marks"]), one


def is_there(mark: str, page: str) -> bool:
    """Whether a mark of the table (its form stands in docs/gold.md) is in the gold."""
    name, _, ident = mark.partition(":")
    if name == "pages":
        return ident == page
    if name == "lines":
        return any(one["page"] == page and one["line"] == int(ident) for one in layer("lines"))
    if any("id" in one for one in layer(name)):
        return any(one["id"] == ident and (name not in PAGE_LAYERS or one["page"] == page) for one in layer(name))
    return 1 <= int(ident) <= len(layer(name))


def test_marks_move_with_their_words_and_are_lost_without_them() -> None:
    span = [{"start": 4, "end": 9, "exact": "smoke"}]
    same = MarkedPage("p", {"text": "The smoke rose.", "text_id": "x"}, "x")
    moved = MarkedPage("p", {"text": "A smoker; the smoke rose.", "text_id": "y"}, "x")
    gone = MarkedPage("p", {"text": "The fire rose.", "text_id": "y"}, "x")
    assert (same.ranges(span), moved.ranges(span), gone.ranges(span)) == ([[4, 9]], [[14, 19]], [])
    assert (same.holds(4, "smoke"), moved.holds(4, "smoke"), gone.holds(4, "smoke")) == (True, True, False)


def test_marks_stay_in_their_line_when_others_come_before_it() -> None:
    mark = next(one for one in layer("attributions") if one["source"])
    lines = [one["exact"] for one in layer("lines") if one["page"] == mark["page"]]
    text = "\n".join(["A new line with a he and a she in it. " * 9, *lines])
    page = MarkedPage(mark["page"], {"text": text, "text_id": "new"}, "old")
    ((start, end),) = page.ranges(mark["source"][:1])
    (line,) = [
        one
        for one in layer("lines")
        if one["page"] == mark["page"] and one["start"] <= mark["source"][0]["start"] < one["end"]
    ]
    at = text.index(line["exact"])
    assert (start, text[start:end]) == (at + mark["source"][0]["start"] - line["start"], mark["source"][0]["exact"])


def test_every_span_of_every_layer_is_counted() -> None:
    nested = {"page": "p", "sides": [{"page": "q", "span": [{"start": 1, "end": 2, "exact": "x"}]}], "span": None}
    assert [(page, span["exact"]) for page, span in spans_in(nested, None)] == [("q", "x")]
    assert sum(1 for name in LAYERS for one in layer(name) for _ in spans_in(dict(one), None)) > 5000


def test_the_story_is_told_beside_it() -> None:
    assert Path(FOLDER / "world.md").read_text("utf-8").startswith("# The Orvanian autumn")
