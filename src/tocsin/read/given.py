"""What came beside a page and overrides what it shows: options, a sidecar `NAME.meta.json`, a record's own fields.

Invariant: whatever overrides is named with its giver in `Document.notes`, and what the page showed instead stays
there to be seen. The strongest giver wins: options, then the sidecar, then the record, then the page.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from tocsin.core.document import Document
from tocsin.core.when import When, WhenError, begins, check_bound, ends, stamp
from tocsin.read.page_dates import dated_address
from tocsin.read.records import METADATA, RecordError, checked_field, load_object

SIDECAR = ".meta.json"
REMARKS = "remarks"
"""The field of `Capture.given` under which remarks on what came beside the page travel with it."""
MAX_SIDECAR = 100_000
"""Bytes of a sidecar at most: five fields of 4,096 characters, and room for those that others add."""

Offer = tuple[str, Mapping[str, str]]
"""A giver ("sidecar a.html.meta.json") and its fields."""
_SECOND = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIMESTAMP = re.compile(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}[T ][0-9:.,]+(?:Z|[+-][0-9:]+)?", re.IGNORECASE)
_FORMS = "a day (2020-08-15), a time (2020-08-15T09:30:00Z) or an interval (2020-08-15..2020-08-20)"
_DEFAULT_PORTS = {"http": 80, "https": 443}


def parse_published(value: str, reason: str) -> When:
    """A day, a time or `A..B` (either side may be left open) as a When; raises WhenError for anything else.

    A time without a zone gives its day: which instant it was cannot be shown.
    """
    first, dots, last = value.partition("..")
    if not dots:
        bound = _bound(value)
        return When(bound, bound, reasons=(reason,))
    if not first.strip() and not last.strip():
        raise WhenError(f"not {_FORMS}: {value!r}")
    return When(_bound(first) if first.strip() else None, _bound(last) if last.strip() else None, reasons=(reason,))


def _bound(value: str) -> str:
    value = value.strip()
    if _DAY.fullmatch(value):
        check_bound(value)
        return value
    if not _TIMESTAMP.fullmatch(value):
        raise WhenError(f"not {_FORMS}: {value[:60]!r}")
    try:
        moment = datetime.fromisoformat(value.upper())
        bound = stamp(moment) if moment.tzinfo else moment.date().isoformat()
    except (ValueError, OverflowError) as error:
        raise WhenError(f"no such time: {value[:60]!r}") from error
    check_bound(bound)
    return bound


def normal_url(url: str) -> str | None:
    """An http(s) address in the one spelling that page keys use, None where it is no such address.

    Scheme and host in lower case; no fragment, no default port, no tracking parameters (`data/tracking.toml`); an
    empty path is `/`. Everything else stays as it is: paths and queries are the site's own business.
    """
    try:
        parts = urlsplit(url.strip())
        scheme, host, port = parts.scheme, parts.hostname, parts.port
    except ValueError:
        return None
    if scheme not in _DEFAULT_PORTS or not host or any(character.isspace() for character in url.strip()):
        return None
    user = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    shown_host = f"[{host}]" if ":" in host else host
    shown_port = f":{port}" if port is not None and port != _DEFAULT_PORTS[scheme] else ""
    query = "&".join(pair for pair in parts.query.split("&") if not _tracks(pair.partition("=")[0]))
    return urlunsplit((scheme, user + shown_host + shown_port, parts.path or "/", query, ""))


def _tracks(parameter: str) -> bool:
    names, prefixes = _tracking()
    return parameter.lower() in names or parameter.lower().startswith(prefixes)


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    data = tomllib.loads(files("tocsin.read").joinpath("data/tracking.toml").read_text(encoding="utf-8"))
    return frozenset(data["names"]), tuple(data["prefixes"])


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What a sidecar says: metadata, when the bytes were taken (UTC second) and with which HTTP status, and remarks on
    what in it could not be used."""

    fields: Mapping[str, str] = field(default_factory=dict)
    taken: str | None = None
    status: int | None = None
    remarks: tuple[str, ...] = ()


