"""The full-text index checked: it is without the text it was made from, so a copy is made and the two are compared."""

import hashlib
import sqlite3
from contextlib import closing

from tocsin.core.ids import canonical

_LINES = (
    "SELECT line.n, substr(document.text, line.start + 1, line.stop - line.start) FROM line"
    " JOIN document ON document.id = line.doc ORDER BY line.n"
)


def index_fits(connection: sqlite3.Connection) -> bool:
    """Whether the index of a case finds the words of its documents' lines, and no others."""
    (made,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'words'").fetchone()
    with closing(sqlite3.connect(":memory:")) as copy:
        copy.execute(made)
        copy.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", connection.execute(_LINES))
        return _instances(copy) == _instances(connection)


def _instances(connection: sqlite3.Connection) -> str:
    """SHA-256 over every word of an index with its line and place, of which no more than one is held."""
    connection.execute("CREATE VIRTUAL TABLE temp.instance USING fts5vocab('main', 'words', 'instance')")
    found = hashlib.sha256()
    for one in connection.execute("SELECT term, doc, offset FROM temp.instance ORDER BY term, doc, offset"):
        found.update(canonical(one).encode())
    connection.execute("DROP TABLE temp.instance")
    return found.hexdigest()
