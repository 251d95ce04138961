"""How well the article is told from the rest of a page, flattened or HTML (`score_flat.py`), and HTML metadata."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.figures import BenchError, Counts, Figure, interval, ratio, sampled, share, total
from bench.room import Reading, Room, write_jsonl

FLAT, HTML = "flat/dev.jsonl.gz", "html/dev.jsonl.gz"
SAMPLE = 5
"""The gate reads every fifth flattened page by hash: enough to see a break, and within its minutes (`measures.py`)."""
HTML_SAMPLE = 3
"""Of HTML pages every third: there are fewer."""
TOOL = "score_flat.py"
AGREE = 2e-4
"""Our sums over pages may differ from the scorer's figure by its rounding to four digits, no more."""
FLAT_ANCHORS = {
    "all": "issue .89, learnt .894, perfect .981",
    "resiliparse_main": "issue .91",
}
FLAT_BARS = {"all": 0.89, "resiliparse_main": 0.91}
HTML_ANCHORS = {"all": "trafilatura .942", "aeb": "trafilatura .965", "aed": "trafilatura .931"}
HTML_BARS = {"all": 0.940}
METADATA_ANCHORS = {
    "title": "trafilatura .640",
    "author": "trafilatura .811",
    "date": "htmldate .785",
    "date_wrong": "htmldate .215",
}
"""On the same pages, by `html_anchors`. Some of the gold's dates are wrong; what the page says in JSON-LD is better."""

FIELDS = ("title", "author", "date")

Record = dict[str, Any]


def flat(room: Room) -> list[Figure]:
    """All flattened pages, in all five flattenings."""
    return _flat(room, 1)


def flat_sample(room: Room) -> list[Figure]:
    """The flattened pages of the gate's sample."""
    return _flat(room, SAMPLE)


def html(room: Room) -> list[Figure]:
    """All HTML pages: the article, title, author, date."""
    return _html(room, 1)


def html_sample(room: Room) -> list[Figure]:
    """The HTML pages of the gate's sample."""
    return _html(room, HTML_SAMPLE)


def _html(room: Room, every: int) -> list[Figure]:
    gold = sample(packed(room.at(HTML)), every)
    records = [{"id": one["id"], "html": one["html"], "url": one["url"]} for one in gold]
    read = room.read_records("html", records)
    bars, anchors = (HTML_BARS, HTML_ANCHORS) if every == 1 else ({}, {})
    return [*body_figures(room, gold, read, bars, anchors), *metadata_figures(gold, read, anchored=every == 1)]


def packed(path: Path) -> Iterator[Record]:
    """The records of a packed JSON lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def page_of(record: Record) -> str:
    """The page that a record is a flattening of; an HTML record is its own."""
    return str(record["id"]).removesuffix(f":{record.get('flattener')}")


def sample(records: Iterator[Record], every: int) -> list[Record]:
    """One page in `every`, chosen by the hash of its id: the same on every machine and in any order."""
    return [one for one in records if int(hashlib.sha256(page_of(one).encode()).hexdigest(), 16) % every == 0]


def _flat(room: Room, every: int) -> list[Figure]:
    gold = sample(packed(room.at(FLAT)), every)
    read = room.read_records("flat", [{"id": one["id"], "text": one["flat_text"]} for one in gold])
    bars, anchors = (FLAT_BARS, FLAT_ANCHORS) if every == 1 else ({}, {})
    return body_figures(room, gold, read, bars, anchors)


def body_figures(
    room: Room, gold: Sequence[Record], read: Sequence[Reading], bars: Mapping[str, float], anchors: Mapping[str, str]
) -> list[Figure]:
    """The scorer's F1 over all pages and by flattener (or source), with intervals over pages."""
    answers = write_jsonl(room.work / "pages.gold.jsonl", gold)
    got = room.score_json(TOOL, answers, write_jsonl(room.work / "pages.pred.jsonl", read))
    apart = _page_counts(room, gold, read)
    out = []
    for name in sorted(got):
        units = apart[name]
        if abs(_f1(total(units)) - got[name]["f1"]) > AGREE:
            raise BenchError(f"{TOOL} gives {name} F1 {got[name]['f1']}, its counts by page {_f1(total(units)):.4f}")
        spread = lambda units=units: interval(units, _f1)  # noqa: E731
        out.append(sampled(f"{name}_f1", got[name]["f1"], spread, anchor=anchors.get(name, ""), bar=bars.get(name)))
    read_share: list[Counts] = [{"read": float(one["id"] in {r["page"] for r in read}), "of": 1.0} for one in gold]
    return [*out, ratio("pages_read", read_share, share("read", "of"))]


