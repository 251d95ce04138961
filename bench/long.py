"""What takes longer than minutes, for `make bench-long`: fuzzing, and the laws over many more examples."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from time import perf_counter
from typing import Any

from bench.figures import BenchError, Figure, exact, told
from bench.room import ROOT, Room
from fuzz.targets import NAMES

FUZZ_VARIABLE = "TOCSIN_FUZZ_SECONDS"
"""Environment variable for how long each reader is fuzzed (900: what issue 3 asks for)."""
READERS = ("plain", "html", "records", "given")
"""The readers of pages: text, HTML, JSONL records, and what comes beside a page."""
OTHERS_SHARE = 3
"""The other doors (annotators, dates, case files, exports) are fuzzed a third as long."""
MEMORY_MB = 1024
"""No reader may grow past this, whatever it is given."""


def _fuzz(names: Sequence[str], seconds: int) -> list[dict[str, Any]]:
    targets = [part for name in names for part in ("--target", name)]
    command = [sys.executable, "-m", "fuzz", "--seconds", str(seconds), "--jobs", "2", "--json", *targets]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if not done.stdout.strip():
        raise BenchError(done.stderr.strip()[-500:] or "the fuzzer said nothing")
    outcomes: list[dict[str, Any]] = json.loads(done.stdout)["targets"]
    return outcomes


def _asked(target: str, seconds: int) -> int:
    return seconds if target in READERS else max(1, seconds // OTHERS_SHARE)


def fuzzing(_room: Room) -> list[Figure]:
    """Every door through which a stranger's bytes come in, fuzzed; two at a time."""
    seconds = int(os.environ.get(FUZZ_VARIABLE, "900"))
    others = [name for name in NAMES if name not in READERS]
    outcomes = _fuzz(READERS, seconds) + _fuzz(others, _asked(others[0], seconds))
    found = [f"{one['target']}: {find['kind']} {find['path']}" for one in outcomes for find in one["found"]]
    if found:
        print("\n".join(found), file=sys.stderr)
    return [
        exact("found", float(len(found)), 0, "lower", anchor="crashes, hangs, growth"),
        exact("targets_run", sum(one["execs"] > 0 for one in outcomes) / len(outcomes), 1.0),
        exact("peak_mb", max(one["rss_mb"] for one in outcomes), MEMORY_MB, "lower", anchor="issue 3"),
        exact("time_kept", min(one["seconds"] / _asked(one["target"], seconds) for one in outcomes), 0.95),
        told("seconds_a_reader", float(seconds)),
        *(told(f"{one['target']}_inputs", one["execs"]) for one in outcomes),
        *(told(f"{one['target']}_edges", one["coverage"]) for one in outcomes),
    ]


def laws(_room: Room) -> list[Figure]:
    """The property tests of the laws over 5,000 examples each."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "tests/laws",
        "--hypothesis-profile=long",
        "-q",
        "-p",
        "no:cacheprovider",
    ]
    began = perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    counts = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|error)", done.stdout)}
    if not counts.get("passed") and not counts.get("failed"):
        raise BenchError(f"no law was tried: {done.stdout[-1000:]}{done.stderr[-500:]}")
    if done.returncode:
        print(done.stdout[-4000:], file=sys.stderr)
    return [
        exact("failed", float(max(counts.get("failed", 0) + counts.get("error", 0), done.returncode != 0)), 0, "lower"),
        told("properties", float(counts.get("passed", 0))),
        told("examples_each", 5000.0),
        told("seconds", round(perf_counter() - began)),
    ]
