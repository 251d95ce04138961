"""What an HTML page says about itself: title, outlet, authors, when it was published, its own address.

Order of belief: the page's JSON-LD (made by the content system for this article), then its meta elements, then its
marked-up dates and authors; what only its visible lines show is the labeller's to say. Invariant: only what the page
shows, each with the reason it stands on; no clock, no order of day and month guessed.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING

from tocsin.core.when import UNKNOWN, When, WhenError, stamp
from tocsin.read import json_ld

if TYPE_CHECKING:
    from lxml.etree import _Element

_SEPARATOR = re.compile(r"\s+[|\u2013\u2014\u00b7\u00bb•-]\s+|\s*\|\s*")
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{4})?)?$")
_NO_NAME = re.compile(
    r"https?://|www\.|@|^\d+$|^(?:admin|administrator|editor|staff|unknown|none|null|guest)$", re.IGNORECASE
)
_BY = re.compile(r"^(?:(?:view )?all posts |posts |written |posted |reported |words )?by:?\s+", re.IGNORECASE)
_AND = re.compile(r",\s+|\s+and\s+|\s*&\s*|;\s*")
_NAME = re.compile(
    r"(?:[^\W\d_a-z][\w.\u2019'-]*\s+)(?:(?:(?:van|von|der|den|de|da|del|di|bin|al|el|la|le)|[^\W\d_a-z][\w.\u2019'-]*)(?:\s+|$)){1,4}"
)
"""Two to five words that begin with capitals (or letters without case), particles aside."""
_NO_PERSON = re.compile(
    r"\b(?:reporter|editor|writer|correspondent|staff|contributor|columnist|\w+\.(?:com|org|net)|press|news|media|times)\b",
    re.IGNORECASE,
)
_CLASS_AUTHOR = re.compile(r"(?:^|[\s_-])(?:author|authors|byline)(?:$|[\s_-])", re.IGNORECASE)
_AUTHOR_ELEMENTS = ("a", "span", "address", "p", "div", "li", "h4", "h5", "h6", "cite", "strong", "em")
CANDIDATES = 50
"""Elements that are looked into for a title or an author: each may hold the whole page."""
AUTHOR_CHARS = 120
AUTHOR_PARTS = 12
"""A byline has at most so many code points and child elements; what is larger is a box about the author."""
YEARS = range(1990, 2100)
"""Years that a page may show as its own."""


@cache
def _names(field: str) -> tuple[str, ...]:
    """The meta elements that may hold `field`."""
    data = json.loads(files("tocsin.read").joinpath("data/html_meta.json").read_text(encoding="utf-8"))
    return tuple(data[field]["of"])


def _text_of(element: "_Element") -> str:
    """All text in an element, its spaces collapsed; "" where that is too long for a title or a name."""
    text = "".join(map(str, element.itertext()))
    return " ".join(text.split()) if len(text) <= json_ld.MAX_TEXT else ""


@dataclass(frozen=True, slots=True)
class HtmlMetadata:
    """What the page's markup shows; None where it does not. `notes` says where each was found."""

    title: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: When = UNKNOWN
    notes: tuple[str, ...] = ()


def metadata_of(root: "_Element | None", found: tuple[json_ld.Node, ...]) -> HtmlMetadata:
    """The metadata of a page's tree and its JSON-LD nodes."""
    if root is None:
        return HtmlMetadata()
    meta = _meta(root)
    node = json_ld.article(found)
    outlet, outlet_from = _outlet(meta, node, found)
    title, title_from = _title(root, meta, node, outlet)
    authors, authors_from = _authors(root, meta, node, outlet)
    notes = tuple(
        f"{field} from {source}"
        for field, source in (("title", title_from), ("outlet", outlet_from), ("byline", authors_from))
        if source
    )
    return HtmlMetadata(title, outlet, authors, _published(root, meta, found, node), notes)


def head_title(root: "_Element | None") -> str:
    """What the markup calls the page's title, as browsers show it."""
    element = root.find(".//title") if root is not None else None
    return _text_of(element) if element is not None else ""


