"""Exports and the brief of a case: gathers rows and documents, and leaves the writing to `export/`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tocsin import __version__
from tocsin.api.boarding import Board
from tocsin.api.telling_rows import told
from tocsin.errors import UsageError
from tocsin.export.brief import BriefOptions, BriefRows
from tocsin.export.brief import brief as write_brief
from tocsin.export.rows import jsonl
from tocsin.export.tellings import commitments_csv

if TYPE_CHECKING:
    from tocsin.api.case import Case

FORMATS = ("jsonl", "commitments", "csv")
"""`csv` is what `commitments` was called before; it stays."""
ROW_KINDS = (
    "actor", "alias", "atom", "claim", "commitment", "dated", "evidence", "name", "said", "source", "statement",
    "suggestion", "telling", "tripwire",
)  # fmt: skip
"""What an export holds: what pages say, and what follows from several of them; not the steps between."""


def export(case: "Case", form: str, board: Board) -> Iterator[str]:
    """The lines of an export; raises UsageError for a format that there is not."""
    if form not in FORMATS:
        raise UsageError(f"no format {form!r}; it is one of {', '.join(FORMATS)}")
    if form != "jsonl":
        return commitments_csv(told(case, board))
    every = (row for kind in ROW_KINDS for row in case.store.rows.of_kind(kind))
    return jsonl(case.store.outlines(), case.store.rejects(), every, case.store.decisions())


def brief(case: "Case", *, full_text: bool, as_of: str | None) -> str:
    """The brief of a case as one HTML page."""
    rows = case.store.rows
    commitments, tellings, statements = (tuple(rows.of_kind(kind)) for kind in ("commitment", "telling", "statement"))
    cited = BriefRows(commitments, tellings, statements, tuple(rows.of_kind("claim", own_voice=False)))
    options = BriefOptions(version=__version__, full_text=full_text, as_of=as_of)
    return write_brief(case.path.stem, cited, case.store.document, case.documents(), case.rejects(), options)