def read_sidecar(path: Path, now: str) -> Sidecar:
    """The sidecar at `path`, empty where there is none. A capture later than `now` (UTC second) is not believed."""
    who = f"sidecar {shown_path(path.name)}"
    try:
        if not path.is_file():
            return Sidecar()
        with path.open("rb") as stream:
            data = stream.read(MAX_SIDECAR + 1)
        if len(data) > MAX_SIDECAR:
            return Sidecar(remarks=(f"{who} not used: it has more than {MAX_SIDECAR:,} bytes",))
        found = load_object(data)
    except OSError as error:
        return Sidecar(remarks=(f"{who} not used: {error.strerror}",))
    except RecordError as error:
        return Sidecar(remarks=(f"{who} not used: {error}",))
    fields, remarks = {}, []
    for name in METADATA:
        try:
            value = checked_field(name, found.get(name))
        except RecordError as error:
            remarks.append(f"{who}: {error}: not used")
            continue
        if value is not None:
            fields[name] = value
    taken, status = found.get("taken"), found.get("status")
    if taken is not None and not _is_moment(taken, now):
        remarks.append(f"{who}: taken is no UTC second (2020-08-15T09:30:00Z) before now: not used")
        taken = None
    if status is not None and (isinstance(status, bool) or not isinstance(status, int) or not 100 <= status <= 599):
        remarks.append(f"{who}: status is no HTTP status (200, 404, 410 …): not used")
        status = None
    others = sorted(ascii(name[:40]) for name in found if name not in (*METADATA, "taken", "status"))
    if others:
        remarks.append(f"{who}: fields not read: {', '.join(others[:8])}")
    return Sidecar(fields, taken, status, tuple(remarks))


def _is_moment(value: Any, now: str) -> bool:
    if not isinstance(value, str) or not _SECOND.fullmatch(value) or value > now:
        return False
    try:
        check_bound(value)
    except WhenError:
        return False
    return True


def gather(offers: Iterable[Offer], remarks: Iterable[str] = ()) -> Mapping[str, tuple[str, str]]:
    """`Capture.given` of `offers`, strongest first. One that cannot be used becomes a remark; a weaker stands in."""
    given: dict[str, tuple[str, str]] = {}
    said = list(remarks)
    for who, fields in offers:
        for name in METADATA:
            value = fields.get(name)
            if value is None:
                continue
            problem = _problem(name, value)
            if problem:
                said.append(f"{name} given by {who} not used: {problem}")
            else:
                given.setdefault(name, (value, who))
    if said:
        given[REMARKS] = ("; ".join(said), "the reader")
    return MappingProxyType(given)


def _problem(name: str, value: str) -> str | None:
    if name == "url" and normal_url(value) is None:
        return f"no http or https address: {value[:60]!r}"
    if name == "published":
        try:
            parse_published(value, "")
        except WhenError as error:
            return str(error)
    return None


def apply_given(doc: Document) -> Document:
    """`doc` with what came beside it in place of what the page shows, and dated no later than its capture's day."""
    given = doc.capture.given
    changes: dict[str, Any] = {}
    notes = [given[REMARKS][0]] if REMARKS in given else []
    published = doc.published
    for name, (value, who) in sorted(given.items()):
        if name not in METADATA or name == "url":
            continue
        if name == "published":
            try:
                when = parse_published(value, f"given by {who}")
            except WhenError as error:
                notes.append(f"published given by {who} not used: {error}")
                continue
            shows = published.shown() if published.earliest or published.latest else None
            same, published = shows == when.shown(), when
        else:
            shows, changes[name] = getattr(doc, name), value
            same = shows == value
        notes.append(f"{name} given by {who}" + (f" (the page shows {shows!r})" if shows and not same else ""))
    if published.earliest is None and not published.weekdays:
        published = _by_address(doc, published)
    day = doc.capture.taken[:10]
    published = published.not_after(day, f"the capture was taken on {day}")
    return replace(doc, published=published, notes=(*doc.notes, *notes), **changes)


def _by_address(doc: Document, published: When) -> When:
    """The day in the page's address, where that fits what the page shows and when it was captured."""
    address = dated_address(doc.page)
    latest = min((one for one in (published.latest, doc.capture.taken) if one), key=ends)
    if address is None or begins(str(address.earliest)) >= ends(latest):
        return published
    kept = tuple(one for one in published.reasons if one != "the page shows no date")
    return replace(address, reasons=(*kept, *address.reasons))


def shown_path(path: str) -> str:
    """A path as text: bytes in it that are no UTF-8 are written as `\\xff`, since no lone surrogate may enter a key."""
    try:
        return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:
        return path.encode("utf-8", "backslashreplace").decode("utf-8")
