"""A case file: what was captured, what was read from it, and what people decided.

Writes happen inside `with store.writing():` and are kept whole or not at all. Nothing that was captured is removed;
decisions are only ever appended.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tocsin.core.annotations import Attribution, Mention, Report, Sentence, TimeExpression
from tocsin.core.codec import decode, encode
from tocsin.core.commitments import Commitment
from tocsin.core.decisions import Decision
from tocsin.core.document import Capture, Document, Reject
from tocsin.core.ids import canonical, digest
from tocsin.core.layers import Layer
from tocsin.core.references import Reference
from tocsin.errors import CaseError
from tocsin.store.opening import BUSY_MS, clear_errors, close_case, open_case
from tocsin.store.rows import Rows
from tocsin.store.words import index_fits

LAYER_TYPES: Mapping[str, type[Any]] = MappingProxyType(
    {
        "sentences": Sentence,
        "mentions": Mention,
        "times": TimeExpression,
        "attributions": Attribution,
        "references": Reference,
        "reports": Report,
        "commitments": Commitment,
    }
)
"""What the annotations of each layer are."""
LARGEST = 256 * 1024 * 1024
"""Bytes that one capture or one layer may unpack to: far above any page that is read (10 MB), far below what a crafted
file would need to exhaust a laptop."""


class Store:
    """An open case file. `rows` holds what is derived; close it, or use it as a context manager."""

    def __init__(self, path: Path, *, create: bool = False, write: bool = True) -> None:
        self.path = path
        self._db, self.writable = open_case(path, create=create, write=write)
        self._open = True
        self.rows = Rows(self._db, path)

    def close(self) -> None:
        """Leave one clean file. Closing again does nothing."""
        if self._open:
            self._open = False
            with clear_errors(self.path):
                close_case(self._db, writable=self.writable)

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: all of it is kept, or nothing."""
        if not self.writable:
            raise CaseError(f"{self.path}: cannot be written to; copy it to a place of your own")
        with clear_errors(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            self.rows.parsed.keep(True)
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
            finally:
                self.rows.parsed.keep(False)

    @contextmanager
    def waiting(self, milliseconds: int) -> Iterator[None]:
        """Wait at most so long for another process that is writing."""
        self._db.execute(f"PRAGMA busy_timeout = {int(milliseconds)}")
        try:
            yield
        finally:
            self._db.execute(f"PRAGMA busy_timeout = {BUSY_MS}")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Queries that see one state of the case, whoever writes meanwhile; errors say what to do. May nest."""
        with clear_errors(self.path):
            outermost = not self._db.in_transaction
            if outermost:
                self._db.execute("BEGIN")
            try:
                yield
            finally:
                if outermost and self._open:  # whoever left a listing half read may have closed the case since
                    self._db.execute("ROLLBACK")

    @contextmanager
    def copy(self) -> Iterator["Store"]:
        """A throw-away copy of the case, kept on disk by SQLite and gone afterwards."""
        with clear_errors(self.path):
            copy = Store.__new__(Store)
            copy.path, copy.writable, copy._open = self.path, True, True
            copy._db = sqlite3.connect("", isolation_level=None)
            try:
                self._db.backup(copy._db)
                copy.rows = Rows(copy._db, self.path)
                copy.rows.parsed.keep(True)
                copy._db.execute("BEGIN")  # one for all: nothing of it is kept
                yield copy
            finally:
                copy._db.close()

    def note(self, name: str) -> str | None:
        """A value kept about the case itself. Asked while a case is opened, before anybody looks out for damage."""
        with clear_errors(self.path):
            found = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return found[0] if found else None

    def put_note(self, name: str, value: str) -> None:
        """Keep a value about the case itself."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    # Captures and rejects

    def has_capture(self, capture: Capture, *, read: bool = False) -> bool:
        """Whether these bytes of this page, with the same metadata given beside them, are in the case (and `read`),
        taken no later than they are now."""
        found = self._db.execute("SELECT doc, taken, data FROM capture WHERE id = ?", (capture_id(capture),)).fetchone()
        known = bool(found) and (found[0] is not None or not read)
        return known and (found[1], found[2]) <= (capture.taken, canonical(encode(capture)))

    def speaking(self, doc: str) -> tuple[Capture | None, str]:
        """The capture that speaks for a document, the latest, and when the earliest of them was taken."""
        rows = self._db.execute("SELECT taken, data FROM capture WHERE doc = ? ORDER BY taken, id", (doc,)).fetchall()
        return (decode(Capture, json.loads(rows[-1][1])), rows[0][0]) if rows else (None, "")

    def put_capture(self, capture: Capture, data: bytes, doc: str | None) -> None:
        """Keep a capture, its bytes compressed, and the id of the document read from it. Of the same capture at two
        moments the earlier is kept, whichever came first: it shows more."""
        self._put_bytes(capture.sha256, data)
        values = (capture_id(capture), capture.sha256, capture.page, capture.taken, doc, canonical(encode(capture)))
        sql = (
            "INSERT INTO capture VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE"
            " SET taken = excluded.taken, data = excluded.data WHERE (excluded.taken, excluded.data) < (taken, data)"
        )
        self._db.execute(sql, values)

    def captures(self) -> Iterator[tuple[Capture, str | None]]:
        """Every capture with its document's id, in time order."""
        for doc, data in self._db.execute("SELECT doc, data FROM capture ORDER BY taken, id").fetchall():
            yield decode(Capture, json.loads(data)), doc

    def last_taken(self) -> str | None:
        """When the latest capture was taken; None where there is none."""
        (found,) = self._db.execute("SELECT max(taken) FROM capture").fetchone()
        return str(found) if found is not None else None

    def data(self, sha256: str) -> bytes | None:
        """The bytes with this hash, None where they were not kept. Raises CaseError where they are damaged."""
        found = self._db.execute("SELECT size, bytes FROM blob WHERE sha256 = ?", (sha256,)).fetchone()
        if not found:
            return None
        return unpack(found[1], found[0], f"{self.path}: the bytes of capture {sha256[:12]}")

    def _put_bytes(self, sha256: str, data: bytes) -> None:
        if not self._db.execute("SELECT 1 FROM blob WHERE sha256 = ?", (sha256,)).fetchone():
            self._db.execute("INSERT INTO blob VALUES (?, ?, ?)", (sha256, len(data), zlib.compress(data, 6)))

    def repoint(self, capture: Capture, doc: str) -> None:
        """Say that `doc` is what is read from a capture now."""
        self._db.execute("UPDATE capture SET doc = ? WHERE id = ?", (doc, capture_id(capture)))

    def put_reject(self, reject: Reject, data: bytes | None = None) -> None:
        """List a page that could not be read, with its bytes where they were had. One that is listed already is left
        alone; of two that say the same of the same page one stays, whichever came first; bytes of this page that were
        read at another time (when there was more room) can be read."""
        if data is not None and reject.sha256:
            self._put_bytes(reject.sha256, data)
        read = "SELECT 1 FROM capture WHERE page = ? AND sha256 = ? AND doc IS NOT NULL"
        if self._db.execute(read, (reject.page, reject.sha256)).fetchone():
            return
        reject_id = digest([reject.page, reject.sha256, reject.reason])
        names = [field.name for field in fields(Reject)]
        data_json = canonical(encode(Reject(*(getattr(reject, name) for name in names))))
        values = (reject_id, reject.page, reject.sha256, data_json)
        sql = (
            "INSERT INTO reject VALUES (?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET data = excluded.data WHERE excluded.data < data"
        )
        self._db.execute(sql, values)

    def drop_reject(self, page: str, sha256: str) -> None:
        """Take a page off the list because it can be read now."""
        self._db.execute("DELETE FROM reject WHERE page = ? AND sha256 = ?", (page, sha256))

    def rejects(self) -> tuple[Reject, ...]:
        """Every page that could not be read, by page key and reason; without those that were named before their bytes
        could be had, and read then or later."""
        read = (
            "SELECT 1 FROM capture WHERE capture.page = reject.page AND doc IS NOT NULL"
            " AND capture.taken >= json_extract(reject.data, '$.taken')"
        )
        sql = f"SELECT data FROM reject WHERE sha256 IS NOT NULL OR NOT EXISTS ({read}) ORDER BY page, id"  # noqa: S608
        return tuple(decode(Reject, json.loads(row[0])) for row in self._db.execute(sql))

    # Documents and layers

    def put_document(self, doc: Document) -> None:
        """Keep a document and its layers; one of the same id (the same text of the same page) is replaced."""
        bare = replace(doc, text="", layers=MappingProxyType({}))
        sql = "INSERT INTO document (id, page, text, data) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET data = ?"
        data = canonical(encode(bare))
        known = self._db.execute("SELECT 1 FROM document WHERE id = ?", (doc.id,)).fetchone()
        self._db.execute(sql, (doc.id, doc.page, doc.text, data, data))
        if not known:
            self._index(doc)
        self._db.execute("DELETE FROM layer WHERE doc = ?", (doc.id,))
        for name in sorted(doc.layers):
            layer = doc.layers[name]
            packed = zlib.compress(canonical([encode(one, doc=doc.id) for one in layer.annotations]).encode(), 6)
            self._db.execute("INSERT INTO layer VALUES (?, ?, ?, ?)", (doc.id, name, layer.version, packed))

    def document(self, doc_id: str) -> Document:
        """The document with this id and its layers; raises CaseError where the case has none."""
        found = self._db.execute("SELECT text, data FROM document WHERE id = ?", (doc_id,)).fetchone()
        if not found:
            raise CaseError(f"{self.path}: holds no document {doc_id[:12]}")
        layers = {}
        for name, version, packed in self._db.execute("SELECT name, version, data FROM layer WHERE doc = ?", (doc_id,)):
            if name not in LAYER_TYPES:
                raise CaseError(f"{self.path}: document {doc_id[:12]} has an unknown layer {name!r}")
            items = json.loads(unpack(packed, None, f"{self.path}: layer {name} of document {doc_id[:12]}"))
            layers[name] = Layer(name, version, tuple(decode(LAYER_TYPES[name], one, doc=doc_id) for one in items))
        bare = decode(Document, json.loads(found[1]))
        return replace(bare, text=found[0], layers=MappingProxyType(layers))

    def layers_hash(self, doc_id: str) -> str:
        """Hash of all layers of a document with their versions; empty where it has none."""
        sql = "SELECT name, version, data FROM layer WHERE doc = ? ORDER BY name"
        where = f"{self.path}: a layer of document {doc_id[:12]}"
        found = self._db.execute(sql, (doc_id,)).fetchall()
        said = [[name, version, unpack(packed, None, where).decode()] for name, version, packed in found]
        return digest(said) if said else ""

    def outlines(self) -> Iterator[Document]:
        """Every document that a capture is read as, without text and layers, by page key and id: for lists."""
        sql = "SELECT data FROM document WHERE id IN (SELECT doc FROM capture) ORDER BY page, id"
        for (data,) in self._db.execute(sql):
            yield decode(Document, json.loads(data))

    def document_ids(self, prefix: str = "") -> tuple[str, ...]:
        """Ids of all documents (that start with `prefix`), sorted."""
        found = self._db.execute("SELECT id FROM document WHERE id >= ? AND id < ? ORDER BY id", (prefix, prefix + "g"))
        return tuple(row[0] for row in found)

    def live_documents(self, doc_id: str = "") -> tuple[str, ...]:
        """Ids of the documents that a capture is read as (all, or only `doc_id` where it is one), sorted."""
        if doc_id:
            found = self._db.execute("SELECT doc FROM capture WHERE doc = ? LIMIT 1", (doc_id,))
        else:
            found = self._db.execute("SELECT DISTINCT doc FROM capture WHERE doc IS NOT NULL ORDER BY doc")
        return tuple(row[0] for row in found)

    def versions(self, page: str) -> tuple[str, ...]:
        """Ids of the documents of one page, sorted."""
        return tuple(row[0] for row in self._db.execute("SELECT id FROM document WHERE page = ? ORDER BY id", (page,)))

    def later_versions(self, doc: str) -> tuple[str, ...]:
        """Ids of the documents that the same page is read as in captures no earlier than the last one read as `doc`."""
        sql = (
            "SELECT doc, min(taken) AS first FROM capture WHERE doc IS NOT NULL AND doc != ?1"
            " AND page = (SELECT page FROM document WHERE id = ?1)"
            " GROUP BY doc HAVING first >= (SELECT max(taken) FROM capture WHERE doc = ?1) ORDER BY first, doc"
        )
        return tuple(row[0] for row in self._db.execute(sql, (doc,)))

    # Decisions

    def put_decision(self, decision: Decision) -> None:
        """Append a decision."""
        doc = decision.anchor.doc
        data = canonical(encode(decision))
        self._db.execute("INSERT INTO decision (id, doc, data) VALUES (?, ?, ?)", (decision.id, doc, data))

    def decisions(self, doc: str | None = None) -> tuple[Decision, ...]:
        """All decisions (about one document), in the order made."""
        about, values = ("WHERE doc = ?", (doc,)) if doc is not None else ("", ())
        found = self._db.execute(f"SELECT data FROM decision {about} ORDER BY n", values)  # noqa: S608 - as just above
        return tuple(decode(Decision, json.loads(row[0])) for row in found)

    def decision_keys(self) -> tuple[tuple[str, str | None], ...]:
        """Under which id and document each decision is kept, in the order made."""
        return tuple(self._db.execute("SELECT id, doc FROM decision ORDER BY n").fetchall())

    def last_decision(self) -> str | None:
        """The id of the decision made last."""
        found = self._db.execute("SELECT id FROM decision ORDER BY n DESC LIMIT 1").fetchone()
        return found[0] if found else None

    # Words

    def _index(self, doc: Document) -> None:
        for line in doc.lines:
            if line.end > line.start:
                sql = "INSERT INTO line (doc, start, stop) VALUES (?, ?, ?)"
                number = self._db.execute(sql, (doc.id, line.start, line.end)).lastrowid
                text = doc.text[line.start : line.end]
                self._db.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (number, text))

    def search(self, phrases: tuple[str, ...], limit: int) -> list[tuple[str, int, int]]:
        """Lines that hold every one of `phrases`, best first: (document id, start, end)."""
        query = " ".join('"' + phrase.replace('"', '""') + '"' for phrase in phrases)
        sql = (
            "SELECT line.doc, line.start, line.stop FROM words JOIN line ON line.n = words.rowid"
            " WHERE words MATCH ? ORDER BY round(bm25(words), 6), line.doc, line.start LIMIT ?"
        )
        return [tuple(row) for row in self._db.execute(sql, (query, limit))]

    def check(self) -> list[str]:
        """What is wrong with the file, by SQLite itself and in the full-text index; empty where nothing is."""
        wrong = [row[0] for row in self._db.execute("PRAGMA quick_check") if row[0] != "ok"]
        if not wrong and not index_fits(self._db):
            wrong.append("the index for `search` is not that of its pages' lines")
        return wrong


def unpack(packed: bytes, size: int | None, what: str) -> bytes:
    """Compressed bytes of a case file, which may come from a stranger: no more than `LARGEST`, and `size` exactly."""
    try:
        unpacker = zlib.decompressobj()
        data = unpacker.decompress(packed, LARGEST + 1)
    except zlib.error as error:
        raise CaseError(f"{what} are damaged") from error
    if len(data) > LARGEST:
        raise CaseError(f"{what} unpack to more than {LARGEST:,} bytes; do not trust this file")
    if not unpacker.eof or (size is not None and len(data) != size):
        raise CaseError(f"{what} are not as long as they were")
    return data


def capture_id(capture: Capture) -> str:
    """Identity of a capture: its bytes, its page, what was given beside them and how it was answered over HTTP; not
    when it was taken."""
    given = {name: list(pair) for name, pair in capture.given.items()}
    return digest([capture.sha256, capture.page, given, *([dict(capture.http)] if capture.http else [])])
