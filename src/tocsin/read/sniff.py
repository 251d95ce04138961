"""Tells from the first bytes what they are: a text, an HTML page, JSON records, or nothing that can be read.

Invariant: names and suffixes are not looked at, and what is refused is refused with what it looks like and what to do.
"""

import json
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from tocsin.read.decode import wide_encoding
from tocsin.read.records import RecordError, holds_page, load_object

HEAD = 65_536
"""Bytes looked at for everything but JSON. A page whose first tag stands behind more than this is read as text."""
CONTROL_SHARE = 0.02
"""Share of control bytes from which bytes are no text. Random bytes have 0.10, compressed ones as much; texts have
none, and a page of 2,000 characters may hold forty stray ones before it is given up."""
TAG_EVERY = 500
"""Characters for each tag at most in a piece of HTML that begins without doctype, `<html>`, `<head>` or `<body>`. Texts
flattened from HTML may begin with a stray `<div>` that a script was to write: 4 of 1,253 do, with one tag in 1,300
characters and more; HTML has one in 20 to 300. Any value between serves."""
RECORDS_SEEN = 16
"""Lines looked at to know JSONL from a text that quotes a line of JSON."""
_MAGIC_HEAD = 4096
_CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\t\n\v\f\r\x1b\x1a"})  # not ESC (terminal logs) nor Ctrl-Z (DOS end)
_CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")

Kind = Literal["text/plain", "text/html", "record", "jsonl", "refused"]
"""`record`: one JSON object, however many lines it takes; `jsonl`: one on each line."""

