"""How fast: reading, the demonstration, the start; and how much memory. One process at a time, nothing beside it."""

import statistics
import sys
from collections.abc import Sequence

from bench.attributions import gold_articles
from bench.demo import demo_files
from bench.figures import Figure, exact
from bench.pages import HTML, SAMPLE, packed, sample
from bench.room import Room, timed, tocsin, write_jsonl
from bench.room import read_jsonl as records_of

STARTS = 11
"""Starts of each, taken in turn: their median then moves by a few hundredths."""
HELP_LIMIT = 6.0
"""Issue 2: `tocsin --help` takes at most six times as long as `python3 -c pass`."""
DEMO_LIMIT = 20.0
"""Seconds of `tocsin demo`, on a machine that others may use. Issue 2 set 5 for six pages and rules alone; there are 32
pages now, and a reading model reads them."""
TURNS = 4
"""How often the bundled texts are read for their rate: some 30,000 words, start included."""


def start(room: Room) -> list[Figure]:
    """`tocsin --help` against `python3 -c pass`, in turn."""
    idle, helped = [], []
    for _ in range(STARTS):
        idle.append(timed([sys.executable, "-c", "pass"], room.work / "idle.out").seconds)
        helped.append(timed(tocsin("--help"), room.work / "help.out").seconds)
    ratio = statistics.median(helped) / statistics.median(idle)
    return [exact("help_ratio", ratio, HELP_LIMIT, "lower", anchor=f"issue {HELP_LIMIT:g}")]


def demo_run(room: Room) -> list[Figure]:
    """`tocsin demo`, the better of two runs: the first may compile."""
    ran = [timed(tocsin("demo", "-o", str(room.work / f"demo-{n}")), room.work / "demo.out") for n in range(2)]
    return [
        exact("seconds", min(one.seconds for one in ran), DEMO_LIMIT, "lower", anchor="32 pages"),
        Figure("peak_mb", max(one.peak_mb for one in ran), "timing", "lower"),
    ]


def speed(room: Room) -> list[Figure]:
    """Pages and words a second, start included: flattened articles, and a fifth of the HTML pages."""
    plain = [{"id": one["id"], "text": one["text"]} for one in records_of(gold_articles(room))]
    words = sum(len(one["text"].split()) for one in plain)
    pages = [{"id": one["id"], "html": one["html"]} for one in sample(packed(room.at(HTML)), SAMPLE)]
    return [
        *_reading(room, "plain", plain, words),
        *_reading(room, "html", pages, None),
    ]


def demo_speed(room: Room) -> list[Figure]:
    """The bundled flattened pages again and again: a rate that needs no other data."""
    texts = [one.read_text(encoding="utf-8") for one in demo_files() if one.suffix == ".txt"]
    again = [{"id": f"{turn}-{number}", "text": text} for turn in range(TURNS) for number, text in enumerate(texts)]
    return _reading(room, "bundled", again, sum(len(one["text"].split()) for one in again))


def _reading(room: Room, name: str, records: Sequence[dict[str, str]], words: int | None) -> list[Figure]:
    source = write_jsonl(room.work / f"speed-{name}.jsonl", records)
    ran = timed(tocsin("read", str(source), "--json"), room.work / f"speed-{name}.out")
    out = [
        Figure(f"{name}_pages_per_second", len(records) / ran.seconds, "timing"),
        Figure(f"{name}_peak_mb", ran.peak_mb, "timing", "lower"),
    ]
    return [Figure(f"{name}_words_per_second", words / ran.seconds, "timing"), *out] if words else out
