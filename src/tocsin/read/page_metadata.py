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
from tocsin.read.page_dates import PageDate, dates_in, heads_with_date

NEAR = 8
"""Non-blank lines above and below the article in which its own date stands; farther ones are of other articles."""
LONGEST_BYLINE = 120
"""Characters of a byline that names are looked for in."""

_BY = re.compile(
    r"^(?:(?:written|posted|published|story|reported|words|text|analysis|opinion|review|report)\s+"
    r"(?:(?:on )?[^.!?]{4,40}? )?)?by:?\s+",
    re.IGNORECASE,
)
_NAME_PART = r"(?:[A-Z][\w.’'-]*|(?:van|von|de|da|del|della|bin|ibn|al|el|di|la|le|ter|ten|der)(?!\w))"
_NAMES = re.compile(
    rf"[A-Z][\w.’'-]*(?: {_NAME_PART}){{0,4}}(?:(?:, (?:and )?| and | & )[A-Z][\w.’'-]*(?: {_NAME_PART}){{1,4}}){{0,6}}"
)
_SUBJECT = re.compile(r"((?:[A-Z][\w.’'-]+ ){1,3}[A-Z][\w.’'-]+),? (?:is|was|writes|covers|reports|has)\b")
_LETTERS = re.compile(r"[^\W\d_]+")
_PARTS = re.compile(r"(, and |, | and | & )")
_PLACES = re.compile(r" in [A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,2}(?=,| and |$)")
_CRUMB = re.compile(r"[^»›]{2,40} [»›] (?=\w+(?: \S+){3})")
"""A breadcrumb before a headline: the section it is in."""
_OWNER = re.compile(r"(?:©|\(c\)|copyright)[ ©\d,–-]*(?:by )?([^.|,]{2,40})", re.IGNORECASE)
_BEGUN = re.compile(r"([\w, .]{8,24}\d{4}) ?[–—:-] ")
_DATED = re.compile(r"[^()]{0,60}?\(([A-Za-z][\w ./-]{1,30})\) ?(?:[-–—―:]|--)")
"""The place, day and agency that a report begins with: "PORT VARN, May 3 (Interfax) -"."""
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


def from_lines(text: str, lines: tuple[Line, ...], *, address: str = "", head: str = "") -> PageMetadata:
    """The metadata that the labelled `lines` of `text` show. `address` is the page's own where it is known, `head` the
    title in its markup: both only confirm an outlet that the lines show."""
    headings = [shown for line in lines if line.label == "headline" and (shown := _shown(text, line))]
    title = min((split_title(_CRUMB.sub("", heading, count=1))[0] for heading in headings), key=len, default=None)
    longest = max(headings, key=len, default=None)
    outlet, why = find_outlet(text, lines, longest, address=address, head=head)
    byline, whence = _byline(text, lines)
    notes = []
    if outlet:
        notes.append(f"outlet {outlet!r}: {why}")
    if byline:
        notes.append(f"byline {byline!r}: {whence}")
    credited = list(_credits(text, lines))
    for name in _placed(text, lines):
        if name not in credited:
            credited.append(name)
            notes.append(f"credit {name!r}: its first paragraph begins with it")
    return PageMetadata(title, outlet, byline, tuple(credited), _published(text, lines), tuple(notes))


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
        initial = len(word) == 2 and word[1] == "."
        if (word.lower().strip(".,") in _NO_NAME and not initial) or any(character.isdigit() for character in word):
            break
        kept.append(word)
    while kept and (kept[-1].islower() or kept[-1] == "&"):
        kept.pop()
    name = _persons(" ".join(kept).rstrip(","))
    return name if " " in name and len(name) > 2 else None


def _persons(names: str) -> str:
    """`names` without the agencies and outlets among them, in the case of names."""
    parts = _PARTS.split(names)
    kept = [part for part in parts[::2] if not outlet_named(part)]
    if len(kept) < len(parts[::2]):
        names = " and ".join([", ".join(kept[:-1]), kept[-1]] if len(kept) > 1 else kept)
    return " ".join(map(_cased, names.split(" ")))


def _cased(word: str) -> str:
    """A word in capitals as names are written: "O'NEIL" → "O'Neil"; initials stay."""
    if not word.isupper() or len(word.strip(".,")) < 3 or word.count(".") > 1:
        return word
    return _LETTERS.sub(lambda found: found.group()[0] + found.group()[1:].lower(), word)


def _byline(text: str, lines: tuple[Line, ...]) -> tuple[str | None, str]:
    """The author's name and where it stands: a byline, else the author box's subject."""
    waiting = False
    found: list[tuple[str, str]] = []
    for line in lines:
        if line.label != "byline":
            continue
        shown = _shown(text, line)[:LONGEST_BYLINE]
        if re.fullmatch(r"by:?", shown, re.IGNORECASE):
            waiting = True
            continue
        name = _names(_PLACES.sub("", _BY.sub("", shown, count=1)))
        if name:
            found.append((name, "its byline" if waiting or _BY.match(shown) else "a name on a line of its own"))
    if found:
        # The same name again without the words that a flattener glued to it.
        return min((entry for entry in found if found[0][0].startswith(entry[0])), key=lambda entry: len(entry[0]))
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
            named.extend(_PARTS.split(_BY.sub("", shown[:LONGEST_BYLINE], count=1))[::2])
        else:
            named.extend(_OWNER.findall(shown[:LONGEST_BYLINE]))
        # A line in brackets at the end lists sources, newspapers and broadcasters among them.
        sources = shown.startswith("(") and listed is not None and listed.start() == 0
        for name in named:
            known = outlet_named(name)
            if known and (sources or is_agency(known)) and known not in found:
                found.append(known)
    return tuple(found)


def _placed(text: str, lines: tuple[Line, ...]) -> tuple[str, ...]:
    """The agencies in brackets between the place and the first words of the report."""
    body = [line for line in lines if line.label in ("body", "standfirst") and line.end > line.start]
    for line in body[:2]:
        begun = _DATED.match(_shown(text, line))
        if begun:
            known = [outlet_named(part) for part in begun.group(1).split("/")]
            return tuple(name for name in known if name and is_agency(name))
    return ()


def _published(text: str, lines: tuple[Line, ...]) -> When:
    """When the page says it was published: the date beside the article, above it before below."""
    dates = list(_dates_near(text, lines))
    stated = [date for date in dates if date.stated and not date.updated]
    plain = [date for date in dates if not date.updated]
    if stated or plain:
        return (stated or plain)[0].when("the page shows")
    begun = _begun(text, lines)
    if begun and not dates:
        return begun.when("the first paragraph begins with")
    if dates:
        last = dates[0]
        return When(None, last.latest, reasons=(f"the page shows only when it was updated: {last.words!r}",))
    return UNKNOWN


def _begun(text: str, lines: tuple[Line, ...]) -> PageDate | None:
    """The whole date, and a dash, that the first paragraph begins with."""
    first = next((line for line in lines if line.label in ("body", "standfirst") and line.end > line.start), None)
    found = _BEGUN.match(_shown(text, first)) if first else None
    return next(dates_in(found.group(1)), None) if found else None


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
    within = range(first, min(last, first + NEAR + 1))
    for i in [*(i for i in above if i >= head), *within, *(i for i in above if i < head), *below]:
        line = shown[i]
        if line.label == "body" and i in within and heads_with_date(_shown(text, line)):
            yield from dates_in(_shown(text, line))
        if line.label in ("dateline", "byline", "notice", "other", "navigation"):
            words = _shown(text, line)
            if line.label in ("dateline", "byline") or (line.label == "notice" and "ublished" in words):
                yield from dates_in(words)
