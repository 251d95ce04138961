"""The gold of the bundled crisis (`bench/gold/`, described in docs/gold.md): marks by layer, anchored by exact words.

Invariant: a mark is only ever placed where its exact words stand. Where a page's text is no longer the one that was
marked, the words are looked for anew, nearest to where they stood; those not found are counted as lost.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from bench.figures import BenchError
from bench.room import DEMO, ROOT, Reading, Room, read_jsonl

GOLD = ROOT / "bench" / "gold"
Mark = Mapping[str, Any]
LAYERS = (
    "pages", "lines", "attributions", "times", "commitments", "atoms", "histories", "alerts", "actors", "statements",
    "occasions", "origins", "copies", "conflicts", "forecasts", "events", "table",
)  # fmt: skip


@cache
def layer(name: str) -> tuple[Mark, ...]:
    """The marks of one layer, in the order of its file."""
    if name not in LAYERS:
        raise BenchError(f"no layer {name!r} in the gold; it is one of {', '.join(LAYERS)}")
    return tuple(read_jsonl(GOLD / f"{name}.jsonl"))


def aliases() -> dict[str, list[str]]:
    """Every actor's forms, metonyms among them."""
    return {one["name"]: [*one["aliases"], *one["metonyms"]] for one in layer("actors")}


def crisis_files() -> list[Path]:
    """The bundled pages that are documents, by name."""
    marked = {one["page"] for one in layer("pages")}
    return sorted(one for one in DEMO.iterdir() if one.stem in marked and one.suffix in (".html", ".txt"))


@dataclass(slots=True)
class MarkedPage:
    """One page as it was read, and where each of its marks stands in that reading."""

    name: str
    reading: Reading
    text_id: str
    lost: int = 0
    _moved: dict[tuple[int, str], int | None] = field(default_factory=dict)

    def ranges(self, spans: Sequence[Mark] | None) -> list[list[int]]:
        """The code points of a mark's spans in the text that was read."""
        out = []
        for span in spans or ():
            start = self._place(span["start"], span["exact"])
            if start is None:
                self.lost += 1
            else:
                out.append([start, start + len(span["exact"])])
        return out

    def _place(self, start: int, exact: str) -> int | None:
        text = self.reading["text"]
        if self.reading["text_id"] == self.text_id:
            return start if text[start : start + len(exact)] == exact else None
        if (start, exact) not in self._moved:
            found, at = [], text.find(exact)
            while at >= 0:
                found.append(at)
                at = text.find(exact, at + 1)
            self._moved[start, exact] = min(found, key=lambda one: (abs(one - start), one)) if found else None
        return self._moved[start, exact]


def marked_pages(room: Room) -> list[MarkedPage]:
    """The bundled pages as this tree reads them; raises BenchError where one of them could not be read."""
    read = {Path(one["page"]).stem: one for one in room.read_files("crisis", crisis_files())}
    out = []
    for one in layer("pages"):
        if one["page"] not in read:
            raise BenchError(f"bundled page {one['page']} could not be read")
        out.append(MarkedPage(one["page"], read[one["page"]], one["text_id"]))
    return out


def on_page(name: str, page: str) -> list[Mark]:
    """The marks of one layer on one page."""
    return [one for one in layer(name) if one["page"] == page]


def problems() -> list[str]:
    """What is wrong with the gold's own files: marks that point at nothing, ids that stand twice."""
    found: list[str] = []
    for name in LAYERS:
        try:
            ids = [
                json.dumps([one.get("page") if name in PAGE_LAYERS else None, one["id"]])
                for one in layer(name)
                if "id" in one
            ]
        except (OSError, ValueError) as error:
            found.append(f"{name}: {error}")
            continue
        found += [f"{name}: id {one} stands twice" for one in sorted(set(ids)) if ids.count(one) > 1]
    return found


PAGE_LAYERS = frozenset(("attributions", "commitments"))
"""Layers whose ids are unique on their page only."""
