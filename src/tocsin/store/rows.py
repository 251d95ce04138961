"""Derived rows in a case file: `core.rows.RowStore`. What is here can be made again from the rest of the file."""

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from tocsin.core.ids import canonical
from tocsin.core.rows import Block, Row
from tocsin.store.items import Items, asked, questions
from tocsin.store.opening import clear_errors

DERIVED = ("row", "member", "block", "pending", "item", "item_key", "edge", "fact", "want")
"""The tables of what is derived."""
_EVERYTHING = (
    "SELECT 'block', stage, key, hash, '' FROM block ORDER BY stage, key",
    "SELECT stage, kind, id, key, data FROM row ORDER BY stage, key, id",
    "SELECT 'item', stage, id, kind, side, cluster, keys, data FROM item ORDER BY stage, id",
    "SELECT 'key', stage, side, key, id FROM item_key ORDER BY stage, side, key, id",
    "SELECT 'edge', stage, a, b, kind, printf('%!.17g', score), rank, reasons FROM edge ORDER BY stage, a, b",
    "SELECT 'fact', kind, key, id FROM fact ORDER BY kind, key, id",
    "SELECT 'want', kind, key, stage, id FROM want ORDER BY kind, key, stage, id",
)
"""All that two ways of deriving a case must agree on. Members are not in it: they are in their block's hash."""


