"""What one document contributes to a case: its claims, its tellings of commitments, the names it uses, its dates.

The block of this stage is the document. Each row holds the words beside their spans, so that lists need no page.
"""

from collections.abc import Iterable
from typing import Any, get_args

from tocsin.core.annotations import Claim, Report, ranges
from tocsin.core.codec import encode
from tocsin.core.commitments import Commitment
from tocsin.core.decisions import CONTEXT, ON_READINGS, Act, Anchor, Decision
from tocsin.core.document import Document
from tocsin.core.ids import short_id
from tocsin.core.references import offices
from tocsin.core.rows import Row
from tocsin.core.spans import Span, Spans, extent
from tocsin.core.when import ends
from tocsin.link.claims import Sentences, claims
from tocsin.link.dating import dating
from tocsin.link.decided import decided
from tocsin.link.names import in_brackets, name_key, words_key

READINGS_VERSION = "readings/6"
ABOUT_CASE: frozenset[Act] = frozenset(get_args(Act)) - {*ON_READINGS, "withdraw"}
"""Acts that stages of `link/` take as rows beside the pages' own."""


def readings(doc: Document, decisions: tuple[Decision, ...]) -> tuple[Row, ...]:
    """The rows of `doc`; `decisions` are those in force on it, in the order made."""
    layer = doc.layers.get("sentences")
    sentences = Sentences(layer.annotations if layer else ())
    reports, commitments = decided(doc, decisions)
    rows: dict[str, Row] = {}
    for report in reports:
        for claim in claims(doc, report, sentences):
            rows.setdefault(claim.id, _claim_row(doc, claim))
    told = {report.attribution.id: report for report in reports if report.attribution}
    for commitment in commitments:
        telling = _telling_row(doc, commitment, told.get(commitment.told_in or ""), sentences)
        rows.setdefault(telling.id, telling)
    for row in _name_rows(doc, reports, commitments):
        rows.setdefault(row.id, row)
    for row in case_rows(decisions):
        rows.setdefault(row.id, row)
    for row in dating(doc, decisions, [row for row in rows.values() if row.kind == "claim"]):
        rows.setdefault(row.id, row)
    return tuple(rows[row_id] for row_id in sorted(rows))


def case_rows(decisions: Iterable[Decision]) -> tuple[Row, ...]:
    """People's acts about what follows from several pages (`ABOUT_CASE`), a row each, in the order made."""
    return tuple(_decision_row(one) for one in decisions if one.act in ABOUT_CASE)


def _decision_row(decision: Decision) -> Row:
    anchors = (decision.anchor, *([decision.other] if decision.other else []))
    data = {
        "act": decision.act,
        "by": decision.by,
        "made": decision.made,
        "holds_from": decision.holds_from,
        "note": decision.note,
        "value": dict(decision.value or {}),
        "about": [_anchored(one) for one in anchors],
        "keys": [name_key(one.exact) for one in anchors],
    }
    return Row("decision", decision.id, data)


def _anchored(anchor: Anchor) -> dict[str, Any]:
    return {"doc": anchor.doc, "kind": anchor.kind, "exact": anchor.exact, "spans": ranges(anchor.spans)}


def _place(doc: Document) -> dict[str, Any]:
    """Where a row's words stand, and when its page was published as far as the page shows."""
    return {
        "doc": doc.id,
        "page": doc.page,
        "outlet": doc.outlet,
        "published": {"earliest": doc.published.earliest, "latest": doc.published.latest},
    }


def _hops(report: Report) -> list[dict[str, Any]]:
    return [
        {"actor": hop.actor, "role": hop.role, "basis": hop.basis, "spans": ranges(hop.spans)} for hop in report.hops
    ]


def _quote(doc: Document, start: int, end: int) -> dict[str, Any]:
    """The span with its exact words and what stands on either side (W3C TextQuoteSelector)."""
    return {
        "span": [start, end],
        "text": doc.text[start:end],
        "prefix": doc.text[max(0, start - CONTEXT) : start],
        "suffix": doc.text[end : end + CONTEXT],
    }


def _claim_row(doc: Document, claim: Claim) -> Row:
    report, attribution = claim.report, claim.report.attribution
    line = doc.line_at(claim.span.start)
    own_voice = attribution is None
    data = {
        **_place(doc),
        **_quote(doc, claim.span.start, claim.span.end),
        "label": line.label if line else "other",
        "speaker": report.speaker,
        "via": list(report.via),
        "hops": _hops(report),
        "own_voice": own_voice,
        "report": report.id,
        "attribution": attribution.id if attribution else None,
        "source": ranges(attribution.source) if attribution else [],
        "cue": ranges(attribution.cue) if attribution else [],
        "content": ranges(report.content),
        "speaker_key": _speaker_key(doc, report),
        "words_key": words_key(doc[claim.span]),
    }
    return Row("claim", claim.id, data)


def _speaker_key(doc: Document, report: Report) -> str:
    """Who a claim is compared under. An outlet nobody could name is not the same as another page's."""
    if report.speaker:
        return name_key(report.speaker)
    return "" if report.attribution else f"page {doc.page}"


