"""Where a speaker goes on: an interview, a broadcast or a report that is named once holds for what the same one says
around it, while nothing tells of another occasion.

Invariant: what is carried was stated on the page for the same speaker, and is `inferred` wherever it was not stated.
Linear in the sayings of the page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from tocsin.annotate.relay_words import relays, worded
from tocsin.core.annotations import Hop, HopRole

ON_AN_OCCASION: frozenset[HopRole] = frozenset(("channel", "agency"))
"""Hops of one occasion; who relays or speaks for whom is said each time."""
FORWARD = 4
"""Paragraphs at most from one saying to the next of the same occasion."""
ANYWHERE = 12
"""The same where the words say that it is the occasion named before ("in the interview")."""
BACKWARD = 4
"""Paragraphs at most from a headline or a lead to the sentence that names where it was said."""
LEAD = 3
"""Paragraphs that tell first what the page then tells again: headline, standfirst, lead."""


@dataclass(frozen=True, slots=True)
class Said:
    """One saying: who speaks, the relays that its own sentence names, where it stands, its sentence without what is
    said, and its cue."""

    id: str
    speaker: str | None
    hops: tuple[Hop, ...]
    paragraph: int
    around: str
    cue: str


@dataclass(slots=True)
class _Occasion:
    hops: tuple[Hop, ...]
    paragraph: int
    days: frozenset[str]
    posted: bool


@cache
def _days() -> re.Pattern[str]:
    return re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")


def carried(sayings: Sequence[Said]) -> dict[str, tuple[Hop, ...]]:
    """For each saying, by id, the relays that it shares with others of the same speaker and that its own sentence does
    not name. `sayings` come in reading order."""
    found: dict[str, tuple[Hop, ...]] = {}
    last: dict[str, _Occasion] = {}
    waiting: dict[str, list[Said]] = {}
    for one in sayings:
        if one.speaker is None or (not one.hops and worded("thoughts", any_case=True).search(one.cue)):
            continue
        here = last.get(one.speaker)
        if one.hops:
            spoken = tuple(hop for hop in one.hops if hop.actor not in _platforms())
            if spoken:
                _lead(replace(one, hops=spoken), waiting.pop(one.speaker, []), found)
            last[one.speaker] = _Occasion(spoken or one.hops, one.paragraph, _on(one), not spoken)
        elif here is None:
            waiting.setdefault(one.speaker, []).append(one)
        elif _goes_on(one, here):
            found[one.id] = _inferred(here.hops)
            here.paragraph = one.paragraph
        else:
            del last[one.speaker]
            waiting[one.speaker] = []
    return found


def _lead(named: Said, before: Sequence[Said], found: dict[str, tuple[Hop, ...]]) -> None:
    """The headline and the lead tell what the sentence that names the occasion tells again."""
    for one in before:
        near = named.paragraph - one.paragraph <= BACKWARD
        if one.paragraph < LEAD and near and not _elsewhere(one):
            found[one.id] = _inferred(named.hops)


def _goes_on(one: Said, here: _Occasion) -> bool:
    apart = one.paragraph - here.paragraph
    if apart <= ANYWHERE and worded("same_occasion", any_case=True).search(one.around):
        return True
    if apart > FORWARD:
        return False
    days = _on(one)
    if _elsewhere(one) or (days and not days & here.days):
        return False
    if here.posted:
        return bool(worded("going_on", any_case=True).search(one.around + " " + one.cue))
    return True


def _elsewhere(one: Said) -> bool:
    return bool(worded("elsewhere", any_case=True).search(one.around))


def _on(one: Said) -> frozenset[str]:
    return frozenset(_days().findall(one.around))


@cache
def _platforms() -> frozenset[str]:
    """Where one posts: a post is an occasion of its own."""
    data = relays()["platforms"]
    return frozenset([name.removesuffix("(?!-)") for name in data["names"]] + [name for _, name in data["rows"]])


def _inferred(hops: tuple[Hop, ...]) -> tuple[Hop, ...]:
    return tuple(replace(hop, basis="inferred") for hop in hops)
