"""Spans, documents, intervals and anchors keep their invariants."""

import pytest

from tocsin.core.decisions import Anchor, Decision, in_force
from tocsin.core.document import Capture, Document, Line
from tocsin.core.ids import digest, doc_id, text_id
from tocsin.core.spans import Span, spans_of
from tocsin.core.when import UNKNOWN, When, WhenError
from tocsin.errors import SpanError

CAPTURE = Capture("0" * 64, "page.txt", "page.txt", "page.txt", "2020-01-01T00:00:00Z", "text/plain")
DOC = Document.of("Ä said: 😀 yes.\nNo.", CAPTURE, (Line(0, 14, "body"), Line(15, 18, "caption")))


def test_a_span_gives_the_exact_slice_in_code_points() -> None:
    assert DOC[Span(DOC.id, 8, 9)] == "😀"


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 2), (-1, 2), (0, True), (0.0, 2)])
def test_what_is_no_span_is_refused(start: int, end: int) -> None:
    with pytest.raises(SpanError):
        Span("d", start, end)


def test_a_span_past_the_end_or_of_another_document_is_refused() -> None:
    for span in (Span(DOC.id, 0, 99), Span("other", 0, 1)):
        with pytest.raises(SpanError):
            DOC[span]


def test_pieces_are_sorted_and_apart() -> None:
    assert [span.start for span in spans_of("d", [(5, 6), (1, 2)])] == [1, 5]
    with pytest.raises(SpanError):
        spans_of("d", [(1, 4), (3, 6)])


def test_identity_is_a_hash_over_a_json_array() -> None:
    assert digest(["a", "bc"]) != digest(["ab", "c"])
    assert DOC.id == doc_id(text_id(DOC.text), "page.txt")


def test_lines_are_found_by_position() -> None:
    assert DOC.line_at(14) == DOC.lines[0]
    assert DOC.line_at(15) == DOC.lines[1]
    assert DOC.line_at(99) is None


def test_a_when_knows_its_bounds() -> None:
    assert When("2020-08-15", "2020-08-15").known
    assert When("2020-08-15", "2020-08-15").shown() == "2020-08-15"
    assert When("2020-08-20", None).shown() == "from 2020-08-20"
    assert UNKNOWN.shown() == "undated"
    for bad in ("15.8.2020", "2020-13-01", "2020-08-15T09:30:00"):
        with pytest.raises(WhenError):
            When(bad)
    with pytest.raises(WhenError):
        When("2020-08-16", "2020-08-15")


def test_a_capture_bounds_a_date_and_drops_one_that_lies_after_it() -> None:
    assert When("2020-08-15", "2020-08-15").not_after("2020-08-15", "captured").reasons == ()
    assert UNKNOWN.not_after("2020-08-15", "captured") == When(None, "2020-08-15", reasons=("captured",))
    late = When("2031-01-01", "2031-01-01", reasons=("meta",)).not_after("2020-08-15", "captured")
    assert (late.earliest, late.latest) == (None, "2020-08-15")
    assert "2031-01-01" in late.reasons[-1]


def test_an_anchor_fits_only_where_its_words_stand() -> None:
    anchor = Anchor.at(DOC, "attribution", DOC.spans((10, 13)))
    assert anchor.exact == "yes"
    assert anchor.fits(DOC)
    edited = Document.of(DOC.text.replace("yes", "yep"), CAPTURE, DOC.lines)
    assert not anchor.fits(edited)
    assert anchor.offered("Before. " + DOC.text) == 18
    assert anchor.offered(DOC.text + " " + DOC.text) is None
    assert anchor.offered(edited.text) is None


def test_a_withdrawn_decision_is_not_in_force_but_stays() -> None:
    anchor = Anchor.at(DOC, "attribution", DOC.spans((10, 13)))
    first = Decision("reject", "ada", "2020-01-01T00:00:00Z", anchor)
    second = Decision("withdraw", "ada", "2020-01-02T00:00:00Z", anchor, withdraws=first.id)
    assert in_force((first,)) == (first,)
    assert in_force((first, second)) == ()
