"""Derived rows in a case file: `core.rows.RowStore` over three tables."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from tocsin.core.ids import canonical
from tocsin.core.rows import Row
from tocsin.store.opening import clear_errors


class Rows:
    """Blocks, their rows and their members. What is here can be made again from the rest of the file."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._db = connection
        self._path = path

    def block_hash(self, stage: str, key: str) -> str | None:
        """The input hash that the block was last derived from."""
        found = self._db.execute("SELECT hash FROM block WHERE stage = ? AND key = ?", (stage, key)).fetchone()
        return found[0] if found else None

    def block_rows(self, stage: str, key: str) -> tuple[Row, ...]:
        """The rows of one block, by id."""
        found = self._db.execute("SELECT kind, id, data FROM row WHERE stage = ? AND key = ? ORDER BY id", (stage, key))
        return tuple(Row(kind, row_id, json.loads(data)) for kind, row_id, data in found)

    def put_block(self, stage: str, key: str, input_hash: str | None, rows: tuple[Row, ...]) -> None:
        """Replace one block and its rows; an `input_hash` of None removes it."""
        self._db.execute("DELETE FROM row WHERE stage = ? AND key = ?", (stage, key))
        if input_hash is None:
            self._db.execute("DELETE FROM block WHERE stage = ? AND key = ?", (stage, key))
            return
        self._db.execute("INSERT OR REPLACE INTO block VALUES (?, ?, ?)", (stage, key, input_hash))
        values = ((stage, row.id, row.kind, key, canonical(row.data)) for row in rows)
        self._db.executemany("INSERT INTO row (stage, id, kind, key, data) VALUES (?, ?, ?, ?, ?)", values)

    def members(self, stage: str, key: str) -> tuple[Row, ...]:
        """The members of one block by id, each with what the block needs of it."""
        found = self._db.execute("SELECT id, kind, data FROM member WHERE stage = ? AND key = ?", (stage, key))
        rows = sorted(found.fetchall())
        parts = json.loads(f"[{','.join([data for _, _, data in rows])}]")  # at once: a block may have 10,000
        return tuple([Row(kind, row_id, data) for (row_id, kind, _), data in zip(rows, parts, strict=True)])

    def put_members(self, stage: str, old: tuple[tuple[str, str], ...], new: tuple[tuple[str, Row], ...]) -> None:
        """Take away the memberships `old` (block key, id) and write `new`: (block key, what the block needs of it)."""
        gone = ((stage, key, row_id) for key, row_id in old)
        self._db.executemany("DELETE FROM member WHERE stage = ? AND key = ? AND id = ?", gone)
        come = ((stage, key, row.id, row.kind, canonical(row.data)) for key, row in new)
        self._db.executemany("INSERT OR REPLACE INTO member VALUES (?, ?, ?, ?, ?)", come)

    def put_pending(self, touched: Iterable[tuple[str, str]]) -> None:
        """Note blocks (stage, key) that are still to be derived."""
        self._db.executemany("INSERT OR IGNORE INTO pending VALUES (?, ?)", sorted(touched))

    def pending(self) -> set[tuple[str, str]]:
        """Blocks that are still to be derived. Asked while a case is opened, before anybody looks out for damage."""
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

    def cluster_of(self, row_id: str) -> Row | None:
        """The row that a reading went into: a claim's statement, a telling's commitment, a name's actor."""
        sql = (
            "SELECT row.kind, row.id, row.data FROM member"
            " JOIN row ON row.stage = member.stage AND row.key = member.key"
            " WHERE member.id = ? ORDER BY row.id"
        )
        found = self._db.execute(sql, (row_id,)).fetchall()
        rows = (Row(kind, one, json.loads(data)) for kind, one, data in found)
        return next((row for row in rows if row_id in row.data["members"]), None)

    def starting(self, prefix: str) -> tuple[Row, ...]:
        """Rows whose id starts with `prefix`, at most 20, by id and kind."""
        sql = "SELECT kind, id, data FROM row WHERE id >= ? AND id < ? ORDER BY id, kind LIMIT 20"
        found = self._db.execute(sql, (prefix, prefix + "\x7f"))
        return tuple(Row(kind, row_id, json.loads(data)) for kind, row_id, data in found)

    def fingerprint(self) -> list[tuple[str, ...]]:
        """Every block and row, in one order: what two ways of deriving a case must agree on."""
        return list(self._everything())

    def digest(self) -> str:
        """SHA-256 over `fingerprint`, of which no more than one row is held."""
        found = hashlib.sha256()
        for one in self._everything():
            found.update(canonical(one).encode())
        return found.hexdigest()

    def _everything(self) -> Iterator[tuple[str, ...]]:
        yield from self._db.execute("SELECT 'block', stage, key, hash, '' FROM block ORDER BY stage, key")
        yield from self._db.execute("SELECT stage, kind, id, key, data FROM row ORDER BY stage, key, id")

    def clear(self) -> None:
        """Forget everything derived."""
        for table in ("row", "member", "block", "pending"):
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - the names stand in this line's loop
