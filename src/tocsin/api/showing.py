"""One thing with its words, its chain and its history, as plain JSON values: what `show` prints."""

from typing import TYPE_CHECKING, Any

from tocsin.api.asking import first_said
from tocsin.api.boarding import Board
from tocsin.api.deciding import cluster, members
from tocsin.api.exact import pairs, when_of
from tocsin.api.views import Likeness
from tocsin.core.decisions import SAME_READING, Decision, in_force
from tocsin.core.document import Document
from tocsin.core.rows import Row
from tocsin.core.spans import spans_of
from tocsin.errors import UsageError
from tocsin.export.reading import metadata
from tocsin.link.bounds import as_data
from tocsin.link.sources import credibility

if TYPE_CHECKING:
    from tocsin.api.case import Case

AROUND = 160
"""Characters shown on either side of a quotation where its line runs on: about one sentence."""


def show(case: "Case", thing: str, board: Board) -> dict[str, Any]:
    """What `thing` is the id of (of a member: its cluster), the words of each member with what stands around them, and
    the decisions on them; of what follows from several pages what it follows from.

    A document is found by the start of its id. Raises UsageError where nothing or too much is found.
    """
    docs = case.store.document_ids(thing) if len(thing) >= 4 else ()
    if len(docs) == 1:
        return document(case, case.store.document(docs[0]))
    row = cluster(case, thing)
    if row.kind == "evidence":
        return _evidence(row, board)
    atom = board.situations.atom(row.id) if row.kind in SITUATIONS else None
    if atom is not None:
        return {"kind": "situation", "id": row.id, "situation": board.situations.view(atom)}
    out: dict[str, Any] = {**row.data, "kind": row.kind, "id": row.id}
    if row.kind == "actor":
        return {**out, "sort": row.data["kind"], **_actor(case, row)}
    if row.kind == "source":
        return out
    if row.kind not in ("claim", "telling", "statement", "commitment"):
        raise UsageError(f"{row.id} ({row.kind}) is a step of the work; `tocsin board` and the other lists have ids")
    if row.kind == "commitment":
        out["commitment"] = board.commitment(row)
    out["members"] = [_member(case, one) for one in members(case, row)]
    if row.kind == "statement":
        claims = {(one.data["doc"], tuple(one.data["span"])) for one in members(case, row)}
        rows = case.store.rows.of_kind("said")
        occasions = [when_of(one.data) for one in rows if set(one.data["claims"]) & set(row.data["members"])]
        out["said"] = as_data(first_said(occasions, when_of(out["said"])))
        out["credibility"] = credibility(_ratings(case, claims))
    return out


SITUATIONS = ("atom", "tripwire", "condition", "situation")


def _ratings(case: "Case", claims: set[tuple[str, tuple[int, ...]]]) -> list[dict[str, Any]]:
    """What people have rated these claims."""
    found = []
    for doc, _ in sorted(claims):
        for one in in_force(case.store.decisions(doc)):
            if one.act == "rate" and (doc, (one.anchor.spans[0].start, one.anchor.spans[-1].end)) in claims:
                value = dict(one.value or {})
                found.append({"act": "rate", "value": value, "by": one.by, "made": one.made, "note": one.note})
    return found


def _evidence(row: Row, board: Board) -> dict[str, Any]:
    """One report on one situation, with that situation."""
    atom = board.situations.atom(row.data["situation"])
    view = board.situations.view(atom) if atom else None
    own = [one for one in view.evidence if one.id == row.id] if view else []
    return {"kind": "evidence", "id": row.id, **row.data, "evidence": own[0] if own else None, "situation": view}


