"""Files that are said to come from Tocsin: `tocsin verify` on readings and on exports."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import tocsin.api
from fuzz.cases import base, clock, exported
from fuzz.laws import demand
from fuzz.reading import TAKEN
from fuzz.shape import JSON_JOINTS, Shape
from fuzz.target import Target
from tocsin.api import Case, is_case, verify_output
from tocsin.core.document import Document
from tocsin.core.ids import canonical
from tocsin.errors import TocsinError

_FOLDER = TemporaryDirectory(prefix="tocsin-fuzz-")


@cache
def _case() -> Case:
    path = Path(_FOLDER.name) / "base.tocsin"
    path.write_bytes(base())
    return tocsin.api.open(path, create=False, write=False, clock=clock)


def run(data: bytes) -> bytes:
    """Verify a file with these bytes, with a case and without."""
    path = Path(_FOLDER.name) / "output.jsonl"
    path.write_bytes(data)
    demand(is_case(path) == data.startswith(b"SQLite format 3\0"), "taken for a case")
    out = []
    for case in (None, _case()):
        try:
            wrong = verify_output(path, case)
            demand(all(one.strip() for one in wrong), "something wrong without a word")
            out.append("\n".join(wrong))
        except TocsinError as error:
            demand(str(error).strip(), "an error without a word")
            out.append(str(error))
    if data == exported():
        demand(out[1] == "", f"what was exported does not verify: {out[1]}")
    return "\n".join(out).replace(_FOLDER.name, "").encode("utf-8", "backslashreplace")


def _made() -> dict[str, bytes]:
    """The base case's own export, and the readings of its pages."""
    from fuzz import cases

    found = tocsin.api.read_pages(*sorted(cases._PAGES.iterdir()), taken=TAKEN)
    readings = [tocsin.api.reading(one, with_text=True) for one in found if isinstance(one, Document)]
    lines = exported().splitlines(keepends=True)
    return {
        "export.jsonl": exported(),
        "export-first.jsonl": b"".join(lines[:2]),
        "readings.jsonl": "".join(canonical(one) + "\n" for one in readings).encode(),
    }


TARGET = Target("exports", "readings and exports to be verified", run, Shape(JSON_JOINTS, "json"), made=_made)