def _f1(counts: Counts) -> float:
    marked = 2 * counts["tp"] + counts["fp"] + counts["fn"]
    return 2 * counts["tp"] / marked if marked else 0.0


def _page_counts(room: Room, gold: Sequence[Record], read: Sequence[Reading]) -> dict[str, list[Counts]]:
    """For every group of the scorer, its counts page by page (the flattenings of one page together: they are not
    independent)."""
    shingles = room.scorer(TOOL).shingles
    mine = {one["page"]: one for one in read}
    sums: dict[tuple[str, str], dict[str, float]] = {}
    for record in gold:
        found: Reading = mine.get(record["id"]) or {"body": [], "text": ""}
        text = record.get("flat_text") or found["text"]
        wanted, given = shingles(record["gold_text"]), shingles("\n".join(text[s:e] for s, e in found["body"]))
        hit, all_given, all_wanted = (sum(one.values()) for one in (wanted & given, given, wanted))
        size = all_given + all_wanted - hit or 1
        parts = {"tp": hit / size, "fp": (all_given - hit) / size, "fn": (all_wanted - hit) / size}
        for group in ("all", record.get("flattener") or record["id"].split(":")[0]):
            unit = sums.setdefault((group, page_of(record)), {"tp": 0.0, "fp": 0.0, "fn": 0.0})
            for name, value in parts.items():
                unit[name] += value
    groups: dict[str, list[Counts]] = {}
    for (group, _), unit in sums.items():
        groups.setdefault(group, []).append(unit)
    return groups


def metadata_figures(gold: Sequence[Record], read: Sequence[Reading], *, anchored: bool = True) -> list[Figure]:
    """Title, author and date of the pages whose gold has them; `date_wrong` counts days asserted that are others.
    `anchored`: these are the pages that the anchors were taken on."""
    anchors = METADATA_ANCHORS if anchored else dict.fromkeys(METADATA_ANCHORS, "")
    mine = {one["page"]: one for one in read}
    wrong = share("date_wrong", "date_of")
    units = [metadata_counts(one, mine.get(one["id"], {})) for one in gold if one.get("title")]
    return [
        *(ratio(name, units, share(name, f"{name}_of"), anchor=anchors[name]) for name in FIELDS),
        Figure(
            "date_wrong",
            wrong(total(units)),
            "sampled",
            "lower",
            anchors["date_wrong"],
            spread=lambda: interval(units, wrong),
        ),
    ]


def metadata_counts(gold: Record, read: Reading) -> Counts:
    """What one page's reading has right."""
    published = read.get("published") or {}
    day = gold.get("published")
    right = bool(day) and same_day(str(day), published)
    claimed = published.get("earliest") is not None and published.get("earliest") == published.get("latest")
    return {
        "title": float(_words(gold["title"]) == _words(read.get("title"))),
        "title_of": 1.0,
        "author": float(bool(gold.get("authors")) and names_fit(gold["authors"], read.get("byline"))),
        "author_of": float(bool(gold.get("authors"))),
        "date": float(right),
        "date_of": float(bool(day)),
        "date_wrong": float(bool(day) and claimed and not right),
    }


def _words(said: str | None) -> list[str]:
    return re.findall(r"\w+", (said or "").casefold())


def names_fit(gold: str, byline: str | None) -> bool:
    """Whether the byline holds every word of the authors' names and no more than as many others."""
    wanted, given = set(_words(gold)), set(_words(byline))
    return wanted <= given and len(given) <= 2 * len(wanted) + 1


def same_day(day: str, published: Mapping[str, Any]) -> bool:
    """Whether one day is shown and it is `day`; of an instant, whether that day was then somewhere on Earth."""
    first, last = published.get("earliest"), published.get("latest")
    if first is None or first != last:
        return False
    if "T" not in first:
        return bool(first == day)
    moment = datetime.fromisoformat(first)
    begin = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
    return begin - timedelta(hours=14) <= moment < begin + timedelta(days=1, hours=12)
