"""Whose text a page, or a part of it, is by its own words: datelines, credits at the end, "originally published by".

Invariant: a credit that names one source of the text above it is stated; one that lists several, or says that reports
were used, is inferred, for it does not say which words are theirs. Only bounded pieces of lines are looked at.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from tocsin.annotate.datelines import agencies
from tocsin.annotate.hops import is_agency, own_names
from tocsin.annotate.relay_words import relays, words
from tocsin.core.annotations import Basis, Hop, HopRole
from tocsin.core.document import READ_LABELS, Document, Line
from tocsin.core.spans import Span
from tocsin.names.register import bare, outlet_of

LOOKED_AT = 300
"""So many code points of a line are looked at: a credit stands alone, or at a line's end."""
ENDS = 40
"""So many lines from either end of a page are looked at for credits."""
BODY_BEFORE = 2
"""A name in brackets is the credit of a text of at least so many lines above it."""
_CAPS = r"[^\W\d_a-z][\w&./'’-]{0,24}(?: (?:of |de |the )?[^\W\d_a-z][\w&./'’-]{0,24}){0,3}"
_NAME = rf"(?:{_CAPS}|dpa|epd|apa|sda|ntb|anp)"
_LISTED = re.compile(
    rf"(?P<initials>(?:[a-z]{{2,4}}[/,] ?)*[a-z]{{2,4}} )?\((?P<names>{_NAME}(?:(?:, ?|/|; | and ){_NAME}){{0,7}})\)\.?"
)
_TAIL = re.compile(
    rf"[.!?”\"’'] ?(?:\((?P<names>{_NAME}(?:(?:, ?|/){_NAME}){{0,3}})\)|[–—-]{{1,2}} ?(?P<dash>{_NAME}))\.?$"
)
_SPLIT = re.compile(r", ?|/|; | and ")
_NAMES = re.compile(_NAME)
_FIRST = re.compile(rf"(?:the )?(?P<names>{_NAME})")
_USED = re.compile(rf"(?:the )?(?P<names>{_NAME}(?:(?:, and |, ?|/|; | and )(?:the )?{_NAME}){{0,7}})")
_SIGNED = re.compile(rf"(?P<by>(?:[Bb]y|BY|From):? )?(?:the )?(?P<name>{_NAME})(?P<where>(?:,| [-–—|]| in) {_CAPS})?")
_SIGNING = frozenset(("byline", "dateline", "other", "body", "notice"))
SIGNED = 60
"""A line that only says whose text it is has so many code points at most."""
_CREDIT_END = re.compile(r"[.)\s]{0,9}")
"""What may stand behind a credit."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What a credit says of `[start, end)` of a page. `republished`: the page shows another's text as it was."""

    start: int
    end: int
    hops: tuple[Hop, ...]
    republished: bool = False


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = relays()
    said = re.compile(rf"(?:^|[.!?|·*(] ?)(?:{'|'.join(data['republished']['patterns'])})", re.IGNORECASE)
    return said, re.compile(data["with_reporting"]["pattern"], re.IGNORECASE)


def _role(name: str) -> HopRole:
    called = words("agency_words").intersection(name.split())
    return "agency" if called or is_agency(name, "") else "outlet"


def _known(name: str) -> bool:
    """Whether a name is an outlet's or agency's by itself."""
    entry = outlet_of(name, beside=True)
    telling = words("agency_words") | words("press_words")
    return entry is not None or name in words("agency_names") or bool(telling.intersection(name.split()))


def _names(doc: Document, start: int, end: int) -> list[tuple[str, Span]]:
    """The names of a list, with where they stand."""
    out = []
    at = start
    for part in _SPLIT.split(doc.text[start:end]):
        place = doc.text.index(part, at)
        out.append((part.strip(), Span(doc.id, place, place + len(part))))
        at = place + len(part)
    return out


class Credits:
    """The covers of a page by place. Those of one sort follow on one another and never overlap."""

    def __init__(self, doc: Document) -> None:
        own = own_names(doc)
        self.sorts: list[list[Cover]] = []
        for found in (_dated(doc), _closing(doc), _republished(doc), _signed(doc), _credited(doc)):
            kept = [replace(one, hops=_others(one.hops, own)) for one in found]
            self.sorts.append([one for one in kept if one.hops])
        self._starts = [[one.start for one in found] for found in self.sorts]

    def at(self, place: int) -> list[Cover]:
        """The covers that hold a place, the smallest first."""
        here = []
        for found, starts in zip(self.sorts, self._starts, strict=True):
            last = bisect_right(starts, place) - 1
            if last >= 0 and place < found[last].end:
                here.append(found[last])
        return sorted(here, key=lambda one: (one.end - one.start, one.start))


def _others(hops: tuple[Hop, ...], own: frozenset[str]) -> tuple[Hop, ...]:
    """Hops without the page's own outlet."""
    return tuple(hop for hop in hops if bare(hop.actor or "").casefold() not in own)


def covers(doc: Document) -> tuple[Cover, ...]:
    """All that the credits of a page say, those of a part of it before those of all of it."""
    found = [one for sort in Credits(doc).sorts for one in sort]
    return tuple(sorted(found, key=lambda one: (one.end - one.start, one.start)))


