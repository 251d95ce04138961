"""What fuzzing found in case files from elsewhere, each a test of its own (readers: tests/read/test_fuzz_found.py)."""

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
