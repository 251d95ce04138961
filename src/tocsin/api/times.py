"""Times without a case: those found on a page, or the meaning of given spans. What `tocsin times` prints.

Invariant: every given span that lies in its text is answered, in the order given.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from tocsin import pipeline
from tocsin.annotate.sentences import SENTENCES
from tocsin.annotate.times import TIMES, given, reference
from tocsin.api.clock import system_clock
from tocsin.core.annotations import TimeExpression
from tocsin.core.document import Document, Reject
from tocsin.core.spans import Span
from tocsin.core.when import When, stamp
from tocsin.errors import UsageError
from tocsin.export.reading import when_json
from tocsin.read import read, take

Record = dict[str, Any]
Pairs = Sequence[tuple[int, int]]
Named = tuple[str | None, tuple[int, int]]


def day_of(words: str | None) -> date | None:
    """A reference day as it may be given: 2020-08-15, 20200815 or a longer stamp that begins so."""
    if not words:
        return None
    text = str(words).strip()
    for cut in (text[:10], f"{text[:4]}-{text[4:6]}-{text[6:8]}"):
        try:
            return date.fromisoformat(cut)
        except ValueError:
            continue
    raise UsageError(f"not a day: {words!r}; give it as 2020-08-15")


def times(source: str | Path, day: str | None = None) -> Iterator[Record | Reject]:
    """The times of every page of `source`, resolved against `day`, else against the day that the page shows."""
    known = day_of(day)
    for outcome in _documents(source):
        if isinstance(outcome, Reject):
            yield outcome
            continue
        doc = replace(outcome, published=When(known.isoformat(), known.isoformat())) if known else outcome
        doc = doc.with_layer(SENTENCES(doc))
        found: tuple[TimeExpression, ...] = TIMES(doc).annotations
        yield _answer(doc.capture.name, reference(doc), [_time(doc, one) for one in found])


def times_at(source: str | Path, spans: Sequence[Named], day: str | None = None) -> Iterator[Record | Reject]:
    """What given spans of the pages of `source` mean, each span with its page's name (None: it is every page's)."""
    known = day_of(day)
    for outcome in _documents(source):
        if isinstance(outcome, Reject):
            yield outcome
            continue
        name = outcome.capture.name
        own = (None, name, name.rsplit(".", 1)[0], outcome.page)
        wanted = [span for page, span in spans if page in own]
        yield answered(name, outcome.text, wanted, known or reference(outcome))


def answered(name: str | None, text: str, spans: Pairs, day: date | None) -> Record:
    """What given spans of one text mean on `day`; raises UsageError for one that lies outside it."""
    for start, end in spans:
        if not 0 <= start < end <= len(text):
            raise UsageError(f"{name or 'the text'}: [{start}, {end}) is no span of its {len(text)} characters")
    found = given(text, spans, day)
    rows = [
        _row((start, end), text[start:end], one.kind, one.value, one.when)
        for (start, end), one in zip(spans, found, strict=True)
    ]
    return _answer(name, day, rows)


def _documents(source: str | Path) -> Iterator[Document | Reject]:
    options = pipeline.take_options(stamp(system_clock()), {})
    for taken in take(str(source), options):
        yield taken if isinstance(taken, Reject) else read(taken)


def _answer(name: str | None, day: date | None, rows: Iterable[Record]) -> Record:
    return {"page": name, "reference": day.isoformat() if day else None, "times": list(rows)}


def _time(doc: Document, one: TimeExpression) -> Record:
    span: Span = one.span
    return _row((span.start, span.end), doc[span], one.type, one.value, one.when)


def _row(span: tuple[int, int], text: str, kind: str, value: str | None, when: When) -> Record:
    shown = {"weekdays": [], **when_json(when)}
    return {"span": list(span), "text": text, "type": kind, "value": value, "when": shown}
