"""`python -m fuzz`: fuzz every target, or one, for a number of seconds each.

Exit codes: 0 where nothing was found, 1 where something was, 2 on wrong usage or without atheris.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from fuzz.runner import NO_ATHERIS, Outcome, available, fuzz, replayed
from fuzz.targets import NAMES, load


def parser() -> argparse.ArgumentParser:
    """The command line."""
    one = argparse.ArgumentParser(prog="python -m fuzz", description="Fuzz the readers of Tocsin.")
    one.add_argument("--seconds", type=int, default=60, metavar="N", help="time for each target (60)")
    one.add_argument("--target", action="append", choices=NAMES, help="only this one; may be given again")
    one.add_argument("--jobs", type=int, default=1, metavar="N", help="targets at a time (1)")
    one.add_argument("--found", type=Path, metavar="FOLDER", help="where finds are kept (a new temporary folder)")
    one.add_argument("--replay", type=Path, metavar="FILE", help="run one --target once on a file, without atheris")
    one.add_argument("--json", action="store_true", help="the outcome as JSON")
    return one


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the arguments ask for and return the exit code."""
    usage = parser()
    options = usage.parse_args(arguments)
    if options.replay:
        if len(options.target or ()) != 1:
            usage.error("--replay goes with one --target")
        load(options.target[0]).run(options.replay.read_bytes())
        print(
            f"fuzz: {options.target[0]} takes {options.replay} in {replayed(options.target[0], options.replay):.2f} s"
        )
        return 0
    if options.seconds < 1 or options.jobs < 1:
        usage.error("--seconds and --jobs are at least 1")
    if not available():
        print(NO_ATHERIS, file=sys.stderr)
        return 2
    found = options.found or Path(tempfile.mkdtemp(prefix="tocsin-fuzz-found-"))
    with ThreadPoolExecutor(options.jobs) as pool:
        outcomes = list(pool.map(lambda name: fuzz(name, options.seconds, found), options.target or NAMES))
    if options.json:
        shown = {"found_in": str(found), "targets": [one.as_json() for one in outcomes]}
        print(json.dumps(shown, indent=1, ensure_ascii=False))
    else:
        print(table(outcomes, found))
    return 1 if any(one.failed for one in outcomes) else 0


def table(outcomes: Sequence[Outcome], found: Path) -> str:
    """The outcomes for people: a line each, then what was found."""
    lines = [f"{'target':<10}{'seconds':>9}{'inputs':>10}{'edges':>8}{'MB':>6}{'found':>7}"]
    for one in outcomes:
        row = f"{one.target:<10}{one.seconds:>9.0f}{one.execs:>10}{one.coverage:>8}{one.rss_mb:>6}{len(one.found):>7}"
        lines.append(row)
    for one in outcomes:
        lines += [f"{one.target}: {find['kind']}: {find['said']}\n  {find['path']}" for find in one.found]
        lines += [f"{one.target}: note: {note}" for note in one.notes]
        if one.execs == 0:
            lines.append(f"{one.target}: no input was run")
    lines.append(f"finds are kept in {found}" if any(one.found for one in outcomes) else "nothing was found")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