def likenesses(case: "Case") -> dict[str, tuple[Likeness, ...]]:
    """Actor → actors that it may be too, the likeliest first."""
    home = {member: row for row in case.store.rows.of_kind("actor") for member in row.data["members"]}
    found: dict[str, dict[str, Likeness]] = {}
    for row in case.store.rows.of_kind("suggestion"):
        sides = [home.get(row.data[side]) for side in ("a", "b")]
        for one, other in (sides, reversed(sides)):
            if one is not None and other is not None and one.id != other.id:
                made = Likeness(other.id, other.data["name"], row.data["score"], tuple(row.data["reasons"]))
                before = found.setdefault(one.id, {}).get(other.id)
                if before is None or before.score < made.score:
                    found[one.id][other.id] = made
    return {
        actor: tuple(sorted(every.values(), key=lambda one: (-one.score, one.name, one.id)))
        for actor, every in found.items()
    }


def _actor(case: "Case", row: Row) -> dict[str, Any]:
    """Where an actor's name stands, who it may be too, and what it is as a source."""
    sources = [one for one in case.store.rows.starting(row.id) if one.kind == "source"]
    maybe = likenesses(case).get(row.id, ())
    return {"uses": _uses(case, row), "maybe": maybe, "source": sources[0].data if sources else None}


def document(case: "Case", doc: Document) -> dict[str, Any]:
    """A document's metadata, lines and versions."""
    return {
        "kind": "document",
        "id": doc.id,
        "page": doc.page,
        **metadata(doc),
        "dated": next((one.data for one in case.store.rows.block_rows("dates", doc.id) if one.kind == "dated"), None),
        "capture": {"sha256": doc.capture.sha256, "taken": doc.capture.taken, "source": doc.capture.source},
        "versions": list(case.store.versions(doc.page)),
        "lines": [{"label": line.label, "text": doc.text[line.start : line.end]} for line in doc.lines],
    }


def _member(case: "Case", row: Row) -> dict[str, Any]:
    doc = case.store.document(row.data["doc"])
    start, end = row.data["span"]
    line = doc.line_at(start)
    left = max(line.start if line else 0, start - AROUND)
    right = min(line.end if line else len(doc.text), end + AROUND)
    data = {name: value for name, value in row.data.items() if name not in ("commitment", "prefix", "suffix")}
    data["hops"] = [
        {**hop, "words": doc.words(spans_of(doc.id, pairs(hop["spans"]))) if hop["spans"] else None}
        for hop in row.data["hops"]
    ]
    return {
        "id": row.id,
        "title": doc.title,
        **data,
        "before": doc.text[left:start].partition(" ")[2] if line and left > line.start else doc.text[left:start],
        "after": doc.text[end : max(end, right)],
        "decisions": _about(case, doc, row),
    }


def _about(case: "Case", doc: Document, row: Row) -> list[dict[str, Any]]:
    """Decisions whose words share at least half of the row's: those that bear on it, and whether they stand."""
    pieces = row.data["commitment"]["action"] if row.kind == "telling" else row.data["content"]
    kinds = ("commitment",) if row.kind == "telling" else ("attribution", "claim")
    mine = {position for start, end in pieces for position in range(start, end)}
    made = case.store.decisions(doc.id)
    standing = {one.id for one in in_force(made)}
    found = []
    for decision in made:
        theirs = {position for span in decision.anchor.spans for position in range(span.start, span.end)}
        alike = 2 * len(mine & theirs) / (len(mine) + len(theirs)) >= SAME_READING
        if decision.anchor.kind in kinds and alike:
            found.append({**_decision(decision), "standing": decision.id in standing})
    return found


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "id": decision.id,
        "act": decision.act,
        "by": decision.by,
        "made": decision.made,
        "note": decision.note,
        "withdraws": decision.withdraws,
    }


def _uses(case: "Case", row: Row) -> list[dict[str, Any]]:
    """Where an actor's name stands: up to three places a page, with the words of the line."""
    out = []
    for member in row.data["members"]:
        for found in case.store.rows.starting(member):
            if found.kind != "name":
                continue
            doc = case.store.document(found.data["doc"])
            for start, end in found.data["spans"][:3]:
                line = doc.line_at(start)
                left, right = (line.start, line.end) if line else (start, end)
                around = doc.text[max(left, start - AROUND) : min(right, end + AROUND)]
                out.append({"page": doc.page, "doc": doc.id, "span": [start, end], "text": around})
    return out
