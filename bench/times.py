"""Times: type and value at given spans against blind marks (TIMEX3, exact match), and the dates of the seed pages.

The spans are given, so that this measures what they are taken to mean, not whether they are found.
"""

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bench.crisis_gold import marked_pages, on_page
from bench.figures import BenchError, Counts, Figure, exact, ratio, share
from bench.pages import packed
from bench.room import ROOT, Room, read_jsonl
from tocsin import link, pipeline
from tocsin.api.times import answered, day_of
from tocsin.core.document import Document
from tocsin.core.rows import Row
from tocsin.link.dates import DATE_STAGES, dates_of
from tocsin.link.dating import KIND, dating
from tocsin.store.store import Store

BLIND = ROOT / "bench" / "blind" / "times_polnear.jsonl"
POLNEAR = ("polnear/train.jsonl.gz", "polnear/dev.jsonl.gz")
HELD_OUT = "held out: dateparser .41, rules .67"
SEED_TAKEN = "2026-11-01T00:00:00Z"
SEED_DAYS = {"002": ("2020-08-15", "2020-08-15"), "004": ("2020-08-16", SEED_TAKEN[:10])}


def times(room: Room) -> list[Figure]:
    """TIMEX3 types and values at the marked spans of PolNeAR train pages."""
    marked: dict[str, list[Mapping[str, Any]]] = {}
    for one in read_jsonl(BLIND):
        marked.setdefault(one["page"], []).append(one)
    texts = {one["id"]: one["text"] for name in POLNEAR for one in packed(room.at(name)) if one["id"] in marked}
    missing = sorted(marked.keys() - texts.keys())
    if missing:
        raise BenchError(f"marked pages that are not in PolNeAR: {missing}")
    units = [_compared(texts[page], marks, marks[0]["reference"]) for page, marks in sorted(marked.items())]
    return [
        ratio("value", units, share("value", "times"), anchor=HELD_OUT, bar=0.8),
        ratio("value_sure", units, share("value_sure", "sure"), anchor="without doubtful marks"),
        ratio("type", units, share("type", "times")),
    ]


def _compared(text: str, marks: Iterable[Mapping[str, Any]], reference: str | None) -> Counts:
    rows = list(marks)
    found = answered(None, text, [(one["span"][0], one["span"][1]) for one in rows], day_of(reference))["times"]
    counts = dict.fromkeys(("times", "value", "type", "sure", "value_sure"), 0.0)
    for mark, one in zip(rows, found, strict=True):
        met = mark["value"] == one["value"]
        counts["times"] += 1
        counts["value"] += met
        counts["type"] += mark["type"] == one["type"]
        counts["sure"] += not mark.get("doubt")
        counts["value_sure"] += met and not mark.get("doubt")
    return counts


def times_crisis(room: Room) -> list[Figure]:
    """The same at the marked spans of the bundled pages, against the day that each page shows."""
    units = []
    for page in marked_pages(room):
        published = page.reading["published"]
        shown = published["earliest"] if published["earliest"] == published["latest"] else None
        rows = [(mark, page.ranges(mark["span"])) for mark in on_page("times", page.name)]
        placed = [{**mark, "span": [found[0][0], found[-1][1]]} for mark, found in rows if found]
        if placed and page.reading["language"] == "en":
            units.append(_compared(page.reading["text"], placed, shown))
    return [ratio("value", units, share("value", "times")), ratio("type", units, share("type", "times"))]


def dates_seeds(room: Room) -> list[Figure]:
    """How many of the five dates of the seed pages are as narrow as the pages allow, and no narrower."""
    options = pipeline.take_options(SEED_TAKEN, {})
    docs = [one for one in pipeline.readings([str(room.at("seeds"))], options) if isinstance(one, Document)]
    by_name = {one.capture.name[:3]: one for one in docs}
    found = _derived(docs)
    days = {name: dates_of(found)[doc.id] for name, doc in by_name.items()}
    right = sum((days[name].earliest, days[name].latest) == wanted for name, wanted in SEED_DAYS.items())
    pair = {by_name["000"].id, by_name["001"].id}
    shared = [row.data for row in found if row.kind == "said" and set(row.data["docs"]) == pair]
    right += any(one["earliest"] == "2020-08-20" and one["weekdays"] == [3] and one["reasons"] for one in shared)
    third = by_name["003"]
    right += _mondays(found, third) == {("2020-08-17", "2020-08-17")}
    right += {first for first, _ in _mondays(_derived([third]), third)} == {"2020-08-10"}
    return [exact("seed_dates", float(right), 5.0, anchor="issue 5 of 5")]


def _mondays(found: Iterable[Row], doc: Document) -> set[tuple[str, str]]:
    said = [row.data for row in found if row.kind == "said" and doc.id in row.data["docs"]]
    return {(one["earliest"], one["latest"]) for one in said if one["weekdays"] == [0]}


def _derived(docs: Iterable[Document]) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "dates.tocsin", create=True) as store:
        with store.writing():
            for doc in docs:
                base = tuple(row for row in link.readings(doc, ()) if row.kind not in (KIND, "happening"))
                rows = (*base, *dating(doc, (), [row for row in base if row.kind == "claim"]))
                ordered = tuple(sorted(rows, key=lambda row: row.id))
                link.derive(store.rows, DATE_STAGES, link.touch(store.rows, DATE_STAGES, doc.id, ordered))
        return [row for kind in ("dated", "said") for row in store.rows.of_kind(kind)]
