"""From what a person names (a file, a folder, JSONL, `-`) to pages: bytes with a capture, in a fixed order.

Invariant: whatever is there comes out once, as a Page or as a Reject with its reason; only hidden files, sidecars of
pages and the case that is being filled are passed over in silence. One bad file never ends the run, and no more of one
is held in memory than a page may have.
"""

import errno
import hashlib
import io
import os
import re
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from tocsin.core.document import GONE, Capture, Media, Reject
from tocsin.core.when import WhenError, check_bound
from tocsin.errors import UsageError
from tocsin.read.decode import DecodeError, declared_in, decode
from tocsin.read.given import (
    SIDECAR,
    Offer,
    Sidecar,
    gather,
    normal_url,
    parse_published,
    read_sidecar,
    shown_path,
)
from tocsin.read.records import Lines, Record, RecordError, load_object, record_id, record_of
from tocsin.read.sniff import sniff

VERSION = "take/1"
MAX_BYTES = 10_000_000
"""Bytes of a page at most, unless told otherwise. The largest of 251 news pages (2023, HTML) has 2.9 million."""
_CASE_PARTS = ("", "-wal", "-shm", "-journal")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it came: its capture and its bytes."""

    capture: Capture
    data: bytes


@dataclass(frozen=True, slots=True)
class Refused(Reject):
    """A reject whose bytes are at hand, so that they can be kept with it."""

    data: bytes = b""


@dataclass(frozen=True, slots=True)
class TakeOptions:
    """How pages are taken: `taken` (UTC second, from the caller's clock), what the command line gives for all of them,
    the page limit, and the case that is being filled: its file is not opened, since closing it again would drop the
    locks that this process holds on it.

    Raises UsageError where a value has no meaning.
    """

    taken: str
    published: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    max_bytes: int = MAX_BYTES
    case: str | None = None

    def __post_init__(self) -> None:
        try:
            check_bound(self.taken)
            if self.published is not None:
                parse_published(self.published, "")
        except WhenError as error:
            raise UsageError(f"{'--published' if self.published else 'taken'}: {error}") from error
        if "T" not in self.taken:
            raise UsageError(f"taken must be a UTC second (2020-08-15T09:30:00Z): {self.taken!r}")
        if self.max_bytes < 1:
            raise UsageError(f"the page limit must be at least one byte: {self.max_bytes}")

    def offers(self) -> Iterator[Offer]:
        """What the command line gives, each under its option's name."""
        for name in ("published", "outlet", "title", "byline"):
            value = getattr(self, name)
            if value is not None and value.strip():
                yield f"option --{name}", {name: value.strip()}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where bytes stand: how to open them, and their page key, name and source as people see them."""

    path: str
    key: str
    name: str
    source: str
    options: TakeOptions
    sidecar: Sidecar = field(default_factory=Sidecar)

    @property
    def taken(self) -> str:
        return self.sidecar.taken or self.options.taken

    def line(self, number: int) -> "_Place":
        key = f"{self.key}:{number}"
        return replace(self, key=key, name=key, source=f"{self.source}:{number}")

    def named(self, record: str | None) -> "_Place":
        return replace(self, key=record, name=record) if record else self

    def refused(self, reason: str, data: bytes | None = None) -> Reject:
        known = (self.key, self.name, self.source, self.taken, reason)
        return Reject(*known) if data is None else Refused(*known, _sha256(data), data)

    def page(self, data: bytes, media: Media, html: str | None, record: Record | None = None) -> Page:
        offers = [*self.options.offers()]
        if self.sidecar.fields:
            offers.append((f"sidecar {shown_path(Path(self.path).name)}{SIDECAR}", self.sidecar.fields))
        if record:
            offers.append(("the record", record.given))
        given = gather(offers, (*self.sidecar.remarks, *(record.remarks if record else ())))
        key = normal_url(given["url"][0]) if "url" in given else _canonical(html) if html else None
        known = (_sha256(data), key or self.key, self.name, self.source, self.taken, media, VERSION, given)
        return Page(Capture(*known, {"status": self.sidecar.status} if self.sidecar.status else None), data)


def take(source: str, options: TakeOptions) -> Iterator[Page | Reject]:
    """The pages of `source` (a file, a folder and all below it, a JSONL file, `-` for stdin), in a fixed order."""
    if source == "-":
        yield from _take_stdin(options)
        return
    shown = shown_path(source)
    name = shown_path(os.path.basename(os.path.normpath(source))) if source else ""  # noqa: PTH119 (keeps surrogates)
    place = _Place(source, name or shown, name or shown, shown, options)
    if not source or not _is_path(source):
        yield place.refused("no such file or folder: check the path")
    elif _ADDRESS.match(source) and not os.path.lexists(source):
        yield place.refused("an address on the web: nothing is fetched, save the page and add the file")
    else:
        yield from _take_path(place)


def _is_path(source: str) -> bool:
    """Whether the system could have a file of that name at all."""
    try:
        return b"\0" not in os.fsencode(source)
    except UnicodeEncodeError:
        return False


def _take_path(place: _Place) -> Iterator[Page | Reject]:
    try:
        mode = os.stat(place.path)  # noqa: PTH116 (a Path would normalise what was given)
    except OSError as error:
        yield place.refused(_why(error, place.path))
        return
    if stat.S_ISDIR(mode.st_mode):
        nothing = True
        for found in _walk(place):
            nothing = False
            yield found
        if nothing:
            yield place.refused("a folder without pages: hidden files are not read")
        return
    yield from _take_file(place, mode)


def _walk(root: _Place) -> Iterator[Page | Reject]:
    """All files below a folder in the code-point order of their POSIX paths, without recursion.

    Links to folders are not followed: what they hold would come twice, or without end.
    """
    waiting = [(root.path, "", True)]
    while waiting:
        path, key, folder = waiting.pop()
        shown = shown_path(key)
        source = f"{root.source.rstrip('/')}/{shown}" if key else root.source
        place = replace(
            root, path=path, key=shown or root.key, name=shown.rpartition("/")[2] or root.name, source=source
        )
        if not folder:
            yield from _take_found(place)
            continue
        try:
            with os.scandir(path) as entries:
                found = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]
        except OSError as error:
            yield place.refused(_why(error, path))
            continue
        # A folder sorts as its name with "/" behind it: that is how the paths of its files sort. Last in, first out.
        for name, is_folder in sorted(found, key=lambda item: item[0] + "/" * item[1], reverse=True):
            if not name.startswith("."):
                waiting.append((os.path.join(path, name), f"{key}/{name}".lstrip("/"), is_folder))  # noqa: PTH118


def _take_found(place: _Place) -> Iterator[Page | Reject]:
    try:
        status = os.stat(place.path)  # noqa: PTH116
    except OSError as error:
        yield place.refused(_why(error, place.path))
        return
    if stat.S_ISDIR(status.st_mode):
        yield place.refused("a link to a folder, which is not followed: name that folder as a source of its own")
    elif not _is_own_case(status, place.options):
        yield from _take_file(place, status)


def _take_file(place: _Place, status: os.stat_result) -> Iterator[Page | Reject]:
    if not stat.S_ISREG(status.st_mode):
        yield place.refused(
            "not a file (a pipe, a socket or a device): save what it holds as a file, or use - for stdin"
        )
        return
    if _is_own_case(status, place.options):
        yield place.refused("the case itself: name the pages that are to be added")
        return
    if place.path.endswith(SIDECAR):
        if not os.path.lexists(place.path.removesuffix(SIDECAR)):
            yield place.refused(f"a sidecar without its page: {place.name.removesuffix(SIDECAR)!r} is not beside it")
        return
    place = replace(place, sidecar=read_sidecar(Path(place.path + SIDECAR), place.options.taken))
    try:
        with open(place.path, "rb") as stream:  # noqa: PTH123 (keeps the path as given)
            if place.sidecar.status in GONE:
                yield place.page(stream.read(place.options.max_bytes), "text/plain", None)
            else:
                yield from _take_stream(place, stream, status.st_size)
    except OSError as error:
        yield place.refused(_why(error, place.path))


def _take_stdin(options: TakeOptions) -> Iterator[Page | Reject]:
    place = _Place("-", "-", "-", "-", options)
    if sys.stdin is None or sys.stdin.closed:
        yield place.refused("standard input is closed: pipe a page into it")
        return
    try:
        yield from _take_stream(place, sys.stdin.buffer, None)
    except OSError as error:
        yield place.refused(_why(error, "-"))


def _take_stream(place: _Place, stream: BinaryIO, size: int | None) -> Iterator[Page | Reject]:
    """The page or the records in `stream`, whose `size` is known for files."""
    limit = place.options.max_bytes
    data = stream.read(limit + 1)
    whole = len(data) <= limit
    sniffed = sniff(data, whole=whole)
    if sniffed.kind == "jsonl":
        for number, line in Lines(io.BytesIO(data), stream, limit):
            yield _take_record(place, number, line)
    elif sniffed.kind == "refused":
        yield place.refused(sniffed.reason, data if whole else None)
    elif not whole:
        yield place.refused(_too_large(limit, size))
    elif sniffed.kind == "record":
        yield _take_record(place, 1, data)
    else:
        html = _html_text(data) if sniffed.kind == "text/html" else None
        yield place.page(data, sniffed.kind, html)


def _take_record(place: _Place, number: int, line: bytes | None) -> Page | Reject:
    place = place.line(number)
    if line is None:
        return place.refused(f"line {number}: {_too_large(place.options.max_bytes, None)}")
    try:
        fields = load_object(line)
        place = place.named(record_id(fields))
        record = record_of(fields)
    except RecordError as error:
        return place.refused(f"line {number}: {error}", line)
    # What names one page cannot stand beside a file of many.
    kept = {name: value for name, value in place.sidecar.fields.items() if name not in ("url", "title")}
    html = record.content if record.kind == "html" else None
    return replace(place, sidecar=replace(place.sidecar, fields=kept)).page(line, "record", html, record)


def _is_own_case(status: os.stat_result, options: TakeOptions) -> bool:
    """Whether a file is the case that is being filled, or one of the files that SQLite keeps beside it."""
    for part in _CASE_PARTS if options.case else ():
        try:
            own = os.stat(f"{options.case}{part}")  # noqa: PTH116
        except OSError:
            continue
        if (own.st_dev, own.st_ino) == (status.st_dev, status.st_ino):
            return True
    return False


def _html_text(data: bytes) -> str | None:
    try:
        return decode(data, declared_in(data)).text
    except DecodeError:
        return None


def _canonical(html: str) -> str | None:
    """The address that an HTML page gives itself. One that names a whole site is a mistake of the site's templates,
    which would make all its pages one, and is not used."""
    from tocsin.read.html import canonical_url

    try:
        url = canonical_url(html)
    except Exception:  # noqa: BLE001 (a page's own link is a convenience: reading the page will tell what is wrong with it)
        return None
    key = normal_url(url) if url else None
    return key if key and not re.fullmatch(r"[a-z]+://[^/]*/", key) else None


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _too_large(limit: int, size: int | None) -> str:
    shown = f"{size / 1e6:,.1f} MB" if size else "it goes on beyond that"
    return f"larger than a page may be ({limit / 1e6:,.1f} MB; {shown}): divide it into one page a file or a JSONL line"


def _why(error: OSError, path: str) -> str:
    """What a person can do about an error of the file system."""
    if error.errno == errno.ENOENT:
        if os.path.lexists(path):
            return "a link to something that is not there: mend or remove it"
        return "no such file or folder: check the path"
    if error.errno in (errno.EACCES, errno.EPERM):
        return "no right to read it: change its permissions (chmod) or run as its owner"
    if error.errno == errno.ELOOP:
        return "a link that leads back to itself: mend or remove it"
    return f"cannot be read: {error.strerror}"
