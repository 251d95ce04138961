"""Claims: one sentence or coordinated clause of a report's content, each with its own span."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from tocsin.core.annotations import Claim, Report, Sentence
from tocsin.core.document import Document
from tocsin.core.spans import Span

_EDGE = "\"“”„«»‘’'()[]–—-,;:. \t\u00a0"
_CLAUSE = re.compile(
    r";\s+|,?\s+(?:and|but|so|yet)\s+(?=(?:I|we|you|he|she|it|they|there|this|that|these|those)\s+\w)"
    r"|,\s+(?:and|but|so|yet)\s+(?=(?:the|our|his|her|their|my|its)\s+\w+\s+(?:is|are|was|were|will|would|has|have)\b)"
)
"""Where a new clause with its own subject begins; other coordinations stay one claim (no syntax is known here)."""
SHORTEST = 3
"""Words a claim needs when a sentence is cut in clauses: a shorter piece is no clause and stays with its neighbour."""
_WORDS = re.compile(r"[^\W_]+")


class Sentences:
    """The sentences of one document, found by position: they come in reading order and do not overlap."""

    def __init__(self, sentences: tuple[Sentence, ...]) -> None:
        self._spans = [one.span for one in sentences]
        self._ends = [span.end for span in self._spans]

    def meeting(self, start: int, end: int) -> Iterator[Span]:
        """Those that share a code point with `[start, end)`."""
        for number in range(bisect_right(self._ends, start), len(self._spans)):
            if self._spans[number].start >= end:
                return
            yield self._spans[number]


def claims(doc: Document, report: Report, sentences: Sentences) -> tuple[Claim, ...]:
    """The claims of one report, in reading order. `sentences` are those of the whole document."""
    out = []
    for piece in report.content:
        for sentence in sentences.meeting(piece.start, piece.end):
            start, end = max(sentence.start, piece.start), min(sentence.end, piece.end)
            out += [Claim(report, span) for span in _clauses(doc, start, end)]
    return tuple(out) or tuple(Claim(report, span) for span in report.content)


def _clauses(doc: Document, start: int, end: int) -> list[Span]:
    cuts = [start]
    for match in _CLAUSE.finditer(doc.text, start, end):
        if len(_WORDS.findall(doc.text, cuts[-1], match.start())) >= SHORTEST:
            cuts.append(match.end())
    if len(cuts) > 1 and len(_WORDS.findall(doc.text, cuts[-1], end)) < SHORTEST:
        cuts.pop()
    found = (_trimmed(doc, left, right) for left, right in zip(cuts, [*cuts[1:], end], strict=True))
    return [span for span in found if span]


def _trimmed(doc: Document, start: int, end: int) -> Span | None:
    text = doc.text
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and (text[end - 1] in _EDGE):
        end -= 1
    for conjunction in (" and", " but", " so", " yet"):
        if text.endswith(conjunction, start, end):
            end -= len(conjunction)
            while end > start and text[end - 1] in _EDGE:
                end -= 1
    return Span(doc.id, start, end) if _WORDS.search(text, start, end) else None
