"""The figures of the last full run, in `bench/last.json`, and the page that shows them, `docs/how-good.md`.

Invariant: the page is a function of the file, and the file holds what runs printed: neither is written by hand.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.figures import BenchError
from bench.gate import Row
from bench.measures import MEASURES
from bench.room import ROOT
from bench.table import number

LAST = ROOT / "bench" / "last.json"
PAGE = ROOT / "docs" / "how-good.md"
HEAD = """\
# How good is it

Made from what `make bench` and `make bench-long` measured (with `ARGS=--write-last`), not by hand. A floor is the
lower end of the 95 % bootstrap interval of what was reached when it was set, or a hard limit; `make check` fails below
it. Figures without a floor are only told. What each measure stands on:

"""


def keep(rows: Sequence[Row], date: str, path: Path = LAST) -> None:
    """Write a run's figures beside those of the measures that it did not take. A measure that could not
    be taken in whole keeps what it had."""
    known = load(path) if path.exists() else {}
    taken = sorted({row.measure for row in rows})
    for name in taken:
        of_it = [row for row in rows if row.measure == name]
        if any(row.value is None for row in of_it):
            continue
        known[name] = {"date": date, "figures": [[row.figure, row.value, row.floor, row.anchor] for row in of_it]}
    current = {one.name for one in MEASURES}
    kept = {name: known[name] for name in sorted(known) if name in current}
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def load(path: Path = LAST) -> dict[str, Any]:
    """What was kept; raises BenchError where there is nothing."""
    if not path.exists():
        raise BenchError(f"{path} is missing; make it with `make bench ARGS=--write-last`")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def page(last: dict[str, Any]) -> str:
    """The page, in Markdown."""
    measures = [one for one in MEASURES if one.name in last]
    parts = [HEAD, *(f"- **{one.name}**: {one.about}." for one in measures), ""]
    for one in measures:
        kept = last[one.name]
        parts += [
            f"## {one.name}",
            "",
            f"Measured on {kept['date']}{', by `make bench-long`' if one.long else ''}.",
            "",
        ]
        parts += ["| figure | reached | floor | anchor |", "| --- | ---: | ---: | --- |"]
        parts += [
            f"| {name} | {number(value)} | {number(floor)} | {anchor} |"
            for name, value, floor, anchor in kept["figures"]
        ]
        parts.append("")
    return "\n".join(parts)


def write_page(path: Path = LAST, to: Path = PAGE) -> None:
    """Make the page anew."""
    to.write_text(page(load(path)), encoding="utf-8")
