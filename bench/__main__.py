"""`python -m bench`: take the measures, print the table, hold the floors.

Exit codes: 0 where every figure holds, 1 below a floor or where a measure could not be taken, 2 on wrong usage.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from bench import floors as held_floors
from bench import last
from bench.figures import BenchError
from bench.gate import Row, failed, judge, messages, skipped
from bench.measures import MEASURES, Measure, data_of
from bench.room import SHARED_VARIABLE, Room, find_shared
from bench.table import as_json, table
from tocsin.errors import TocsinError


def parser(measures: Sequence[Measure]) -> argparse.ArgumentParser:
    """The command line."""
    one = argparse.ArgumentParser(prog="python -m bench", description="Measure Tocsin and hold its floors.")
    one.add_argument("--gate", action="store_true", help="only the measures that `make check` runs")
    names = [measure.name for measure in measures]
    one.add_argument("--long", action="store_true", help="only the measures that take longer than minutes")
    one.add_argument("--write-last", action="store_true", help="keep the figures and make docs/how-good.md of them")
    one.add_argument("--only", action="append", metavar="NAME", choices=names, help=f"one of {', '.join(names)}")
    one.add_argument("--json", action="store_true", help="the table as JSON")
    one.add_argument("--write-floors", action="store_true", help="raise the floors to what this run reached")
    one.add_argument("--allow-regression", metavar="REASON", help="with --write-floors: lower floors too, and say why")
    one.add_argument("--floors", type=Path, default=held_floors.FLOORS, help=argparse.SUPPRESS)
    return one


def chosen(
    measures: Sequence[Measure], *, gate: bool, long: bool = False, only: Sequence[str] | None = None
) -> list[Measure]:
    """The measures of one run, in the order they run. Long ones run where they are asked for, and alone."""
    if only:
        return [one for one in measures if one.name in only]
    return [one for one in measures if one.long == long and (one.gate or not gate)]


def take(measures: Sequence[Measure], room: Room) -> tuple[list[held_floors.Taken], list[Row], dict[str, float]]:
    """Take measures: what each gave, a row for each that gave nothing, and the seconds each took."""
    taken, missing, seconds = list[held_floors.Taken](), list[Row](), dict[str, float]()
    for number, measure in enumerate(measures, 1):
        if measure.shared and room.shared is None:
            missing.append(skipped(measure.name, f"../shared is absent ({SHARED_VARIABLE} says where it lies)"))
            continue
        _progress(f"[{number}/{len(measures)}] {measure.name}")
        began = perf_counter()
        try:
            figures = measure.take(room)
            taken.append(held_floors.Taken(measure.name, figures, data_of(measure, room)))
        except (BenchError, TocsinError, OSError, ValueError, KeyError) as error:
            missing.append(failed(measure.name, f"{type(error).__name__}: {error}"))
        seconds[measure.name] = round(perf_counter() - began, 1)
    _progress("")
    return taken, missing, seconds


def _progress(said: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{said}", end="", file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None, measures: Sequence[Measure] = MEASURES) -> int:
    """Run the bench and return its exit code."""
    usage = parser(measures)
    options = usage.parse_args(arguments)
    if options.allow_regression is not None and not options.write_floors:
        usage.error("--allow-regression goes with --write-floors")
    picked = chosen(measures, gate=options.gate, long=options.long, only=options.only)
    if not picked:
        usage.error("no measure is chosen")
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as folder:
        taken, missing, seconds = take(picked, Room(Path(folder), find_shared()))
        try:
            floors = held_floors.load(options.floors, missing_ok=options.write_floors)
            if options.write_floors:
                today = datetime.now(UTC).date().isoformat()
                floors = held_floors.raise_floors(floors, taken, today, options.allow_regression)
                held_floors.save(floors, options.floors)
        except BenchError as error:
            print(f"bench: {error}", file=sys.stderr)
            return 1
    own = [one.name for one in picked if one.bundled and not one.anywhere]
    rows = _in_order(judge(taken, floors, own) + missing, picked)
    if options.write_last:
        last.keep(rows, datetime.now(UTC).date().isoformat())
        last.write_page()
    _show(rows, seconds, options.json)
    return 1 if any(row.fails for row in rows) else 0


def _in_order(rows: Sequence[Row], picked: Sequence[Measure]) -> list[Row]:
    place = {measure.name: number for number, measure in enumerate(picked)}
    return sorted(rows, key=lambda row: place[row.measure])


def _show(rows: Sequence[Row], seconds: dict[str, float], wants_json: bool) -> None:
    if wants_json:
        print(json.dumps(as_json(rows, seconds), indent=1, ensure_ascii=False))
        return
    print(table(rows))
    print()
    took = ", ".join(f"{name} {each:g}" for name, each in seconds.items())
    print(f"{sum(seconds.values()):.0f} s: {took}")
    for message in messages(rows):
        print(message)
    failing = [row for row in rows if row.fails]
    unheld = sum(row.verdict in ("no floor", "other data") for row in rows)
    if failing:
        print(f"bench: {len(failing)} of {len(rows)} figures fail")
    elif unheld:
        print(f"bench: no floor is broken; {unheld} of {len(rows)} figures have none to be held to")
    else:
        print("bench: every floor holds")


if __name__ == "__main__":
    sys.exit(main())
