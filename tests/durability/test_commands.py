"""Kills during `rebuild`, `decide` and `reread` leave the case as it was or as it was to be; two writers; no room; no
right to write: said clearly, and nothing is lost."""

import ctypes
import errno
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest

from bench.anchoring import MOMENT
from bench.durability import Clean, Run, clean_run, tables
from bench.invented import mixed_pages
from bench.room import environment
from tocsin.api import open as open_case
from tocsin.api.case import Case
from tocsin.errors import BusyError, CaseError, TocsinError
from tocsin.store.opening import MAGIC, migrate
from tocsin.store.schema import APPLICATION_ID, MIGRATIONS, VERSION

PAGES = 60
OLDER = """
import sys
import tocsin
from tocsin import pipeline
from tocsin.core.layers import Stage
act, path = sys.argv[1:]
if act == "reread":  # as another version of Tocsin would read
    older = Stage("commitments", (), "commitments/0", lambda doc: ())
    pipeline.STAGES = (*(one for one in pipeline.STAGES if one.provides != "commitments"), older)
with tocsin.open(path) as case:
    thing = case.statements()[0].id
    print("begun", flush=True)
    if act == "decide":
        case.decide(thing, "reject", by="ada")
    else:
        getattr(case, act)()
print("ended", flush=True)
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mixed_pages(tmp_path_factory.mktemp("pages"), PAGES, seed=6, words=60)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory, pages: Path) -> tuple[Path, Clean]:
    folder = tmp_path_factory.mktemp("clean")
    return folder / "clean.tocsin", clean_run(folder, pages)


def opened(path: Path, *, write: bool = True) -> Case:
    return open_case(path, create=False, write=write, clock=lambda: MOMENT)


def begun(act: str, path: Path) -> tuple["subprocess.Popen[bytes]", float]:
    """A process that is about to `act`, and the moment at which it was."""
    command = [sys.executable, "-c", OLDER, act, str(path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment())
    assert process.stdout is not None
    assert process.stdout.readline() == b"begun\n"
    return process, monotonic()


def finished(process: "subprocess.Popen[bytes]") -> None:
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


@pytest.mark.slow
@pytest.mark.parametrize("act", ["rebuild", "decide", "reread"])
def test_a_killed_command_does_all_or_nothing(act: str, clean: tuple[Path, Clean], tmp_path: Path) -> None:
    before, after = clean[1].tables, tmp_path / "after.tocsin"
    shutil.copy(clean[0], after)
    process, at = begun(act, after)
    finished(process)
    seconds, wanted = monotonic() - at, tables(after)
    assert (wanted != before) == (act != "rebuild")  # a rebuild gives what was there
    chance = random.Random(act)
    for number in range(4):
        path = tmp_path / f"{number}.tocsin"
        shutil.copy(clean[0], path)
        process, _ = begun(act, path)
        sleep((number + chance.random()) / 4 * seconds)
        process.send_signal(signal.SIGKILL)
        finished(process)
        with opened(path, write=False) as case:
            assert case.verify() == []
        assert tables(path) in (before, wanted)
        assert [one.name for one in tmp_path.glob(f"{number}.tocsin?*")] == []


def test_two_adds_at_once_give_the_same_case(clean: tuple[Path, Clean], pages: Path, tmp_path: Path) -> None:
    path = tmp_path / "both.tocsin"
    first = Run(path, pages)
    first.wait_for("open")
    second = Run(path, pages)
    kept = [len(run.end()[0]) for run in (first, second)]
    assert kept[0] == kept[1] > 0
    with opened(path) as case:
        assert case.verify() == []
    assert tables(path) == clean[1].tables


def test_two_adds_that_make_the_case_together(clean: tuple[Path, Clean], pages: Path, tmp_path: Path) -> None:
    path = tmp_path / "both.tocsin"
    for run in [Run(path, pages), Run(path, pages)]:
        run.end()
    assert tables(path) == clean[1].tables


def test_a_case_held_by_another_is_refused_in_time(tmp_path: Path, clean: tuple[Path, Clean]) -> None:
    path = tmp_path / "held.tocsin"
    shutil.copy(clean[0], path)
    with opened(path) as holder, opened(path) as case, holder.store.writing():
        with (
            pytest.raises(BusyError, match="another tocsin is writing to it; wait"),
            case.store.waiting(100),
            case.store.writing(),
        ):
            pass
        assert len(case.documents()) > PAGES // 2  # reading goes on


def limited(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("kilobytes", [8, 100, 300, 600, 900])
def test_a_disk_that_fills_at_any_moment(
    kilobytes: int, clean: tuple[Path, Clean], pages: Path, tmp_path: Path
) -> None:
    path = tmp_path / "full.tocsin"
    done = subprocess.run(
        [sys.executable, "-m", "tocsin", "add", str(path), str(pages)],
        preexec_fn=lambda: limited(kilobytes * 1000),
        capture_output=True,
        text=True,
        env={**environment(), "PYTHONDONTWRITEBYTECODE": "1"},  # CPython 3.11 would leave byte code cut off
        check=False,
    )
    assert done.returncode == 1
    assert "make room and run the same command again, nothing is lost" in done.stderr
    assert "Traceback" not in done.stderr
    with open_case(path, clock=lambda: MOMENT) as case:
        assert case.verify() == []
        case.add(pages)
    assert tables(path) == clean[1].tables


PR_CAPBSET_DROP = 24
POWERS = (1, 2)
"""Of root: to write (CAP_DAC_OVERRIDE) and to read (CAP_DAC_READ_SEARCH) what the permissions forbid."""


def powerless() -> None:
    """Give up what makes root different, for the process that is about to start."""
    if os.getuid() == 0:
        libc = ctypes.CDLL(None)
        for power in POWERS:
            libc.prctl(PR_CAPBSET_DROP, power, 0, 0, 0)


@pytest.mark.parametrize("folder_too", [False, True])
def test_a_case_without_the_right_to_write(folder_too: bool, clean: tuple[Path, Clean], tmp_path: Path) -> None:
    path, page = tmp_path / "theirs" / "case.tocsin", tmp_path / "page.txt"
    path.parent.mkdir()
    shutil.copy(clean[0], path)
    page.write_text("Mira Danek said the road was open.")
    path.chmod(0o444)
    path.parent.chmod(0o555 if folder_too else 0o755)
    before = path.read_bytes()

    def run(*command: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, *command],
            preexec_fn=powerless,
            capture_output=True,
            text=True,
            env=environment(),
            check=False,
        )

    try:
        if run("-c", f"import os, sys; sys.exit(os.access({str(path)!r}, os.W_OK))").returncode:
            pytest.skip("this user writes where it may not")
        added = run("-m", "tocsin", "add", str(path), str(page))
        verified = run("-m", "tocsin", "verify", str(path))
    finally:
        path.parent.chmod(0o755)
    assert added.returncode == 1
    assert "cannot be written to; copy it to a place of your own" in added.stderr
    assert (verified.returncode, verified.stdout) == (0, "everything leads back\n")
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == ["case.tocsin"]


def test_a_machine_without_room_is_no_fault_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Mira Danek said the road was open. " * 3)

    def full(_text: str) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    with open_case(tmp_path / "case.tocsin", clock=lambda: MOMENT) as case:
        monkeypatch.setattr("tocsin.read.reader.language_of", full)
        with pytest.raises(TocsinError, match=r"page.txt: No space left on device.*make room and run the same"):
            case.add(page)
        assert case.documents() == []
        assert case.rejects() == []
        monkeypatch.undo()
        assert len(case.add(page).documents) == 1


def test_a_page_that_can_be_read_after_all_is_no_reject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Mira Danek said the road was open. " * 3)

    def broken(_text: str) -> str:
        raise RuntimeError("a library in a bad mood")

    with open_case(tmp_path / "case.tocsin", clock=lambda: MOMENT) as case:
        monkeypatch.setattr("tocsin.read.reader.language_of", broken)
        refused = case.add(page).rejects
        assert [one.reason.startswith("the reader failed") for one in case.rejects()] == [True]
        monkeypatch.undo()
        assert len(case.add(page).documents) == 1
        assert case.rejects() == []
        with case.store.writing():
            case.store.put_reject(refused[0])  # by another process, which had it in hand
        assert case.rejects() == []


def test_what_a_kill_left_in_the_middle_of_a_write_is_rolled_back(tmp_path: Path, clean: tuple[Path, Clean]) -> None:
    path = tmp_path / "hot.tocsin"
    shutil.copy(clean[0], path)
    writes = (
        "import sqlite3, sys, os\n"
        "db = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "db.execute('PRAGMA cache_size = 1')\n"
        "db.execute('BEGIN')\n"
        "db.execute('DELETE FROM row')\n"
        "db.execute('DELETE FROM document')\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", writes, str(path)], check=False)
    assert path.with_name("hot.tocsin-journal").exists()
    with opened(path, write=False) as case:
        assert case.verify() == []
    assert tables(path) == clean[1].tables


def test_a_case_killed_while_it_was_made_is_made(tmp_path: Path, pages: Path) -> None:
    path = tmp_path / "blank.tocsin"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("CREATE TABLE t (a)")
    connection.execute("DROP TABLE t")
    connection.close()
    assert path.read_bytes().startswith(MAGIC)
    with pytest.raises(CaseError, match="another program"):
        opened(path)
    with open_case(path, clock=lambda: MOMENT) as case:
        case.add(pages / "00000.txt")
        assert len(case.documents()) == 1


def test_a_case_of_the_first_schema_is_brought_up_to_date(tmp_path: Path, clean: tuple[Path, Clean]) -> None:
    with opened(clean[0], write=False) as case:
        wanted = "".join(case.export("jsonl"))
    path = tmp_path / "old.tocsin"
    old = sqlite3.connect(path, isolation_level=None)
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in MIGRATIONS[0]:
        old.execute(statement)
    old.execute("PRAGMA user_version = 1")
    old.execute("ATTACH ? AS new", (str(clean[0]),))
    for table in ("blob", "capture", "reject", "document", "layer", "decision", "line", "meta", "block"):
        old.execute(f"INSERT INTO {table} SELECT * FROM new.{table}")  # noqa: S608 - named above
    index = "SELECT line.n, substr(text, start + 1, stop - start) FROM line JOIN document ON document.id = line.doc"
    old.execute(f"INSERT INTO words (rowid, text) {index}")
    old.execute("INSERT INTO row VALUES ('actors', 'n0', 'actor', 'somebody', '{}')")
    old.close()
    with opened(path) as case:
        assert "".join(case.export("jsonl")) == wanted
        assert case.verify() == []
    again = sqlite3.connect(path, isolation_level=None)
    assert again.execute("PRAGMA user_version").fetchone()[0] == VERSION
    migrate(again)  # nothing more to do
    again.close()
