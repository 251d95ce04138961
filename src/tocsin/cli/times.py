"""`tocsin times`: the times of pages with TIMEX3 types and values, or what given spans mean.

Nothing heavy is imported before it runs. Spans may come as one JSON list, one JSON object a line, or records that hold
their own text and reference.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tocsin.errors import EXIT_ERROR, EXIT_OK, TocsinError, UsageError

Options = argparse.Namespace
NAMES = ("page", "file", "id", "name")
REFERENCES = ("reference", "dct", "date", "published")
ABOUT = "times on pages, with TIMEX3 types and values"
EXAMPLE = "tocsin times --reference 2020-08-15 page.txt"


def options(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="a file, a folder, JSONL records, or - for stdin")
    parser.add_argument("--reference", metavar="DAY", help="the day that the pages are of (2020-08-15)")
    parser.add_argument("--spans", metavar="FILE", help="JSON: say what these spans mean, and find no others")


def times(given: Options) -> int:
    """Find times, or say what given spans mean."""
    from tocsin.api.times import times as found_in
    from tocsin.cli.plain import line
    from tocsin.core.document import Reject

    if not given.sources and not given.spans:
        raise UsageError("name a page, or give --spans a file of records that hold their texts")
    answers = (
        _spans(given) if given.spans else (one for source in given.sources for one in found_in(source, given.reference))
    )
    seen = False
    for one in answers:
        if isinstance(one, Reject):
            raise TocsinError(f"{one.source}: {one.reason}")
        seen = True
        print(line(one)) if given.json else _show(one)
    return EXIT_OK if seen else EXIT_ERROR


def _spans(given: Options) -> Iterator[Any]:
    from tocsin.api.times import answered, day_of, times_at

    rows = _rows(Path(given.spans))
    apart: list[tuple[str | None, tuple[int, int]]] = []
    for row in rows:
        name = next((str(row[key]) for key in NAMES if row.get(key) is not None), None)
        if isinstance(row.get("text"), str) and _many(row):
            day = next((row[key] for key in REFERENCES if row.get(key)), given.reference)
            yield answered(name, row["text"], _pairs(row), day_of(day))
        else:
            apart += [(name, pair) for pair in _pairs(row)]
    if apart and not given.sources:
        raise UsageError(f"{given.spans}: its spans name no text; name the page too")
    for source in given.sources if apart else ():
        yield from times_at(source, apart, given.reference)


def _rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of spans, whatever it is: a list, an object, or one of them a line."""
    text = path.read_text(encoding="utf-8-sig")
    try:
        values = [json.loads(text)]
    except ValueError:
        try:
            values = [json.loads(row) for row in text.splitlines() if row.strip()]
        except ValueError as error:
            raise UsageError(f"{path}: neither JSON nor JSON lines: {error}") from error
    if len(values) == 1 and isinstance(values[0], list) and not _is_pair(values[0]):
        values = values[0]
    return [one if isinstance(one, dict) else {"span": one} for one in values]


def _many(row: dict[str, Any]) -> bool:
    return any(key in row for key in ("spans", "times")) or "span" in row or "start" in row


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(one, int) for one in value)


def _pairs(row: dict[str, Any]) -> list[tuple[int, int]]:
    """The spans of one row: `span`, `spans` or `start` and `end`; several pieces are taken as one extent."""
    if "spans" in row or "times" in row:
        many = row["spans"] if "spans" in row else row["times"]
        return [pair for one in many for pair in _pairs(one if isinstance(one, dict) else {"span": one})]
    if "start" in row and "end" in row:
        return [(int(row["start"]), int(row["end"]))]
    span = row.get("span")
    if isinstance(span, list) and _is_pair(span):
        return [(span[0], span[1])]
    if isinstance(span, list) and span:
        inner = [pair for one in span for pair in _pairs(one if isinstance(one, dict) else {"span": one})]
        return [(min(start for start, _ in inner), max(end for _, end in inner))]
    raise UsageError(f"no span in {json.dumps(row, ensure_ascii=False)[:80]}; give [start, end]")


def _show(answer: dict[str, Any]) -> None:
    from tocsin.cli.terminal import harmless

    print(harmless(f"{answer['page'] or ''}  {answer['reference'] or 'no day of its own'}").strip())
    for one in answer["times"]:
        words = " ".join(one["text"].split())
        print("  " + harmless(f"{one['type']:<8} {one['value'] or '':<18} “{words}”"))
