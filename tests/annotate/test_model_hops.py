"""Relays that sentences name, and the order in which they passed words on."""

from typing import Any

import pytest

from tocsin.annotate.attributions import ATTRIBUTIONS
from tocsin.annotate.hops import is_agency, own_names
from tocsin.annotate.mentions import MENTIONS
from tocsin.annotate.reports import REPORTS
from tocsin.annotate.sentences import SENTENCES
from tocsin.core.annotations import Report
from tocsin.core.document import Capture, Document, Line

pytestmark = pytest.mark.model

CAPTURE = Capture("0" * 64, "p", "p", "p", "2020-01-01T00:00:00Z", "text/plain")


def page(*lines: str, **metadata: Any) -> Document:
    out, start = [], 0
    for line in lines:
        out.append(Line(start, start + len(line), "body"))
        start += len(line) + 1
    doc = Document.of("\n".join(lines), CAPTURE, tuple(out), **metadata)
    for stage in (SENTENCES, MENTIONS, ATTRIBUTIONS, REPORTS):
        doc = doc.with_layer(stage(doc))
    return doc


def by(doc: Document, speaker: str) -> list[Report]:
    return [one for one in doc.layer("reports").annotations if one.attribution and one.speaker == speaker]


def hops(doc: Document, speaker: str) -> list[tuple[str | None, str]]:
    """The hops between speaker and outlet of the first report of a speaker."""
    return [(hop.actor, hop.role) for hop in by(doc, speaker)[0].hops[1:-1]]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("“We stay,” Anna Orlova told Interfax.", [("Interfax", "channel")]),
        ("“We stay,” Anna Orlova told Russia's Interfax news agency on Friday.", [("Interfax", "channel")]),
        ("“We stay,” Anna Orlova told the UN envoy.", []),
        ("“We stay,” Anna Orlova told parliament.", []),
        ("“We stay,” Anna Orlova said through her lawyer Pavel Dahl.", [("Pavel Dahl", "spokesperson")]),
        ("“We stay,” Anna Orlova said in a message read by an aide.", [("aide", "spokesperson")]),
        ("“We stay,” Anna Orlova told Pavel Dahl.", []),
        ("“We stay,” Anna Orlova said in a phone call with Pavel Dahl.", []),
        ("“We stay,” Anna Orlova said in an interview with state television.", [("state television", "channel")]),
        ("“We stay,” Anna Orlova wrote on Telegram.", [("Telegram", "channel")]),
        ("“We stay,” Anna Orlova said in remarks carried by Interfax.", [("Interfax", "channel")]),
        ("“We stay,” Anna Orlova told the Lodvan newspaper Velton Courier.", [("Velton Courier", "channel")]),
        ("“We stay,” Anna Orlova told the Post.", [("Post", "channel")]),
        ("“We stay,” Anna Orlova said on X, where she has many readers.", [("X", "channel")]),
        ("“We stay,” Anna Orlova wrote in an op-ed in Le Monde.", [("Le Monde", "channel")]),
        ("“We stay,” Anna Orlova said on CNN.", [("CNN", "channel")]),
        ("“We stay,” Anna Orlova said on Monday.", []),
        ("Anna Orlova was quoted by Interfax as saying that the army would stay.", [("Interfax", "agency")]),
        ("In remarks broadcast by Rustavi 2, Anna Orlova said the army would stay.", [("Rustavi 2", "channel")]),
        ("“We stay,” Anna Orlova told the broadcaster Velta One, according to Reuters.",
         [("Velta One", "channel"), ("Reuters", "agency")]),
        ("“We stay,” Anna Orlova told ABC's “Good Morning Velta” on Monday.", [("ABC", "channel")]),
        ("“We stay,” Anna Orlova told CBS' Face the People on Sunday.", [("CBS", "channel")]),
        ("“We stay,” Anna Orlova told Fox News's Pavel Dahl.", [("Fox News", "channel")]),
        ("“We stay,” Anna Orlova reiterated to NBC News.", [("NBC News", "channel")]),
        ("Anna Orlova acknowledged in an MSNBC forum on Monday that the army would stay.", [("MSNBC", "channel")]),
        ("On NPR, Anna Orlova said the army would stay.", [("NPR", "channel")]),
        ("On BBC funding, Anna Orlova said the army would stay.", []),
        ("On Facebook regulation, Anna Orlova said the army would stay.", []),
        ("Anna Orlova told CBS lawyers that the army would stay.", []),
        ("Anna Orlova told Fritz Haber that the army would stay.", []),
        ("Anna Orlova gave no interviews to Reuters, but said the army would stay.", []),
        ("On Twitter, Anna Orlova said the army would stay.", [("Twitter", "channel")]),
        ("Anna Orlova called for talks in an interview with the Daily Velta.", [("Daily Velta", "channel")]),
        ("The army would stay, Anna Orlova said, official Lodvan News Agency reported.",
         [("Lodvan News Agency", "agency")]),
    ],
)  # fmt: skip
def test_relays_of_a_sentence(line: str, expected: list[tuple[str, str]]) -> None:
    assert hops(page(line), "Anna Orlova") == expected


