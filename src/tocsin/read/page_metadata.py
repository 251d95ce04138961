"""What a page's own lines show about it: title, outlet, byline, credits and when it was published.

Invariant: only what the page shows, with the reason in `notes` or in the reasons of `published`; no clock. What is
not shown stays unknown.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.core.document import Line
from tocsin.core.when import UNKNOWN, When
from tocsin.read.outlets import find_outlet, is_agency, outlet_named, split_title
from tocsin.read.page_dates import PageDate, dates_in

NEAR = 8
"""Non-blank lines above and below the article in which its own date stands; farther ones are of other articles."""
LONGEST_BYLINE = 120
"""Characters of a byline that names are looked for in."""

_BY = re.compile(
    r"^(?:(?:written|posted|story|reported|words|text|analysis|opinion|review|report)\s+)?by:?\s+", re.IGNORECASE
)
_NAME_PART = r"(?:[A-Z][\w.’'-]*|(?:van|von|de|da|del|della|bin|ibn|al|el|di|la|le|ter|ten|der)(?!\w))"
_NAMES = re.compile(
    rf"[A-Z][\w.’'-]*(?: {_NAME_PART}){{0,4}}(?:(?:, (?:and )?| and | & )[A-Z][\w.’'-]*(?: {_NAME_PART}){{1,4}}){{0,6}}"
)
_SUBJECT = re.compile(r"((?:[A-Z][\w.’'-]+ ){1,3}[A-Z][\w.’'-]+),? (?:is|was|writes|covers|reports|has)\b")
_AGENCIES = re.compile(r"\(([^()]{2,80})\)\s*$")
_WITH = re.compile(
    r"(?:the )?((?:[A-Z][\w./-]*)(?: [A-Z][\w./-]*){0,2})(?:,| and)? (?:also )?contributed"
    r"|(?:material|reporting|information|files) (?:from|by) (.{2,80})"
)
_NO_NAME = frozenset(
    [
        "staff",
        "writer",
        "report",
        "reporter",
        "editor",
        "correspondent",
        "contributor",
        "by",
        "updated",
        "published",
        "the",
        "a",
        "an",
        "in",
        "for",
        "on",
        "min",
        "read",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "pm",
        "am",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
)


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """Metadata as the page's lines show it; None where they do not. `notes` says where each was found."""

    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    credits: tuple[str, ...] = ()
    published: When = UNKNOWN
    notes: tuple[str, ...] = ()


def from_lines(text: str, lines: tuple[Line, ...]) -> PageMetadata:
    """The metadata that the labelled `lines` of `text` show."""
    headings = [shown for line in lines if line.label == "headline" and (shown := _shown(text, line))]
    title = min((split_title(heading)[0] for heading in headings), key=len, default=None)
    longest = max(headings, key=len, default=None)
    outlet, why = find_outlet(text, lines, longest)
    byline, whence = _byline(text, lines)
    notes = []
    if outlet:
        notes.append(f"outlet {outlet!r}: {why}")
    if byline:
        notes.append(f"byline {byline!r}: {whence}")
    return PageMetadata(title, outlet, byline, _credits(text, lines), _published(text, lines), tuple(notes))


def _shown(text: str, line: Line) -> str:
    """A line's words, no more than metadata needs."""
    return " ".join(text[line.start : min(line.end, line.start + 400)].split()).lstrip("#*•- ")


def _names(shown: str) -> str | None:
    """The name or names that a byline begins with."""
    found = _NAMES.match(shown)
    if not found:
        return None
    words = found.group().split()
    kept: list[str] = []
    for word in words:
        if word.lower().strip(".,") in _NO_NAME or any(character.isdigit() for character in word):
            break
        kept.append(word)
    while kept and (kept[-1].islower() or kept[-1] == "&"):
        kept.pop()
    name = " ".join(kept).rstrip(",")
    known = outlet_named(name)
    if len(name) < 3 or (known and not is_agency(known)):
        return None
    return known or name if known else name if len(kept) > 1 else None


def _byline(text: str, lines: tuple[Line, ...]) -> tuple[str | None, str]:
    """The author's name and where it stands: a byline, else the author box's subject."""
    waiting = False
    for line in lines:
        if line.label != "byline":
            continue
        shown = _shown(text, line)[:LONGEST_BYLINE]
        if re.fullmatch(r"by:?", shown, re.IGNORECASE):
            waiting = True
            continue
        name = _names(_BY.sub("", shown, count=1))
        if name:
            return name, "its byline" if waiting or _BY.match(shown) else "a name on a line of its own"
    for line in lines:
        if line.label == "biography":
            subject = _SUBJECT.match(_shown(text, line))
            if subject:
                return subject.group(1), "its author box"
    return None, ""


def _credits(text: str, lines: tuple[Line, ...]) -> tuple[str, ...]:
    """The agencies that a page's notices and bylines credit, in order, each once."""
    found: list[str] = []
    for line in lines:
        if line.label not in ("notice", "byline"):
            continue
        shown = _shown(text, line)
        named: list[str] = []
        listed = _AGENCIES.search(shown)
        if listed:
            named.extend(re.split(r"[,/;]| and ", listed.group(1)))
        for first, second in _WITH.findall(shown):
            named.extend(re.split(r"[,/;]| and ", first or second))
        if line.label == "byline":
            named.append(_BY.sub("", shown, count=1))
        for name in named:
            known = outlet_named(name)
            if known and is_agency(known) and known not in found:
                found.append(known)
    return tuple(found)


def _published(text: str, lines: tuple[Line, ...]) -> When:
    """When the page says it was published: the date beside the article, above it before below."""
    dates = list(_dates_near(text, lines))
    stated = [date for date in dates if date.stated and not date.updated]
    plain = [date for date in dates if not date.updated]
    if stated or plain:
        return (stated or plain)[0].when("the page shows")
    if dates:
        last = dates[0]
        return When(None, last.latest, reasons=(f"the page shows only when it was updated: {last.words!r}",))
    return UNKNOWN


def _dates_near(text: str, lines: tuple[Line, ...]) -> Iterator[PageDate]:
    """Dates in date, byline and notice lines within NEAR lines of headline and article, in order of trust."""
    shown = [line for line in lines if text[line.start : line.end].strip()]
    inside = [i for i, line in enumerate(shown) if line.label in ("body", "standfirst", "subhead")]
    if not inside:
        return
    first, last = inside[0], inside[-1]
    heads = [i for i, line in enumerate(shown) if line.label == "headline" and i < first]
    head = heads[-1] if heads else max(0, first - NEAR)
    above = [*range(head, first), *range(head - 1, max(-1, head - NEAR - 1), -1)]
    below = range(last + 1, min(len(shown), last + NEAR + 1))
    # A byline or date below the standfirst, which the article begins with.
    within = range(first, min(last, first + NEAR))
    for i in [*(i for i in above if i >= head), *within, *(i for i in above if i < head), *below]:
        line = shown[i]
        if line.label in ("dateline", "byline", "notice", "other", "navigation"):
            words = _shown(text, line)
            if line.label in ("dateline", "byline") or (line.label == "notice" and "ublished" in words):
                yield from dates_in(words)
