"""The far side of `extract.py`: a process that runs trafilatura and htmldate on one page after another.

Frames on stdin and stdout: eight bytes of length, then JSON. Invariant: no network (trees are parsed here and handed
over, so that no text is ever taken for an address), no clock (htmldate's bounds come with the page and its free-text
search, which asks the clock for the missing year, stays off), and it ends when its stdin does.
"""

import json
import math
import os
import signal
import struct
import sys
from typing import IO, Any

LENGTH = struct.Struct(">Q")
MEMORY = 4 << 30
"""Bytes of address space: 251 news pages took 0.5 GB, 2 million characters of `<p>a` another 0.5. Beyond this the page
is hostile and the process dies in place of the machine."""
LITTLE = 25
"""Words below which an extraction is no article: the next mode is tried. The shortest of 251 news articles has 54."""
MODES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("precision", {"favor_precision": True}),
    ("balanced", {}),
    ("recall", {"favor_recall": True}),
)


def read_frame(stream: IO[bytes]) -> Any | None:
    """The next frame's value; None at the end of the stream."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    data = stream.read(length)
    return json.loads(data) if len(data) == length else None


def write_frame(stream: IO[bytes], value: Any) -> None:
    """Send one frame."""
    data = json.dumps(value, ensure_ascii=True).encode()
    stream.write(LENGTH.pack(len(data)) + data)
    stream.flush()


def extracted(html: str) -> tuple[str, str]:
    """The article's text as trafilatura has it and the mode that gave it; ("", "") where none gives enough."""
    from trafilatura import extract

    for mode, options in MODES:
        text = extract(html, include_comments=False, **options) or ""
        if len(text.split()) >= LITTLE:
            return text, mode
    return "", ""


def dated(html: str, earliest: str, latest: str) -> str | None:
    """The day that htmldate finds in the page's head, its data or its date elements."""
    from htmldate import find_date
    from lxml.html import HTMLParser, document_fromstring

    if not html.strip():
        return None
    tree = document_fromstring(html.encode(), parser=HTMLParser(encoding="utf-8", no_network=True))
    found: str | None = find_date(tree, extensive_search=False, original_date=True, min_date=earliest, max_date=latest)
    return found


def work(job: dict[str, Any]) -> dict[str, Any]:
    """The answer to one page. What one library fails on is no reason to lose the other's answer."""
    answer: dict[str, Any] = {"text": "", "mode": "", "date": None, "failures": []}
    try:
        answer["text"], answer["mode"] = extracted(job["html"])
    except Exception as error:  # noqa: BLE001 (hostile pages in other people's code: the labeller reads them alone)
        answer["failures"].append(f"trafilatura failed ({type(error).__name__})")
    if job["dated"]:
        try:
            answer["date"] = dated(job["html"], job["earliest"], job["latest"])
        except Exception as error:  # noqa: BLE001 (as above)
            answer["failures"].append(f"htmldate failed ({type(error).__name__})")
    return answer


def _limit_memory() -> None:
    """Die of hunger before the machine does, and leave no core behind."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def serve() -> None:
    """Answer frames until stdin ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle; its end closes our stdin
    inbox, outbox = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a library prints must not stand between the frames
    _limit_memory()
    import htmldate
    import trafilatura

    write_frame(outbox, {"ready": [trafilatura.__version__, htmldate.__version__]})
    while (job := read_frame(inbox)) is not None:
        _die_in(job["seconds"] + 5)  # the parent kills us sooner, unless it was killed itself
        _die_with_parent(busy=True)
        answer = work(job)
        _die_with_parent(busy=False)
        write_frame(outbox, answer)
        _die_in(0)


def _die_with_parent(*, busy: bool) -> None:
    """While `busy`, end at once when the other end of stdin is closed, that is: when the parent has died.

    No thread of ours could do it, as a regular expression holds the interpreter; the kernel can: whatever happens to
    the pipe then (nothing is sent before we have answered) raises SIGIO, which nobody handles. Linux does; elsewhere
    the alarm remains. While we wait for a frame, the end of stdin is seen as such.
    """
    if not sys.platform.startswith("linux"):
        return
    import fcntl
    import select

    stdin = sys.stdin.fileno()
    flags = fcntl.fcntl(stdin, fcntl.F_GETFL)
    fcntl.fcntl(stdin, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(stdin, fcntl.F_SETFL, flags | os.O_ASYNC if busy else flags & ~os.O_ASYNC)
    poll = select.poll()
    poll.register(stdin, 0)
    if busy and any(event & select.POLLHUP for _, event in poll.poll(0)):  # it died before the flag was set
        sys.exit(1)


def _die_in(seconds: float) -> None:
    """End the process after `seconds`, whatever C code it is in then; 0: never."""
    if hasattr(signal, "alarm"):  # not on Windows
        signal.alarm(math.ceil(seconds))
