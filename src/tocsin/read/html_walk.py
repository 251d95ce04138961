"""Flattens an HTML page: every block element becomes a line of text, and nothing that is visible is dropped.

Invariant: the lines are the page's visible words in document order, each with a hint of the element that it stood in;
one pass, linear in the page, no recursion, no network, no entities beyond HTML's own. `WALKER` names its version: a new
number whenever the text of any page would change.

Where this departs from a naive `text_content()`:
- block elements, `<br>`, `<hr>`, table cells, list items, options and buttons end a line; inline elements join
  without an invented space, custom elements (`<x-y>`) count as inline, as a browser without style sheets shows them;
- white space in a line collapses to one space as in a browser (U+00A0 and zero-width characters are characters and
  stay); in `<pre>`, `<textarea>`, `<xmp>`, `<listing>` and `<plaintext>` it stays and each newline ends a line;
- a line without a visible character is no line;
- left out, because no browser shows it: `<script>`, `<style>`, `<template>`, the head with its `<title>`, comments,
  what stands inside `<iframe>`, `<video>`, `<audio>`, `<canvas>`; SVG `<title>`, `<desc>`, `<metadata>`, `<defs>`;
  attributes such as `alt`, `title`, `value`;
- left out, because the page hides it: elements with `hidden`, an inline `display: none` or `visibility: hidden`, a
  `<dialog>` that is not open. `aria-hidden` hides from screen readers only: it stays, and so does a closed `<details>`.
  A page may hide its article until a script shows it: where what is hidden in this way holds more words than what is
  not, it is read as if it were shown;
- `<noscript>`, `<noframes>` and `<noembed>` are shown by browsers that few have: left out, unless the page has
  nothing else.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tocsin.errors import TocsinError
from tocsin.read.html_regions import region_of

if TYPE_CHECKING:
    from lxml.etree import _Element

WALKER = "walker/1"
MAX_HTML = 12_000_000
"""Code points of a page at most. The densest page (nothing but `<p>a`) needs 125 bytes of memory for each, so 1.5 GB
here; the largest of 251 news pages has 2.9 million. `sources.py` takes 10 MB a page."""
MAX_DEPTH = 1_500
"""Elements that may lie within each other. libxml2 gives a page up at 2,048; deeper ones are cut flat first."""

PREFORMATTED = frozenset(("pre", "textarea", "xmp", "listing", "plaintext"))
KINDS = frozenset(
    (
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "td", "th", "caption", "figcaption", "blockquote",
        "address", "button", "option", "summary", "legend", "label", "time", "title",
    )
) | PREFORMATTED  # fmt: skip
"""Elements whose name becomes a line's `kind`."""
BLOCKS = frozenset(
    (
        "html", "body", "div", "section", "article", "main", "nav", "aside", "header", "footer", "hgroup", "search",
        "ul", "ol", "dl", "menu", "dir", "table", "thead", "tbody", "tfoot", "tr", "colgroup", "figure", "form",
        "fieldset", "details", "dialog", "center", "hr", "br", "frameset", "noframes", "noscript", "optgroup", "select",
        "iframe", "video", "audio", "canvas", "object", "picture", "svg", "math", "text", "marquee", "multicol",
        "isindex",
    )
) | (KINDS - {"label", "time", "title"})  # fmt: skip
"""Elements that end the line before and after them."""
LINE_ENDS = frozenset(("br", "hr"))
BOLD = frozenset(("b", "strong"))
NEVER_SHOWN = frozenset(
    (
        "script", "style", "template", "head", "title", "meta", "link", "base", "iframe", "video", "audio", "canvas",
        "desc", "metadata", "defs", "datalist", "param", "source", "track", "area", "rp",
    )
)  # fmt: skip
SELDOM_SHOWN = frozenset(("noscript", "noframes", "noembed"))

CLASS_READ = 300
"""Code points of a class or id attribute that are looked at; longer ones are no names."""

