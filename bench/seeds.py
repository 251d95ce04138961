"""The seed pages against the hand-made gold (`score_pages.py`), and their commitments (`score_commitments.py`)."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.commitments import commitment_figures
from bench.figures import Counts, Figure, Interval, Statistic, exact, interval, sampled, share, told
from bench.room import Reading, Room, read_jsonl, write_jsonl

PAGE_FIELDS = {"pages": "file", "lines": "page", "attributions": "page", "forecasts": "page"}
"""Which field of each gold file names the page."""
DENSITY_LIMIT = 2.0
"""`score_pages.py`: a reading with more than two attributions for each gold one is noise."""


def seed_files(room: Room) -> list[Path]:
    """The seed pages, by name."""
    return sorted(room.at("seeds").glob("*.txt"))


def seeds(room: Room) -> list[Figure]:
    """Body, labels, metadata, attributions and relays of the seed pages that have gold."""
    read = room.read_files("seeds", seed_files(room))
    got = _score(room, room.at("gold/seeds"), read)
    units: list[Counts] = []

    def spread(statistic: Statistic) -> Interval:
        if not units:
            units.extend(_pages_apart(room, read))
        return interval(units, statistic)

    def figure(name: str, statistic: Statistic, *, anchor: str = "", bar: float | None = None) -> Figure:
        return sampled(name, got[name], lambda: spread(statistic), anchor=anchor, bar=bar)

    return [
        figure("body_f1", _body_f1, anchor="issue 0.97", bar=0.97),
        exact("lead_lost", got["lead_lost"], 0, "lower", anchor="issue 0"),
        figure("labels", share("labels", "lines"), anchor="issue 0.85", bar=0.85),
        figure("metadata", share("meta", "meta_gold"), anchor="issue 6 of 7", bar=0.8571),
        figure("attribution_recall", share("met", "attr")),
        exact("density", got["density"], DENSITY_LIMIT, "lower", anchor="noise above 2"),
        figure("speaker", share("who", "met")),
        figure("via_r", share("via", "via_gold")),
        figure("via_p", share("via", "via_pred")),
        told("forecast_recall", got["forecast_recall"], anchor="a later issue"),
    ]


def _body_f1(counts: Counts) -> float:
    marked = counts["body_pred"] + counts["body_gold"]
    return 2 * counts["body_tp"] / marked if marked else 0.0


def _score(room: Room, gold: Path, read: Sequence[Reading]) -> dict[str, Any]:
    out = write_jsonl(room.work / "seeds.pred.jsonl", read)
    found: dict[str, Any] = room.score_json("score_pages.py", gold, out, room.at("seeds"))
    return found


def _pages_apart(room: Room, read: Sequence[Reading]) -> list[Counts]:
    """The scorer's own counts, one page at a time."""
    gold, out = room.at("gold/seeds"), []
    for name in [one["file"] for one in read_jsonl(gold / "pages.jsonl")]:
        alone = room.work / f"gold-{name}"
        alone.mkdir(exist_ok=True)
        (alone / "aliases.json").write_bytes((gold / "aliases.json").read_bytes())
        for stem, field in PAGE_FIELDS.items():
            kept = [one for one in read_jsonl(gold / f"{stem}.jsonl") if one[field] == name]
            write_jsonl(alone / f"{stem}.jsonl", kept)
        out.append(_score(room, alone, [one for one in read if one["page"] == name])["counts"])
    return out


def seed_commitments(room: Room) -> list[Figure]:
    """The commitments of the seed pages: few, so that these figures are only told."""
    read = room.read_files("seeds", seed_files(room))
    out = write_jsonl(room.work / "seeds.pred.jsonl", read)
    pages = [one["file"].removesuffix(".txt") for one in read_jsonl(room.at("gold/seeds/pages.jsonl"))]
    listed = room.work / "seeds.pages.json"
    listed.write_text(json.dumps(pages), encoding="utf-8")
    gold = room.at("gold/seeds")
    options = ("--pages", listed, "--aliases", gold / "aliases.json")
    got = room.score_json("score_commitments.py", gold / "commitments.jsonl", out, room.at("seeds"), *options)
    return commitment_figures(got, None)
