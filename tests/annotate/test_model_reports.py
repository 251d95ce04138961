"""Reports and their relay chains on invented pages."""

import time
from typing import Any

import pytest

from tocsin.annotate.attributions import ATTRIBUTIONS
from tocsin.annotate.mentions import MENTIONS
from tocsin.annotate.reports import REPORTS
from tocsin.annotate.sentences import SENTENCES
from tocsin.core.annotations import Report
from tocsin.core.document import Capture, Document, Label, Line

pytestmark = pytest.mark.model

CAPTURE = Capture("0" * 64, "p", "p", "p", "2020-01-01T00:00:00Z", "text/plain")


def page(*lines: str, label: Label = "body", **metadata: Any) -> Document:
    out, start = [], 0
    for line in lines:
        out.append(Line(start, start + len(line), label))
        start += len(line) + 1
    doc = Document.of("\n".join(lines), CAPTURE, tuple(out), **metadata)
    for stage in (SENTENCES, MENTIONS, ATTRIBUTIONS, REPORTS):
        doc = doc.with_layer(stage(doc))
    return doc


def reports(doc: Document) -> list[Report]:
    return list(doc.layer("reports").annotations)


def speakers(doc: Document) -> list[str | None]:
    return [report.speaker for report in reports(doc) if report.attribution]


@pytest.mark.parametrize(
    ("lines", "last"),
    [
        (["“We stay,” said Anna Orlova. “It rains,” Orlova said."], "Anna Orlova"),
        (["“We stay,” said Anna Orlova.", "“It rains,” she said."], "Anna Orlova"),
        (
            ["President Pavel Dahl left.", "“We stay,” said Anna Orlova.", "“It rains,” the president said."],
            "Pavel Dahl",
        ),
        (["“We stay,” said Anna Orlova.", "“It rains,” said Pavel Dahl.", "“No,” she said."], "Anna Orlova"),
        (["“We stay,” the Kremlin said.", "“It rains,” the statement said."], "Kremlin"),
        (["The Tide Study Group (TSG) wrote a note.", "TSG said that the port would close."], "Tide Study Group"),
        (["“We stay,” said Anna Orlova, a pilot at the Harbour Institute."], "Anna Orlova"),
        (["Belarus' Foreign Ministry said that it would stay."], "Belarusian Foreign Ministry"),
        (["The local press said that the port would close."], "local press"),
        (["He said that the port would close."], None),
    ],
)
def test_speaker(lines: list[str], last: str | None) -> None:
    assert speakers(page(*lines))[-1] == last


@pytest.mark.parametrize(
    ("line", "via"),
    [
        ("“We stay,” Anna Orlova told the Harbour Post.", ("Harbour Post",)),
        ("“We stay,” Anna Orlova told reporters.", ()),
        ("“We stay,” Anna Orlova said, according to Reuters.", ("Reuters",)),
        ("According to the Veltpress news agency, Anna Orlova said that they would stay.", ("Veltpress",)),
        ("“We stay,” Anna Orlova said in an interview with state-run Veltia 1 TV channel.", ("Veltia 1",)),
        ("“We stay,” Anna Orlova said in a tweet, reported by Reuters.", ("Twitter", "Reuters")),
        ("“We stay,” the Veltpress agency quoted Anna Orlova as saying.", ("Veltpress",)),
        ("“We stay,” Anna Orlova said.", ()),
    ],
)
def test_stated_relays(line: str, via: tuple[str, ...]) -> None:
    found = [report for report in reports(page(line)) if report.speaker == "Anna Orlova"]
    assert [report.via for report in found] == [via]


def test_an_enclosing_speaker_relays() -> None:
    doc = page("Pavel Dahl said that Anna Orlova had warned that the port would close.")
    inner = next(report for report in reports(doc) if report.speaker == "Anna Orlova")
    assert [(hop.actor, hop.role) for hop in inner.hops] == [
        ("Anna Orlova", "speaker"),
        ("Pavel Dahl", "relayer"),
        (None, "outlet"),
    ]


def test_credits_are_inferred() -> None:
    line = "“We stay,” Anna Orlova said."
    one = reports(page(line, credits=("AFP",), outlet="Harbour Post"))[0]
    assert [(hop.actor, hop.role, hop.basis) for hop in one.hops] == [
        ("Anna Orlova", "speaker", "stated"),
        ("AFP", "agency", "inferred"),
        ("Harbour Post", "outlet", "inferred"),
    ]
    assert one.via == ()
    several = reports(page(line, credits=("AFP", "dpa")))[0]
    assert [(hop.actor, hop.basis) for hop in several.hops[1:-1]] == [("AFP", "inferred"), ("dpa", "inferred")]


