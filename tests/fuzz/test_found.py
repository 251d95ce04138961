"""What fuzzing found in case files from elsewhere, each a test of its own."""

import json
import sqlite3
from pathlib import Path

import pytest

import tocsin.api
from fuzz.cases import base, clock
from tocsin.errors import CaseError


@pytest.mark.parametrize("table", ["meta", "pending"])
@pytest.mark.parametrize("write", [False, True])
def test_damage_met_while_opening_is_said(tmp_path: Path, table: str, write: bool) -> None:
    """What a case asks of itself when it is opened raised SQLite's own error where that page was damaged."""
    path = tmp_path / "case.tocsin"
    path.write_bytes(base())
    connection = sqlite3.connect(path)
    root, size = connection.execute(
        "SELECT rootpage, page_size FROM sqlite_schema, pragma_page_size WHERE name = ?", (table,)
    ).fetchone()
    connection.close()
    data = bytearray(base())
    data[(root - 1) * size : root * size] = b"\xff" * size
    path.write_bytes(data)
    with pytest.raises(CaseError, match="damaged; take a copy from before"):
        tocsin.api.open(path, create=False, write=write, clock=clock).close()


WRONG: tuple[tuple[str, str, object], ...] = (
    ("telling", "holder", {"a": 1}),
    ("telling", "outlet", [1]),
    ("telling", "hedges", [5]),
    ("telling", "said_by", 5),
    ("telling", "page", None),
    ("claim", "page", 5),
    ("claim", "outlet", [[0, 1]]),
    ("claim", "label", None),
    ("claim", "span", ["a", "b"]),
    ("claim", "speaker", ["x"]),
    ("claim", "text", None),
    ("claim", "own_voice", "x"),
    ("actor", "name", [[]]),
    ("actor", "names", [1]),
    ("actor", "roles", {"mention": "x"}),
    ("actor", "roles", 0),
    ("actor", "pages", [None]),
)


@pytest.mark.parametrize(("kind", "name", "value"), WRONG)
def test_rows_of_the_wrong_shape_are_refused(tmp_path: Path, kind: str, name: str, value: object) -> None:
    """Putting such rows in order raised TypeError and AttributeError past the guard, or showed them as they were."""
    path = tmp_path / "case.tocsin"
    path.write_bytes(base())
    connection = sqlite3.connect(path)
    sql = "UPDATE row SET data = json_set(data, ?, json(?)) WHERE kind = ?"
    assert connection.execute(sql, (f"$.{name}", json.dumps(value), kind)).rowcount > 0
    connection.commit()
    connection.close()
    refused = pytest.raises(CaseError, match="do not trust this file")
    with tocsin.api.open(path, create=False, write=False, clock=clock) as case, refused:
        case.statements(own_voice=True) if kind == "claim" else case.actors() if kind == "actor" else case.board()


def test_a_damaged_row_is_refused_by_the_replay_too(tmp_path: Path) -> None:
    """The views of what would have rung were made after the guard had gone: IndexError."""
    path = tmp_path / "case.tocsin"
    path.write_bytes(base())
    connection = sqlite3.connect(path)
    connection.execute("UPDATE row SET data = json_set(data, '$.span', json('[1]')) WHERE kind = 'telling'")
    connection.commit()
    connection.close()
    refused = pytest.raises(CaseError, match="do not trust this file")
    with tocsin.api.open(path, create=False, write=False, clock=clock) as case, refused:
        case.replay(first_day=True)
