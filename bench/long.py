"""What takes longer than minutes, for `make bench-long`: fuzzing, and the laws over many more examples."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
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
JOBS = 2
"""Processes at a time: as many as the machines that we measure on have cores."""
MEMORY_MB = 1024
"""No reader may grow past this, whatever it is given."""


def _fuzz(names: Sequence[str], seconds: int) -> list[dict[str, Any]]:
    targets = [part for name in names for part in ("--target", name)]
    command = [sys.executable, "-m", "fuzz", "--seconds", str(seconds), "--jobs", str(JOBS), "--json", *targets]
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


def _pytest(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def laws(_room: Room) -> list[Figure]:
    """The property tests of the laws over 5,000 examples each, two at a time."""
    began = perf_counter()
    collected = _pytest("tests/laws", "--collect-only").stdout
    names = [line for line in collected.splitlines() if "::" in line]
    if not names:
        raise BenchError(f"no law was found: {collected[-1000:]}")
    with ThreadPoolExecutor(JOBS) as pool:
        tried = list(pool.map(lambda name: _pytest(name, "--hypothesis-profile=long"), names))
    failed = [name for name, done in zip(names, tried, strict=True) if done.returncode]
    for done in tried:
        if done.returncode:
            print(done.stdout[-4000:], file=sys.stderr)
    return [
        exact("failed", float(len(failed)), 0, "lower", anchor=", ".join(failed)),
        told("properties", float(len(names))),
        told("examples_each", 5000.0),
        told("seconds", round(perf_counter() - began)),
    ]
