"""Captures and documents: the bytes as they came, and the text read from them, which never changes.

`doc[span]` is the only way to a span's text and equals the source slice exactly.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal, get_args

from tocsin.core import ids
from tocsin.core.layers import Layer
from tocsin.core.spans import Span, Spans, spans_of
from tocsin.core.when import UNKNOWN, When
from tocsin.errors import SpanError

Media = Literal["text/plain", "text/html", "record"]
"""What a capture's bytes are: a text, an HTML page, or one JSONL record (one line, which holds either)."""

Label = Literal[
    "headline", "standfirst", "byline", "dateline", "body", "subhead", "caption", "pullquote",
    "navigation", "promotion", "comment", "biography", "notice", "other",
]  # fmt: skip
LABELS: tuple[Label, ...] = get_args(Label)
READ_LABELS: frozenset[Label] = frozenset(("headline", "standfirst", "body", "subhead", "caption"))
"""Lines with these labels are read for what they assert."""
BODY_LABELS: frozenset[Label] = frozenset(("standfirst", "body", "subhead"))
"""Lines with these labels are the article (`body` of `tocsin read --json`)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document with its label: `[start, end)` without its line end, in code points."""

    start: int
    end: int
    label: Label


@dataclass(frozen=True, slots=True)
class Capture:
    """The bytes as they came: their SHA-256, the page they show, when (UTC second) and how they were taken.

    `page` is the page key: canonical URL, else a JSONL record's id (`FILE:LINE` where missing), else the path relative
    to the source given. `name` is what its source calls it: the file's name, or the record's id. `media` is what the
    bytes were sniffed to be. `given` is what came beside the bytes and overrides what the page shows: field name →
    (value, who gave it), for example `{"outlet": ("Die Wacht", "sidecar a.meta.json")}`. `http` is for captures over
    HTTP.
    """

    sha256: str
    page: str
    name: str
    source: str
    taken: str
    media: Media
    tool: str = ""
    given: Mapping[str, tuple[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    http: Mapping[str, Any] | None = None


GONE = (404, 410)
"""HTTP states in which an address shows no page any more: a capture without a document."""
WITHDRAWN = "withdrawn"
"""How the reason of a reject begins whose page was there once: a capture without a document, not a failure."""


@dataclass(frozen=True, slots=True)
class Reject:
    """A page that could not be read: kept and listed with its `reason`, which says what to do next where it can.

    `sha256` is None where not even its bytes could be had.
    """

    page: str
    name: str
    source: str
    taken: str
    reason: str
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """The text read from one capture, with its lines, metadata and the layers attached so far.

    `id` = SHA-256 over [`text_id`, page key]. `published` holds only what the page itself shows (or what came with
    it); `reasons` of each metadata field stand in `notes`. `reader` names the reader and version that made it.
    """

    id: str
    text_id: str
    text: str
    capture: Capture
    lines: tuple[Line, ...]
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    credits: tuple[str, ...] = ()
    published: When = UNKNOWN
    language: str = "en"
    notes: tuple[str, ...] = ()
    reader: str = ""
    layers: Mapping[str, Layer] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, text: str, capture: Capture, lines: tuple[Line, ...], **metadata: Any) -> "Document":
        """A document with its ids computed from `text` and `capture.page`."""
        text_sha256 = ids.text_id(text)
        return cls(ids.doc_id(text_sha256, capture.page), text_sha256, text, capture, lines, **metadata)

    @property
    def page(self) -> str:
        """The page key."""
        return self.capture.page

    def __getitem__(self, span: Span) -> str:
        """The exact words of `span`; raises SpanError when it is not of this document or runs past its end."""
        if span.doc != self.id or span.end > len(self.text):
            raise SpanError(f"[{span.start}, {span.end}) is not a span of page {self.page!r}")
        return self.text[span.start : span.end]

    def words(self, spans: Spans, joint: str = " … ") -> str:
        """The words of all pieces, with `joint` where something between them is left out."""
        return joint.join(self[span] for span in spans)

    def spans(self, *ranges: tuple[int, int]) -> Spans:
        """Ranges of code points as spans of this document."""
        return spans_of(self.id, ranges)

    def line_at(self, position: int) -> Line | None:
        """The line that holds the code point at `position` (or ends there); None between lines."""
        low, high = 0, len(self.lines)
        while low < high:
            middle = (low + high) // 2
            if self.lines[middle].end < position:
                low = middle + 1
            else:
                high = middle
        found = self.lines[low] if low < len(self.lines) else None
        return found if found and found.start <= position <= found.end else None

    def read_lines(self) -> tuple[Line, ...]:
        """The lines that are read for what they assert."""
        return tuple(line for line in self.lines if line.label in READ_LABELS and line.end > line.start)

    def layer(self, name: str) -> Layer:
        """The layer `name`; raises KeyError when no stage has made it."""
        return self.layers[name]

    def with_layer(self, layer: Layer) -> "Document":
        """A new document with `layer` attached (replacing one of the same name)."""
        return replace(self, layers=MappingProxyType({**self.layers, layer.name: layer}))
