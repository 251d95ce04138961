"""Datelines before a paragraph's text: "DUBAI (Reuters) - ", "LODVA, Karavia (AP) — ", "MOSCOW, August 16. /TASS/. ".

They are no part of what the paragraph says. Only a bounded head of each line is looked at.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from tocsin.core.document import Document, Line

HEAD = 120
"""No dateline is longer, in code points."""
LEAST = 20
"""Fewer code points after it, and the line is no paragraph with a dateline."""
_CAPS = r"[A-Z][A-Z.'’-]{2,20}"
_WORD = r"[A-Z][\w.'’-]{0,20}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_DASH = r"(?:—|–|--|-)"
_NAME = r"[A-Z][\w&./-]{1,20}(?: [A-Z][\w&./-]{1,20}){0,3}"
_AGENCY = re.compile(
    rf"(?P<place>{_WORD}(?:[ ,/]{{1,2}}{_WORD}){{0,4}}?)?,? ?(?P<date>{_DATE})?[,.]? ?\((?P<agency>{_NAME})\) ?"
    rf"(?:{_DASH}|:|\.)?\s{{1,3}}"
)
_SLASHES = re.compile(
    rf"{_WORD}(?:[ ,/]{{1,2}}{_WORD}){{0,4}}?,? ?(?:{_DATE})?[,.]? ?/(?P<agency>{_NAME})/[,.]? ?{_DASH}?\s{{0,3}}"
)
_BARE = re.compile(rf"{_CAPS}(?:[ ,/]{{1,2}}{_WORD}){{0,4}}?(?:,? ?{_DATE})?,? ?(?:—|–|--)\s{{0,3}}(?=[A-Z\d\"“‘'])")
_COLON = re.compile(rf"(?P<place>{_CAPS}(?: {_CAPS}){{0,2}}):\s{{1,3}}(?=[A-Z\d\"“‘'])")


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where the text after a dateline begins, and the range of the agency it names."""

    end: int
    agency: tuple[int, int] | None = None


@cache
def _known() -> tuple[frozenset[str], frozenset[str]]:
    """The agencies that the relay words list, and the capitals in capitals."""
    data = resources.files("tocsin.annotate")
    relays = json.loads(data.joinpath("data/relays.json").read_text("utf-8"))
    rows = json.loads(data.joinpath("data/names.json").read_text("utf-8"))["states"]["rows"]
    capitals = {name.upper() for row in rows for name in row.split("|")[2].split(",") if name}
    return frozenset(relays["agency_names"]["words"]), frozenset(capitals)


def dateline(text: str, line: Line) -> Dateline | None:
    """The dateline at the head of a line; None where there is none or nothing follows it."""
    start = line.start
    while start < line.end and text[start].isspace():
        start += 1
    head = text[start : min(line.end, start + HEAD)]
    agencies, capitals = _known()
    found: re.Match[str] | None = None
    agency: tuple[int, int] | None = None
    for pattern in (_AGENCY, _SLASHES):
        match = pattern.match(head)
        if match and (match["agency"] in agencies or _placed(match)):
            found, agency = match, match.span("agency")
            break
    if found is None:
        found = _BARE.match(head)
    if found is None:
        match = _COLON.match(head)
        found = match if match and match["place"] in capitals else None
    if found is None or line.end - start - found.end() < LEAST:
        return None
    return Dateline(start + found.end(), (start + agency[0], start + agency[1]) if agency else None)


def _placed(match: re.Match[str]) -> bool:
    """Whether what stands before an unknown name in brackets is a city in capitals or a date, so that it is one that
    passes news on and no abbreviation ("MINSK (Veltpress) —", not "Harbour Guard (HG) —")."""
    parts = match.groupdict()
    place = parts.get("place") or ""
    dash = any(mark in match.group() for mark in ("—", "–", "--", " - "))
    return dash and (bool(parts.get("date")) or (place[:3].isupper() and len(place) > 3))


def agencies(doc: Document) -> list[tuple[int, int]]:
    """The ranges of the agencies that the page's datelines name, in order."""
    out = []
    for line in doc.lines:
        if line.label in ("body", "standfirst", "dateline"):
            found = dateline(doc.text, line)
            if found and found.agency:
                out.append(found.agency)
    return out
