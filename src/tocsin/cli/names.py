"""`tocsin names`: how likely two names are one actor's. Loads only the names' own tables: it may be called often.

Invariant: one line for one pair, in the order given; a pair that cannot be read is refused before anything is printed
for it.
"""

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from tocsin.errors import EXIT_OK, UsageError
from tocsin.names import Comparison, compare

Options = argparse.Namespace


def names(options: Options) -> int:
    """Compare two names, or the pairs of a file."""
    if (options.file is None) != (options.b is not None) or (options.file is not None and options.a is not None):
        raise UsageError("names takes two names, or --file with pairs")
    pairs = iter([(options.a, options.b, None)]) if options.file is None else _pairs(options.file)
    for a, b, kind in pairs:
        found = compare(a, b, kind or options.kind)
        print(json.dumps(found.as_json(), ensure_ascii=False) if options.json else _told(found))
    return EXIT_OK


def _told(found: Comparison) -> str:
    from tocsin.cli.terminal import harmless

    verdict = "same" if found.same else "two"
    lines = [f"{found.score:.3f}  {verdict}  {harmless(found.a)} = {harmless(found.b)}"]
    return "\n".join([*lines, *(f"         {harmless(reason)}" for reason in found.reasons)])


def _pairs(name: str) -> Iterator[tuple[str, str, Any]]:
    if name == "-":
        yield from _read(sys.stdin, name)
        return
    with Path(name).open(encoding="utf-8-sig", newline="") as file:
        yield from _read(file, name)


def _read(file: IO[str], name: str) -> Iterator[tuple[str, str, Any]]:
    """JSON objects with `a` and `b` (and `kind`), one a line, or comma-separated values, with or without a head."""
    for number, text in enumerate(file, 1):
        if not text.strip():
            continue
        found = _object(text) if text.lstrip().startswith("{") else _values(text)
        if found is None:
            raise UsageError(f"{name}:{number}: a pair is two names: an object with a and b, or two values")
        if [one.strip().casefold() for one in found[:2]] != ["a", "b"] or number > 1:
            yield found


def _object(text: str) -> tuple[str, str, Any] | None:
    try:
        record = json.loads(text)
    except ValueError:
        return None
    a, b, kind = (record.get(part) for part in ("a", "b", "kind"))
    if not isinstance(a, str) or not isinstance(b, str):
        return None
    return a, b, kind if kind in ("person", "organisation") else None


def _values(text: str) -> tuple[str, str, Any] | None:
    row = next(csv.reader([text]), [])
    return (row[0], row[1], None) if len(row) >= 2 else None