_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|table|list-item|flex|grid|inline-block)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_LINE_END = re.compile(r"\r\n|\n|\r|\f")
_PAGE_END = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
"""libxml2 drops all that follows `</html>`; browsers show it. Both end tags may be left out."""
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s<>/]*)([^<>]*)>")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)


class HtmlError(TocsinError, ValueError):
    """An HTML page that cannot be read."""


@dataclass(frozen=True, slots=True)
class FlatLine:
    """One line: `[start, end)` of the flattened text and where on the page it stood.

    `kind` is the nearest block element that says what its text is (`p`, `h2`, `li`, `figcaption`, …; `div` where none
    does). `inside` holds the regions around it (`nav`, `aside`, `figure`, `comments`, …). Lines of one `block` were
    split by `<br>` only; blocks of one `group` lie side by side in one element. `linked` and `bold` count its code
    points in links and in bold type.
    """

    start: int
    end: int
    kind: str
    inside: frozenset[str]
    block: int
    group: int
    linked: int = 0
    bold: int = 0


@dataclass(frozen=True, slots=True)
class _Place:
    """A block that is open, and what it hands down to the lines in it."""

    block: int
    group: int
    kind: str
    inside: frozenset[str]


class _Flattener:
    """Collects lines while a tree is walked: `begin`, `add` and `end` in document order, then `finish`."""

    def __init__(self, *, show_hidden: bool) -> None:
        self.hidden = 0
        self._show_hidden = show_hidden
        self._lines: list[str] = []
        self._flat: list[FlatLine] = []
        self._parts: list[str] = []
        self._at = self._blocks = self._linked = self._bold = 0
        self._pre = self._links = self._bolds = self._hiding = 0
        self._places = [_Place(0, 0, "div", frozenset())]
        self._frames: list[tuple[bool, bool, bool]] = []

    def begin(self, element: "_Element", tag: str) -> None:
        """An element starts."""
        style = element.get("style") or ""
        block = tag in BLOCKS or bool(style and _BLOCK_STYLE.search(style))
        hides = not self._show_hidden and _hides(element, tag, style)
        opens = block and tag not in LINE_ENDS
        if block:
            self.flush()
        if opens:
            self._blocks += 1
            outer = self._places[-1]
            inside = outer.inside
            found = region_of(tag, (element.get("class") or "")[:CLASS_READ], (element.get("id") or "")[:CLASS_READ])
            if not found <= inside:
                inside = _union(inside, found)
            kind = tag if tag in KINDS else outer.kind
            self._places.append(_Place(self._blocks, outer.block, kind, inside))
        self._frames.append((block, opens, hides))
        self._hiding += hides
        self._pre += tag in PREFORMATTED
        self._links += tag == "a"
        self._bolds += tag in BOLD

    def end(self, tag: str) -> None:
        """The element that began last ends."""
        block, opens, hides = self._frames.pop()
        if block:
            self.flush()
        if opens:
            self._places.pop()
        self._hiding -= hides
        self._pre -= tag in PREFORMATTED
        self._links -= tag == "a"
        self._bolds -= tag in BOLD

    def add(self, text: str) -> None:
        """Take text as it stands in the tree."""
        if self._hiding:
            self.hidden += len(text.strip())
        elif self._pre:
            first, *rest = _LINE_END.split(text)
            self._append(first)
            for piece in rest:
                self.flush()
                self._append(piece)
        else:
            self._append(text)

    def _append(self, text: str) -> None:
        self._parts.append(text)
        if self._links or self._bolds:
            shown = len(text.strip())
            self._linked += shown if self._links else 0
            self._bold += shown if self._bolds else 0

    def flush(self) -> None:
        """End the line; there is none where nothing shows."""
        if not self._parts:
            return
        text = "".join(self._parts)
        text = text.rstrip(" \t\r\f") if self._pre else _SPACE.sub(" ", text).strip(" ")
        if text and not text.isspace():
            place, size = self._places[-1], len(text)
            where = (self._at, self._at + size, place.kind, place.inside, place.block, place.group)
            self._flat.append(FlatLine(*where, min(self._linked, size), min(self._bold, size)))
            self._lines.append(text)
            self._at += size + 1
        self._parts = []
        self._linked = self._bold = 0

    def finish(self) -> tuple[str, tuple[FlatLine, ...]]:
        """The text and its lines."""
        self.flush()
        return "\n".join(self._lines), tuple(self._flat)


