"""The worker that trafilatura and htmldate run in: limits, crashes, restarts, no leftovers."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tocsin.read import extract as module
from tocsin.read.extract import MAX_CHARS, Worker, extract
from tocsin.read.extract_worker import LITTLE, dated, extracted

SENTENCE = "The ministry said on day {} that the border would stay closed until round {} of the talks had ended. "
PARTS = "".join(f"<p>{''.join(SENTENCE.format(i, j) for j in range(3))}</p>" for i in range(6))
PAGE = f"<html><body><article><h1>Talks</h1>{PARTS}</article></body></html>"
READY = "import sys; sys.path[:] = sys.argv[1:]; from tocsin.read.extract_worker import *; "
HANGS = READY + (
    "write_frame(sys.stdout.buffer, 1)\n"
    "while (job := read_frame(sys.stdin.buffer)) is not None:\n"
    "    import time\n"
    "    if 'hang' in job['html']: time.sleep(600)\n"
    "    if 'crash' in job['html']: import os; os._exit(9)\n"
    "    write_frame(sys.stdout.buffer, {'text': job['html'], 'mode': 'precision', 'date': None, 'failures': []})\n"
)


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker(HANGS)
    yield made
    made.stop()


def ask(worker: Worker, html: str, seconds: float = 20.0) -> module.Extraction:
    return extract(html, latest="2030-01-01", worker=worker, seconds=seconds)


def test_one_worker_serves_page_after_page(worker: Worker) -> None:
    assert worker.pid is None
    assert ask(worker, "one").text == "one"
    first = worker.pid
    assert ask(worker, "two").text == "two"
    assert worker.pid == first


def test_a_page_that_overruns_is_given_up_and_the_next_one_read(worker: Worker) -> None:
    ask(worker, "one")
    first, begun = worker.pid, time.monotonic()
    assert ask(worker, "hang", 0.5).failures == ("trafilatura stopped after 0.5 s",)
    assert time.monotonic() - begun < 5
    assert ask(worker, "two").text == "two"
    assert worker.pid != first
    assert first is not None
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


def test_a_crash_costs_one_page_its_extraction(worker: Worker) -> None:
    assert ask(worker, "crash").failures == ("trafilatura could not be run (the worker crashed)",)
    assert ask(worker, "two").text == "two"


def test_a_worker_killed_between_pages_is_replaced(worker: Worker) -> None:
    ask(worker, "one")
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    answers = [ask(worker, "two").text, ask(worker, "three").text]
    assert answers[-1] == "three"


def test_no_worker_to_be_had() -> None:
    broken = Worker("raise SystemExit(3)")
    assert "could not be run" in ask(broken, "one").failures[0]
    assert broken.pid is None


def test_a_worker_that_never_gets_ready() -> None:
    slow = Worker("import time; time.sleep(600)", start_seconds=0.3)
    assert "stopped" in ask(slow, "one").failures[0]
    assert slow.pid is None


def test_threads_take_turns(worker: Worker) -> None:
    answers: list[str] = []
    threads = [threading.Thread(target=lambda i=i: answers.append(ask(worker, f"page {i}").text)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [f"page {i}" for i in range(8)]


def test_new_worker_after_many_pages(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAGES", 2)
    pids = []
    for i in range(4):
        ask(worker, str(i))
        pids.append(worker.pid)
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_large_pages_are_not_sent(worker: Worker) -> None:
    assert "not given to trafilatura" in ask(worker, "x" * (MAX_CHARS + 1)).failures[0]
    assert worker.pid is None


def test_the_real_worker_reads_an_article_and_a_date() -> None:
    head = '<head><meta property="article:published_time" content="2021-03-04T05:06:07Z"></head>'
    found = extract(PAGE.replace("<body>", f"{head}<body>"), latest="2030-01-01")
    assert found.failures == ()
    assert found.mode == "precision"
    assert found.text.count("The ministry said on day") == 18
    assert found.date == "2021-03-04"
    assert extract(PAGE, latest="2030-01-01", dated=False).date is None


def test_the_worker_ends_with_its_parent_in_an_unguarded_script(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import sys\nsys.path[:] = sys.argv[2:]\nfrom tocsin.read import extract as e\n"
        "print(e.extract(sys.argv[1], latest='2030-01-01').mode, e._WORKER.pid)\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", str(script), PAGE, *sys.path], capture_output=True, text=True, check=True
    )
    mode, pid = done.stdout.split()
    assert (mode, done.stderr) == ("precision", "")
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid), 0)


def test_a_killed_parent_leaves_no_worker(tmp_path: Path) -> None:
    code = (
        "import sys, os, signal; sys.path[:] = sys.argv[1:]\nfrom tocsin.read import extract as e\n"
        "e.extract('<p>x', latest='2030-01-01'); print(e._WORKER.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, *sys.path], capture_output=True, text=True, check=False)
    pid, until = int(done.stdout), time.monotonic() + 10
    while _runs(pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _runs(pid)


def _runs(pid: int) -> bool:
    """Whether a process is there and no zombie that only waits to be reaped."""
    status = Path(f"/proc/{pid}/stat")
    try:
        return status.read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_little_is_nothing_and_addresses_are_not_fetched() -> None:
    assert extracted("<p>too short</p>") == ("", "")
    assert LITTLE > 10
    assert dated("https://example.org/2020/01/02/page.html", "1990-01-01", "2030-01-01") is None


def test_dates_keep_to_their_bounds() -> None:
    page = '<head><meta name="date" content="2031-05-06"></head><body><p>x</p></body>'
    assert dated(page, "1990-01-01", "2040-01-01") == "2031-05-06"
    assert dated(page, "1990-01-01", "2030-01-01") is None
    assert dated("", "1990-01-01", "2030-01-01") is None
