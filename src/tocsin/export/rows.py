"""A case as JSON lines: everything that is derived, with documents and decisions.

Nothing here depends on when or in which order pages were added.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from tocsin.core.codec import encode
from tocsin.core.decisions import Decision
from tocsin.core.document import Document, Reject
from tocsin.core.ids import canonical
from tocsin.core.rows import Row
from tocsin.export.reading import metadata
from tocsin.export.tellings import COLUMNS

__all__ = ["COLUMNS", "document_json", "jsonl"]


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
