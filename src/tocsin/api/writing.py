"""Exports and the brief of a case: gathers rows and documents, and leaves the writing to `export/`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tocsin import __version__
from tocsin.api import phrasing
from tocsin.api.boarding import Board
from tocsin.api.situations import Situation
from tocsin.api.telling_rows import told
from tocsin.api.views import Commitment, Terms, holder_of, target_of
from tocsin.errors import UsageError
from tocsin.export import brief_terms
from tocsin.export.brief import BriefOptions, BriefRows
from tocsin.export.brief import brief as write_brief
from tocsin.export.brief_terms import Judged, Ruled
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


def brief(case: "Case", board: Board, *, full_text: bool, as_of: str | None) -> str:
    """The brief of a case as one HTML page."""
    rows = case.store.rows
    commitments, tellings, statements = (tuple(rows.of_kind(kind)) for kind in ("commitment", "telling", "statement"))
    claims = tuple(rows.of_kind("claim", own_voice=False))
    cited = BriefRows(commitments, tellings, statements, claims, judged(board), board.asked.dated)
    options = BriefOptions(version=__version__, full_text=full_text, as_of=as_of)
    return write_brief(case.path.stem, cited, case.store.document, case.documents(), case.rejects(), options)


def judged(board: Board) -> dict[str, Judged]:
    """How commitments stand, as the brief takes it."""
    return {one.id: _judged(one) for one in board.commitments()}


def _judged(one: Commitment) -> Judged:
    return Judged(
        holder=holder_of(one) or None,
        target=target_of(one) or None,
        counts=phrasing.counts(one),
        terms=tuple(_ruled(terms) for terms in one.terms),
        situations={
            told.id: tuple(tuple(_situation(each, hung.absent) for each in hung.situations) for hung in told.conditions)
            for told in one.tellings
        },
        steps=tuple((phrasing.step(step), step.telling) for step in one.history) if len(one.history) > 1 else (),
    )


def _ruled(terms: Terms) -> Ruled:
    word, whose, grounds = phrasing.standing(terms), phrasing.whose(terms), phrasing.grounds(terms)
    return Ruled(
        terms.tellings, word, terms.standing, whose, grounds, terms.adds, terms.by or "another page", terms.requires
    )


def _situation(one: Situation, absent: tuple[str, ...]) -> brief_terms.Situation:
    order = ("counts", "overruled", "overtaken", "superseded", "waits")
    every = sorted(one.evidence, key=lambda each: order.index(each.counts))
    reports = tuple(
        brief_terms.Report(
            each.direction or "open", each.counts, each.chain, each.words.doc, each.words.spans[0], each.words.text
        )
        for each in every
    )
    return brief_terms.Situation(one.id, one.words, one.seen, one.state, one.id in absent, one.absent, reports)
