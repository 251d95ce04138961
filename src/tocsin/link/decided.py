"""People's decisions applied to the readings of one document.

A rejection holds down any reading of the same kind whose span has token-F1 of `SAME_READING` or more with it (and, for
an attribution, whose cue it shares: a nested one is another reading), whatever model reads next. An accepted or
corrected reading is an annotation in its own right: it takes the place of the one that it is about, and of no other.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any, Generic, TypeVar

from tocsin.core.annotations import Report
from tocsin.core.codec import decode
from tocsin.core.commitments import Commitment
from tocsin.core.decisions import SAME_READING, Anchor, Decision
from tocsin.core.document import Document
from tocsin.core.layers import Layer
from tocsin.core.spans import Spans

_WORD = re.compile(r"\w+")
Reading = TypeVar("Reading", Report, Commitment)


def decided(doc: Document, decisions: tuple[Decision, ...]) -> tuple[tuple[Report, ...], tuple[Commitment, ...]]:
    """The reports and commitments of `doc` with `decisions` (those in force, in the order made) applied."""
    about = [one for one in decisions if one.anchor.fits(doc)]
    reports = _applied(doc, Report, _annotations(doc.layers.get("reports")), about)
    commitments = _applied(doc, Commitment, _annotations(doc.layers.get("commitments")), about)
    retold = {old.attribution.id: new for old, new in reports.replaced if old.attribution}
    kept = tuple(_retold(one, retold) for one in commitments.kept)
    return (
        tuple(sorted(reports.kept, key=lambda one: (one.content, one.id))),
        tuple(sorted(kept, key=lambda one: (one.action, one.id))),
    )


def _annotations(layer: Layer | None) -> list[Any]:
    return list(layer.annotations) if layer else []


@dataclass(slots=True)
class _Applied(Generic[Reading]):
    """Readings that stand, and those that do not with what took their place (None: nothing)."""

    kept: list[Reading]
    replaced: list[tuple[Reading, Reading | None]] = field(default_factory=list)


def _applied(
    doc: Document, cls: type[Reading], readings: list[Reading], decisions: list[Decision]
) -> _Applied[Reading]:
    state = _Applied(readings)
    kind = "attribution" if cls is Report else "commitment"
    words = _Words(doc)
    earlier: dict[Spans, Reading] = {}
    for decision in decisions:
        if decision.anchor.kind != kind:
            continue
        value = decode(cls, dict(decision.value or {}), doc=doc.id)
        likeness = [(words.likeness(decision.anchor, value, one), one) for one in state.kept]
        likeness = [(score, one) for score, one in likeness if score >= SAME_READING]
        if decision.act == "reject":
            gone, new = [one for _, one in likeness], None
        else:
            # the reading it is about, or what an earlier decision on the same words put in that one's place
            before = earlier.get(decision.anchor.spans)
            best = max(likeness, key=lambda pair: (pair[0], pair[1].id), default=None)
            gone = [before] if before in state.kept else [best[1]] if best else []
            new = value
            earlier[decision.anchor.spans] = value
        state.kept = [one for one in state.kept if one not in gone] + ([new] if new else [])
        state.replaced += [(one, new) for one in gone]
    return state


class _Words:
    """How alike two readings of one document are, each extent's words found once. A word that an extent cuts is in it:
    another reader may begin and end elsewhere."""

    def __init__(self, doc: Document) -> None:
        self._doc = doc
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._found: dict[Spans, frozenset[int]] = {}

    def of(self, spans: Spans) -> frozenset[int]:
        if spans not in self._found:
            if not self._ends:
                bounds = [match.span() for match in _WORD.finditer(self._doc.text)]
                self._starts, self._ends = [start for start, _ in bounds], [end for _, end in bounds]
            inside = (
                self._starts[bisect_right(self._ends, span.start) : bisect_left(self._starts, span.end)]
                for span in spans
            )
            self._found[spans] = frozenset(chain.from_iterable(inside))
        return self._found[spans]

    def likeness(self, anchor: Anchor, decided_on: Reading, other: Reading) -> float:
        """Token-F1 with the anchor's words; 1 for the very same spans; 0 for an attribution with another cue."""
        if isinstance(decided_on, Report) and isinstance(other, Report):
            if other.attribution is None:
                return 0.0
            mine, theirs = (one.attribution.cue if one.attribution else () for one in (decided_on, other))
            if mine and theirs and not self.of(mine) & self.of(theirs):
                return 0.0
        spans = other.content if isinstance(other, Report) else other.action
        if spans == anchor.spans:
            return 1.0
        left, right = self.of(anchor.spans), self.of(spans)
        return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def _retold(commitment: Commitment, retold: dict[str, Report | None]) -> Commitment:
    """A commitment whose telling was rejected has no teller any more; one whose telling was corrected has the new."""
    if commitment.told_in not in retold:
        return commitment
    report = retold[str(commitment.told_in)]
    if report is None or report.attribution is None:
        return replace(commitment, told_in=None, said_by=None)
    return replace(commitment, told_in=report.attribution.id, said_by=report.speaker)