@lru_cache(maxsize=4096)
def _union(inside: frozenset[str], found: frozenset[str]) -> frozenset[str]:
    return inside | found


def parse(html: str) -> "_Element | None":
    """The page's tree; None where it has no element. Raises HtmlError on pages too large or not encodable."""
    if len(html) > MAX_HTML:
        raise HtmlError(f"the page has {len(html):,} characters, more than the {MAX_HTML:,} that are read: cut it down")
    html = _PAGE_END.sub("", html)
    try:
        data = html.encode()
    except UnicodeEncodeError as error:
        raise HtmlError(f"lone surrogate at character {error.start}: the page was decoded wrongly") from error
    root, depth_error = _tree(data)
    if depth_error:
        root, depth_error = _tree(_cut_flat(html).encode())
    if depth_error:
        root, _ = _tree(_TAG.sub("<br>", html).encode())
    return root


def _tree(data: bytes) -> "tuple[_Element | None, bool]":
    """The tree of UTF-8 `data`, and whether the parser gave it up because it is too deep."""
    from lxml import etree

    if not data.strip():
        return None, False
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:  # a page with nothing but comments or white space
        root = None
    return root, any("Excessive depth" in entry.message for entry in parser.error_log)


def _cut_flat(html: str) -> str:
    """`html` with the elements below MAX_DEPTH replaced by line breaks. Counts tags only, so it may cut too soon."""
    out, at, depth = [], 0, 0
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        if name in _VOID or tag[3].endswith("/"):
            continue
        step = -1 if tag[1] else 1
        deep = max(depth, depth + step) > MAX_DEPTH
        depth = max(0, depth + step)
        if deep:
            out += [html[at : tag.start()], "<br>"]
            at = tag.end()
    out.append(html[at:])
    return "".join(out)


def flatten(html: str) -> tuple[str, tuple[FlatLine, ...]]:
    """The page's visible text, one line a block, and its lines in order. Raises HtmlError."""
    return flatten_tree(parse(html))


def flatten_tree(root: "_Element | None") -> tuple[str, tuple[FlatLine, ...]]:
    """`flatten` of a tree that `parse` gave."""
    if root is None:
        return "", ()
    text, lines, hidden = _walk(root, show_hidden=False, show_seldom=False)
    if hidden > len(text):
        text, lines, _ = _walk(root, show_hidden=True, show_seldom=False)
    if not lines:
        text, lines, _ = _walk(root, show_hidden=True, show_seldom=True)
    return text, lines


def _walk(root: "_Element", *, show_hidden: bool, show_seldom: bool) -> tuple[str, tuple[FlatLine, ...], int]:
    """Text, lines, and how many code points the page hides."""
    from lxml import etree

    flat = _Flattener(show_hidden=show_hidden)
    walk = etree.iterwalk(root, events=("start", "end", "comment"))
    for event, element in walk:
        if event == "start":
            tag = element.tag
            flat.begin(element, tag)
            if tag in NEVER_SHOWN or (tag in SELDOM_SHOWN and not show_seldom):
                walk.skip_subtree()
            elif element.text:
                # The parser leaves the inside of `<noframes>` and `<noembed>` unparsed.
                flat.add(_TAG.sub(" ", element.text) if tag in SELDOM_SHOWN else element.text)
            continue
        if event == "end":
            flat.end(element.tag)
        if element.tail:
            flat.add(element.tail)
    return (*flat.finish(), flat.hidden)


def _hides(element: "_Element", tag: str, style: str) -> bool:
    """Whether the page hides the element by its own attributes."""
    if element.get("hidden") is not None or (tag == "dialog" and element.get("open") is None):
        return True
    return bool(style and _HIDING.search(style))
