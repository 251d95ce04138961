"""The engine of DESIGN.md's second law: blocks that a document touches are derived again, all others stay.

The rows of one document (`readings`) are members of blocks in each derivation. When a document's rows change, the
blocks that held the old rows and those that hold the new ones are touched; a touched block whose members hash as before
is left alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tocsin.core.ids import digest
from tocsin.core.rows import READINGS, Facts, Join, Row, RowStore
from tocsin.link.closing import Closure, Pairs, no_joins


def as_it_is(row: Row, _facts: Facts) -> Row:
    """The row without any fact."""
    return row


def _whole(row: Row) -> dict[str, Any]:
    return row.data


@dataclass(frozen=True, slots=True)
class Derivation:
    """`key` says which block a row belongs to (None: it is no member); `part` what the block needs of it; `rows` makes
    the block's rows from its members, which come sorted by id with their part alone. A block is left as it is while
    the parts of its members stay as they are.

    Without `takes` every reading is offered to `key`; with it the rows of those kinds, readings or what an earlier
    stage derived. `joins` and `facts` say which facts a row wants, as for `closing.Closure`, and `joined` gives the row with what
    it needs of them in its data, before `key` and `part` see it (`takes` must then name the kinds)."""

    name: str
    version: str
    key: Callable[[Row], str | None]
    rows: Callable[[str, tuple[Row, ...]], tuple[Row, ...]]
    part: Callable[[Row], dict[str, Any]] = _whole
    takes: tuple[str, ...] = ()
    joins: Callable[[Row], tuple[Join, ...]] = no_joins
    facts: tuple[str, ...] = ()
    joined: Callable[[Row, Facts], Row] = as_it_is


LinkStage = Derivation | Closure | Pairs

Touched = set[tuple[str, str]]
"""Blocks to derive again: (stage, key)."""


def touch(
    store: RowStore, stages: tuple[Derivation, ...], doc: str, rows: tuple[Row, ...], layers: str = ""
) -> Touched:
    """Make `rows` the readings of document `doc` (none: the document has gone); returns the blocks that it touches.
    `layers` is the hash of the layers that they are made from: what rows do not show of those is held fast by it."""
    input_hash = _hash(["readings", layers], rows)
    if store.block_hash(READINGS, doc) == input_hash:
        return set()
    old = store.block_rows(READINGS, doc)
    store.put_block(READINGS, doc, input_hash if rows or layers else None, rows)
    touched: Touched = set()
    for stage in stages:
        before = tuple((key, row.id) for row in old if (key := stage.key(row)) is not None)
        after = tuple(
            (key, Row(row.kind, row.id, stage.part(row))) for row in rows if (key := stage.key(row)) is not None
        )
        store.put_members(stage.name, before, after)
        touched |= {(stage.name, key) for key, _ in (*before, *after)}
    return touched


def derive(store: RowStore, stages: tuple[Derivation, ...], touched: Touched) -> None:
    """Derive the touched blocks again, each once however many documents touched it."""
    by_name = {stage.name: stage for stage in stages}
    for name, key in sorted(touched):
        stage, members = by_name[name], store.members(name, key)
        input_hash = _hash([stage.version], members) if members else None
        if input_hash is None:
            store.put_block(name, key, None, ())
        elif store.block_hash(name, key) != input_hash:
            store.put_block(name, key, input_hash, stage.rows(key, members))


def _hash(how: list[str], rows: tuple[Row, ...]) -> str:
    return digest([*how, [[row.kind, row.id, row.data] for row in rows]])
