"""The gold of the bundled crisis (`bench/gold/`, described in docs/gold.md): marks by layer, anchored by exact words.

Invariant: a mark is only ever placed where its exact words stand. Where a page's text is no longer the one that was
marked, the words are looked for anew, nearest to where they stood; those not found are counted as lost.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    _moved: dict[tuple[int, str], int | None] = field(default_factory=dict)

    def ranges(self, spans: Sequence[Mark] | None) -> list[list[int]]:
        """The code points of a mark's spans in the text that was read."""
        out = []
        for span in spans or ():
            start = self._place(span["start"], span["exact"])
            if start is not None:
                out.append([start, start + len(span["exact"])])
        return out

    def holds(self, start: int, exact: str) -> bool:
        """Whether words that stood at `start` still stand somewhere on the page."""
        return self._place(start, exact) is not None

    def _place(self, start: int, exact: str) -> int | None:
        text = self.reading["text"]
        if self.reading["text_id"] == self.text_id:
            return start if text[start : start + len(exact)] == exact else None
        if (start, exact) not in self._moved:
            self._moved[start, exact] = self._found(start, exact)
        return self._moved[start, exact]

    def _found(self, start: int, exact: str) -> int | None:
        """Where words stand in a text that was marked otherwise: at their place in the same line, where that line is
        still there; else nearest to where they stood, as whole words."""
        text, line = self.reading["text"], _line_at(self.name, start)
        if line is not None:
            earlier = [one for one in on_page("lines", self.name) if one["exact"] == line["exact"]].index(line)
            places = [found.start() for found in re.finditer(re.escape(line["exact"]), text)]
            if earlier < len(places):
                return int(places[earlier] + start - line["start"])
        whole = [found.start() for found in re.finditer(rf"(?<!\w){re.escape(exact)}(?!\w)", text)]
        return min(whole, key=lambda one: (abs(one - start), one)) if whole else None


def _line_at(page: str, start: int) -> Mark | None:
    return next((one for one in on_page("lines", page) if one["start"] <= start < one["end"]), None)


def spans_in(mark: Any, page: str | None) -> Iterator[tuple[str, Mark]]:
    """Every span of a mark, with the name of its page."""
    if isinstance(mark, dict):
        at = mark["page"] if isinstance(mark.get("page"), str) else page
        if at and {"start", "end", "exact"} <= mark.keys():
            yield at, mark
            return
        for name, value in mark.items():
            yield from spans_in(value, mark.get("outcome_page") if name == "outcome_span" else at)
    elif isinstance(mark, list):
        for one in mark:
            yield from spans_in(one, page)


def lost(pages: Iterable[MarkedPage]) -> int:
    """Spans of any layer whose words stand nowhere on their page any more, each counted once."""
    by_name = {page.name: page for page in pages}
    every = {
        (page, span["start"], span["exact"])
        for name in LAYERS
        for mark in layer(name)
        for page, span in spans_in(dict(mark), None)
    }
    return sum(page in by_name and not by_name[page].holds(start, exact) for page, start, exact in every)


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