def _dated(doc: Document) -> Iterator[Cover]:
    """The agency of a dateline has what follows it, up to the next one; the first also has the head of the page."""
    found = doc.spans(*agencies(doc))
    ends = [*(span.start for span in found[1:]), len(doc.text)]  # one too many where there is no dateline
    for number, (span, end) in enumerate(zip(found, ends, strict=False)):
        name = doc[span]
        if is_agency(name, "") or outlet_of(name, beside=True):
            yield Cover(0 if not number else span.start, end, (Hop(name, "agency", (span,)),))


def _near_ends(doc: Document) -> list[Line]:
    lines = [line for line in doc.lines if line.end > line.start]
    return lines if len(lines) <= 2 * ENDS else [*lines[:ENDS], *lines[-ENDS:]]


def _closing(doc: Document) -> Iterator[Cover]:
    """ "(Wirepoint)" under a text, or behind its last words: what stands above it is the agency's. Initials before the
    brackets, or several names, say that the page made its own text of theirs."""
    begin, above = 0, 0
    for line in doc.lines:
        if line.label in READ_LABELS or line.label in ("other", "notice", "byline"):
            head = doc.text[line.start : min(line.end, line.start + LOOKED_AT)].strip()
            first = line.start + len(doc.text[line.start : line.end]) - len(doc.text[line.start : line.end].lstrip())
            match = _LISTED.fullmatch(head)
            if match and above >= BODY_BEFORE:
                names = _names(doc, first + match.start("names"), first + match.end("names"))
                alone = len(names) == 1 and not match["initials"]
                if alone or any(_known(name) for name, _ in names):
                    yield _cover(names, (begin, line.start), stated=alone)
                    begin = line.end
            elif line.label == "body":
                start = max(line.start, line.end - 90)
                tail = _TAIL.search(doc.text[start : line.end].rstrip())
                if tail and above >= BODY_BEFORE:
                    group = "names" if tail["names"] else "dash"
                    names = _names(doc, start + tail.start(group), start + tail.end(group))
                    if all(_known(name) for name, _ in names):
                        yield _cover(names, (begin, line.end), stated=len(names) == 1)
                        begin = line.end
        above += line.label in ("body", "standfirst") and line.end > line.start


def _cover(names: list[tuple[str, Span]], reach: tuple[int, int], *, stated: bool) -> Cover:
    hops = tuple(Hop(name, "agency", (span,), "stated" if stated else "inferred") for name, span in names)
    return Cover(*reach, hops)


def _republished(doc: Document) -> Iterator[Cover]:
    """ "Originally published by …", "Original: …", and agencies whose reports were used."""
    whole = (0, len(doc.text))
    said, used = _patterns()
    for line in _near_ends(doc):
        if line.label in ("caption", "comment", "headline", "pullquote", "biography"):
            continue
        head = doc.text[line.start : min(line.end, line.start + LOOKED_AT)]
        for pattern in (said, used):
            match = pattern.search(head) if line.label != "body" or len(head) < LOOKED_AT else None
            if not match:
                continue
            names = list(_after(head, match.end(), used=pattern is used, body=line.label == "body"))
            if names:
                basis: Basis = "stated" if pattern is said else "inferred"
                spans = [(name, Span(doc.id, line.start + at, line.start + at + len(name))) for name, at in names]
                role = [_role(name) if pattern is said else "agency" for name, _ in names]
                hops = tuple(Hop(name, one, (span,), basis) for (name, span), one in zip(spans, role, strict=True))
                yield Cover(*whole, hops, pattern is said)
                return


def _after(head: str, at: int, *, used: bool, body: bool) -> Iterator[tuple[str, int]]:
    """The names that a credit's words lead to, and where they begin: one whose text it is, all whose reports were used.
    A name of one word alone that had a hand in it is an agency's: people are credited by two."""
    listed = _USED.match(head, at) if used else _FIRST.match(head, at)
    if listed is None:
        return
    alone = used and head[:at].rstrip().endswith("by") and bool(_CREDIT_END.fullmatch(head, listed.end()))
    for part in _NAMES.finditer(head, listed.start("names"), listed.end("names")):
        name = re.sub(r"['’]s?$|[.,;]$", "", part.group())
        if _known(name) or (alone and " " not in listed["names"]) or not (used or body):
            yield name, part.start()


def _signed(doc: Document) -> Iterator[Cover]:
    """ "By Reuters", "AFP, Velton" before the text, or an agency's name as its byline: the text is the agency's. A bare
    name elsewhere may be a picture's credit."""
    for line in doc.lines[:ENDS]:
        if line.label == "body" and line.end - line.start > SIGNED:
            return
        text = doc.text[line.start : min(line.end, line.start + SIGNED)]
        found = _SIGNED.fullmatch(text.strip()) if line.label in _SIGNING and line.end - line.start <= SIGNED else None
        sure = found is not None and (line.label == "byline" or found["by"] or found["where"])
        if found and sure and is_agency(found["name"], "") and outlet_of(found["name"]) is not None:
            at = line.start + text.index(found["name"])
            span = Span(doc.id, at, at + len(found["name"]))
            yield Cover(0, len(doc.text), (Hop(found["name"], "agency", (span,)),), republished=True)
            return


def _credited(doc: Document) -> Iterator[Cover]:
    """The credits among the page's metadata: none of them says which words it gave."""
    if doc.credits:
        yield Cover(0, len(doc.text), tuple(Hop(name, "agency", (), "inferred") for name in doc.credits))
