"""Relay chains of hostile pages are made in linear time, without a model."""

import time

import pytest

from tocsin.annotate.reports import annotate
from tocsin.core.annotations import Attribution, Mention, Sentence
from tocsin.core.document import Capture, Document, Line
from tocsin.core.layers import Layer
from tocsin.core.spans import Span

CAPTURE = Capture("0" * 64, "p", "p", "p", "2020-01-01T00:00:00Z", "text/plain")
PIECE = "“We stay,” Ost told the channel Lake TV, in an interview with state television, citing Reuters via X. "
WIDTH = len(PIECE)


def page(times: int, *, one_line: bool, dated: bool) -> Document:
    """The piece over and over, each with a source, a cue, a content and two names."""
    head = "VELT (AP) - " if dated else ""
    step = len(head) + WIDTH
    text = (head + PIECE[:-1] + (" " if one_line else "\n")) * times
    begins = [number * step + len(head) for number in range(times)]
    lines = [Line(0, len(text), "body")] if one_line else [Line(b - len(head), b + WIDTH - 1, "body") for b in begins]
    doc = Document.of(text, CAPTURE, tuple(lines))

    def span(start: int, end: int) -> Span:
        return Span(doc.id, start, end)

    sentences = [Sentence(span(0, len(text)), "body")] if one_line else [
        Sentence(span(line.start, line.end), "body") for line in lines
    ]  # fmt: skip
    mentions, attributions = [], []
    for begin in begins:
        for words, kind in (("Ost", "person"), ("Lake TV", "other")):
            at = begin + PIECE.index(words)
            mentions.append(Mention(span(at, at + len(words)), kind, words))  # type: ignore[arg-type]
        said = (span(begin + 11, begin + 14),), (span(begin + 15, begin + 19),), (span(begin, begin + 10),)
        attributions.append(Attribution(*said))
    for name, found in (("sentences", sentences), ("mentions", mentions), ("attributions", attributions)):
        doc = doc.with_layer(Layer(name, "t", tuple(found)))
    return doc.with_layer(Layer("references", "t", ()))


@pytest.mark.parametrize(("one_line", "dated"), [(True, False), (False, False), (False, True)])
def test_time_grows_with_the_page(one_line: bool, dated: bool) -> None:
    taken = []
    for times in (500, 4_000):
        doc = page(times, one_line=one_line, dated=dated)
        began = time.perf_counter()
        found = annotate(doc)
        taken.append(time.perf_counter() - began)
        assert sum(one.attribution is not None for one in found) == times
    assert taken[1] < 30 * max(taken[0], 0.05)
