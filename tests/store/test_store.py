"""A case file is one file, checked when opened, appended to, and never half written."""

import os
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tocsin.api.case import Case
from tocsin.core.document import Capture, Document, Line, Reject
from tocsin.errors import CaseError
from tocsin.store.schema import APPLICATION_ID, VERSION
from tocsin.store.store import Store

CAPTURE = Capture("0" * 64, "p.txt", "p.txt", "p.txt", "2020-01-01T00:00:00Z", "text/plain")
DOC = Document.of("The dam is shut.\nNobody asked for water.", CAPTURE, (Line(0, 16, "body"), Line(17, 40, "body")))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.tocsin"


def filled(path: Path) -> Path:
    with Store(path, create=True) as store, store.writing():
        store.put_capture(CAPTURE, DOC.text.encode(), DOC.id)
        store.put_document(DOC)
    return path


def test_what_goes_in_comes_out(path: Path) -> None:
    with Store(filled(path)) as store:
        assert store.document(DOC.id) == DOC
        assert store.data(CAPTURE.sha256) == DOC.text.encode()
        assert store.has_capture(CAPTURE)


def test_at_rest_it_is_one_clean_file(path: Path) -> None:
    filled(path)
    assert sorted(one.name for one in path.parent.iterdir()) == ["x.tocsin"]


def test_a_failed_write_keeps_nothing(path: Path) -> None:
    filled(path)
    with Store(path) as store:
        with pytest.raises(RuntimeError), store.writing():
            store.put_reject(Reject("q", "q", "q", "2020-01-01T00:00:00Z", "why"))
            raise RuntimeError
        assert store.rejects() == ()


def test_decisions_cannot_be_changed_or_removed(case: Case) -> None:
    statement = case.statements()[0]
    case.decide(statement.id, "reject", by="ada")
    connection = sqlite3.connect(case.path)
    for sql in ("DELETE FROM decision", "UPDATE decision SET data = ''"):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(sql)
    connection.close()


def test_no_case_there(path: Path) -> None:
    with pytest.raises(CaseError, match="no such case; make one with"):
        Store(path)
    with pytest.raises(CaseError, match="folder"):
        Store(path.parent, create=True)
    with pytest.raises(CaseError, match="does not exist; make it first"):
        Store(path.parent / "no" / "x.tocsin", create=True)


def test_a_file_that_is_no_case_is_refused_and_left_alone(path: Path) -> None:
    path.write_text("The dam is shut.")
    with pytest.raises(CaseError, match="not a Tocsin case"):
        Store(path, create=True)
    assert path.read_text() == "The dam is shut."


def test_another_programs_database_is_refused(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a)")
    connection.close()
    with pytest.raises(CaseError, match="another program"):
        Store(path)


def change(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for sql in statements:
        connection.execute(sql)
    connection.close()


def test_a_newer_case_is_refused(path: Path) -> None:
    change(filled(path), f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(CaseError, match="newer Tocsin"):
        Store(path)


@pytest.mark.parametrize(
    "planted",
    [
        "CREATE TRIGGER evil AFTER INSERT ON capture BEGIN DELETE FROM document; END",
        "CREATE VIEW words2 AS SELECT 1",
        "DROP TABLE reject",
    ],
)
def test_a_case_with_tables_of_its_own_is_refused(path: Path, planted: str) -> None:
    change(filled(path), planted)
    with pytest.raises(CaseError, match="do not trust this file"):
        Store(path)


def test_a_damaged_file_says_so(path: Path) -> None:
    filled(path)
    data = bytearray(path.read_bytes())
    data[5000:9000] = os.urandom(4000)
    path.write_bytes(data)
    with pytest.raises(CaseError), Store(path) as store, store.reading():
        list(store.captures())
        store.document(DOC.id)
        store.search(("dam",), 5)
        assert not store.check()
        raise CaseError("check should have found it")


def test_bytes_that_do_not_match_their_length_are_refused(path: Path) -> None:
    change(filled(path), "UPDATE blob SET size = size - 1")
    with Store(path) as store, pytest.raises(CaseError, match="not as long"):
        store.data(CAPTURE.sha256)


def test_search_takes_any_words(path: Path) -> None:
    with Store(filled(path)) as store:
        assert store.search(("water",), 5) == [(DOC.id, 17, 40)]
        assert store.search(("Nobody asked", "WATER"), 5) == [(DOC.id, 17, 40)]
        for odd in ('"', "a OR", "NEAR(", "*", "text:dam", "-dam"):
            store.search((odd,), 5)


def test_application_id_is_written(path: Path) -> None:
    connection = sqlite3.connect(filled(path))
    assert connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    connection.close()


def test_a_full_disk_is_said_and_loses_nothing(path: Path, pages: Path) -> None:
    filled(path)
    before = path.stat().st_size

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before + 20_000, before + 20_000))

    big = pages / "big.txt"
    big.write_text("\n".join(f"{n} said the dam was number {n * 7919} of the valley." for n in range(4000)))
    command = [sys.executable, "-m", "tocsin", "add", str(path), str(big)]
    done = subprocess.run(command, preexec_fn=limit, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "nothing is lost" in done.stderr
    assert "Traceback" not in done.stderr
    with Store(path) as store:
        assert store.document_ids() == (DOC.id,)
        assert store.check() == []


def test_a_case_that_cannot_be_written_is_read(path: Path) -> None:
    filled(path)
    path.chmod(0o444)
    if os.access(path, os.W_OK):
        pytest.skip("this user writes where it may not")
    with Store(path) as store:
        assert store.document_ids() == (DOC.id,)
        with pytest.raises(CaseError, match="cannot be written"), store.writing():
            pass
