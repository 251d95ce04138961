"""Asks trafilatura and htmldate about a page, in a process of their own and within a time limit.

Both run regular expressions and tree searches of which nobody knows the worst case, and lxml copies trees recursively:
a hostile page may hold them for hours or crash them. One worker, started with the first page and kept, is killed when
a page overruns; the page is then read without them. It is a plain subprocess and not `multiprocessing`, which would run
an unguarded script of the caller a second time.

Invariant: the answer depends on the page and the options alone, unless the limit is reached, which `failure` says; the
worker never outlives its parent.
"""

import atexit
import os
import subprocess  # the command is this package's own
import sys
import threading
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

from tocsin.read.extract_worker import read_frame, write_frame

SECONDS = 20.0
"""Wall-clock limit for one page. 251 news pages needed 0.03 s in the middle and 0.22 s at most; a hundred times the
worst of them leaves room for slow machines. Pages that reach it are read by the line labeller alone (2 million
characters of `<p>a` do)."""
START_SECONDS = 60.0
"""Limit for starting the worker, which loads both libraries: 0.3 to 0.5 s where this was set."""
MAX_CHARS = 8_000_000
"""Pages larger than this are not sent: the largest of 251 news pages has 2.9 million, and a fixed bound gives the same
answer on every machine where a time limit would not."""
EARLIEST = "1990-01-01"
"""Before the web: a date earlier than this is about something else."""
PAGES = 1_000
"""Pages after which a new worker is started, so that what the libraries cache and leak does not grow for ever."""
_BOOT = "import sys; sys.path[:] = sys.argv[1:]; from tocsin.read.extract_worker import serve; serve()"


@dataclass(frozen=True, slots=True)
class Extraction:
    """The article's text, the mode that gave it, and a day, as the libraries see them. `failures`: what was not had."""

    text: str = ""
    mode: str = ""
    date: str | None = None
    failures: tuple[str, ...] = ()


class _Gone(Exception):  # noqa: N818 (no error of the page's: the worker ended)
    """The worker ended."""


class Worker:
    """One worker process, started when first asked and again after each loss. `boot` is the code that it runs."""

    def __init__(self, boot: str = _BOOT, *, start_seconds: float = START_SECONDS) -> None:
        self._boot = boot
        self._start_seconds = start_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = self._asked = 0
        self._lock = threading.Lock()

    @property
    def pid(self) -> int | None:
        """The process id while a worker is there."""
        return self._process.pid if self._process else None

    def ask(self, job: dict[str, Any], seconds: float) -> Any:
        """The worker's answer to `job`. Raises TimeoutError after `seconds`, OSError where no worker can be had.

        A worker that ends while it works is asked again once, anew: somebody killed it (a system short of memory
        does), and the page must not be read otherwise than on a better day; or the page does it every time.
        """
        with self._lock:
            if self._owner != os.getpid():  # after a fork the pipes are the parent's
                self._process, self._owner = None, os.getpid()
            for last in (False, True):
                try:
                    return self._exchange(self._started(), job, seconds)
                except _Gone as error:
                    self.stop()
                    if last:
                        raise ChildProcessError("the worker crashed") from error
                except BaseException:  # an overrun or Ctrl-C: a late answer must not be taken for the next page's
                    self.stop()
                    raise
            raise AssertionError("two tries, and the second returns or raises")

    def _started(self) -> "subprocess.Popen[bytes]":
        process = self._process
        self._asked += 1
        if process is not None and process.poll() is None and self._asked <= PAGES:
            return process
        self.stop()
        self._asked = 1
        command = [sys.executable, "-c", self._boot, *sys.path]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603
        self._process = process
        self._exchange(process, None, self._start_seconds)
        return process

    @staticmethod
    def _exchange(process: "subprocess.Popen[bytes]", job: dict[str, Any] | None, seconds: float) -> Any:
        """Send `job` (unless None) and wait for a frame. A thread does both, as either may block for ever."""
        box: SimpleQueue[Any] = SimpleQueue()

        def talk() -> None:
            answer = None
            try:
                if process.stdin is not None and process.stdout is not None:
                    if job is not None:
                        write_frame(process.stdin, job)
                    answer = read_frame(process.stdout)
            except (OSError, ValueError, OverflowError, MemoryError):  # a closed pipe, a frame cut short or garbled
                answer = None
            box.put(answer)

        thread = threading.Thread(target=talk, name="tocsin-extract", daemon=True)
        thread.start()
        try:
            answer = box.get(timeout=seconds)
        except Empty:
            raise TimeoutError from None
        thread.join()
        if answer is None:
            raise _Gone
        return answer

    def stop(self) -> None:
        """End the worker, however busy it is; nothing happens where none is."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was still to be written has no reader any more
                    continue


_WORKER = Worker()
atexit.register(_WORKER.stop)


def extract(
    html: str, *, latest: str, dated: bool = True, worker: Worker = _WORKER, seconds: float = SECONDS
) -> Extraction:
    """What trafilatura and, where `dated`, htmldate (up to the day `latest`) find. Never raises."""
    if len(html) > MAX_CHARS:
        return Extraction(failures=(f"larger than {MAX_CHARS:,} characters: not given to trafilatura",))
    job = {"html": html, "dated": dated, "earliest": EARLIEST, "latest": latest, "seconds": seconds}
    try:
        answer = worker.ask(job, seconds)
    except TimeoutError:
        return Extraction(failures=(f"trafilatura stopped after {seconds:g} s",))
    except OSError as error:
        return Extraction(failures=(f"trafilatura could not be run ({error})",))
    return Extraction(answer["text"], answer["mode"], answer["date"], tuple(answer["failures"]))
