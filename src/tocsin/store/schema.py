"""The tables of a case file and the steps from one schema version to the next.

A file is checked against these very statements when it is opened: a case that came by mail may hold no table, view or
trigger of its own.
"""

APPLICATION_ID = 0x544F4353
"""`TOCS`: how a case file is told from any other SQLite file."""

VERSION_1 = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID

CREATE TABLE blob (sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT

CREATE TABLE capture (
  id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, page TEXT NOT NULL, taken TEXT NOT NULL, doc TEXT, data TEXT NOT NULL
) STRICT

CREATE INDEX capture_doc ON capture (doc)

CREATE TABLE reject (id TEXT PRIMARY KEY, page TEXT NOT NULL, sha256 TEXT, data TEXT NOT NULL) STRICT

CREATE INDEX reject_page ON reject (page)

CREATE TABLE document (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, page TEXT NOT NULL, text TEXT NOT NULL, data TEXT NOT NULL
) STRICT

CREATE INDEX document_page ON document (page)

CREATE TABLE layer (
  doc TEXT NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (doc, name)
) STRICT

CREATE TABLE decision (
  n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, doc TEXT, data TEXT NOT NULL
) STRICT

CREATE INDEX decision_doc ON decision (doc)

CREATE TRIGGER decision_stays BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'decisions are appended'); END

CREATE TRIGGER decision_kept BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'decisions are appended'); END

CREATE TABLE block (
  stage TEXT NOT NULL, key TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (stage, key)
) STRICT, WITHOUT ROWID

CREATE TABLE row (
  stage TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, data TEXT NOT NULL,
  PRIMARY KEY (stage, key, id)
) STRICT, WITHOUT ROWID

CREATE INDEX row_id ON row (id, stage)

CREATE INDEX row_kind ON row (kind, id)

CREATE TABLE member (
  stage TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (stage, key, id)
) STRICT, WITHOUT ROWID

CREATE INDEX member_id ON member (id)

CREATE TABLE pending (stage TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (stage, key)) STRICT, WITHOUT ROWID

CREATE TABLE line (n INTEGER PRIMARY KEY, doc TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL) STRICT

CREATE VIRTUAL TABLE words USING fts5 (text, content='', tokenize='unicode61 remove_diacritics 2')
"""

VERSION_2 = """
DROP TABLE row

DROP TABLE member

DELETE FROM block

DELETE FROM pending

CREATE TABLE row (
  n INTEGER PRIMARY KEY, stage TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT

CREATE UNIQUE INDEX row_block ON row (stage, key, id)

CREATE INDEX row_id ON row (id, stage)

CREATE INDEX row_kind ON row (kind, id)

CREATE TABLE member (
  stage TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, data TEXT NOT NULL,
  PRIMARY KEY (stage, key, id)
) STRICT, WITHOUT ROWID

CREATE INDEX member_id ON member (id)

CREATE INDEX capture_page ON capture (page)

UPDATE meta SET value = 'schema 1' WHERE name = 'link'
"""
"""Rows stand one after another and no longer in the index: with 1 kB of data each they filled every page by half, and
each new one wrote a page somewhere else. Members hold what their block needs of them, side by side: a block of 10,000
is one run through the file and not 10,000 look-ups. What was derived is made anew (the note `link` says so)."""

VERSION_3 = """
DELETE FROM row

DELETE FROM member

DELETE FROM block

DELETE FROM pending

CREATE TABLE item (
  id TEXT NOT NULL, stage TEXT NOT NULL, kind TEXT NOT NULL, side TEXT NOT NULL, cluster TEXT NOT NULL,
  keys TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (id, stage)
) STRICT, WITHOUT ROWID

CREATE TABLE item_key (
  stage TEXT NOT NULL, side TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (stage, side, key, id)
) STRICT, WITHOUT ROWID

CREATE TABLE edge (
  stage TEXT NOT NULL, a TEXT NOT NULL, b TEXT NOT NULL, kind TEXT NOT NULL, score REAL NOT NULL, rank TEXT NOT NULL,
  reasons TEXT NOT NULL, PRIMARY KEY (stage, a, b)
) STRICT, WITHOUT ROWID

CREATE INDEX edge_b ON edge (stage, b)

CREATE TABLE fact (
  kind TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, key, id)
) STRICT, WITHOUT ROWID

CREATE INDEX fact_id ON fact (id)

CREATE TABLE want (
  kind TEXT NOT NULL, key TEXT NOT NULL, stage TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, key, stage, id)
) STRICT, WITHOUT ROWID

CREATE INDEX want_id ON want (id, stage)

UPDATE meta SET value = 'schema 2' WHERE name = 'link'
"""
"""Stages that compare pairs: their items, the keys under which items meet, the edges between them; what rows state for
others, and who wants it. What was derived is made anew."""


def _statements(script: str) -> tuple[str, ...]:
    """The statements of a script, which stand apart by blank lines."""
    return tuple(part.strip() for part in script.strip().split("\n\n"))


MIGRATIONS: tuple[tuple[str, ...], ...] = (_statements(VERSION_1), _statements(VERSION_2), _statements(VERSION_3))
"""Step i leads from version i to version i + 1; a new version appends a step and never changes an old one."""

VERSION = len(MIGRATIONS)
