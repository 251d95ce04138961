"""Attributions on invented pages, by the packaged model: plain forms that any model must read, and both levels."""

import time

import pytest

from tocsin.annotate import reading
from tocsin.annotate.attributions import ATTRIBUTIONS
from tocsin.annotate.sentences import SENTENCES
from tocsin.core.annotations import Attribution
from tocsin.core.document import Capture, Document, Line

pytestmark = pytest.mark.model

CAPTURE = Capture("0" * 64, "p", "p", "p", "2020-01-01T00:00:00Z", "text/plain")


def read(*lines: str) -> Document:
    out, start = [], 0
    for line in lines:
        out.append(Line(start, start + len(line), "body"))
        start += len(line) + 1
    doc = Document.of("\n".join(lines), CAPTURE, tuple(out))
    doc = doc.with_layer(SENTENCES(doc))
    return doc.with_layer(ATTRIBUTIONS(doc))


def found(doc: Document) -> tuple[Attribution, ...]:
    return doc.layer("attributions").annotations


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("“We will stay,” Orlova said.", "Orlova", "We will stay"),
        ("Orlova told reporters that the port would stay open.", "Orlova", "the port would stay open"),
        ("The port will stay open, according to the minister.", "the minister", "The port will stay open"),
    ],
)
def test_plain_forms(text: str, source: str, content: str) -> None:
    doc = read("The harbour was closed on Monday.", text)
    (one,) = found(doc)
    assert source in doc.words(one.source)
    assert content in doc.words(one.content)
    assert 0 < one.confidence <= 1


def test_a_saying_inside_what_is_said_is_within_it() -> None:
    doc = read("The Velton Institute notes that Lind claimed on Tuesday that the guard had left the harbour.")
    outer, inner = found(doc)
    assert inner.within == outer.id
    assert doc.words(inner.source) == "Lind"
    assert doc.words(inner.content) == "that the guard had left the harbour"


def test_a_quotation_right_after_another_leaves_no_empty_content() -> None:
    doc = read("Ilse Brandt said: “Ostrava WILL open the dam!” Ilse Brandt replied that the valley asks for water")
    assert all(one.content for one in found(doc))
    assert any("the valley asks for water" in doc.words(one.content) for one in found(doc))


def test_no_part_runs_over_from_one_line_to_the_next() -> None:
    doc = read("Harbour guard", "Officials have said that the guard will stay.", "“It will stay,” Lind said.")
    assert found(doc)
    assert all("\n" not in doc[span] for one in found(doc) for span in (*one.source, *one.cue, *one.content))


def test_threads_and_neighbours_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        f"“We will stay, {number},” Orlova said on Monday, and Lind told the Post that it was late."
        for number in range(60)
    ]
    alone = found(read(*lines))
    read("x " * 3000)
    reading.read.cache_clear()
    monkeypatch.setattr(reading, "threads", lambda: 3)
    assert found(read(*lines)) == alone


@pytest.mark.parametrize(
    "piece", ["he said ", "“a b c d,” he said. ", "“", "a", "он сказал что ", "😀\u0301 ", "שלום "]
)
def test_hostile_lines_end_and_keep_to_the_page(piece: str) -> None:
    began = time.perf_counter()
    doc = read(piece * (10_000 // len(piece)))
    assert time.perf_counter() - began < 60
    assert all(span.end <= len(doc.text) for one in found(doc) for span in one.content)


def test_a_page_without_sentences_has_none() -> None:
    assert found(read("")) == ()
