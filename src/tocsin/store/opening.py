"""Opening a case file: made new, migrated, or refused with the reason and what to do.

A case may come from a stranger: the schema is not trusted, and anything beyond our own tables is refused.
WAL while working, one clean file at rest.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tocsin.core.when import WhenError
from tocsin.errors import BusyError, CaseError, CodecError, SpanError, TocsinError
from tocsin.store.schema import APPLICATION_ID, MIGRATIONS, VERSION

BUSY_MS = 10_000
"""How long a second process waits for the one that is writing before it gives up."""
CACHE_KB = 64 * 1024
"""Memory for pages of the file. SQLite's own 2 MB hold a case of 100 news pages; keys are hashes, so that a larger case
then reads and writes every page of its indexes again and again."""
LOG_PAGES = 4_000
"""Pages (16 MB) in the log before it is folded in: the same index pages change with every batch, and 4 MB fold them in
each time."""
FTS_TABLES = frozenset(("words_data", "words_idx", "words_docsize", "words_config", "words_content"))
"""FTS5 makes these itself, in words that differ between versions of SQLite."""
STATEMENTS = 512
"""Statements kept prepared. Stages ask some 40 of them in several sizes: more than the 128 that Python keeps."""
MAGIC = b"SQLite format 3\x00"


@contextmanager
def clear_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ones that say what to do."""
    try:
        yield
    except sqlite3.Error as error:
        said = str(error)
        if "locked" in said or "busy" in said:
            said_more = "another tocsin is writing to it; wait for it to end and try again"
            raise BusyError(f"{path}: {said}; {said_more}") from error
        if "full" in said or "disk I/O" in said:
            advice = "the disk is full or failing; make room and run the same command again, nothing is lost"
        elif "readonly" in said or "unable to open" in said:
            advice = "check that the file and its folder can be written to"
        elif "malformed" in said or "not a database" in said:
            advice = "the file is damaged; take a copy from before, or add the pages to a new case"
        else:
            advice = "if it repeats, run `tocsin verify` on it"
        raise CaseError(f"{path}: {said}; {advice}") from error
    except (CodecError, SpanError, WhenError) as error:
        raise CaseError(f"{path}: {error}; do not trust this file") from error
    except TocsinError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, MemoryError) as error:
        # json, zlib and our own types say so in many ways; a case may come from a stranger
        raise CaseError(
            f"{path}: what it holds is not what a Tocsin case holds ({type(error).__name__}); do not trust this file"
        ) from error


def open_case(path: Path, *, create: bool, write: bool) -> tuple[sqlite3.Connection, bool]:
    """A connection to the case at `path` and whether it can be written; raises CaseError where it cannot be one.

    Without `write` not a byte of the file changes, unless a killed run has left a log to fold in.
    """
    exists = path.exists()
    if not exists and not create:
        raise CaseError(f"{path}: no such case; make one with `tocsin add {path} PAGES…`")
    if path.is_dir():
        raise CaseError(f"{path}: is a folder, not a case file; name a file, for example {path / 'case.tocsin'}")
    if not exists and not path.parent.is_dir():
        raise CaseError(f"{path}: the folder {path.parent} does not exist; make it first")
    empty = not exists or path.stat().st_size == 0
    if empty and not create:
        raise CaseError(f"{path}: is empty, not a case; make one with `tocsin add {path} PAGES…`")
    with clear_errors(path):
        needs_write = not empty and (_logged(path) or _beside(path, "-journal").exists())
        writable = empty or ((write or needs_write) and _writable(path))
        mode = "rwc" if create else "rw" if writable else "ro"
        address = f"{path.resolve().as_uri()}?mode={mode}"
        connection = sqlite3.connect(address, uri=True, isolation_level=None, cached_statements=STATEMENTS)
        try:
            _settle(connection, path, empty=empty or (create and _blank(connection)), writable=writable)
        except BaseException:
            connection.close()
            raise
    return connection, writable


def _logged(path: Path) -> bool:
    """Whether the file's header says that a log belongs to it. Raises CaseError where it is no SQLite file."""
    with path.open("rb") as file:
        header = file.read(20)
    if not header.startswith(MAGIC):
        raise CaseError(f"{path}: is not a Tocsin case; to read it as a page, `tocsin read {path}`")
    return header[18:20] == b"\x02\x02"


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _blank(connection: sqlite3.Connection) -> bool:
    """Whether nothing was ever written to the file: a run was killed in the act of making it."""
    return all(
        connection.execute(sql).fetchone()[0] == 0
        for sql in ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_schema")
    )


def _writable(path: Path) -> bool:
    """Whether the file, and its folder for the log beside it, can be written to."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _settle(connection: sqlite3.Connection, path: Path, *, empty: bool, writable: bool) -> None:
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA mmap_size = 0")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
    if empty:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    elif connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise CaseError(f"{path}: is an SQLite file of another program, not a Tocsin case")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise CaseError(
            f"{path}: was written by a newer Tocsin (schema {version}, this one knows {VERSION}); upgrade Tocsin"
        )
    if writable:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
    if version < VERSION:
        if not writable:
            raise CaseError(f"{path}: is of an older Tocsin; `tocsin rebuild {path}` brings it up to date")
        migrate(connection)
    _check_schema(connection, path)


def migrate(connection: sqlite3.Connection) -> None:
    """Take a file to the present schema, all steps or none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]  # another process may have been first
        for step in MIGRATIONS[version:]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk ends it by itself
            connection.execute("ROLLBACK")
        raise


def schema_of(connection: sqlite3.Connection) -> list[str]:
    """Every statement of the file's schema but for the tables that SQLite makes by itself, sorted."""
    rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
    return sorted(sql for name, sql in rows if name not in FTS_TABLES)


@cache
def expected_schema() -> tuple[str, ...]:
    """The schema of a new case."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(connection)
        return tuple(schema_of(connection))
    finally:
        connection.close()


def _check_schema(connection: sqlite3.Connection, path: Path) -> None:
    found = schema_of(connection)
    odd = [sql for sql in found if sql not in expected_schema()]
    if odd or len(found) != len(expected_schema()):
        shown = odd[0][:80] if odd else "a table is missing"
        raise CaseError(f"{path}: its tables are not a Tocsin case's ({shown!r}); do not trust this file")


def close_case(connection: sqlite3.Connection, *, writable: bool) -> None:
    """Leave one clean file: the log is folded in and removed."""
    if writable:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError:  # another process still works on it and will fold the log in
            connection.close()
            return
    connection.close()
