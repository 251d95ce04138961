"""A case as JSON lines (everything that is derived, with documents and decisions) and as CSV (one row a telling).

Nothing here depends on when or in which order pages were added.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from tocsin.core.codec import encode
from tocsin.core.decisions import Decision
from tocsin.core.document import Document, Reject
from tocsin.core.ids import canonical
from tocsin.core.rows import Row
from tocsin.export.reading import metadata

COLUMNS = (
    "id", "holder", "polarity", "kind", "action", "conditions", "target", "instrument", "deadline", "hedges",
    "said_by", "via", "outlet", "published_earliest", "published_latest", "page", "doc", "start", "end", "quote",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def jsonl(
    docs: Iterable[Document], rejects: Iterable[Reject], rows: Iterable[Row], decisions: Iterable[Decision]
) -> Iterator[str]:
    """One JSON object a line: documents, rejects, rows by kind and id, decisions."""
    for doc in docs:
        yield canonical(document_json(doc)) + "\n"
    for reject in rejects:
        said = {"page": reject.page, "reason": reject.reason, "sha256": reject.sha256}
        yield canonical({"type": "reject", **said}) + "\n"
    for row in rows:
        yield canonical({"type": row.kind, "id": row.id, **row.data}) + "\n"
    for decision in decisions:
        yield canonical({"type": "decision", "id": decision.id, **encode(decision)}) + "\n"


def document_json(doc: Document) -> dict[str, Any]:
    """A document's metadata, without its text."""
    return {
        "type": "document",
        "id": doc.id,
        "text_id": doc.text_id,
        "page": doc.page,
        **metadata(doc),
        "sha256": doc.capture.sha256,
        "lines": [[line.start, line.end, line.label] for line in doc.lines],
    }


def commitments_csv(tellings: Iterable[Row]) -> Iterator[str]:
    """One row a telling, quoted as RFC 4180 says. A cell that a spreadsheet would take for a formula begins with an
    apostrophe: pages are hostile."""
    yield _line(COLUMNS)
    for row in tellings:
        data = row.data
        conditions = " | ".join(f"{one['operator']}: {one['text']}" for one in data["conditions"])
        published = data["published"]
        yield _line(
            (
                row.id, data["holder"], data["polarity"], data["kind"], data["action"], conditions, data["target"],
                data["instrument"], data["deadline"], " | ".join(data["hedges"]), data["said_by"],
                " | ".join(data["via"]), data["outlet"], published["earliest"], published["latest"], data["page"],
                data["doc"], data["span"][0], data["span"][1], data["text"],
            )
        )  # fmt: skip


def _line(cells: Iterable[Any]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([_cell(one) for one in cells])
    return out.getvalue()


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
