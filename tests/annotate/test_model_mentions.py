"""Mentions on invented pages."""

import time

import pytest

from tocsin.annotate.mentions import MENTIONS, initials
from tocsin.annotate.sentences import SENTENCES
from tocsin.core.document import Capture, Document, Label, Line

pytestmark = pytest.mark.model

CAPTURE = Capture("0" * 64, "p", "p", "p", "2020-01-01T00:00:00Z", "text/plain")


def page(*lines: str, first: Label = "body") -> Document:
    out, start = [], 0
    for number, line in enumerate(lines):
        out.append(Line(start, start + len(line), first if number == 0 else "body"))
        start += len(line) + 1
    doc = Document.of("\n".join(lines), CAPTURE, tuple(out))
    doc = doc.with_layer(SENTENCES(doc))
    return doc.with_layer(MENTIONS(doc))


def named(doc: Document) -> list[tuple[str, str, str]]:
    return [(doc[m.span], m.kind, m.name) for m in doc.layer("mentions").annotations]


def test_surname_leads_to_the_full_name_on_the_page() -> None:
    doc = page("Veltish President Anna Orlova spoke on Monday.", "Later Orlova’s aide left. Orlova stayed.")
    assert named(doc) == [
        ("Anna Orlova", "person", "Anna Orlova"),
        ("Orlova", "person", "Anna Orlova"),
        ("Orlova", "person", "Anna Orlova"),
    ]


def test_two_people_of_one_surname_go_by_the_nearest_before() -> None:
    doc = page("Anna Orlova spoke. Then Orlova left.", "Her brother Pavel Orlova spoke. Then Orlova left.")
    assert [name for text, _, name in named(doc) if text == "Orlova"] == ["Anna Orlova", "Pavel Orlova"]


def test_acronyms_take_the_words_that_introduced_them() -> None:
    doc = page("The Institute for the Study of Tides (IST) warned. Nobody asked the IST why.")
    assert ("IST", "organisation", "Institute for the Study of Tides") in named(doc)
    assert named(doc)[-1][2] == "Institute for the Study of Tides"


@pytest.mark.parametrize(
    ("short", "words", "is_it"),
    [
        ("IST", ["Institute", "for", "the", "Study", "of", "Tides"], True),
        ("CSTO", ["Collective", "Security", "Treaty", "Organization"], True),
        ("IST", ["Bank", "Study", "Tides"], False),
        ("EU", ["European"], False),
    ],
)
def test_initials(short: str, words: list[str], is_it: bool) -> None:
    assert initials(short, words) is is_it


def test_kinds() -> None:
    doc = page("The Veltish Foreign Ministry in Minsk cited the Harbour Treaty, a 1994 security agreement and NATO.")
    kinds = {text: kind for text, kind, _ in named(doc)}
    assert kinds["Minsk"] == "place"
    assert kinds["Harbour Treaty"] == "instrument"
    assert kinds["1994 security agreement"] == "instrument"
    assert kinds["NATO"] == "organisation"


def test_words_at_the_head_of_a_sentence_are_no_names() -> None:
    doc = page("Police came. Officials left. Protests grew on Friday in August. What Orlova wants is peace.")
    assert [text for text, _, _ in named(doc)] == ["Orlova"]


def test_a_title_case_headline_gives_only_names_that_the_body_has() -> None:
    doc = page("Angry Dock Workers Taunt Orlova In Port", "Workers taunted Anna Orlova in the port.", first="headline")
    assert ("Orlova", "person", "Anna Orlova") in named(doc)
    assert all("Taunt" not in name for _, _, name in named(doc))


@pytest.mark.parametrize(
    "piece", ["Anna ", "Anna of ", "The Bank (B) ", "A.", "(", "a", "treaty ", "Anna Orlova left. "]
)
def test_hostile_lines_take_linear_time(piece: str) -> None:
    text = piece * (10_000 // len(piece))
    began = time.perf_counter()
    page(text)
    assert time.perf_counter() - began < 20


@pytest.mark.parametrize(
    ("line", "text", "name"),
    [
        ("The commander, Omar Dahl al-Hadi, spoke. Later Hadi left.", "Hadi", "Omar Dahl al-Hadi"),
        ("The Harbour People’s Front spoke.", "Harbour People’s Front", "Harbour People's Front"),
        ("Orlova’s Harbour Institute spoke on the matter.", "Harbour Institute", "Harbour Institute"),
        (
            "The Economic Community of Tidal States (ECOTS) spoke.",
            "ECOTS",
            "Economic Community of Tidal States",
        ),
        ("The Harbour Union spoke, but the HU later left.", "HU", "Harbour Union"),
        ("The U.S. left.", "U.S.", "United States"),
        ("The UK left.", "UK", "Britain"),
    ],
)
def test_one_name_for_each(line: str, text: str, name: str) -> None:
    assert name in [one for words, _, one in named(page(line)) if words == text]


def test_a_channel_is_no_person_and_lends_its_name_to_nobody() -> None:
    doc = page("Karduvia will wait, the minister told Karduvia One. Karduvia said so again.")
    found = [(doc[one.span], one.name) for one in doc.layer("mentions").annotations]
    assert found == [("Karduvia", "Karduvia"), ("Karduvia One", "Karduvia One"), ("Karduvia", "Karduvia")]


def test_a_land_that_no_list_holds_is_known_by_its_people_and_a_body_by_what_stands_beside_it() -> None:
    doc = page(
        "Farsight, a group that studies footage, said that trucks had come.",
        "Anna Orlova said that Karvia, where the Karvian army is, would wait.",
    )
    kinds = {name: kind for _, kind, name in named(doc)}
    assert (kinds["Farsight"], kinds["Karvia"]) == ("organisation", "place")


def test_a_body_cut_short_goes_by_the_longer_name_that_the_page_gave_it() -> None:
    doc = page(
        "The Littoral Union and the Council of the Eastern Pact met in Velton.",
        "The Union will wait, and so will the Council.",
    )
    assert [name for text, _, name in named(doc) if text in ("Union", "Council")] == [
        "Littoral Union",
        "Council of the Eastern Pact",
    ]


def test_initials_belong_to_a_name_and_lead_to_the_full_one_on_the_page() -> None:
    doc = page("Arseny Tolmach spoke on Monday.", "Later A. Tolmach left, and the presenter, L. Mey, thanked him.")
    assert [one for one in named(doc) if one[1] == "person"] == [
        ("Arseny Tolmach", "person", "Arseny Tolmach"),
        ("A. Tolmach", "person", "Arseny Tolmach"),
        ("L. Mey", "person", "L. Mey"),
    ]
