"""One thing with its words, its chain and its history, as plain JSON values: what `show` prints."""

from typing import TYPE_CHECKING, Any

from tocsin.api.deciding import cluster, members
from tocsin.core.decisions import SAME_READING, Decision, in_force
from tocsin.core.document import Document
from tocsin.core.rows import Row
from tocsin.export.reading import metadata

if TYPE_CHECKING:
    from tocsin.api.case import Case

AROUND = 160
"""Characters shown on either side of a quotation where its line runs on: about one sentence."""


def show(case: "Case", thing: str) -> dict[str, Any]:
    """What `thing` is the id of (of a member: its cluster), the words of each member with what stands around them, and
    the decisions on them.

    A document is found by the start of its id. Raises UsageError where nothing or too much is found.
    """
    docs = case.store.document_ids(thing) if len(thing) >= 4 else ()
    if len(docs) == 1:
        return document(case, case.store.document(docs[0]))
    row = cluster(case, thing)
    out: dict[str, Any] = {**row.data, "kind": row.kind, "id": row.id}
    if row.kind == "actor":
        out["sort"] = row.data["kind"]
        out["uses"] = _uses(case, row)
        return out
    out["members"] = [_member(case, one) for one in members(case, row)]
    return out


def document(case: "Case", doc: Document) -> dict[str, Any]:
    """A document's metadata, lines and versions."""
    return {
        "kind": "document",
        "id": doc.id,
        "page": doc.page,
        **metadata(doc),
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
    mine = {position for start, end in pieces for position in range(start, end)}
    made = case.store.decisions(doc.id)
    standing = {one.id for one in in_force(made)}
    found = []
    for decision in made:
        theirs = {position for span in decision.anchor.spans for position in range(span.start, span.end)}
        if 2 * len(mine & theirs) / (len(mine) + len(theirs)) >= SAME_READING:
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
