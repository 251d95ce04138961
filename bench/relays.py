"""Who says it, and through whom: attributions of real pages that two readers marked, blind to the code.

`bench/blind/relays.jsonl` holds page, offsets of the first words of what is said, speaker and relays (`via`, the
speaker's side first), never words. A relay that a page names once is marked on all that the same speaker says on that
occasion, so inferred hops count with stated ones; on credits likewise. Pages are PolNeAR train (`../shared`), on which
the reading model was trained (its attributions are better there than elsewhere: what is measured is who and through
whom), and those of `outside.py` where they are. Rules were made looking at the part `open`, not at `apart`.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.figures import BenchError, Counts, Figure, ratio, share, told, total
from bench.matching import SameName, pairs
from bench.outside import FOLDER_VARIABLE
from bench.pages import packed
from bench.room import ROOT, Room, read_jsonl

MARKS = ROOT / "bench" / "blind" / "relays.jsonl"
PAGES = "polnear/train.jsonl.gz"
PARTS = ("open", "apart")

Mark = Mapping[str, Any]


def relays(room: Room) -> list[Figure]:
    """Speakers and relays of the attributions that were found, by part."""
    by_page: dict[tuple[str, str], list[Mark]] = {}
    for mark in read_jsonl(MARKS):
        by_page.setdefault((mark["set"], mark["page"]), []).append(mark)
    readings = _readings(room, sorted(by_page))
    figures = list[Figure]()
    for part in PARTS:
        own = {key: marks for key, marks in by_page.items() if key in readings and marks[0]["part"] == part}
        units = [_counts(marks, readings[key]) for key, marks in own.items()]
        got = total(units)
        figures += [
            told(f"{part}_marks", got["marks"]),
            told(f"{part}_met", share("met", "marks")(got), anchor="attributions found"),
            ratio(f"{part}_speaker", units, share("speaker", "met"), anchor="of those found"),
            ratio(f"{part}_via_r", units, share("via_met", "via"), anchor="of those found"),
            ratio(f"{part}_via_p", units, share("via_met", "via_found")),
        ]
    return figures


def _readings(room: Room, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Mapping[str, Any]]:
    folder = Path(os.environ.get(FOLDER_VARIABLE) or ROOT.parent / "outside") / "open"
    polnear = {one["id"].removesuffix(".txt"): one["text"] for one in packed(room.at(PAGES))}
    records = list[dict[str, str]]()
    for kind, page in keys:
        path = folder / f"{page}.txt"
        if kind == "polnear" or path.is_file():
            text = polnear[page] if kind == "polnear" else path.read_text(encoding="utf-8")
            records.append({"id": f"{kind} {page}", "text": text})
    found = {one["page"]: one for one in room.read_records("relays", records)}
    if len(found) != len(records):
        raise BenchError(f"{len(records) - len(found)} marked pages could not be read")
    return {key: found[name] for key in keys if (name := f"{key[0]} {key[1]}") in found}


def _counts(marks: Sequence[Mark], reading: Mapping[str, Any]) -> Counts:
    out = dict.fromkeys(("marks", "met", "speaker", "via", "via_found", "via_met"), 0.0)
    same, taken = SameName({}), set[int]()
    for mark in marks:
        out["marks"] += 1
        place = _nearest(mark["span"], reading["attributions"], taken)
        if place is None:
            continue
        taken.add(place)
        one = reading["attributions"][place]
        hops = [hop["actor"] for hop in one["hops"][1:-1] if hop["actor"]]
        out["met"] += 1
        out["speaker"] += same(mark["speaker"], one["speaker"]) or not (mark["speaker"] or one["speaker"])
        out["via"] += len(mark["via"])
        out["via_found"] += len(hops)
        out["via_met"] += len(pairs(mark["via"], hops, lambda a, b: float(same(a, b)), 1))
    return out


def _nearest(span: Sequence[int], found: Sequence[Mapping[str, Any]], taken: set[int]) -> int | None:
    """The attribution whose content shares most with the marked words, of those the shortest piece."""
    shared = [
        (min(span[1], end) - max(span[0], start), start - end, -number)
        for number, one in enumerate(found)
        if number not in taken
        for start, end in one["content"]
        if start < span[1] and span[0] < end
    ]
    return -max(shared)[2] if shared else None