class Rows(Items):
    """Blocks, their rows and their members; items and edges; facts."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        super().__init__(connection)
        self._path = path

    def block_hash(self, stage: str, key: str) -> str | None:
        """The input hash that the block was last derived from."""
        found = self._db.execute("SELECT hash FROM block WHERE stage = ? AND key = ?", (stage, key)).fetchone()
        return found[0] if found else None

    def block_hashes(self, stage: str, keys: Iterable[str]) -> dict[str, str]:
        """The same for several blocks, those that exist."""
        sql = "SELECT key, hash FROM block WHERE stage = ? AND key IN ({})"
        return dict(asked(self._db, sql, keys, stage))

    def block_rows(self, stage: str, key: str) -> tuple[Row, ...]:
        """The rows of one block, by id."""
        found = self._db.execute("SELECT kind, id, data FROM row WHERE stage = ? AND key = ? ORDER BY id", (stage, key))
        return tuple(Row(kind, row_id, json.loads(data)) for kind, row_id, data in found)

    def rows_in(self, stage: str, keys: Iterable[str]) -> Iterator[Row]:
        """The rows of several blocks."""
        for kind, row_id, data in self.written_rows(stage, keys):
            yield Row(kind, row_id, json.loads(data))

    def written_rows(self, stage: str, keys: Iterable[str]) -> Iterator[tuple[str, str, str]]:
        """The rows of several blocks as they are written: kind, id and data."""
        sql = "SELECT kind, id, data FROM row WHERE stage = ? AND key IN ({})"
        yield from ((kind, row_id, data) for kind, row_id, data in asked(self._db, sql, keys, stage))

    def put_blocks(self, stage: str, blocks: Iterable[Block]) -> None:
        """Replace blocks and their rows; an input hash of None removes one."""
        self.write_blocks(
            stage,
            (
                (key, made_of, [(row.kind, row.id, canonical(row.data)) for row in rows])
                for key, made_of, rows in blocks
            ),
        )

    def write_blocks(
        self, stage: str, blocks: Iterable[tuple[str, str | None, Sequence[tuple[str, str, str]]]]
    ) -> None:
        """The same with the data of rows as it is to be written."""
        blocks = list(blocks)
        every = [(stage, key) for key in sorted(self.block_hashes(stage, (key for key, _, _ in blocks)))]
        self._db.executemany("DELETE FROM row WHERE stage = ? AND key = ?", every)
        self._db.executemany("DELETE FROM block WHERE stage = ? AND key = ?", every)
        hashes = [(stage, key, made_of) for key, made_of, _ in blocks if made_of is not None]
        self._db.executemany("INSERT INTO block VALUES (?, ?, ?)", hashes)
        values = ((stage, row_id, kind, key, data) for key, _, rows in blocks for kind, row_id, data in rows)
        self._db.executemany("INSERT INTO row (stage, id, kind, key, data) VALUES (?, ?, ?, ?, ?)", values)

    def members(self, stage: str, key: str) -> tuple[Row, ...]:
        """The members of one block by id, each with what the block needs of it."""
        rows = [row for _, members in self.written_members(stage, [key]) for row in members]
        values = self.parsed.values([data for _, _, data in rows])
        return tuple([Row(kind, row_id, data) for (kind, row_id, _), data in zip(rows, values, strict=True)])

    def written_members(self, stage: str, keys: Iterable[str]) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
        """The members of each of several blocks that has any, by id, each as it is written: kind, id, and what the
        block needs of it."""
        sql = "SELECT kind, id, data, key FROM member WHERE stage = ? AND key IN ({}) ORDER BY key, id"
        for asking in questions(sql, keys, stage):
            for key, found in groupby(self._db.execute(*asking), key=lambda one: str(one[3])):  # one block in memory
                yield key, [one[:3] for one in found]

    def read(self, texts: list[str]) -> list[Any]:
        """The values of many texts of JSON, which nobody may change."""
        return self.parsed.values(texts)

    def memberships(self, stage: str, ids: Iterable[str]) -> set[tuple[str, str]]:
        """Which blocks (key, id) rows are members of."""
        return set(asked(self._db, "SELECT key, id FROM member WHERE +stage = ? AND id IN ({})", ids, stage))

    def put_members(self, stage: str, old: Iterable[tuple[str, str]], new: Iterable[tuple[str, Row]]) -> None:
        """Take away the memberships `old` (block key, id) and write `new`: (block key, what the block needs of it)."""
        gone = ((stage, key, row_id) for key, row_id in old)
        self._db.executemany("DELETE FROM member WHERE stage = ? AND key = ? AND id = ?", gone)
        come = ((stage, key, row.id, row.kind, canonical(row.data)) for key, row in new)
        self._db.executemany("INSERT OR REPLACE INTO member VALUES (?, ?, ?, ?, ?)", come)

    def put_pending(self, touched: Iterable[tuple[str, str]]) -> None:
        """Note what is still to be derived: (stage, key of a block or id of a row)."""
        self._db.executemany("INSERT OR IGNORE INTO pending VALUES (?, ?)", sorted(touched))

    def pending(self) -> set[tuple[str, str]]:
        """What is still to be derived. Asked while a case is opened, before anybody looks out for damage."""
        with clear_errors(self._path):
            return set(self._db.execute("SELECT stage, key FROM pending"))

    def clear_pending(self) -> None:
        """Forget what was to be derived: it has been."""
        self._db.execute("DELETE FROM pending")

    def of_kind(self, kind: str, *, own_voice: bool | None = None) -> Iterator[Row]:
        """All derived rows of one kind, by id; claims and statements only those (not) in the page's own voice."""
        where, values = "kind = ?", list[str | int]([kind])
        if own_voice is not None:
            where += " AND json_extract(data, '$.own_voice') = ?"
            values.append(int(own_voice))
        sql = f"SELECT id, data FROM row WHERE {where} ORDER BY id"  # noqa: S608 - both parts stand above
        for row_id, data in self._db.execute(sql, values):
            yield Row(kind, row_id, json.loads(data))

    def parts(self, kind: str, *paths: str, filled: tuple[str, str] | None = None) -> Iterator[tuple[str, list[Any]]]:
        """Of every row of one kind, by id, what stands at `paths` (two or more) in its data. All else stays unread: of
        ten thousand rows a list needs a few words each. `filled` adds whether any entry of the list at the first path
        has something in the list at the second."""
        some = "EXISTS (SELECT 1 FROM json_each(row.data, ?) AS one WHERE json_array_length(one.value, ?) > 0)"
        asked_for = f"json_extract(data{', ?' * len(paths)}), {some if filled else 0}"
        sql = f"SELECT id, {asked_for} FROM row WHERE kind = ? ORDER BY id"  # noqa: S608 - marks alone
        found = self._db.execute(sql, (*paths, *(filled or ()), kind))
        while read := found.fetchmany(1_000):
            values = json.loads(f"[{','.join([data for _, data, _ in read])}]")
            for (row_id, _, any_filled), parts in zip(read, values, strict=True):
                yield row_id, [*parts, bool(any_filled)] if filled else parts

    def cluster_of(self, row_id: str, kinds: Collection[str] = ()) -> Row | None:
        """The row that a reading went into: a claim's statement, a telling's commitment, a name's actor.

        Where rows of one stage are members in a later one it is the outermost; with `kinds` the outermost of those.
        """
        seen, frontier, best = {row_id}, [row_id], None
        while frontier:
            found = [row for one in frontier for row in self._around(one)]
            best = max(
                (row for row in found if not kinds or row.kind in kinds),
                key=lambda row: (len(row.data["members"]), row.id, row.kind),
                default=best,
            )
            frontier = sorted({row.id for row in found} - seen)
            seen.update(frontier)
        return best

    def _around(self, row_id: str) -> Iterator[Row]:
        """The rows that have this one as a member."""
        sql = (
            "SELECT row.kind, row.id, row.data FROM"
            " (SELECT stage, key FROM member WHERE id = ?1 UNION SELECT stage, cluster FROM item WHERE id = ?1) place"
            " CROSS JOIN row ON row.stage = place.stage AND row.key = place.key"
        )
        for kind, one, text in self._db.execute(sql, (row_id,)).fetchall():
            data = json.loads(text)
            if row_id in data.get("members", ()):
                yield Row(kind, one, data)

    def starting(self, prefix: str) -> tuple[Row, ...]:
        """Rows whose id starts with `prefix`, at most 20, by id and kind."""
        sql = "SELECT kind, id, data FROM row WHERE id >= ? AND id < ? ORDER BY id, kind LIMIT 20"
        found = self._db.execute(sql, (prefix, prefix + "\x7f"))
        return tuple(Row(kind, row_id, json.loads(data)) for kind, row_id, data in found)

    def fingerprint(self) -> list[tuple[str, ...]]:
        """All that is derived, in one order: what two ways of deriving a case must agree on."""
        return list(self._everything())

    def digest(self) -> str:
        """SHA-256 over `fingerprint`, of which no more than one row is held."""
        found = hashlib.sha256()
        for one in self._everything():
            found.update(canonical(one).encode())
        return found.hexdigest()

    def _everything(self) -> Iterator[tuple[str, ...]]:
        for sql in _EVERYTHING:
            yield from self._db.execute(sql)

    def clear(self) -> None:
        """Forget everything derived."""
        for table in DERIVED:
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - the names stand in `DERIVED`
