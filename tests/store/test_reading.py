"""How a case file is asked: many values in few statements, JSON parsed once while it is written to, parts of rows."""

import sqlite3
from pathlib import Path

import pytest

from tocsin.core.rows import Row
from tocsin.store import parsing
from tocsin.store.items import SIZES, asked, questions
from tocsin.store.parsing import Parsed
from tocsin.store.store import Store


@pytest.mark.parametrize("count", [0, 1, 2, 4, 5, 64, 65, 500, 501, 1_203])
def test_every_value_is_asked_for_once_in_statements_of_few_sizes(count: int) -> None:
    values = [f"v{number:04}" for number in range(count)]
    made = list(questions("SELECT {}", values, "first"))
    assert {sql.count("?") for sql, _ in made} <= set(SIZES)
    assert all(sql.count("?") + 1 == len(parameters) for sql, parameters in made)
    assert sorted({one for _, parameters in made for one in parameters[1:]}) == values


def test_a_row_that_is_asked_for_several_times_is_found_once() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE thing (id TEXT)")
    connection.executemany("INSERT INTO thing VALUES (?)", [("a",), ("b",), ("c",)])
    sql = "SELECT id FROM thing WHERE id IN ({}) ORDER BY id"
    assert list(asked(connection, sql, ["b", "a", "b", "x", "a"])) == [("a",), ("b",)]
    connection.close()


def test_a_text_is_parsed_once_while_texts_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = Parsed()
    assert parsed.values(['{"a":1}']) == [{"a": 1}]
    assert parsed.values(['{"a":1}'])[0] is not parsed.values(['{"a":1}'])[0]
    parsed.keep(True)
    first = parsed.values(['{"a":1}', "[2]", '{"a":1}'])
    assert first == [{"a": 1}, [2], {"a": 1}]
    assert parsed.values(["[2]"])[0] is first[1]
    parsed.keep(False)
    assert parsed.values(["[2]"])[0] is not first[1]


def test_no_more_texts_are_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "KEPT", 10)
    parsed = Parsed()
    parsed.keep(True)
    old = parsed.values(['["first"]'])[0]
    assert parsed.values(['["other"]'])
    assert parsed.values(['["first"]'])[0] is old
    for number in range(9):
        assert parsed.values([f'["text {number}"]']) == [[f"text {number}"]]
    assert parsed.values(['["first"]'])[0] is not old
    assert len(parsed._new) + len(parsed._old) <= 4


def test_parts_of_rows_and_whether_a_list_in_them_is_filled(tmp_path: Path) -> None:
    rows = (
        Row(
            "thing",
            "a",
            {"name": 'ä \\ " one', "of": {"who": None}, "parts": [{"clauses": []}, {"clauses": [["if", "x"]]}]},
        ),
        Row("thing", "b", {"name": "two", "of": {"who": "him"}, "parts": [{"clauses": []}]}),
        Row("other", "c", {"name": '"clauses":[["if"', "of": {}, "parts": []}),
    )
    with Store(tmp_path / "x.tocsin", create=True) as store:
        with store.writing():
            store.rows.put_blocks("stage", [("key", "hash", rows)])
        found = list(store.rows.parts("thing", "$.name", "$.of.who", filled=("$.parts", "$.clauses")))
        assert found == [("a", ['ä \\ " one', None, True]), ("b", ["two", "him", False])]
        assert list(store.rows.parts("other", "$.name", "$.of.who")) == [("c", ['"clauses":[["if"', None])]
