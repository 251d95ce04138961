"""Newer readers, made up: stages of another version whose readings are moved, missing, doubled or of another kind, and
a reader that reads the same bytes as another text. They go in where every reader does: the pipeline's own tuple of
stages, and its `read`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import strategies as st

from tocsin import pipeline
from tocsin.annotate.attributions import ATTRIBUTIONS
from tocsin.annotate.commitments import COMMITMENTS
from tocsin.core.annotations import Attribution
from tocsin.core.commitments import Commitment
from tocsin.core.document import Document, Line, Reject
from tocsin.core.layers import Stage
from tocsin.core.spans import Spans, extent
from tocsin.read import Page, read


@dataclass(frozen=True, slots=True)
class Shift:
    """How a newer reader differs: by how many characters its readings begin and end elsewhere, every how many-th it
    does not find, and of which it finds a second one beside the first."""

    start: int = 0
    end: int = 0
    drops: int = 0
    doubles: int = 0


shifts = st.builds(Shift, st.integers(-12, 25), st.integers(-25, 12), st.integers(0, 3), st.integers(0, 2))


def moved(doc: Document, spans: Spans, shift: Shift) -> Spans:
    """`spans` with other ends, still in the line where they begin; as they are where nothing would be left."""
    whole = extent(spans)
    line = doc.line_at(whole.start)
    low, high = (line.start, max(line.end, whole.end)) if line else (whole.start, whole.end)
    start, end = max(low, whole.start + shift.start), min(high, whole.end + shift.end)
    return doc.spans((start, end)) if start < end else spans


def _kept(found: tuple[Any, ...], every: int) -> list[Any]:
    return [one for number, one in enumerate(found, 1) if not every or number % every]


def shifted(shift: Shift) -> tuple[Stage, Stage]:
    """Stages of a newer version for attributions and commitments."""

    def attributions(doc: Document) -> tuple[Attribution, ...]:
        found = _kept(ATTRIBUTIONS.annotate(doc), shift.drops)
        new = {one.id: replace(one, content=moved(doc, one.content, shift)) for one in found}
        ids = {old: one.id for old, one in new.items()}
        out = [replace(one, within=ids.get(one.within or "")) for one in new.values()]
        again = [one for number, one in enumerate(found, 1) if shift.doubles and number % shift.doubles == 0]
        out += [replace(one, within=None) for one in again]
        return tuple({one.id: one for one in out}.values())

    def commitments(doc: Document) -> tuple[Commitment, ...]:
        found = _kept(COMMITMENTS.annotate(doc), shift.drops)
        out = [replace(one, action=moved(doc, one.action, shift), kind="assessed") for one in found]
        out += [one for number, one in enumerate(found, 1) if shift.doubles and number % shift.doubles == 0]
        return tuple({one.id: one for one in out}.values())

    return (
        Stage("attributions", ATTRIBUTIONS.requires, "attributions/next", attributions),
        Stage("commitments", COMMITMENTS.requires, "commitments/next", commitments),
    )


@contextmanager
def read_by(*stages: Stage) -> Iterator[None]:
    """The pipeline with `stages` in the places of those that provide the same."""
    new = {stage.provides: stage for stage in stages}
    put = tuple(new.get(stage.provides, stage) for stage in pipeline.STAGES)
    pipeline.check_stages(put)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "STAGES", put)
        yield


NEW_LINE = "Seen again\n"


def _read_otherwise(page: Page) -> Document | Reject:
    """The page with one line more at its head, as if a newer reader no longer hid it."""
    doc = read(page)
    if isinstance(doc, Reject):
        return doc
    by = len(NEW_LINE)
    kept = (Line(one.start + by, one.end + by, one.label) for one in doc.lines)
    beside = {"title": doc.title, "outlet": doc.outlet, "byline": doc.byline, "credits": doc.credits}
    about = {"published": doc.published, "language": doc.language, "notes": doc.notes, "reader": f"{doc.reader} next"}
    head = Line(0, by - 1, "other")
    return Document.of(NEW_LINE + doc.text, doc.capture, (head, *kept), **beside, **about)


@contextmanager
def another_text() -> Iterator[None]:
    """The pipeline with a reader that gives every page another text."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "read", _read_otherwise)
        yield
