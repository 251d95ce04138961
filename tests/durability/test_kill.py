"""`kill -9` during `add` of 500 pages: every case left behind is whole, a second run completes it to the same bytes.

`TOCSIN_KILLS` says how many moments (200: as `make bench-long` runs them).
"""

import os
import signal
from pathlib import Path
from time import sleep

import pytest

from bench.durability import Clean, Moment, Run, children, clean_run, kill_once, kills, look, moments, tables
from bench.invented import mixed_pages

KILLS = int(os.environ.get("TOCSIN_KILLS", "20"))


@pytest.mark.slow
def test_add_is_killed_at_many_moments(tmp_path: Path) -> None:
    clean, done = kills(tmp_path, KILLS)
    assert [(one.moment, one.wrong) for one in done if one.wrong] == []
    assert len(done) == KILLS
    assert sum(one.in_time for one in done) >= 0.9 * KILLS
    kept = sum(what[0] == "kept" for _, what in clean.said)
    assert kept >= 500
    assert any(0 < one.kept < kept for one in done)
    assert any(one.kept >= kept / 2 for one in done)


def test_moments_are_spread_over_the_whole_run() -> None:
    said = ((0.1, ("begun",)), (1.0, ("kept", "a")), (8.0, ("kept", "b")), (9.0, ("linked",)), (9.5, ("closed",)))
    clean = Clean(10.0, said, {})
    made = moments(20, clean)
    assert made == moments(20, clean)
    assert made != moments(20, clean, seed=4)
    shares = [one.share for one in made if one.kind == "time"]
    assert [int(share * len(shares)) for share in shares] == list(range(12))
    assert {one.kind for one in made} == {"time", "opening", "kept", "linking"}
    assert clean.when("kept", -1) == 8.0


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mixed_pages(tmp_path_factory.mktemp("small"), 40, seed=5, words=12)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory, pages: Path) -> Clean:
    return clean_run(tmp_path_factory.mktemp("clean"), pages)


def test_what_is_missing_is_seen(tmp_path: Path, pages: Path, clean: Clean) -> None:
    one = kill_once(tmp_path / "run", pages, Moment("kept", 0.0, 3), clean)
    assert one.wrong == ()
    assert any("acknowledged and not there" in said for said in look(tmp_path / "run" / "killed.tocsin", {"no such"}))
    other = Clean(clean.seconds, clean.said, {**clean.tables, "document": "another hash"})
    assert "table document differs" in kill_once(tmp_path / "run", pages, Moment("kept", 0.0, 3), other).wrong[0]


def test_a_worker_killed_while_pages_are_added_changes_nothing(tmp_path: Path, pages: Path, clean: Clean) -> None:
    run = Run(tmp_path / "worker.tocsin", pages)
    killed = list[int]()
    while run.process.poll() is None:
        workers = [pid for pid in children(run.process.pid) if pid not in killed]
        if workers and len(run.said) > 20 * len(killed):  # never twice for one page: that would be the page's fault
            killed.append(workers[0])
            os.kill(workers[0], signal.SIGKILL)
        sleep(0.001)
    run.end()
    assert len(killed) >= 2 or not Path("/proc/self/task").exists()
    assert tables(tmp_path / "worker.tocsin") == clean.tables