def _words(doc: Document, spans: Spans) -> str | None:
    return doc.words(spans) if spans else None


def _limit(doc: Document, commitment: Commitment) -> dict[str, Any] | None:
    """When a deadline has passed, as far as the page dates it, and whether it stands in a condition's words."""
    layer = doc.layers.get("times")
    times = [one for one in (layer.annotations if layer else ()) if one.when.latest]
    limits = commitment.deadline
    inside = [one for one in times if any(one.span.start < at.end and at.start < one.span.end for at in limits)]
    if not inside:
        return None
    last = max(inside, key=lambda one: (ends(one.when.latest), one.span))
    held = any(
        span.start <= last.span.start and last.span.end <= span.end
        for condition in commitment.conditions
        for span in condition.spans
    )
    when = last.when
    return {"earliest": when.earliest, "latest": when.latest, "on": "condition" if held else None}


def _telling_row(doc: Document, commitment: Commitment, report: Report | None, sentences: Sentences) -> Row:
    holder = commitment.holder_name or _words(doc, commitment.holder)
    hedges = [doc[span] for span in commitment.hedges]
    conditions = [
        {
            "operator": one.operator,
            "marker": _words(doc, one.marker),
            "text": doc.words(one.spans),
            "spans": ranges(one.spans),
        }
        for one in commitment.conditions
    ]
    action = doc.words(commitment.action)
    data = {
        **_place(doc),
        **_quote(doc, *_around(commitment, sentences)),
        "holder": holder,
        "action": action,
        "kind": commitment.kind,
        "polarity": commitment.polarity,
        "conditions": conditions,
        "target": _words(doc, commitment.target),
        "instrument": _words(doc, commitment.instrument),
        "deadline": _words(doc, commitment.deadline),
        "limit": _limit(doc, commitment),
        "hedges": hedges,
        "said_by": commitment.said_by,
        "via": list(report.via) if report else [],
        "hops": _hops(report)
        if report
        else [{"actor": doc.outlet, "role": "outlet", "basis": "inferred", "spans": []}],
        "commitment": encode(commitment, doc=doc.id),
        "holder_key": name_key(holder) if holder else f"page {doc.page}",
        "words_key": words_key(action),
    }
    return Row("telling", commitment.id, data)


def _around(commitment: Commitment, sentences: Sentences) -> tuple[int, int]:
    """The sentence (or sentences) that holds the action and its conditions: what is quoted when it is cited."""
    pieces = (*commitment.action, *(span for one in commitment.conditions for span in one.spans))
    whole = extent(tuple(sorted(pieces)))
    near = list(sentences.meeting(whole.start, whole.end))
    both = extent(tuple(sorted([*near, whole])))
    end = max(span.end for span in (*near, whole))
    return both.start, end


def _name_rows(doc: Document, reports: Iterable[Report], commitments: Iterable[Commitment]) -> list[Row]:
    """One row for each name on the page: how often it speaks, relays, holds a commitment or is mentioned."""
    uses: dict[str, dict[str, Any]] = {}

    def use(name: str | None, role: str, spans: Iterable[Span], kind: str | None = None) -> None:
        if not name:
            return
        fresh: dict[str, Any] = {
            "names": set(),
            "roles": {},
            "spans": set(),
            "kinds": set(),
            "forms": set(),
            "beside": set(),
        }
        entry = uses.setdefault(name_key(name), fresh)
        entry["names"].add(name)
        entry["roles"][role] = entry["roles"].get(role, 0) + 1
        entry["spans"].update((span.start, span.end) for span in spans)
        entry["kinds"].update([kind] if kind else [])
        if role == "mention":
            entry["forms"].update(doc[span] for span in spans)
            entry["beside"].update(words for span in spans if (words := in_brackets(doc.text, span.end)))

    for report in reports:
        for hop in report.hops:
            if report.attribution or hop.role != "outlet":
                use(hop.actor, hop.role, hop.spans)
    for commitment in commitments:
        use(commitment.holder_name, "holder", commitment.holder)
    mentions = doc.layers.get("mentions")
    for mention in mentions.annotations if mentions else ():
        use(mention.name, "mention", (mention.span,), mention.kind)
    held: dict[str, list[dict[str, Any]]] = {}
    for name, borne in offices(doc).items():
        held.setdefault(name_key(name), []).extend(
            {"title": one.title, "of": one.of, "span": [one.span.start, one.span.end]} for one in borne
        )
    rows = []
    for key in sorted(uses):
        entry = uses[key]
        data = {
            **_place(doc),
            "key": key,
            "names": sorted(entry["names"]),
            "roles": dict(sorted(entry["roles"].items())),
            "kinds": sorted(entry["kinds"]),
            "forms": sorted(entry["forms"]),
            "beside": sorted(entry["beside"]),
            "offices": held.get(key, []),
            "spans": [list(pair) for pair in sorted(entry["spans"])],
        }
        rows.append(Row("name", short_id("n", [doc.id, key]), data))
    return rows
