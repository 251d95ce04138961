"""JSONL: a file of records as it is taken, one line at a time, and each record read."""

from pathlib import Path
from tempfile import TemporaryDirectory

from fuzz.laws import demand
from fuzz.reading import TAKEN, no_worker, read_page, said
from fuzz.shape import JSON_JOINTS, Shape
from fuzz.target import Target
from tocsin.core.document import Reject
from tocsin.read import TakeOptions, take

LIMIT = 20_000
"""Bytes of a page in this target: small enough that lines beyond it are met."""
_FOLDER = TemporaryDirectory(prefix="tocsin-fuzz-")


def run(data: bytes) -> bytes:
    """Take a file with these bytes and read what comes of it."""
    path = Path(_FOLDER.name) / "records.jsonl"
    path.write_bytes(data)
    out = []
    with no_worker(data):
        taken = list(take(str(path), TakeOptions(TAKEN, max_bytes=LIMIT)))
    demand(taken, "nothing came of the file, not even a reject")
    keys = [one.capture.source for one in taken if not isinstance(one, Reject)]
    demand(len(keys) == len(set(keys)), "two pages stand at one place")
    for one in taken:
        if isinstance(one, Reject):
            demand(one.reason.strip(), "a reject without a reason")
            out.append(one.reason.replace(str(path), "").encode())
            continue
        demand(len(one.data) <= LIMIT, "a page larger than the limit")
        outcome = read_page(one)
        out.append(said(outcome).replace(_FOLDER.name.encode(), b""))
    return b"\n".join(out)


TARGET = Target("records", "JSONL records: taking and reading", run, Shape(JSON_JOINTS, "json"))
