"""Relays on the page: the channel a speaker spoke into and the agency that passed it on, as the sentence names them."""

import re
from dataclasses import dataclass
from functools import cache

from tocsin.annotate.speakers import Speakers, relays, words
from tocsin.core.annotations import Hop, HopRole, Mention
from tocsin.core.document import Document
from tocsin.core.spans import Span

NEAR = 70
"""A relay's name begins within so many code points after the phrase that announces it, before the next comma."""
_STOP = re.compile(r"[,;:.]\s|\b(?:that|who|which|said|says|and)\b|$")
_AGENCY = re.compile(r"\s*(?:['’]s\s+)?(?:state\s+|official\s+)?(?:news\s+)?(?:agency|wire|service)\b")

_OUTLET_NOUN = re.compile(
    r"\b(?:the|broadcasters?|television|TV|channel|station|agency|newspaper|daily|weekly|magazine|outlet|radio|website"
    r"|portal|network|service|tabloid|newswire|wire)\s+\Z",
    re.IGNORECASE,
)


@cache
def _patterns(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in relays()[name]["patterns"]), re.IGNORECASE)


@cache
def _platforms() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), name) for pattern, name in relays()["platforms"]["rows"])


@dataclass(frozen=True, slots=True)
class Place:
    """Where the relays of one attribution are looked for: its sentence, without its content."""

    start: int
    text: str


def outside(doc: Document, start: int, end: int, held: list[tuple[int, int]]) -> Place:
    """`[start, end)` with the ranges `held` blanked."""
    text = list(doc.text[start:end])
    for a, b in held:
        for place in range(max(a, start), min(b, end)):
            text[place - start] = "\x00"
    return Place(start, "".join(text))


def is_agency(name: str, after: str) -> bool:
    """Whether a body passes on what others said: by its name or by what it is called."""
    return name in words("agency_names") or bool(_AGENCY.match(after))


def _named(place: Place, at: int, speakers: Speakers) -> Mention | None:
    """The first name after `at` in the place, before the phrase ends, that is a body's or is called one ("state
    broadcaster Karduvia One", "the Sahel Wire")."""
    piece = place.text[at : at + NEAR]
    stop = _STOP.search(piece)
    reach = at + (stop.start() if stop else len(piece))
    if "\x00" in place.text[at:reach]:
        return None
    for mention in speakers.within(place.start + at, place.start + reach):
        called = _OUTLET_NOUN.search(place.text, at, mention.span.start - place.start)
        if mention.kind in ("organisation", "other") or called:
            return mention
    return None


def relays_of(doc: Document, place: Place, speakers: Speakers) -> list[Hop]:
    """The channel and agency hops of a sentence, channels first."""
    out: list[Hop] = []
    seen: set[str] = set()

    def add(actor: str, role: HopRole, spans: tuple[Span, ...]) -> None:
        if actor not in seen:
            seen.add(actor)
            out.append(Hop(actor, role, spans))

    for found in _patterns("channels").finditer(place.text):
        mention = _named(place, found.end(), speakers)
        if mention:
            add(mention.name, "channel", (mention.span,))
    for pattern, name in _platforms():
        match = pattern.search(place.text)
        if match:
            add(name, "channel", (Span(doc.id, place.start + match.start(), place.start + match.end()),))
    for found in _patterns("agencies").finditer(place.text):
        mention = _named(place, found.end(), speakers)
        if mention:
            add(mention.name, "agency", (mention.span,))
    quoting = re.search(relays()["agency_before"]["pattern"], place.text)
    if quoting:
        before = speakers.within(place.start + max(0, quoting.start() - NEAR), place.start + quoting.start())
        bodies = [mention for mention in before if mention.kind in ("organisation", "other")]
        if bodies:
            add(bodies[-1].name, "agency", (bodies[-1].span,))
    return out
