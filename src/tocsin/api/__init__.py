"""The only door to the work, for the command line, for Python and later for the web.

import tocsin
case = tocsin.open("belarus.tocsin")
case.add("pages/")
for c in case.commitments():
    print(c.holder, c.polarity, c.action.text, [(k.operator, k.text, k.state) for k in c.conditions])
"""

from collections.abc import Iterator
from pathlib import Path

from tocsin import __version__
from tocsin.api.case import Case
from tocsin.api.clock import Clock, system_clock
from tocsin.api.deciding import stands_as
from tocsin.api.judging import JUDGEMENTS, SAID_AS
from tocsin.api.reading import demo_pages, read_pages, reading
from tocsin.api.verifying import is_case, verify_output
from tocsin.core.tripwires import parse_tripwires, tripwire_of
from tocsin.export import tellings as schema
from tocsin.export.reading import metadata
from tocsin.pipeline import Added, Reread

__all__ = [
    "JUDGEMENTS",
    "SAID_AS",
    "Added",
    "Case",
    "Clock",
    "Reread",
    "codebook",
    "demo_pages",
    "is_case",
    "metadata",
    "open",
    "parse_tripwires",
    "read_pages",
    "reading",
    "stands_as",
    "tripwire_of",
    "verify_output",
]


def codebook(file: str | None = None) -> Iterator[str]:
    """The codebook of `commitments.csv`: as CSV where `file` is called so, else as Markdown."""
    return schema.codebook(file, __version__)


def open(  # noqa: A001 - DESIGN.md's name
    path: str | Path, *, create: bool = True, write: bool = True, clock: Clock = system_clock
) -> Case:
    """The case kept in the file at `path`, made new where there is none and `create` is true; without `write` no byte
    of it changes.

    Raises CaseError where the file is no case, is damaged, or was written by a newer Tocsin.
    """
    return Case(Path(path), create=create, clock=clock, write=write)
