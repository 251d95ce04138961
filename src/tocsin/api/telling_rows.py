"""Tellings with what the case knows of them, as `commitments.csv` takes them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tocsin.api.boarding import Board
from tocsin.api.deciding import stands_as
from tocsin.api.views import Commitment, Party
from tocsin.core.decisions import in_force
from tocsin.core.rows import Row
from tocsin.export import tellings as schema

if TYPE_CHECKING:
    from tocsin.api.case import Case

LAYER = "commitments"
PERSON = "person"


def told(case: "Case", board: Board) -> Iterator[schema.Told]:
    """Every telling, by document and place: a page is read once."""
    rows = sorted(case.store.rows.of_kind("telling"), key=lambda row: (row.data["page"], row.data["doc"], row.id))
    home = {telling.id: one for one in board.commitments() for telling in one.tellings}
    readers: dict[str, str | None] = {}
    by_person: set[str] = set()
    for row in rows:
        doc = row.data["doc"]
        if doc not in readers:
            layer = case.store.document(doc).layers.get(LAYER)
            readers[doc] = layer.version if layer else None
            by_person |= {id_ for one in in_force(case.store.decisions(doc)) if (id_ := stands_as(one))}
        reader = PERSON if row.id in by_person else readers[doc]
        yield _told(row, home[row.id], reader)


def _told(row: Row, one: Commitment, reader: str | None) -> schema.Told:
    telling = next(each for each in one.tellings if each.id == row.id)
    terms = next((each for each in one.terms if row.id in each.tellings), None)
    situations = {each.id: each for condition in telling.conditions for each in condition.situations}
    return schema.Told(
        row=row,
        commitment=one.id,
        holder=_party(one.actor),
        target=_party(one.toward) if telling.target else schema.Party(),
        dated=telling.dated,
        situations=tuple(schema.Situation(each.id, each.words, each.state) for each in situations.values()),
        standing=terms.standing if terms else None,
        step=tuple(step.step for step in one.history if step.telling == row.id),
        origins=one.origins,
        reader=reader,
    )


def _party(one: Party) -> schema.Party:
    return schema.Party(one.id, one.name, one.iso3, one.cow)
