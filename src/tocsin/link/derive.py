"""The engine of DESIGN.md's second law: blocks that a document touches are derived again, all others stay.

The rows of one document (`readings`) are members of blocks in each derivation. When a document's rows change, the
blocks that held the old rows and those that hold the new ones are touched; a touched block whose members hash as before
is left alone.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tocsin.core.ids import digest
from tocsin.core.rows import READINGS, Row, RowStore


@dataclass(frozen=True, slots=True)
class Derivation:
    """`key` says which block a row belongs to (None: it is no member); `rows` makes the block's rows from its members,
    which come sorted by id."""

    name: str
    version: str
    key: Callable[[Row], str | None]
    rows: Callable[[str, tuple[Row, ...]], tuple[Row, ...]]


def update(store: RowStore, stages: tuple[Derivation, ...], doc: str, rows: tuple[Row, ...]) -> None:
    """Make `rows` the readings of document `doc` (none: the document has gone) and derive what that touches."""
    input_hash = digest(["readings", [row.fingerprint for row in rows]])
    if store.block_hash(READINGS, doc) == input_hash:
        return
    old = store.block_rows(READINGS, doc)
    store.put_block(READINGS, doc, input_hash if rows else None, rows)
    for stage in stages:
        before = tuple((key, row.id) for row in old if (key := stage.key(row)) is not None)
        after = tuple((key, row.id) for row in rows if (key := stage.key(row)) is not None)
        store.put_members(stage.name, before, after)
        for key in sorted({key for key, _ in before} | {key for key, _ in after}):
            _derive(store, stage, key)


def _derive(store: RowStore, stage: Derivation, key: str) -> None:
    members = store.members(stage.name, key)
    if not members:
        store.put_block(stage.name, key, None, ())
        return
    input_hash = digest([stage.version, [row.fingerprint for row in members]])
    if store.block_hash(stage.name, key) != input_hash:
        store.put_block(stage.name, key, input_hash, stage.rows(key, members))
