"""The HTML worker dies with its parent, waiting or in the middle of a page that would keep it busy for a minute."""

import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest

from bench.durability import alive, children, orphans
from bench.room import environment

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux lists a process's children")
READS = """
import sys, time
from tocsin import api
list(api.read_pages(*sys.argv[1:]))
print("read", flush=True)
time.sleep(60)
"""


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def started(page: Path) -> tuple["subprocess.Popen[bytes]", int]:
    """A process that reads `page`, and its worker."""
    process = subprocess.Popen([sys.executable, "-c", READS, str(page)], stdout=subprocess.PIPE, env=environment())
    until = monotonic() + 60
    while not (found := children(process.pid)) and monotonic() < until:
        sleep(0.01)
    return process, found[0]


def ended(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def test_a_waiting_worker_dies_with_its_parent(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body><p>The road to the harbour was shut on Monday.</p></body></html>")
    process, worker = started(page)
    assert process.stdout is not None
    assert process.stdout.readline() == b"read\n"
    assert alive(worker)
    ended(process)
    assert list(orphans([worker], seconds=3)) == []


def test_a_busy_worker_dies_with_its_parent(tmp_path: Path) -> None:
    page = tmp_path / "deep.html"
    page.write_text("<html><body>" + "<p>a" * 400_000)  # holds trafilatura until it is stopped
    process, worker = started(page)
    until = monotonic() + 60
    while cpu_seconds(worker) < 3 and monotonic() < until:  # loading its libraries takes it half a second
        sleep(0.05)
    assert alive(worker)
    ended(process)
    assert list(orphans([worker], seconds=3)) == []
