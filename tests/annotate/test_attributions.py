"""Attributions on invented sentences: source [S: …], cue <…>, content {…}."""

import re
import time

import pytest

from tocsin.annotate.attributions import ATTRIBUTIONS
from tocsin.annotate.cues import lemma, table
from tocsin.annotate.sentences import SENTENCES
from tocsin.core.annotations import Attribution
from tocsin.core.document import Capture, Document, Line

CAPTURE = Capture("0" * 64, "p", "p", "p", "2020-01-01T00:00:00Z", "text/plain")
_WORD = re.compile(r"[^\W_]+")


def read(*lines: str) -> Document:
    out, start = [], 0
    for line in lines:
        out.append(Line(start, start + len(line), "body"))
        start += len(line) + 1
    doc = Document.of("\n".join(lines), CAPTURE, tuple(out))
    doc = doc.with_layer(SENTENCES(doc))
    return doc.with_layer(ATTRIBUTIONS(doc))


def plain(text: str) -> str:
    return " ".join(_WORD.findall(text))


def shown(doc: Document) -> list[tuple[str, str, str]]:
    found: tuple[Attribution, ...] = doc.layer("attributions").annotations
    return [tuple(plain(doc.words(part, " ")) for part in (a.source, a.cue, a.content)) for a in found]  # type: ignore[misc]


def marked(text: str) -> tuple[str, tuple[str, str, str]]:
    source = plain(" ".join(re.findall(r"\[(.*?)\]", text)))
    cue = plain(" ".join(re.findall(r"<(.*?)>", text)))
    content = plain(" ".join(re.findall(r"\{(.*?)\}", text)))
    return re.sub(r"[\[\]<>{}]", "", text), (source, cue, content)


@pytest.mark.parametrize(
    "text",
    [
        "{“We will stay,”} [Orlova] <said>.",
        "{“We will stay,”} <said> [Anna Orlova, a harbour pilot].",
        "{“We will stay,”} [she] <said>. {“Nobody will leave.”}",
        "{“We will stay,”} [she] <said>, {“and nobody will leave.”}",
        "[Orlova] <said>: {“We will stay.”}",
        "[Orlova] <said>, {“We will stay.”}",
        "{''We will stay,''} [Orlova] <said>.",
        '{"We will stay,"} [Orlova] <told> the Harbour Post on Monday.',
        "[Orlova] <said> that {the port would stay open}.",
        "[Orlova] <said> {the port would stay open}.",
        "[Orlova] <told> the Harbour Post that {the port would stay open}.",
        "[Orlova] <told> reporters {the port would stay open}.",
        "[Orlova] <said> on Thursday {the port would stay open}.",
        "[The minister], who left the town in May, <said> {the port would stay open}.",
        "{The port would stay open}, [Orlova] <said>.",
        "{The port would stay open}, <according to> [the Harbour Post].",
        "<According to> [the Harbour Post], {the port would stay open}.",
        "{The port}, [Orlova] <said>, {would stay open}.",
        "[Orlova] <asked> {whether the port would stay open}.",
        "[Orlova] <urged> them {to keep the port open}.",
        "[She] <insisted> that {the port would stay open}.",
        "[Orlova] <has repeatedly warned> that {the port would close}.",
        "[The group] <assesses> that {the port will close}.",
        "[Orlova] <said> {the port would “stay open for years.”}",
        "However, <writes> [Orlova], {the port would stay open}.",
    ],
)
def test_forms(text: str) -> None:
    words, want = marked(text)
    assert want in shown(read(words))


def test_the_quoted_one_is_the_source() -> None:
    found = shown(read("“We will stay,” the agency Veltpress quoted Orlova as saying."))
    assert [(source, content) for source, _, content in found] == [("Orlova", "We will stay")]


def test_content_ends_where_another_saying_begins() -> None:
    found = shown(read("Orlova said the port was open, adding that the road was closed."))
    assert [(source, content) for source, _, content in found] == [
        ("Orlova", "the port was open"),
        ("Orlova", "the road was closed"),
    ]


def test_a_quotation_over_paragraphs_is_one_content() -> None:
    doc = read("Orlova said: “We will stay.", "“Nobody will leave.", "“That is all.”", "The port is grey.")
    assert [content for _, _, content in shown(doc)] == ["We will stay Nobody will leave That is all"]


def test_a_quotation_on_its_own_line_goes_to_the_speaker_before() -> None:
    doc = read("“We will stay,” Orlova said.", "“Nobody will leave the old port.”")
    assert [source for source, _, _ in shown(doc)] == ["Orlova"]
    assert shown(doc)[0][2] == "We will stay Nobody will leave the old port"


def test_an_announced_quotation_on_the_next_line() -> None:
    doc = read("In a letter to the town, Orlova wrote:", "“We will stay in the old port.”")
    assert shown(doc) == [("Orlova", "wrote", "We will stay in the old port")]


def test_an_attribution_inside_another_names_it() -> None:
    doc = read("Orlova said that the Veltish president had warned that the port would close.")
    outer, inner = doc.layer("attributions").annotations
    assert (inner.within, outer.within) == (outer.id, None)
    assert doc.words(inner.source) == "the Veltish president"


def test_a_headline_with_a_colon() -> None:
    assert ("Orlova", "", "We will stay in the old port") in shown(read("Orlova: We will stay in the old port"))


@pytest.mark.parametrize(
    "text",
    [
        "The port closed at noon.",
        "In her speech, Orlova walked to the window.",
        "A “little boat” left the port.",
        "The ferry took Orlova to the other side.",
    ],
)
def test_nothing_is_said(text: str) -> None:
    assert shown(read(text)) == []


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("said", "say"),
        ("denies", "deny"),
        ("criticised", "criticize"),
        ("promising", "promise"),
        ("quoted", "quote"),
        ("planned", "plan"),
        ("pledged", "pledge"),
    ],
)
def test_base_forms(form: str, base: str) -> None:
    assert lemma(form) == base


def test_rates_are_shares() -> None:
    known = table()
    assert all(0 <= known.rate(key, shape) <= 1 for key in known.counts for shape in known.shapes)
    assert known.rate("say", "qpost") > 0.9 > known.rate("walk", "np")


@pytest.mark.parametrize(
    "piece", ["he said ", "“a b c d,” he said. ", "“", "he said that ", ", according to him", "and said, ", "x (", "a"]
)
def test_hostile_lines_take_linear_time(piece: str) -> None:
    began = time.perf_counter()
    read(piece * (200_000 // len(piece)))
    assert time.perf_counter() - began < 30


def test_many_short_lines_take_linear_time() -> None:
    began = time.perf_counter()
    read(*["“We will stay.” He said so."] * 20_000)
    assert time.perf_counter() - began < 30


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("She called on all sides to “keep the old port.”", "“keep the old port.”"),
        ("“We will stay,” Orlova said.", "“We will stay,”"),
        ("The port, she said, is open.", "The port … is open"),
    ],
)
def test_content_keeps_its_quotation_marks_and_no_joining_ones(text: str, content: str) -> None:
    doc = read(text)
    found = doc.layer("attributions").annotations
    assert found
    assert doc.words(found[0].content).endswith(content)