def canonical_of(root: "_Element | None") -> str | None:
    """The address that the page gives as its own, absolute and more than a bare site; None where it gives none."""
    if root is None:
        return None
    links = [link.get("href") for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    for given in (*links, _meta(root).get("og:url")):
        address = (given or "").strip()
        parts = re.fullmatch(r"https?://[^\s/?#]+([^\s#]*)(?:#\S*)?", address, re.IGNORECASE)
        if parts and len(address) <= json_ld.MAX_TEXT and parts[1].strip("/"):
            return address
    return None


def _meta(root: "_Element") -> dict[str, str]:
    """Name or property (lower case) → the first content that is not blank."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        content = element.get("content") or ""
        content = " ".join(content.split()) if len(content) <= json_ld.MAX_TEXT else ""
        if content:
            for key in ("name", "property", "itemprop"):
                found.setdefault((element.get(key) or "").strip().lower(), content)
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> tuple[str | None, str]:
    for name in names:
        if meta.get(name):
            return json_ld.text(meta[name]), f"meta {name}"
    return None, ""


def _title(root: "_Element", meta: dict[str, str], node: json_ld.Node, outlet: str | None) -> tuple[str | None, str]:
    headings = [_text_of(heading) for heading in islice(root.iter("h1"), CANDIDATES)]
    headings = [heading for heading in headings if heading]
    stated = json_ld.text(node.get("headline")) or json_ld.text(node.get("name"))
    shared, source = _first(meta, _names("title"))
    if len(headings) == 1 and len(headings[0].split()) >= 3 and _akin(headings[0], stated, shared):
        return headings[0], "h1"
    for heading in headings:
        if stated and _bare(heading) == _bare(stated):
            return heading, "h1"
    if stated:
        return stated, "JSON-LD headline"
    if shared:
        return _without_outlet(shared, outlet), source
    if headings and len(headings[0].split()) >= 2:
        return headings[0], "h1"
    element = root.find(".//title")
    shown = _text_of(element) if element is not None else ""
    return (_without_outlet(shown, outlet), "title element") if shown else (None, "")


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _akin(heading: str, *others: str | None) -> bool:
    """Whether a heading shares half of its words with one of the other titles, or there is no other."""
    mine = set(_bare(heading).split())
    rest = [set(_bare(other).split()) for other in others if other]
    return not rest or any(len(mine & other) >= 0.5 * len(mine) for other in rest)


def _without_outlet(title: str, outlet: str | None) -> str:
    """`title` without the outlet's name at its end (or beginning) where a separator sets it apart."""
    pieces = list(_SEPARATOR.finditer(title))
    if not pieces:
        return title
    head, tail = title[: pieces[-1].start()].strip(), title[pieces[-1].end() :].strip()
    first, rest = title[: pieces[0].start()].strip(), title[pieces[0].end() :].strip()
    name = _bare(outlet or "")
    if name and _bare(first) == name:
        return rest or title
    if name and (_bare(tail) == name or (name in _bare(tail)) or (_bare(tail) and _bare(tail) in name)):
        return head or title
    return head if not name and len(tail.split()) <= 4 < len(head.split()) else title


def _outlet(meta: dict[str, str], node: json_ld.Node, found: tuple[json_ld.Node, ...]) -> tuple[str | None, str]:
    publisher = next(json_ld.names(node.get("publisher")), None)
    if publisher:
        return publisher, "JSON-LD publisher"
    shared, source = _first(meta, _names("outlet"))
    if shared:
        return shared, source
    for other in found:
        kinds = json_ld.types(other)
        if "NewsMediaOrganization" in kinds or "WebSite" in kinds:
            named = json_ld.text(other.get("name"))
            if named:
                return named, f"JSON-LD {kinds[0]}"
    shared, source = _first(meta, _names("outlet_last"))
    return (shared, source) if shared else (None, "")


def _authors(
    root: "_Element", meta: dict[str, str], node: json_ld.Node, outlet: str | None
) -> tuple[tuple[str, ...], str]:
    for key in ("author", "creator"):
        stated = people(json_ld.names(node.get(key)), outlet)
        if stated:
            return stated, f"JSON-LD {key}"
    for name in _names("author"):
        found = people([meta[name]], outlet) if name in meta else ()
        if found:
            return found, f"meta {name}"
    for by_class in (False, True):
        marked = (
            element
            for element in root.iter(*_AUTHOR_ELEMENTS)
            if (_CLASS_AUTHOR.search(element.get("class") or "") if by_class else _marked_author(element))
        )
        for element in islice(marked, CANDIDATES):
            shown = _text_of(element) if len(element) <= AUTHOR_PARTS else ""
            found = people(_AND.split(shown), outlet) if len(shown) <= AUTHOR_CHARS else ()
            if found and all(_NAME.fullmatch(name) for name in found):
                return found, "an element of class author or byline" if by_class else "an element marked as author"
    return (), ""


def _marked_author(element: "_Element") -> bool:
    return "author" in (element.get("rel") or "").lower().split() or element.get("itemprop") == "author"


def people(given: Iterable[str], outlet: str | None) -> tuple[str, ...]:
    """Those of `given` that may be people's names, without "By", role and paper; no address, account or outlet."""
    out: list[str] = []
    for raw in given:
        name = _BY.sub("", (json_ld.text(raw) or "").split(" | ")[0]).strip(" ,;|")
        head, comma, tail = name.partition(", ")
        if comma and (_NO_PERSON.search(tail) or _bare(tail) == _bare(outlet or "")):
            name = head
        if outlet and name.lower().endswith(f" {outlet.lower()}"):
            name = name[: -len(outlet) - 1]
        account = " " not in name and name.islower()
        if not name or len(name) > AUTHOR_CHARS or account or _NO_NAME.search(name):
            continue
        if _bare(name) != _bare(outlet or "") and name not in out:
            out.append(name)
    return tuple(out)


def _published(root: "_Element", meta: dict[str, str], found: tuple[json_ld.Node, ...], node: json_ld.Node) -> When:
    """When the page says that it was published."""
    pages = [other for other in found if "WebPage" in json_ld.types(other)]
    for other in (node, *pages):
        when = parse_when(json_ld.text(other.get("datePublished")), "JSON-LD datePublished")
        if when:
            return when
    for name in _names("published"):
        when = parse_when(meta.get(name), f"meta {name}")
        if when:
            return when
    for element in root.iter("time", "span", "div", "p", "abbr"):
        published = (element.get("itemprop") or "").lower() == "datepublished" or element.get("pubdate") is not None
        if published:
            value = element.get("datetime") or element.get("content") or element.get("title")
            when = parse_when(value, f"{element.tag} marked as the date of publication")
            if when:
                return when
    return UNKNOWN


def parse_when(value: str | None, reason: str) -> When | None:
    """A machine-readable date: a UTC second where a zone is given, else its day; None where it is none.

    Midnight is what systems write that know the day alone: it counts as that day.
    """
    if not value or len(value) > 80:
        return None
    value = value.strip()
    shown = f"{reason}: {value}"
    parts = _ISO.match(value) or _COMPACT.match(value)
    try:
        if parts is None:
            moment = parsedate_to_datetime(value)
            zoned = moment.tzinfo is not None
        else:
            year, month, day, hour, minute, second, zone = parts.groups()
            zone = "+00:00" if zone in ("Z", "UTC", "GMT") else zone or ""
            clock = f"T{int(hour):02}:{minute}:{second or '00'}{zone}" if hour else ""
            moment = datetime.fromisoformat(f"{year}-{int(month):02}-{int(day):02}{clock}")
            zoned = bool(clock and zone)
        if moment.year not in YEARS:
            return None
        midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
        bound = stamp(moment) if zoned and not midnight else moment.date().isoformat()
        return When(bound, bound, reasons=(shown,))
    except (ValueError, TypeError, OverflowError, WhenError):
        return None
