"""`kill -9` in the middle of the work: what was acknowledged is there, the case verifies, a second run completes it.

A page is acknowledged when `add` has called `progress` with its name, and everything when the command has ended; a line
on standard output says so here, and what stands in the pipe when the process is dead was acknowledged.

Invariant: processes are real, the signal is SIGKILL, moments come from a seed over the measured duration of a run that
nobody kills. Two cases are the same when every table of their files holds the same rows: numbers that SQLite gives to
rows and the order of its pages may differ, for they follow the order of writing.
"""

import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from time import monotonic, sleep
from typing import Literal

from bench.anchoring import MOMENT
from bench.figures import BenchError, Figure, exact, told
from bench.invented import mixed_pages
from bench.room import Room, environment
from tocsin.api import open as open_case

PAGES = 500
"""Issue 3: `kill -9` during `add` of 500 pages."""
WORDS = 12
"""Words of an article at least. Short, so that two hundred runs are minutes: what is killed is the same."""
LONG_MOMENTS = 200
"""Issue 3: kills in `make bench-long`; `make check` has 20."""
SEED = 3
NUMBERS = {"n"}
"""Columns that hold a row's number, which follows the order of writing."""
DRIVER = """
import json, sys
import tocsin
def said(*what):
    print(json.dumps(what), flush=True)
said("begun")
with tocsin.open(sys.argv[1]) as case:
    said("open")
    case.add(*sys.argv[2:], progress=lambda name: said("kept", name))
    said("linked")
said("closed")
"""
Kind = Literal["time", "opening", "kept", "linking"]


@dataclass(frozen=True, slots=True)
class Moment:
    """When to kill: at a share of the whole duration; or at a share of a stretch after it began: from the first word of
    the process to the first page, after the nth page that was kept, from the last page to the end."""

    kind: Kind
    share: float
    after: int = 0


@dataclass(frozen=True, slots=True)
class Clean:
    """A run that nobody killed: how long it took, when each word of it came, and what its case holds."""

    seconds: float
    said: tuple[tuple[float, tuple[str, ...]], ...]
    tables: dict[str, str]

    def when(self, word: str, which: int = 0) -> float:
        """Seconds from the start to the `which`-th time that it said `word`."""
        return [at for at, what in self.said if what[0] == word][which]


@dataclass(frozen=True, slots=True)
class Killed:
    """One kill: the moment, how many pages had been acknowledged, whether it was dead before its work was done, and
    what is wrong with the case that it left (nothing, where all is well)."""

    moment: Moment
    kept: int
    in_time: bool
    wrong: tuple[str, ...]


class Run:
    """One `add` in a process of its own, of which everything said is kept with the second it came."""

    def __init__(self, case: Path, pages: Path) -> None:
        self.began = monotonic()
        command = [sys.executable, "-c", DRIVER, str(case), str(pages)]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), cwd=case.parent
        )
        self.said: list[tuple[float, tuple[str, ...]]] = []
        self._heard = threading.Condition()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.endswith(b"\n"):
                with self._heard:
                    self.said.append((monotonic() - self.began, tuple(json.loads(line))))
                    self._heard.notify_all()

    def wait_for(self, word: str, count: int = 1, seconds: float = 120) -> bool:
        """Wait until it has said `word` so often; whether it did before it ended."""

        def there() -> bool:
            return sum(what[0] == word for _, what in self.said) >= count

        with self._heard:
            self._heard.wait_for(lambda: there() or not self._listener.is_alive(), seconds)
            return there()

    def kill(self) -> tuple[set[str], bool]:
        """SIGKILL; the names that had been acknowledged, and whether it died of it before its work was done."""
        self.process.send_signal(signal.SIGKILL)
        return self.end()

    def end(self) -> tuple[set[str], bool]:
        """Wait for the end; the names acknowledged, and whether it was killed before its work was done."""
        self.process.wait()
        self._listener.join()
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        self.process.stdout.close()
        errors = self.process.stderr.read().decode()
        self.process.stderr.close()
        if self.process.returncode not in (0, -signal.SIGKILL):
            raise BenchError(f"`add` ended with {self.process.returncode}: {errors[-2000:]}")
        return {what[1] for _, what in self.said if what[0] == "kept"}, not self.wait_for("closed", seconds=0)


