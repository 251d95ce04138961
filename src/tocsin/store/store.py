"""A case file: what was captured, what was read from it, and what people decided.

Writes happen inside `with store.writing():` and are kept whole or not at all. Nothing that was captured is removed;
decisions are only ever appended.
"""

import json
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
from tocsin.errors import CaseError
from tocsin.store.opening import clear_errors, close_case, open_case
from tocsin.store.rows import Rows

LAYER_TYPES: Mapping[str, type[Any]] = MappingProxyType(
    {
        "sentences": Sentence,
        "mentions": Mention,
        "times": TimeExpression,
        "attributions": Attribution,
        "reports": Report,
        "commitments": Commitment,
    }
)
"""What the annotations of each layer are."""


class Store:
    """An open case file. `rows` holds what is derived; close it, or use it as a context manager."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        self._db, self.writable = open_case(path, create=create)
        self._open = True
        self.rows = Rows(self._db)

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
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def trying(self) -> Iterator[None]:
        """A transaction of which nothing is kept."""
        with clear_errors(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                self._db.execute("ROLLBACK")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Queries whose errors say what to do."""
        with clear_errors(self.path):
            yield

    def note(self, name: str) -> str | None:
        """A value kept about the case itself."""
        found = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return found[0] if found else None

    def put_note(self, name: str, value: str) -> None:
        """Keep a value about the case itself."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    # Captures and rejects

    def has_capture(self, capture: Capture) -> bool:
        """Whether these bytes of this page, with the same metadata given beside them, are in the case."""
        return bool(self._db.execute("SELECT 1 FROM capture WHERE id = ?", (capture_id(capture),)).fetchone())

    def put_capture(self, capture: Capture, data: bytes, doc: str | None) -> None:
        """Keep a capture, its bytes compressed, and the id of the document read from it."""
        self._put_bytes(capture.sha256, data)
        values = (capture_id(capture), capture.sha256, capture.page, capture.taken, doc, canonical(encode(capture)))
        self._db.execute("INSERT OR IGNORE INTO capture VALUES (?, ?, ?, ?, ?, ?)", values)

    def captures(self) -> Iterator[tuple[Capture, str | None]]:
        """Every capture with its document's id, in time order."""
        for doc, data in self._db.execute("SELECT doc, data FROM capture ORDER BY taken, id").fetchall():
            yield decode(Capture, json.loads(data)), doc

    def data(self, sha256: str) -> bytes | None:
        """The bytes with this hash, None where they were not kept. Raises CaseError where they are damaged."""
        found = self._db.execute("SELECT size, bytes FROM blob WHERE sha256 = ?", (sha256,)).fetchone()
        if not found:
            return None
        try:
            unpacker = zlib.decompressobj()
            data = unpacker.decompress(found[1], found[0] + 1)
        except zlib.error as error:
            raise CaseError(f"{self.path}: the bytes of capture {sha256[:12]} are damaged") from error
        if len(data) != found[0]:
            raise CaseError(f"{self.path}: the bytes of capture {sha256[:12]} are not as long as they were")
        return data

    def _put_bytes(self, sha256: str, data: bytes) -> None:
        if not self._db.execute("SELECT 1 FROM blob WHERE sha256 = ?", (sha256,)).fetchone():
            self._db.execute("INSERT INTO blob VALUES (?, ?, ?)", (sha256, len(data), zlib.compress(data, 6)))

    def repoint(self, capture: Capture, doc: str) -> None:
        """Say that `doc` is what is read from a capture now."""
        self._db.execute("UPDATE capture SET doc = ? WHERE id = ?", (doc, capture_id(capture)))

    def put_reject(self, reject: Reject, data: bytes | None = None) -> None:
        """List a page that could not be read, with its bytes where they were had; one that is listed already is left
        alone."""
        if data is not None and reject.sha256:
            self._put_bytes(reject.sha256, data)
        reject_id = digest([reject.page, reject.sha256, reject.reason])
        names = [field.name for field in fields(Reject)]
        data_json = canonical(encode(Reject(*(getattr(reject, name) for name in names))))
        values = (reject_id, reject.page, reject.sha256, data_json)
        self._db.execute("INSERT OR IGNORE INTO reject VALUES (?, ?, ?, ?)", values)

    def drop_reject(self, page: str, sha256: str) -> None:
        """Take a page off the list because it can be read now."""
        self._db.execute("DELETE FROM reject WHERE page = ? AND sha256 = ?", (page, sha256))

    def rejects(self) -> tuple[Reject, ...]:
        """Every page that could not be read, by page key and reason."""
        found = self._db.execute("SELECT data FROM reject ORDER BY page, id")
        return tuple(decode(Reject, json.loads(row[0])) for row in found)

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
            items = json.loads(zlib.decompress(packed))
            layers[name] = Layer(name, version, tuple(decode(LAYER_TYPES[name], one, doc=doc_id) for one in items))
        bare = decode(Document, json.loads(found[1]))
        return replace(bare, text=found[0], layers=MappingProxyType(layers))

    def outlines(self) -> Iterator[Document]:
        """Every document without text and layers, by page key and id: for lists."""
        for (data,) in self._db.execute("SELECT data FROM document ORDER BY page, id"):
            yield decode(Document, json.loads(data))

    def document_ids(self, prefix: str = "") -> tuple[str, ...]:
        """Ids of all documents (that start with `prefix`), sorted."""
        found = self._db.execute("SELECT id FROM document WHERE id >= ? AND id < ? ORDER BY id", (prefix, prefix + "g"))
        return tuple(row[0] for row in found)

    def live_documents(self, doc_id: str = "") -> tuple[str, ...]:
        """Ids of the documents that a capture is read as (all, or only `doc_id` where it is one), sorted."""
        sql = "SELECT DISTINCT doc FROM capture WHERE doc IS NOT NULL AND (doc = ? OR ? = '') ORDER BY doc"
        return tuple(row[0] for row in self._db.execute(sql, (doc_id, doc_id)))

    def versions(self, page: str) -> tuple[str, ...]:
        """Ids of the documents of one page, sorted."""
        return tuple(row[0] for row in self._db.execute("SELECT id FROM document WHERE page = ? ORDER BY id", (page,)))

    # Decisions

    def put_decision(self, decision: Decision) -> None:
        """Append a decision."""
        doc = decision.anchor.doc
        data = canonical(encode(decision))
        self._db.execute("INSERT INTO decision (id, doc, data) VALUES (?, ?, ?)", (decision.id, doc, data))

    def decisions(self, doc: str | None = None) -> tuple[Decision, ...]:
        """All decisions (about one document), in the order made (then by id)."""
        sql = "SELECT data FROM decision WHERE doc = ? OR ? IS NULL"
        found = [decode(Decision, json.loads(row[0])) for row in self._db.execute(sql, (doc, doc))]
        return tuple(sorted(found, key=lambda decision: (decision.made, decision.id)))

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
        """What SQLite itself finds wrong with the file; empty where nothing is."""
        return [row[0] for row in self._db.execute("PRAGMA quick_check") if row[0] != "ok"]


def capture_id(capture: Capture) -> str:
    """Identity of a capture: its bytes, its page and what was given beside them; not when it was taken."""
    given = {name: list(pair) for name, pair in capture.given.items()}
    return digest([capture.sha256, capture.page, given])