def test_what_an_agency_reported_goes_on_behind_it() -> None:
    doc = page("The army would stay, Anna Orlova said, Lodvan News Agency reported.", "“We are ready,” Orlova said.")
    chains = [[(hop.actor, hop.basis) for hop in report.hops[1:-1]] for report in by(doc, "Anna Orlova")]
    assert chains == [[("Lodvan News Agency", "stated")], [("Lodvan News Agency", "inferred")]]


@pytest.mark.parametrize(
    ("line", "asker"),
    [
        ("Asked whether the ban would stay, Anna Orlova said: “It stays.”", None),
        ("Anna Orlova, asked whether the finding settled the matter, shook her head.", None),
        ("When asked if he would run, Pavel Dahl said he would wait.", None),
        ("Anna Orlova asked whether the ban would stay.", "Anna Orlova"),
        ("Anna Orlova, the foreign minister, asked whether Arna would pay.", "Anna Orlova"),
        ("“Why now?” asked Anna Orlova.", "Anna Orlova"),
    ],
)
def test_who_is_asked_does_not_say_what_he_is_asked(line: str, asker: str | None) -> None:
    found = [one for one in page(line).layer("reports").annotations if one.attribution]
    assert found[0].speaker == asker


def test_the_pages_own_outlet_is_carried_to_nothing() -> None:
    doc = page(
        "“We stay,” Anna Orlova told the Velton Courier.", "“We are ready,” Orlova said.", outlet="Velton Courier"
    )
    assert [[hop.actor for hop in report.hops[1:-1]] for report in by(doc, "Anna Orlova")] == [["Velton Courier"], []]


def test_whoever_works_for_an_outlet_stands_for_it() -> None:
    doc = page("Fox News anchor Pavel Dahl asked her on Sunday.", "“We stay,” Anna Orlova told Dahl.")
    assert hops(doc, "Anna Orlova") == [("Fox News", "channel")]
    doc = page("Former CNN anchor Pavel Dahl is now the mayor.", "“We stay,” Anna Orlova told Dahl.")
    assert hops(doc, "Anna Orlova") == []


def test_a_name_behind_another_source_is_no_relay() -> None:
    doc = page("It holds 2,000 men, according to Anna Orlova, and 2,400, according to the Veltian Interior Ministry.")
    assert all(not report.via for report in doc.layer("reports").annotations)


def test_unnamed_television_is_the_one_broadcaster_of_the_page() -> None:
    doc = page(
        "“We stay,” Anna Orlova said in an interview with state television.",
        "The broadcaster Velta One showed her for an hour.",
    )
    assert hops(doc, "Anna Orlova") == [("Velta One", "channel")]


def test_what_follows_was_said_in_the_same_place_as_far_as_one_can_tell() -> None:
    doc = page(
        "“We stay,” Anna Orlova told Interfax. “Nobody leaves,” Orlova added.",
        "“It rains,” Orlova said.",
        "“It pours,” Orlova said in a speech last year.",
    )
    chains = [[(hop.actor, hop.basis) for hop in one.hops[1:-1]] for one in by(doc, "Anna Orlova")]
    assert chains == [[("Interfax", "stated")], [("Interfax", "inferred")], [("Interfax", "inferred")], []]
    assert [one.via for one in by(doc, "Anna Orlova")] == [("Interfax",), (), (), ()]


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        (
            "The port must close at once, Mayor Anna Orlova said on Sunday, the Interfax news agency reported.",
            "Interfax",
        ),
        ("The port would stay shut, Interfax reported on Sunday, quoting Mayor Anna Orlova as saying.", "Interfax"),
    ],
)
def test_the_agency_behind_a_saying_passes_it_on(line: str, agency: str) -> None:
    assert hops(page(line), "Anna Orlova") == [(agency, "agency")]


def test_an_unnamed_spokesman_speaks_for_the_body() -> None:
    doc = page("“We stay,” a spokesman for the Harbour Ministry said.")
    (one,) = [report for report in doc.layer("reports").annotations if report.attribution]
    if one.speaker == "Harbour Ministry":  # who a spokesman speaks for is told by the layer of references
        assert [(hop.actor, hop.role) for hop in one.hops[1:-1]] == [("spokesman", "spokesperson")]


def test_what_the_page_took_over_ends_with_the_one_who_shows_it() -> None:
    doc = page("“We stay,” Anna Orlova said.", "It rained.", "Originally published by the Harbour Gazette.",
               outlet="Port Echo")  # fmt: skip
    assert [(hop.actor, hop.role) for hop in by(doc, "Anna Orlova")[0].hops[1:]] == [
        ("Harbour Gazette", "outlet"),
        ("Port Echo", "aggregator"),
    ]


def test_agencies_are_known_by_register_name_and_noun() -> None:
    assert is_agency("Reuters", "")
    assert is_agency("Veltpress", " news agency said")
    assert not is_agency("Veltpress", " said")


def test_an_outlets_own_names() -> None:
    doc = Document.of("x", CAPTURE, (), outlet="Radio Lake International")
    assert own_names(doc) == {"radio lake international", "rli", "radio lake"}
    assert own_names(Document.of("x", CAPTURE, ())) == frozenset()