def test_the_pages_own_voice() -> None:
    doc = page("The port closed at noon. Orlova said it would open again.", outlet="Harbour Post")
    own, said = reports(doc)
    assert (own.attribution, own.speaker, doc.words(own.content)) == (None, "Harbour Post", "The port closed at noon.")
    assert [(hop.role, hop.basis) for hop in own.hops] == [("outlet", "inferred")]
    assert said.attribution is not None


@pytest.mark.parametrize("label", ["headline", "caption", "subhead"])
def test_only_the_body_asserts(label: Label) -> None:
    assert reports(page("The port closed at noon.", label=label)) == []


def test_spans_are_on_the_page_and_ids_are_apart() -> None:
    doc = page("“We stay,” Anna Orlova told the Harbour Post. “We left,” she said.", "It rained.")
    found = reports(doc)
    assert len({report.id for report in found}) == len(found)
    for report in found:
        assert all(doc[span] for hop in report.hops for span in hop.spans)


@pytest.mark.parametrize("piece", ["he said that ", "Anna Orlova said she told the Post. ", "“a b c d,” he said. "])
def test_hostile_lines_take_linear_time(piece: str) -> None:
    began = time.perf_counter()
    page(piece * (10_000 // len(piece)))
    assert time.perf_counter() - began < 30


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("“We will not move,” Ida Bah said in an interview with Radio Valley.", ("Radio Valley",)),
        ("“We will not move,” Ida Bah told state broadcaster Karduvia One late on Tuesday.", ("Karduvia One",)),
        ("“We will not move,” Ida Bah said in remarks carried by the Coast Wire.", ("Coast Wire",)),
        ("“We will not move,” Ida Bah told Tom Reed late on Tuesday.", ()),
    ],
)
def test_a_body_that_is_called_one_is_a_relay_and_a_person_is_not(text: str, via: tuple[str, ...]) -> None:
    assert [report.via for report in reports(page(text)) if report.attribution] == [via]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Secretary of State Ida Bah said the ships would sail.", "Ida Bah"),
        ("Chief Executive Ida Bah said the ships would sail.", "Ida Bah"),
        ("A spokesman for President Ida Bah said the ships would sail.", "spokesman for President Ida Bah"),
    ],
)
def test_an_office_is_no_part_of_a_name(text: str, speaker: str) -> None:
    assert speakers(page(text)) == [speaker]


@pytest.mark.parametrize(
    ("lines", "last"),
    [
        (["Karduvia’s president, Anna Orlova, said it rained."], "Anna Orlova"),
        (["“It rains,” said Karduvia’s president, Anna Orlova."], "Anna Orlova"),
        (["Karduvia’s president, Pavel Dahl, left the port.", "He said it rained."], "Pavel Dahl"),
        (["According to Orlova, who heads the port, it rained."], "Orlova"),
        (["According to the head of the Port Commission, Pavel Dahl, who left, the port is wet."], "Pavel Dahl"),
    ],
)
def test_the_person_beside_an_office(lines: list[str], last: str) -> None:
    assert speakers(page(*lines))[-1] == last


def test_a_dateline_names_the_agency_and_is_no_content() -> None:
    doc = page(
        "LODVA (Reuters) - The port will close, Orlova said.", "It rained in Lodva on that day.", credits=("AP",)
    )
    said, own = reports(doc)
    assert doc.words(said.content) == "The port will close"
    assert [(hop.actor, hop.role, hop.basis) for hop in said.hops[1:-1]] == [("Reuters", "agency", "stated")]
    assert len(own.hops) == 1


@pytest.mark.parametrize(
    ("lines", "last"),
    [
        (["Velta left, Anna Orlova said.", "Pavel Dahl welcomed it. He said it rained."], "Pavel Dahl"),
        (["Poland spoke: it rains, Poland said.", "The Harbour Union met. The bloc said it rained."], "Harbour Union"),
        (["Poland said it rained.", "The Harbour Union met with Poland. It said it snowed."], "Harbour Union"),
    ],
)
def test_the_subject_before_and_demonyms(lines: list[str], last: str) -> None:
    assert speakers(page(*lines))[-1] == last


def test_many_datelines_take_linear_time() -> None:
    lines = ["LODVA (Reuters) - The bloc said that it rained on Orlova again."] * 300
    begun = time.perf_counter()
    doc = page(*lines)
    assert time.perf_counter() - begun < 20
    assert len(reports(doc)) == 300
