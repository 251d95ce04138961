"""One page's reading as plain JSON: what `tocsin read --json` prints and the scorers take. Offsets are code points."""

from typing import Any

from tocsin.core.annotations import Mention, Report, TimeExpression, ranges
from tocsin.core.commitments import Commitment
from tocsin.core.document import BODY_LABELS, Document
from tocsin.core.when import When


def reading(doc: Document, *, with_text: bool = False) -> dict[str, Any]:
    """The reading of `doc` in the shape that `docs/formats.md` gives; `text` is there only where it is asked for."""
    out: dict[str, Any] = {"page": doc.capture.name, "key": doc.page, "id": doc.id, "text_id": doc.text_id}
    if with_text:
        out["text"] = doc.text
    out |= metadata(doc)
    out |= {
        "lines": [{"start": one.start, "end": one.end, "label": one.label} for one in doc.lines],
        "body": [[one.start, one.end] for one in doc.lines if one.label in BODY_LABELS and one.end > one.start],
        "attributions": [_attribution(doc, one) for one in _layer(doc, "reports") if one.attribution],
        "commitments": [_commitment(doc, one) for one in _layer(doc, "commitments")],
        "forecasts": [],
        "events": [],
        "times": [_time(one) for one in _layer(doc, "times")],
        "mentions": [_mention(one) for one in _layer(doc, "mentions")],
        "layers": {name: doc.layers[name].version for name in sorted(doc.layers)},
    }
    return out


def metadata(doc: Document) -> dict[str, Any]:
    """What is known of a page beside its text, as every face shows it."""
    return {
        "title": doc.title,
        "outlet": doc.outlet,
        "byline": doc.byline,
        "credits": list(doc.credits),
        "published": when_json(doc.published),
        "language": doc.language,
        "notes": list(doc.notes),
        "reader": doc.reader,
    }


def when_json(when: When) -> dict[str, Any]:
    """A `When` as `{earliest, latest, reasons}`, with `weekdays` where any are named."""
    out: dict[str, Any] = {"earliest": when.earliest, "latest": when.latest, "reasons": list(when.reasons)}
    if when.weekdays:
        out["weekdays"] = sorted(when.weekdays)
    return out


def _layer(doc: Document, name: str) -> tuple[Any, ...]:
    return doc.layers[name].annotations if name in doc.layers else ()


def _label(doc: Document, start: int) -> str | None:
    line = doc.line_at(start)
    return line.label if line else None


def _attribution(doc: Document, report: Report) -> dict[str, Any]:
    said = report.attribution
    assert said is not None  # noqa: S101 - the caller keeps only attributed reports
    return {
        "id": said.id,
        "source": ranges(said.source),
        "cue": ranges(said.cue),
        "content": ranges(said.content),
        "speaker": report.speaker,
        "via": list(report.via),
        "hops": [{"actor": hop.actor, "role": hop.role, "basis": hop.basis} for hop in report.hops],
        "within": said.within,
        "confidence": said.confidence,
        "label": _label(doc, said.content[0].start),
    }


def _commitment(doc: Document, one: Commitment) -> dict[str, Any]:
    return {
        "id": one.id,
        "holder": ranges(one.holder) or None,
        "holder_name": one.holder_name,
        "kind": one.kind,
        "action": ranges(one.action),
        "polarity": one.polarity,
        "target": doc.words(one.target) if one.target else None,
        "conditions": [{"operator": part.operator, "span": ranges(part.spans)} for part in one.conditions],
        "instrument": doc.words(one.instrument) if one.instrument else None,
        "deadline": ranges(one.deadline) or None,
        "said_by": one.said_by,
        "hedges": ranges(one.hedges),
        "confidence": one.confidence,
        "label": _label(doc, one.action[0].start),
    }


def _time(one: TimeExpression) -> dict[str, Any]:
    return {"span": ranges((one.span,)), "type": one.type, "value": one.value, **when_json(one.when)}


def _mention(one: Mention) -> dict[str, Any]:
    return {"span": ranges((one.span,)), "kind": one.kind, "name": one.name}