def children(pid: int) -> list[int]:
    """The processes that a process has started (Linux alone says so)."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, task.read_text().split())
        except OSError:  # the thread has ended
            continue
    return found


def alive(pid: int) -> bool:
    """Whether a process runs still."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def tables(path: Path) -> dict[str, str]:
    """A hash for each table of a case file over its rows without their numbers, in an order of their own."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        plain = [name for name in names if not name.startswith(("words", "sqlite_"))]
        return {name: _rows_hash(connection, name) for name in sorted(plain)}
    finally:
        connection.close()


def _rows_hash(connection: sqlite3.Connection, table: str) -> str:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in NUMBERS]
    listed = ", ".join(f'"{name}"' for name in columns)
    found = hashlib.sha256()
    for row in connection.execute(f"SELECT {listed} FROM {table} ORDER BY {listed}"):  # noqa: S608 - from the schema
        found.update(repr(row).encode())
    return found.hexdigest()


def clean_run(folder: Path, pages: Path) -> Clean:
    """Add `pages` to a new case in `folder`, and kill nobody."""
    path = folder / "clean.tocsin"
    run = Run(path, pages)
    run.end()
    seconds = monotonic() - run.began
    return Clean(seconds, tuple(run.said), tables(path))


def moments(count: int, clean: Clean, seed: int = SEED) -> list[Moment]:
    """`count` moments: six of ten anywhere in the duration, one in each equal part of it; the others where a moment is
    rare and dear: while the case is made, just after pages were kept, and while it is linked and closed."""
    rng = random.Random(seed)  # noqa: S311 - moments, no secret
    special: list[Moment] = []
    kept = sum(what[0] == "kept" for _, what in clean.said)
    for number in range(count * 4 // 10):
        kind: Kind = ("linking", "opening", "kept", "linking")[number % 4]
        special.append(Moment(kind, rng.random(), rng.randrange(kept)))
    parts = count - len(special)
    return [Moment("time", (part + rng.random()) / parts) for part in range(parts)] + special


def _wait(run: Run, moment: Moment, clean: Clean) -> None:
    """Wait for the moment. Stretches are taken from the clean run; another may be quicker."""
    if moment.kind == "time":
        sleep(moment.share * clean.seconds)
    elif moment.kind == "opening":
        run.wait_for("begun")
        sleep(moment.share * (clean.when("kept") - clean.when("begun")))
    elif moment.kind == "kept":
        run.wait_for("kept", moment.after + 1)
        sleep(moment.share * 0.02)
    else:
        kept = sum(what[0] == "kept" for _, what in clean.said)
        run.wait_for("kept", kept)
        sleep(moment.share * (clean.when("closed") - clean.when("kept", -1)))


def kill_once(folder: Path, pages: Path, moment: Moment, clean: Clean) -> Killed:
    """Kill an `add` of `pages` into a new case at one moment, and look at what it left."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    path = folder / "killed.tocsin"
    run = Run(path, pages)
    _wait(run, moment, clean)
    started = children(run.process.pid)
    acknowledged, in_time = run.kill()
    wrong = list(chain(look(path, acknowledged), complete(path, pages, clean), orphans(started)))
    return Killed(moment, len(acknowledged), in_time, tuple(wrong))


def look(path: Path, acknowledged: set[str]) -> Iterator[str]:
    """What is wrong with a case that a kill has left: it opens, verifies, and holds what was acknowledged."""
    with open_case(path, clock=lambda: MOMENT) as case:
        yield from case.verify()
        held = {capture.name for capture, _ in case.store.captures()} | {one.name for one in case.rejects()}
    if acknowledged - held:
        yield f"acknowledged and not there: {sorted(acknowledged - held)[:3]} of {len(acknowledged)}"


def complete(path: Path, pages: Path, clean: Clean) -> Iterator[str]:
    """What differs from the case of the clean run once the same pages were added again."""
    with open_case(path, clock=lambda: MOMENT) as case:
        case.add(pages)
    found = tables(path)
    yield from (
        f"table {name} differs from an unkilled run's" for name in clean.tables if found[name] != clean.tables[name]
    )
    if beside := sorted(one.name for one in path.parent.iterdir() if one != path):
        yield f"files left beside the case: {beside}"


def orphans(started: Sequence[int], seconds: float = 5) -> Iterator[str]:
    """Processes that outlive the one that started them."""
    until = monotonic() + seconds
    while any(map(alive, started)) and monotonic() < until:
        sleep(0.02)
    for pid in filter(alive, started):
        os.kill(pid, signal.SIGKILL)
        yield f"process {pid} outlived the one that started it"


def kills(folder: Path, count: int, *, pages: int = PAGES, seed: int = SEED) -> tuple[Clean, list[Killed]]:
    """Kill `count` runs at moments of their own; those that ended before the kill are tried again a little sooner."""
    source = mixed_pages(folder / "pages", pages, seed, WORDS)
    clean = clean_run(folder, source)
    done = []
    for moment in moments(count, clean, seed):
        one = kill_once(folder / "run", source, moment, clean)
        for _ in range(6):
            if one.in_time or one.wrong:
                break
            moment = Moment(moment.kind, moment.share * 0.7, moment.after)  # noqa: PLW2901 - the same moment, sooner
            one = kill_once(folder / "run", source, moment, clean)
        done.append(one)
    return clean, done


def durability(room: Room, count: int = LONG_MOMENTS) -> list[Figure]:
    """`kill -9` during `add`: how many of the cases left behind are whole and completed to the same bytes."""
    clean, done = kills(room.work / "durability", count)
    wrong = [one for one in done if one.wrong]
    for one in wrong[:3]:
        print(f"durability: {one.moment}: {'; '.join(one.wrong)[:500]}", file=sys.stderr)
    return [
        told("kills", len(done)),
        exact("whole", 1 - len(wrong) / len(done), 1.0, anchor="issue 1.00"),
        exact("in_time", sum(one.in_time for one in done) / len(done), 0.95),
        told("kept_at_most", max(one.kept for one in done)),
        told("add_seconds", clean.seconds),
    ]
