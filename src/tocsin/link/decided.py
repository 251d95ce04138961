"""People's decisions applied to the readings of one document.

A rejection holds down any reading of the same kind whose span has token-F1 of `SAME_READING` or more with it, whatever
model reads next. An accepted or corrected reading is an annotation in its own right and replaces those it was about.
"""

import re
from dataclasses import replace
from typing import Any

from tocsin.core.annotations import Report
from tocsin.core.codec import decode
from tocsin.core.commitments import Commitment
from tocsin.core.decisions import SAME_READING, Anchor, Decision
from tocsin.core.document import Document
from tocsin.core.layers import Layer
from tocsin.core.spans import Spans

_WORD = re.compile(r"\w+")


def decided(doc: Document, decisions: tuple[Decision, ...]) -> tuple[tuple[Report, ...], tuple[Commitment, ...]]:
    """The reports and commitments of `doc` with `decisions` (those in force, in the order made) applied."""
    reports: tuple[Report, ...] = _annotations(doc.layers.get("reports"))
    commitments: tuple[Commitment, ...] = _annotations(doc.layers.get("commitments"))
    retold: dict[str, Report | None] = {}
    for decision in decisions:
        anchor = decision.anchor
        if not anchor.fits(doc):
            continue
        if anchor.kind == "attribution":
            said = tuple(one for one in reports if one.attribution and _same(doc, anchor, one.content))
            new = decode(Report, dict(decision.value), doc=doc.id) if decision.value else None
            retold.update({one.attribution.id: new for one in said if one.attribution})
            kept = tuple(one for one in reports if one not in said)
            reports = kept if new is None else (*kept, new)
        else:
            others = tuple(one for one in commitments if not _same(doc, anchor, one.action))
            value = decision.value
            commitments = others if value is None else (*others, decode(Commitment, dict(value), doc=doc.id))
    return _sorted_reports(reports), tuple(_retold(one, retold) for one in _sorted_commitments(commitments))


def _annotations(layer: Layer | None) -> tuple[Any, ...]:
    return layer.annotations if layer else ()


def _same(doc: Document, anchor: Anchor, spans: Spans) -> bool:
    mine, theirs = _words(doc, anchor.spans), _words(doc, spans)
    return bool(mine) and 2 * len(mine & theirs) / (len(mine) + len(theirs)) >= SAME_READING


def _words(doc: Document, spans: Spans) -> set[int]:
    return {match.start() for span in spans for match in _WORD.finditer(doc.text, span.start, span.end)}


def _retold(commitment: Commitment, retold: dict[str, Report | None]) -> Commitment:
    """A commitment whose telling was rejected has no teller any more; one whose telling was corrected has the new."""
    if commitment.told_in not in retold:
        return commitment
    report = retold[str(commitment.told_in)]
    if report is None or report.attribution is None:
        return replace(commitment, told_in=None, said_by=None)
    return replace(commitment, told_in=report.attribution.id, said_by=report.speaker)


def _sorted_reports(reports: tuple[Report, ...]) -> tuple[Report, ...]:
    return tuple(sorted(reports, key=lambda one: (one.content, one.id)))


def _sorted_commitments(commitments: tuple[Commitment, ...]) -> tuple[Commitment, ...]:
    return tuple(sorted(commitments, key=lambda one: (one.action, one.id)))
