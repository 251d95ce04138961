"""A small case file to be damaged, and the script that damages it.

An input of the targets `case` and `exports` is no SQLite file, which a mutation would only make unreadable, but a list
of damages, one a line: `set TABLE COLUMN N VALUE`, `json TABLE COLUMN N PATH VALUE`, `drop TABLE N`, `copy TABLE N`,
`byte OFFSET HEX`, `cut N`, `sql STATEMENT`. Invariant: the same script gives the same file; no damage ever fails.
"""

import json
import sqlite3
import zlib
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tocsin.api
from fuzz.reading import no_worker

PACKED = {("blob", "bytes"), ("layer", "data")}
DAMAGES = 40
"""Damages of one script that are carried out."""
_PAGES = Path(__file__).resolve().parent / "corpus" / "case-pages"


def clock() -> datetime:
    """Always the same moment."""
    return datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)


@cache
def base() -> bytes:
    """A case with three small pages, one reject and four decisions, in pages of 512 bytes so that it stays small."""
    with TemporaryDirectory(prefix="tocsin-fuzz-") as folder:
        path = Path(folder) / "base.tocsin"
        with no_worker(b""), tocsin.api.open(path, clock=clock) as case:
            case.add(*sorted(str(one) for one in _PAGES.iterdir()))
            for number, one in enumerate(case.commitments()[:3]):
                case.decide(one.id, ("accept", "reject", "accept")[number], by="Fuzz", note="because")
            for said in case.statements()[:1]:
                case.decide(said.id, "reject", by="Fuzz")
            made = [one for one, _ in case.decisions()]
            if made:
                case.decide(made[0].id, "withdraw", by="Fuzz")
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA page_size = 512")
        connection.execute("VACUUM")
        connection.close()
        return path.read_bytes()


@cache
def exported() -> bytes:
    """What the undamaged case exports as JSONL."""
    with TemporaryDirectory(prefix="tocsin-fuzz-") as folder:
        path = Path(folder) / "base.tocsin"
        path.write_bytes(base())
        with tocsin.api.open(path, create=False, write=False, clock=clock) as case:
            return "".join(case.export("jsonl")).encode()


def damaged(script: bytes) -> bytes:
    """The case file after the damages of `script`."""
    lines = script.split(b"\n")[:DAMAGES]
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.deserialize(base())
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for line in lines:
            with suppress(sqlite3.Error, OverflowError, ValueError, zlib.error):
                _damage(connection, line.split(b" ", 1)[0], line)
        for _, sql in triggers:
            with suppress(sqlite3.Error):
                connection.execute(sql)
        file = bytearray(connection.serialize())
    finally:
        connection.close()
    for line in lines:
        _damage_bytes(file, line.split(b" "))
    return bytes(file)


def _damage(connection: sqlite3.Connection, act: bytes, line: bytes) -> None:
    if act == b"set":
        _, table, column, number, value = _parts(line, 5)
        _put(connection, table, column, number, value)
    elif act == b"json":
        _, table, column, number, path, value = _parts(line, 6)
        held = _get(connection, table, column, number)
        if held is not None:
            _put(connection, table, column, number, _replaced(held, path, value))
    elif act in (b"drop", b"copy"):
        _, table, number = _parts(line, 3)
        _row(connection, act, table, number)
    elif act == b"sql":
        connection.execute(line[4:].decode("utf-8", "replace"))


@cache
def columns() -> dict[str, tuple[str, ...]]:
    """The tables of a case and their columns, but for those that hold the words."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(base())
        found = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%words%'")
        names = [name for (name,) in found if not name.startswith("sqlite_")]
        return {name: tuple(one[1] for one in connection.execute(f"PRAGMA table_info({name})")) for name in names}
    finally:
        connection.close()


@cache
def _key(table: str) -> str:
    """What tells the rows of a table apart: `rowid`, or its primary key where it has none."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(base())
        try:
            connection.execute(f"SELECT rowid FROM {table}")  # noqa: S608
        except sqlite3.Error:
            found = sorted((one[5], one[1]) for one in connection.execute(f"PRAGMA table_info({table})") if one[5])
            return ", ".join(name for _, name in found)
        return "rowid"
    finally:
        connection.close()


def _parts(line: bytes, size: int) -> list[str]:
    """The words of a damage, the last with all that follows; raises ValueError where there are fewer."""
    parts = line.decode("utf-8", "replace").split(" ", size - 1)
    if len(parts) < size or parts[1] not in columns():
        raise ValueError(line)
    return parts


def _where(table: str, number: str) -> str:
    key = _key(table)
    return f"({key}) IN (SELECT {key} FROM {table} ORDER BY {key} LIMIT 1 OFFSET {int(number) % 64})"  # noqa: S608


def _column(table: str, column: str) -> str:
    if column not in columns()[table]:
        raise ValueError(column)
    return column


def _get(connection: sqlite3.Connection, table: str, column: str, number: str) -> str | None:
    sql = f"SELECT {_column(table, column)} FROM {table} WHERE {_where(table, number)}"  # noqa: S608
    found = connection.execute(sql).fetchone()
    if found is None or found[0] is None:
        return None
    return zlib.decompress(found[0]).decode("utf-8", "replace") if isinstance(found[0], bytes) else str(found[0])


def _put(connection: sqlite3.Connection, table: str, column: str, number: str, value: str) -> None:
    kept: str | bytes | None = None if value == "null" else value
    if kept is not None and (table, column) in PACKED:
        kept = zlib.compress(value.encode("utf-8", "replace")) if not value.startswith("raw:") else value.encode()
    sql = f"UPDATE {table} SET {_column(table, column)} = ? WHERE {_where(table, number)}"  # noqa: S608
    connection.execute(sql, (kept,))


def _row(connection: sqlite3.Connection, act: bytes, table: str, number: str) -> None:
    if act == b"drop":
        connection.execute(f"DELETE FROM {table} WHERE {_where(table, number)}")  # noqa: S608
    else:
        names = ", ".join(name for name in columns()[table] if name != "n")
        shown = ", ".join(f"{name} || 'f'" if name == "id" else name for name in names.split(", "))
        where = _where(table, number)
        connection.execute(f"INSERT INTO {table} ({names}) SELECT {shown} FROM {table} WHERE {where}")  # noqa: S608


def _replaced(held: str, path: str, value: str) -> str:
    """JSON with what stands at `path` (`a/0/b`) replaced by the JSON `value`, or by it as a string."""
    data = json.loads(held)
    try:
        new: Any = json.loads(value)
    except (ValueError, RecursionError):
        new = value
    at, names = data, [one for one in path.split("/") if one]
    for depth, name in enumerate(names):
        last = depth == len(names) - 1
        if isinstance(at, list) and at:
            index = int(name) % len(at)
            if last:
                at[index] = new
            at = at[index]
        elif isinstance(at, dict):
            if last:
                at[name] = new
            at = at.get(name)
        else:
            break
    return json.dumps(data if names else new, ensure_ascii=False)


def _damage_bytes(file: bytearray, words: list[bytes]) -> None:
    try:
        if words[0] == b"byte" and len(words) >= 3 and file:
            patch = bytes.fromhex(words[2].decode("ascii"))[:64]
            at = int(words[1][:9]) % len(file)
            file[at : at + len(patch)] = patch
        elif words[0] == b"cut" and len(words) >= 2:
            del file[int(words[1][:9]) :]
    except ValueError:
        return
