"""What comes beside a page: a sidecar's bytes, options, addresses and dates, applied to two small pages."""

from pathlib import Path
from tempfile import TemporaryDirectory

from fuzz.laws import demand
from fuzz.reading import TAKEN, no_worker, read_page, said
from fuzz.shape import JSON_JOINTS, Shape
from fuzz.target import Target
from tocsin.core.document import Document, Reject
from tocsin.core.when import WhenError
from tocsin.errors import UsageError
from tocsin.read import TakeOptions, take
from tocsin.read.given import SIDECAR, normal_url, parse_published, shown_path
from tocsin.read.records import METADATA, RecordError, load_object

_FOLDER = TemporaryDirectory(prefix="tocsin-fuzz-")
_PAGES = {
    "page.txt": "Ferry talks resume\n\nBy Ana Lorne\n\n3 May 2019\n\nThe port of Tollan will close unless the dues are "
    "paid, the harbour master said on Friday.\n\nNo date for the closure was given, and nobody was asked about it.\n",
    "page.html": "<html><head><title>Ferry talks resume | The Tollan Post</title></head><body><h1>Ferry talks resume"
    "</h1><p>The port of Tollan will close unless the dues are paid, the harbour master said.</p></body></html>",
}


def run(data: bytes) -> bytes:
    """Lay `data` as a sidecar beside each page, then give its strings as options too."""
    out = []
    values = _strings(data)
    for name, text in _PAGES.items():
        path = Path(_FOLDER.name) / name
        path.write_text(text, encoding="utf-8")
        Path(f"{path}{SIDECAR}").write_bytes(data)
        with no_worker(data):
            taken = list(take(str(path), _options(values)))
        demand(len(taken) == 1 and not isinstance(taken[0], Reject), "a sidecar lost a page")
        for one in taken:
            if not isinstance(one, Reject):
                outcome = read_page(one)
                demand(isinstance(outcome, Document), "a sidecar made a page unreadable")
                out.append(said(outcome).replace(_FOLDER.name.encode(), b""))
    for value in values:
        _check_value(value)
    return b"\n".join(out)


def _strings(data: bytes) -> list[str]:
    """The sidecar's own strings, else the lines of the bytes."""
    try:
        found = load_object(data)
    except RecordError:
        return [line for line in data.decode("utf-8", "surrogateescape").split("\n") if line][:8]
    return [value for name in METADATA if isinstance(value := found.get(name), str)]


def _options(values: list[str]) -> TakeOptions:
    """Options of the first values, where a command line would take them."""
    clean = [value for value in values if value.isprintable()]
    try:
        return TakeOptions(TAKEN, published=clean[0] if clean else None, title=clean[1] if len(clean) > 1 else None)
    except UsageError:
        return TakeOptions(TAKEN)


def _check_value(value: str) -> None:
    try:
        when = parse_published(value, "fuzz")
        demand(when.earliest or when.latest, f"{value!r} is taken for a date and bounds nothing")
    except WhenError:
        when = None
    url = normal_url(value)
    if url is not None:
        demand(normal_url(url) == url, f"{value!r} has two normal forms: {url!r}, {normal_url(url)!r}")
    shown_path(value).encode("utf-8")


TARGET = Target("given", "sidecars, options, addresses, dates", run, Shape(JSON_JOINTS, "json"))
