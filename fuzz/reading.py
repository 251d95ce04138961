"""How targets read: one capture, no worker process, and no failure hidden behind a reject."""

import random
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from unittest.mock import patch

from fuzz.laws import BrokenLawError, demand, lines_tile, metadata_is_clean
from tocsin.core.codec import decode, encode
from tocsin.core.document import Capture, Document, Media, Reject
from tocsin.core.ids import canonical
from tocsin.read import Page, read, reader
from tocsin.read import html as html_reader
from tocsin.read.extract import Extraction
from tocsin.read.html_walk import flatten

TAKEN = "2031-05-06T07:08:09Z"
REPEATED = 8
"""One input in so many is read twice and must give the same both times."""


def capture_of(data: bytes, media: Media) -> Capture:
    """A capture of `data`."""
    return Capture(sha256(data).hexdigest(), "page", "page", "page", TAKEN, media, "fuzz")


def dice(data: bytes) -> random.Random:
    """Choices that depend on the input alone."""
    return random.Random(zlib.crc32(data))  # noqa: S311 (no secret)


def read_page(page: Page) -> Document | Reject:
    """`read`, where a reject that stands for an unexpected exception becomes that exception."""
    with no_worker(page.data):
        outcome = read(page)
        if isinstance(outcome, Reject):
            if outcome.reason.startswith("the reader failed"):
                reader._read(page)
                raise BrokenLawError(f"failed once and not again: {outcome.reason}")
            return outcome
    _check(outcome)
    return outcome


def _check(doc: Document) -> None:
    ends = ("\n",) if "walker" in doc.reader else ("\n", "\r\n", "\r")
    lines_tile(doc.text, doc.lines, ends)
    metadata_is_clean(doc)
    written = encode(doc)
    demand(decode(Document, written) == doc, "a document is not what its own JSON says")


def said(outcome: Document | Reject) -> bytes:
    """Everything an outcome says, in one spelling."""
    return canonical(encode(outcome)).encode()


@contextmanager
def no_worker(data: bytes) -> Iterator[None]:
    """Read HTML without trafilatura's process: what it would have extracted is some lines of the page, damaged."""

    def extract(html: str, *, latest: str, dated: bool = True) -> Extraction:
        rng = dice(data)
        words = flatten(html)[0].split("\n")
        kept = [line for line in words if rng.random() < 0.6]
        rng.shuffle(kept) if rng.random() < 0.2 else None
        text = "\n".join(line[rng.randrange(3) :] if rng.random() < 0.2 else line for line in kept)
        day = rng.choice((None, "2019-05-03", latest)) if dated else None
        return Extraction(text, "precision" if text else "", day)

    with patch.object(html_reader, "extract", extract):
        yield
