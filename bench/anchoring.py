"""Laws one and two, checked over whatever this run read: every span on its page, any order the same bytes."""

import hashlib
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.demo import demo_files
from bench.figures import Figure, exact, told
from bench.room import Reading, Room, read_jsonl
from bench.seeds import seed_files
from tocsin.api import open as open_case
from tocsin.api.verifying import verify_output

ORDERS = 5
"""Issue 2: five random orders, one page at a time."""
SHARE = 3
"""Every third page is enough for `order`: what it looks for shows from two pages on, and each is read six times."""
MOMENT = datetime(2025, 1, 1, tzinfo=UTC)


def anchoring(room: Room) -> list[Figure]:
    """Every output of this run, checked by Tocsin's own `verify` and by an independent walk; and a whole case."""
    pages = some_pages(room)
    room.read_files("demo", demo_files())
    spans, lost, wrong = 0, 0, 0
    for output in room.outputs:
        wrong += len(verify_output(output, None))
        for reading in read_jsonl(output):
            if "body" in reading:
                inside, outside = walk(reading)
                spans, lost = spans + inside + outside, lost + outside
    with open_case(room.work / "verified.tocsin", clock=lambda: MOMENT) as case:
        case.add(*pages)
        problems = len(case.verify())
        exported = room.work / "verified.jsonl"
        exported.write_text("".join(case.export("jsonl")), encoding="utf-8")
        problems += len(verify_output(exported, case))
    return [
        told("spans", spans),
        exact("anchored", 1 - lost / spans if spans else 0.0, 1.0),
        exact("output_problems", wrong, 0, "lower"),
        exact("case_problems", problems, 0, "lower"),
    ]


def walk(reading: Reading) -> tuple[int, int]:
    """Spans of one reading that are on its page and that are not. A text with another hash has none."""
    text = reading["text"]
    same = hashlib.sha256(text.encode()).hexdigest() == reading["text_id"]
    pairs = list(_pairs([value for name, value in reading.items() if name != "text"]))
    pairs += [(line["start"], line["end"]) for line in reading["lines"] if line["start"] != line["end"]]
    inside = sum(same and 0 <= start < end <= len(text) for start, end in pairs)
    return inside, len(pairs) - inside


def _pairs(value: Any) -> Iterator[tuple[int, int]]:
    pending = [value]
    while pending:
        one = pending.pop()
        if isinstance(one, dict):
            pending.extend(one.values())
        elif isinstance(one, list) and len(one) == 2 and all(type(part) is int for part in one):
            yield one[0], one[1]
        elif isinstance(one, list):
            pending.extend(one)


def order(room: Room) -> list[Figure]:
    """The same pages in five orders, one at a time, and after a rebuild: the export's bytes against all at once."""
    pages = some_pages(room)[::SHARE]
    wanted = _export(room.work / "at-once.tocsin", [pages])
    same, tried = 0, 0
    for seed in range(ORDERS):
        mixed = random.Random(seed).sample(pages, k=len(pages))  # noqa: S311 - an order, no secret
        path = room.work / f"order-{seed}.tocsin"
        one_at_a_time = _export(path, [[page] for page in mixed])
        again = _export(path, [], rebuild=True)
        same, tried = same + (one_at_a_time == wanted) + (again == wanted), tried + 2
    return [exact("identical", same / tried, 1.0), told("bytes", len(wanted))]


def some_pages(room: Room) -> list[Path]:
    """The bundled pages, and the seeds where they are there."""
    return demo_files() + (seed_files(room) if room.shared else [])


def _export(path: Path, batches: Sequence[Sequence[Path]], *, rebuild: bool = False) -> bytes:
    with open_case(path, clock=lambda: MOMENT) as case:
        for batch in batches:
            case.add(*batch)
        if rebuild:
            case.rebuild()
        return "".join(case.export("jsonl")).encode()
