"""Spans: half-open ranges of Unicode code points in one document, never empty, never bytes or UTF-16 units."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from tocsin.errors import SpanError


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`[start, end)` in the document whose id is `doc`, in code points. Raises SpanError when it cannot be one."""

    doc: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if type(self.start) is not int or type(self.end) is not int or not 0 <= self.start < self.end:
            raise SpanError(f"not a span: [{self.start!r}, {self.end!r}) in document {self.doc[:12]}")

    def __len__(self) -> int:
        return self.end - self.start

    def holds(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.doc == other.doc and self.start <= other.start and other.end <= self.end

    def meets(self, other: "Span") -> bool:
        """Whether the two share at least one code point."""
        return self.doc == other.doc and self.start < other.end and other.start < self.end


Spans = tuple[Span, ...]
"""One extent, possibly in several pieces: in order, apart, all in one document. Empty where there is none."""


def spans_of(doc: str, ranges: Iterable[tuple[int, int]]) -> Spans:
    """Ranges of code points as `Spans` of `doc`, sorted; raises SpanError when two of them overlap."""
    out = tuple(sorted(Span(doc, start, end) for start, end in ranges))
    for left, right in pairwise(out):
        if left.end > right.start:
            raise SpanError(f"pieces overlap: [{left.start}, {left.end}) and [{right.start}, {right.end})")
    return out


def extent(spans: Spans) -> Span:
    """The smallest span that holds all pieces of `spans`, which must not be empty."""
    return Span(spans[0].doc, spans[0].start, spans[-1].end)


def covers(spans: Spans, position: int) -> bool:
    """Whether a piece of `spans` holds the code point at `position`."""
    return any(span.start <= position < span.end for span in spans)
