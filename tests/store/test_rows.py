"""Derived rows, items, edges and facts in a case file: an older file is derived anew, a crafted one ends in a clear
error, and clearing leaves nothing.
"""

import sqlite3
from pathlib import Path

import pytest

from tocsin.core.document import Capture, Document, Line
from tocsin.core.layers import Layer
from tocsin.core.rows import Edge, Facts, Item, Row
from tocsin.errors import CaseError
from tocsin.link.closing import Closure
from tocsin.link.derive import derive, touch
from tocsin.store.rows import DERIVED
from tocsin.store.schema import APPLICATION_ID, MIGRATIONS, VERSION
from tocsin.store.store import Store

CAPTURE = Capture("0" * 64, "p.txt", "p.txt", "p.txt", "2020-01-01T00:00:00Z", "text/plain")
DOC = Document.of("The dam is shut.", CAPTURE, (Line(0, 16, "body"),)).with_layer(Layer("sentences", "s/1", ()))


def item(row: Row, facts: Facts) -> Item | None:
    return Item(("all",), {"said": list(facts["fact", "k"])}) if row.kind == "thing" else None


def pair(_a: Row, _b: Row) -> Edge | None:
    return Edge("same", 0.1 + 0.2, ("alike",))


def rows(members: tuple[Row, ...], _edges: tuple[Edge, ...]) -> tuple[Row, ...]:
    return (Row("cluster", members[0].id, {"members": [one.id for one in members]}),)


STAGES = (Closure("things", "things/1", ("thing",), item, pair, rows, lambda _row: (("fact", "k"),), ("fact",)),)
READ = (Row("thing", "t1", {}), Row("thing", "t2", {}), Row("fact", "f", {"keys": ["k", "l"], "is": 1}))


def derived(path: Path) -> Path:
    with Store(path, create=True) as store, store.writing():
        derive(store.rows, STAGES, touch(store.rows, STAGES, "d", READ))
    return path


def counts(path: Path) -> dict[str, int]:
    connection = sqlite3.connect(path)
    sizes = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in DERIVED}  # noqa: S608 - named in `DERIVED`
    connection.close()
    return sizes


def change(path: Path, sql: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(sql)
    connection.close()


def test_what_is_derived_stands_in_its_tables_and_clearing_leaves_nothing(tmp_path: Path) -> None:
    path = derived(tmp_path / "x.tocsin")
    assert counts(path) == {
        "row": 4, "member": 0, "block": 2, "pending": 0, "item": 2, "item_key": 2, "edge": 1, "fact": 2, "want": 2
    }  # fmt: skip
    with Store(path) as store:
        before = store.rows.digest()
        with store.writing():
            store.rows.clear()
            empty = store.rows.digest()
        assert store.rows.fingerprint() == []
    assert before != empty
    assert set(counts(path).values()) == {0}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE item SET data = '{\"said\":[]}'",
        "UPDATE item SET cluster = 't2'",
        "DELETE FROM item_key WHERE id = 't1'",
        "UPDATE edge SET score = 0.3",
        "DELETE FROM fact WHERE key = 'l'",
        "DELETE FROM want",
    ],
)
def test_the_digest_sees_whatever_is_changed(tmp_path: Path, sql: str) -> None:
    path = derived(tmp_path / "x.tocsin")
    with Store(path) as store:
        before = store.rows.digest()
    change(path, sql)
    with Store(path) as store:
        assert store.rows.digest() != before


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE item SET data = '{'",
        "UPDATE item SET keys = '7'",
        "UPDATE edge SET kind = 'foe'",
        "UPDATE edge SET reasons = 'no JSON'",
        "DELETE FROM item",
        "INSERT INTO pending VALUES ('no such stage', 'x')",
    ],
)
def test_a_crafted_file_ends_in_a_clear_error(tmp_path: Path, sql: str) -> None:
    path = derived(tmp_path / "x.tocsin")
    change(path, sql)
    with Store(path) as store, pytest.raises(CaseError, match="do not trust this file"), store.writing():
        touched = touch(store.rows, STAGES, "e", (Row("thing", "t3", {}),))
        derive(store.rows, STAGES, touched | store.rows.pending())


def test_a_crafted_cluster_cannot_send_a_question_round_for_ever(tmp_path: Path) -> None:
    path = derived(tmp_path / "x.tocsin")
    change(path, 'UPDATE row SET data = \'{"members":["t1","t2"]}\'')
    with Store(path) as store, store.reading():
        found = store.rows.cluster_of("t2")
    assert found is not None
    assert found.id == "t1"


def test_a_case_of_the_second_schema_is_derived_again(tmp_path: Path) -> None:
    path = tmp_path / "new.tocsin"
    with Store(path, create=True) as store, store.writing():
        store.put_capture(CAPTURE, DOC.text.encode(), DOC.id)
        store.put_document(DOC)
        store.put_note("link", "as it was")
    old = sqlite3.connect(tmp_path / "old.tocsin", isolation_level=None)
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in (*MIGRATIONS[0], *MIGRATIONS[1]):
        old.execute(statement)
    old.execute("PRAGMA user_version = 2")
    old.execute("ATTACH ? AS new", (str(path),))
    for table in ("blob", "capture", "document", "layer", "line", "meta"):
        old.execute(f"INSERT INTO {table} SELECT * FROM new.{table}")  # noqa: S608 - named above
    old.execute("INSERT INTO block VALUES ('actors', 'n0', 'x')")
    old.execute("INSERT INTO row (stage, id, kind, key, data) VALUES ('actors', 'n0', 'actor', 'n0', '{}')")
    old.execute("INSERT INTO decision (id, doc, data) VALUES ('d1', NULL, '{}')")
    old.close()
    with pytest.raises(CaseError, match="rebuild"):
        Store(tmp_path / "old.tocsin", write=False)
    with Store(tmp_path / "old.tocsin") as store:
        assert store.note("link") == "schema 2"
        assert store.rows.fingerprint() == []
        assert store.document(DOC.id) == DOC
    again = sqlite3.connect(tmp_path / "old.tocsin")
    assert again.execute("PRAGMA user_version").fetchone()[0] == VERSION
    assert again.execute("SELECT id FROM decision").fetchall() == [("d1",)]
    again.close()
