"""What must hold of every reading, whatever the bytes were: each check raises BrokenLawError and says what broke.

Invariant: the checks here are written from the documentation alone and share no code with what they check.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from tocsin.core.document import LABELS, Document, Line
from tocsin.core.spans import Span

PLAIN_ENDS = ("\n", "\r\n", "\r")


class BrokenLawError(AssertionError):
    """An input on which a promise of Tocsin's does not hold."""


def demand(holds: object, said: str) -> None:
    """Raise BrokenLawError with `said` unless `holds`."""
    if not holds:
        raise BrokenLawError(said)


def lines_tile(text: str, lines: Sequence[Line], ends: tuple[str, ...]) -> None:
    """The lines are the whole text, in order and apart, with one of `ends` between two of them and nothing else."""
    at = 0
    for number, line in enumerate(lines):
        if number:
            between = text[at : line.start]
            demand(between in ends, f"between lines {number} and {number + 1} stands {between[:40]!r}")
        demand(at <= line.start <= line.end <= len(text), f"line {number + 1} is [{line.start}, {line.end})")
        demand(number or line.start == 0, f"the first line begins at {line.start}")
        demand(line.label in LABELS, f"line {number + 1} has the label {line.label!r}")
        words = text[line.start : line.end]
        demand("\n" not in words and ("\r" not in ends or "\r" not in words), f"line {number + 1} holds a line end")
        at = line.end
    demand(text[at:] in ("", *ends), f"behind the last line stands {text[at : at + 40]!r}")


def spans_lie(doc: Document) -> None:
    """Every span of every layer names this document and lies inside its text; pieces of one extent stand in order."""
    for name, layer in doc.layers.items():
        for span in _spans_in(layer.annotations, name):
            demand(span.doc == doc.id, f"layer {name} has a span of another document")
            demand(0 <= span.start < span.end <= len(doc.text), f"layer {name} has a span [{span.start}, {span.end})")
            demand(doc[span] == doc.text[span.start : span.end], f"layer {name} has a span that does not slice")


def _spans_in(value: Any, layer: str) -> Iterator[Span]:
    pending = [value]
    while pending:
        one = pending.pop()
        if isinstance(one, Span):
            yield one
        elif isinstance(one, tuple):
            pieces = [part for part in one if isinstance(part, Span)]
            ordered = all(left.end <= right.start for left, right in pairwise(pieces))
            demand(ordered, f"layer {layer} has pieces that overlap or stand out of order")
            pending.extend(one)
        elif hasattr(one, "__dataclass_fields__"):
            pending.extend(getattr(one, field) for field in one.__dataclass_fields__)


def metadata_is_clean(doc: Document) -> None:
    """What a page is said to be called is a text with something in it, or None."""
    for name in ("title", "outlet", "byline"):
        value = getattr(doc, name)
        demand(value is None or value.strip(), f"{name} is {value!r}")
    demand(all(one.strip() for one in (*doc.credits, *doc.notes)), "a credit or a note is blank")
