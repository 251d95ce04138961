"""Conditional commitments of other crises: 45 public pages that two readers marked apart, blind to the code.

`bench/blind/outside_commitments.jsonl` holds each page's address, the SHA-256 of the text that was marked, offsets and
labels, never words. The texts are other people's and lie in a folder apart (`TOCSIN_OUTSIDE`, else `../outside`):
`open/` to work on and `unseen/` to measure once, only where `TOCSIN_OUTSIDE_UNSEEN=1`; where a folder is absent its
pages are left out. Invariant: no mark is scored on a text that is not the marked one, or that it does not fit at the
ends of words.
"""

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.crisis import ACTION_MET
from bench.figures import BenchError, Counts, Figure, exact, told, total
from bench.matching import SameName, Words, f1, pairs
from bench.room import ROOT, Reading, Room, read_jsonl

MARKS = ROOT / "bench" / "blind" / "outside_commitments.jsonl"
FOLDER_VARIABLE = "TOCSIN_OUTSIDE"
UNSEEN_VARIABLE = "TOCSIN_OUTSIDE_UNSEEN"
"""Set to 1 it measures the unseen pages too. That was done three times, once by intent: recall .45 each time."""

Mark = Mapping[str, Any]


def outside(room: Room) -> list[Figure]:
    """Recall and F1 of conditional commitments on the pages that are there, the open ones and the unseen apart."""
    folder = Path(os.environ.get(FOLDER_VARIABLE) or ROOT.parent / "outside")
    by_page: dict[str, list[Mark]] = {}
    for mark in read_jsonl(MARKS):
        by_page.setdefault(mark["page"], []).append(mark)
    out = [told("marked_pages", float(len(by_page)))]
    for part in ("open", "unseen") if os.environ.get(UNSEEN_VARIABLE) == "1" else ("open",):
        paths = [folder / part / f"{page}.txt" for page in sorted(by_page) if (folder / part / f"{page}.txt").is_file()]
        if paths:
            out += _figures(part, room, paths, by_page)
    if len(out) == 1:
        raise BenchError(f"no marked page is in {folder}: set {FOLDER_VARIABLE} to a folder with open/ and unseen/")
    return out


def _figures(part: str, room: Room, paths: Sequence[Path], by_page: Mapping[str, list[Mark]]) -> list[Figure]:
    readings = {Path(one["page"]).stem: one for one in room.read_files(f"outside-{part}", paths)}
    units = [_counts(readings[path.stem], by_page[path.stem]) for path in paths]
    unfit = sum(_unfit(path.read_bytes(), by_page[path.stem]) for path in paths)
    got = total(units)
    return [
        exact(f"{part}_unfit", float(unfit), 0, "lower", anchor="marks that do not fit their text"),
        told(f"{part}_pages", float(len(paths))),
        told(f"{part}_conditional", got["gold"]),
        told(f"{part}_recall", got["met"] / max(got["gold"], 1), anchor="issue 6 on unseen: .6"),
        told(f"{part}_f1", 2 * got["met"] / max(got["gold"] + got["found"], 1), anchor="readers .92"),
    ]


def _unfit(data: bytes, marks: Sequence[Mark]) -> int:
    """Marks of another text, past its end, or that begin or end inside a word."""
    if any(hashlib.sha256(data).hexdigest() != mark["sha256"] for mark in marks):
        return len(marks)
    text = data.decode()

    def cut(at: int) -> bool:
        return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()

    return sum(any(b > len(text) or cut(a) or cut(b) for a, b in _spans(mark)) for mark in marks)


def _spans(mark: Mark) -> list[list[int]]:
    parts = [mark["action"], mark["holder"] or [], *(one["span"] for one in mark["conditions"])]
    return [pair for part in parts for pair in part]


def _counts(reading: Reading, marks: Sequence[Mark]) -> Counts:
    """Matched as `gold/COMMITMENTS.md` says. What a mark left open counts neither way; what is found without a
    condition is no miss and no hit, for such are marked only beside others."""
    words, same = Words(reading["text"]), SameName({})
    found = reading["commitments"]

    def score(mark: Mark, one: Mapping[str, Any]) -> float:
        held = words.of(mark["holder"] or ()) & words.of(one["holder"] or ())
        if not held and not same(mark["holder_name"], one["holder_name"]) and (mark["holder"] or mark["holder_name"]):
            return 0.0
        return f1(words.of(mark["action"]), words.of(one["action"]))

    met = pairs(marks, found, score, ACTION_MET)
    taken = {j: marks[i] for i, j in met}
    counted = [j for j, one in enumerate(found) if one["conditions"] and not taken.get(j, {}).get("open")]
    gold = [mark for mark in marks if mark["conditions"] and not mark.get("open")]
    both = [j for j in counted if taken.get(j, {}).get("conditions")]
    return {"gold": float(len(gold)), "found": float(len(counted)), "met": float(len(both))}