_PROLOG = re.compile(r"<!--|<\?|<!doctype\b", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[a-z]+:)?([a-z][a-z0-9]*)(?=[\s/>])", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\v\f]*")
_HTML_TAGS = """
    html head body title meta link base script style noscript template main header footer nav aside article section
    div p span a b i em strong h1 h2 h3 h4 h5 h6 hgroup ul ol li dl dt dd table caption thead tbody tr td th form
    figure figcaption picture img blockquote q cite pre code br hr center font iframe address time details summary
"""
_WHOLE_PAGE = frozenset(("html", "head", "body"))
_TAG = re.compile(r"</?[a-z]", re.IGNORECASE)
_HTML_NAMES = frozenset(_HTML_TAGS.split())
_MARKUP = re.compile(r"^\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.MULTILINE)
_MARKUP_WITHIN = 1024
"""How far in `<!doctype html>` or `<html>` may begin a line: what precedes it is a saved HTTP header or rubbish."""
_OTHER_ROOTS = {
    # XML that holds no page: its first tag, and what to say of it
    "rss": "a feed (RSS): add the pages that it links to",
    "feed": "a feed (Atom): add the pages that it links to",
    "rdf": "a feed (RDF): add the pages that it links to",
    "urlset": "a site map: add the pages that it lists",
    "sitemapindex": "a site map: add the pages that it lists",
    "svg": "an SVG image: only text can be read",
}
_JSON_BEGINS = re.compile(rb'\s*\{\s*"[^"\\\n]{1,64}"\s*:')
_NOT_BLANK = re.compile(rb"\S")
_JSON_LIST = re.compile(rb"\s*\[\s*\{")
_PAGE_FIELD = re.compile(rb'"(?:text|html)"\s*:')


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What bytes look to be; `reason` says why they are refused."""

    kind: Kind
    reason: str = ""


def sniff(data: bytes, *, whole: bool = True) -> Sniffed:
    """What `data` is. `whole` says that nothing follows; otherwise its last line is taken as cut off."""
    head = data[:HEAD]
    refused = _magic(head)
    if refused:
        return Sniffed("refused", f"looks like {refused}")
    if not data.strip(b" \t\r\n\v\f\xef\xbb\xbf"):
        return Sniffed("refused", "empty: there is nothing in it to read")
    wide = wide_encoding(data)
    text = _head_text(head, wide)
    if _controls(head, text, wide) > CONTROL_SHARE:
        return Sniffed("refused", "looks like binary data: only text, HTML and JSONL can be read")
    if wide and _JSON_BEGINS.match(text.encode("utf-8", "replace")):
        return Sniffed("refused", "looks like JSON in UTF-16 or UTF-32: convert it to UTF-8 (iconv) and add that")
    return _markup(text) or _json(data, whole=whole) or Sniffed("text/plain")


def _magic(head: bytes) -> str | None:
    """What the marks in `data/magic.toml` show."""
    for entry in _marks():
        if head.startswith(entry.mark, entry.at) and entry.holds in head[:_MAGIC_HEAD]:
            if entry.binary and _controls(head, "", None) <= CONTROL_SHARE:
                continue
            return entry.says
    return None


@dataclass(frozen=True, slots=True)
class _Mark:
    mark: bytes
    at: int
    holds: bytes
    binary: bool
    says: str


@cache
def _marks() -> tuple[_Mark, ...]:
    data = tomllib.loads(files("tocsin.read").joinpath("data/magic.toml").read_text(encoding="utf-8"))
    return tuple(
        _Mark(
            bytes.fromhex(entry["hex"]) if "hex" in entry else entry["text"].encode("ascii"),
            entry.get("at", 0),
            entry.get("holds", "").encode("ascii"),
            entry.get("binary", False),
            f"{entry['what']}: {entry['advice']}",
        )
        for entry in data["magic"]
    )


def _head_text(head: bytes, wide: str | None) -> str:
    """The head as far as its markup goes: ASCII is what matters, so one-byte encodings need not be told apart."""
    if not wide:
        return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    return head.decode(wide, "replace").removeprefix("\ufeff")


def _controls(head: bytes, text: str, wide: str | None) -> float:
    """The share of control characters."""
    if wide:
        return len(_CONTROL_CHARACTERS.findall(text)) / max(1, len(text))
    return 1 - len(head.translate(None, _CONTROLS)) / max(1, len(head))


def _markup(text: str) -> Sniffed | None:
    """Whether it begins as HTML, behind comments, processing instructions and a doctype."""
    position, prolog = _blanks_end(text, 0), False
    while opener := _PROLOG.match(text, position):
        closer = "-->" if opener.group() == "<!--" else ">"
        end = text.find(closer, opener.end())
        if end < 0:
            return Sniffed("text/html")
        position, prolog = _blanks_end(text, end + len(closer)), True
    root = _ROOT.match(text, position)
    name = root.group(1).lower() if root else ""
    if name in _OTHER_ROOTS:
        return Sniffed("refused", f"looks like {_OTHER_ROOTS[name]}")
    if prolog or name in _WHOLE_PAGE or _MARKUP.search(text[:_MARKUP_WITHIN]):
        return Sniffed("text/html")
    if name in _HTML_NAMES and len(_TAG.findall(text)) * TAG_EVERY >= len(text):
        return Sniffed("text/html")
    return None


def _blanks_end(text: str, position: int) -> int:
    found = _BLANKS.match(text, position)
    return found.end() if found else position


def _json(data: bytes, *, whole: bool) -> Sniffed | None:
    """Whether it is JSON. A text may quote a line of JSON, and a flattened page may begin with one: so either every
    line seen is an object, or one of them holds a page and half of them begin as objects."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    lines = _first_lines(data, whole=whole)
    begun = [line for line in lines if line.startswith(b"{")]
    many = bool(begun) and len(begun) * 2 >= len(lines)
    if many:
        objects = [found for line in begun if (found := _object(line)) is not None]
        if len(objects) == len(lines) or any(holds_page(found) for found in objects):
            return Sniffed("jsonl")
    if _JSON_BEGINS.match(data):
        if not lines:
            return Sniffed("jsonl")
        if whole and _object(data) is not None:
            return Sniffed("record")
        if _PAGE_FIELD.search(data[:_MAGIC_HEAD]):
            return Sniffed("jsonl" if many else "record")
    if whole and _JSON_LIST.match(data) and _is_list(data):
        return Sniffed("refused", "a JSON list: write one object on each line (jq -c '.[]') and add that")
    return None


def _first_lines(data: bytes, *, whole: bool) -> list[bytes]:
    """The first lines that are not blank, without blanks around them; only those whose end is there."""
    lines: list[bytes] = []
    start = 0
    while len(lines) < RECORDS_SEEN and (found := _NOT_BLANK.search(data, start)):
        start = found.start()
        end = data.find(b"\n", start)
        if end < 0:
            if not whole:
                break
            end = len(data)
        lines.append(data[start:end].strip())
        start = end + 1
    return lines


def _object(data: bytes) -> dict[str, Any] | None:
    try:
        return load_object(data)
    except RecordError:
        return None


def _is_list(data: bytes) -> bool:
    try:
        return isinstance(json.loads(data), list)
    except (ValueError, RecursionError):
        return False
