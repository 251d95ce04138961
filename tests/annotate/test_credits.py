"""What the credits of a page say about whose text it is."""

import time

import pytest

from tocsin.annotate.credits import covers
from tocsin.core.document import Capture, Document, Label, Line

CAPTURE = Capture("0" * 64, "p", "p", "p", "2020-01-01T00:00:00Z", "text/plain")


def page(*lines: tuple[Label, str], outlet: str | None = None, credited: tuple[str, ...] = ()) -> Document:
    out, start = [], 0
    for label, line in lines:
        out.append(Line(start, start + len(line), label))
        start += len(line) + 1
    text = "\n".join(line for _, line in lines)
    return Document.of(text, CAPTURE, tuple(out), outlet=outlet, credits=credited)


BODY: tuple[tuple[Label, str], ...] = (("body", "The port closed at noon."), ("body", "It opened again at night."))


def told(doc: Document) -> list[tuple[str, list[str | None], str, bool]]:
    """The words covered, the actors, their basis, whether republished."""
    return [
        (doc.text[one.start : one.end], [hop.actor for hop in one.hops], one.hops[0].basis, one.republished)
        for one in covers(doc)
    ]


def test_a_credit_under_a_text_is_of_what_stands_above_it() -> None:
    doc = page(*BODY, ("other", "(Veltpress)"), ("body", "Our own note."), ("body", "More of it."))
    assert told(doc) == [(doc.text[: doc.text.index("(Velt")], ["Veltpress"], "stated", False)]


def test_several_agencies_or_initials_only_say_whose_reports_were_used() -> None:
    assert [row[1:3] for row in told(page(*BODY, ("notice", "ab/cd (AP, Reuters)")))] == [
        (["AP", "Reuters"], "inferred")
    ]
    assert [row[1:3] for row in told(page(*BODY, ("notice", "ab/cd (dpa)")))] == [(["dpa"], "inferred")]


def test_a_credit_behind_the_last_words() -> None:
    doc = page(*BODY, ("body", "That was all. (AFP)"))
    assert [row[1:3] for row in told(doc)] == [(["AFP"], "stated")]


@pytest.mark.parametrize("words", ["(Laughs)", "(Photo: our own)", "(This is a longer remark in brackets.)", "(2018)"])
def test_what_else_stands_in_brackets_is_no_credit_of_an_agency(words: str) -> None:
    assert told(page(("body", "The port closed."), ("body", words))) == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("This article was originally published by the Harbour Gazette.", "Harbour Gazette"),
        ("Originally published in Veltia Times on 3 May.", "Veltia Times"),
        ("Translated from the original in Veltia Zeitung.", "Veltia Zeitung"),
        ("Automatic translation. Original: Agencia Norte (Spanish)", "Agencia Norte"),
        ("Source: Interfax", "Interfax"),
        ("Via Reuters", "Reuters"),
    ],
)
def test_a_page_that_shows_anothers_text_says_so(line: str, name: str) -> None:
    doc = page(*BODY, ("notice", line), outlet="Echo of Ports")
    assert told(doc) == [(doc.text, [name], "stated", True)]


def test_reports_that_were_used() -> None:
    doc = page(*BODY, ("notice", "With additional reporting by Reuters."))
    assert [row[1:] for row in told(doc)] == [(["Reuters"], "inferred", False)]
    doc = page(*BODY, ("notice", "With reporting by Reuters, Lakefront Stringers, AFP, and TASS"))
    assert [row[1:] for row in told(doc)] == [(["Reuters", "AFP", "TASS"], "inferred", False)]
    doc = page(*BODY, ("notice", "With reporting by Lakepress."))
    assert [row[1:] for row in told(doc)] == [(["Lakepress"], "inferred", False)]
    assert told(page(*BODY, ("notice", "With reporting from Velton."))) == []
    assert told(page(*BODY, ("notice", "With reporting by Ann Lee."))) == []
    assert told(page(*BODY, ("notice", "(Reporting by Ann Lee in Velt; editing by Bo Dahl)"))) == []


@pytest.mark.parametrize(
    ("label", "line", "names"),
    [
        ("byline", "By Reuters", ["Reuters"]),
        ("byline", "AFP", ["AFP"]),
        ("body", "AFP, Velton", ["AFP"]),
        ("body", "AFP", None),  # under a picture, as likely as not
        ("byline", "By Ann Lee", None),
        ("caption", "By Reuters", None),
    ],
)
def test_an_agency_signs_its_text(label: Label, line: str, names: list[str] | None) -> None:
    found = told(page(("headline", "Port shut"), (label, line), *BODY))
    assert [row[1:] for row in found] == ([(names, "stated", True)] if names else [])


def test_the_pages_own_name_is_no_relay() -> None:
    assert told(page(("body", "VELT (AP) - The port closed at noon today."), outlet="AP")) == []
    assert told(page(*BODY, ("notice", "Source: The Harbour Post"), outlet="Harbour Post")) == []


def test_a_dateline_has_what_follows_and_the_head() -> None:
    doc = page(("headline", "Port shut"), ("body", "VELT (AP) - The port closed at noon today."), *BODY)
    assert told(doc) == [(doc.text, ["AP"], "stated", False)]


def test_credits_among_the_metadata_are_inferred() -> None:
    assert [row[1:3] for row in told(page(*BODY, credited=("AFP", "dpa")))] == [(["AFP", "dpa"], "inferred")]


@pytest.mark.parametrize("piece", ["(AP, ", "source: ", "(Aa Bb Cc, Dd/Ee; ", "Via Aa of ", "published by "])
def test_hostile_pages_take_linear_time(piece: str) -> None:
    began = time.perf_counter()
    covers(page(("body", "x"), ("body", "y"), ("notice", piece * (1_000_000 // len(piece)))))
    covers(page(*[("notice" if n % 2 else "body", piece) for n in range(50_000)]))
    assert time.perf_counter() - began < 10
