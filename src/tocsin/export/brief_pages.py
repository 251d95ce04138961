"""The words of one page for the brief: each citation with the sentence around it, and whole pages.

Nothing here writes HTML: a text is cut into segments, each with the citations whose words it belongs to, and the
segments' texts joined are the page's own characters.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from tocsin.core.document import READ_LABELS, Document
from tocsin.core.spans import spans_of
from tocsin.errors import VerifyError

Role = Literal["act", "cond", "op", "claim"]
"""What cited words are: an act, a condition, the marker that joins them, something said."""

SHORT = 40
"""A passage of fewer characters says too little alone: the sentences beside it in its line are shown too."""
AROUND = 400
"""Characters shown before and after cited words where their sentence is longer than that (or is none)."""
BETWEEN = 160
"""A stretch between two cited sentences that is no longer is printed; a longer one is left out, and shown to be."""
_CUT_BACK = 40
"""How far a cut is moved to fall between words."""

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """Cited words: `[start, end)` of a page, and what they are."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a page in which the same marks hold. `roles` are theirs, `numbers` those of their citations;
    in a whole page `opens` are the citations whose words begin here."""

    text: str
    roles: str = ""
    numbers: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a passage; `cut`: words are left out before it."""

    segments: tuple[Segment, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """Cited words with the sentence around them; `cut`: the sentence goes on after it."""

    parts: tuple[Part, ...]
    cut: bool
    label: str


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line of a whole page. `read`: its label is one that is read for what it asserts."""

    label: str
    read: bool
    segments: tuple[Segment, ...]


class PageWords:
    """One document, with its sentences at hand."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        layer = doc.layers.get("sentences")
        self._sentences: list[Range] = [(one.span.start, one.span.end) for one in layer.annotations] if layer else []
        self._starts = [start for start, _ in self._sentences]

    def check(self, ranges: Iterable[Range], exact: str) -> None:
        """Raise VerifyError unless `exact`, which the board or a statement prints, stands at `ranges`."""
        doc = self.doc
        if doc.words(spans_of(doc.id, ranges)) != exact:
            raise VerifyError(f"the case quotes {exact[:80]!r}, which page {doc.page!r} does not hold where it says")

    def passage(self, marks: Sequence[Mark]) -> Passage:
        """The marks with the sentences that hold them."""
        ranges = self._joined([*self._around(marks), *((one.start, one.end) for one in marks)])
        if sum(end - start for start, end in ranges) < SHORT:
            ranges = self._joined([*ranges, *self._beside(ranges)])
        kept = self._near(ranges, marks)
        parts = tuple(
            Part(self.segments(start, end, [(one, 0) for one in marks]), self._left_out(before, start, ranges))
            for before, (start, end) in zip([None, *(end for _, end in kept)], kept, strict=False)
        )
        line = self.doc.line_at(marks[0].start)
        return Passage(parts, kept[-1][1] < ranges[-1][1], line.label if line else "other")

    def _around(self, marks: Sequence[Mark]) -> list[Range]:
        """The sentences that meet a mark, or the line of a mark that no sentence meets."""
        found: list[Range] = []
        for mark in marks:
            at = max(0, bisect_right(self._starts, mark.start) - 1)
            met = []
            while at < len(self._sentences) and self._starts[at] < mark.end:
                if self._sentences[at][1] > mark.start:
                    met.append(self._sentences[at])
                at += 1
            line = None if met else self.doc.line_at(mark.start)
            found += [(line.start, line.end)] if line and line.end > line.start else met
        return found

    def _beside(self, ranges: list[Range]) -> list[Range]:
        """The sentences before and after, as far as they stand in the same lines."""
        found = []
        for position, step in ((ranges[0][0], -1), (ranges[-1][1] - 1, 1)):
            at = bisect_right(self._starts, position) - 1 + step
            if 0 <= at < len(self._sentences):
                line = self.doc.line_at(position)
                start, end = self._sentences[at]
                if line and line.start <= start and end <= line.end:
                    found.append((start, end))
        return found

    def _joined(self, ranges: list[Range]) -> list[Range]:
        """Ranges in order, those joined that overlap or stand near each other."""
        out: list[Range] = []
        for start, end in sorted(ranges):
            if out and start - out[-1][1] <= BETWEEN:
                out[-1] = (out[-1][0], max(out[-1][1], end))
            else:
                out.append((start, end))
        return out

    def _near(self, ranges: list[Range], marks: Sequence[Mark]) -> list[Range]:
        """What of `ranges` lies near a mark: a sentence may be as long as a page."""
        zones = self._joined([(max(0, one.start - AROUND), one.end + AROUND) for one in marks])
        text = self.doc.text
        kept = []
        for left, right in zones:
            for start, end in ranges:
                first, last = max(left, start), min(right, end)
                if first >= last:
                    continue
                if first > start:
                    space = text.find(" ", first, first + _CUT_BACK)
                    first = space + 1 if space >= 0 else first
                if last < end:
                    space = text.rfind(" ", last - _CUT_BACK, last)
                    last = space if space >= 0 else last
                kept.append((first, last))
        return sorted(kept)

    def _left_out(self, before: int | None, start: int, ranges: list[Range]) -> bool:
        """Whether words are left out between `before` (None: the passage begins here) and `start`."""
        if before is None:
            return all(start != one for one, _ in ranges)
        return not self.doc.text[before:start].isspace()

    def segments(self, start: int, end: int, marks: Sequence[tuple[Mark, int]]) -> tuple[Segment, ...]:
        """`[start, end)` cut at the edges of `marks` (each with its citation's number). Linear but for overlaps."""
        inside = sorted(
            (max(one.start, start), min(one.end, end), number, one.role)
            for one, number in marks
            if one.start < end and one.end > start
        )
        edges = sorted({start, end, *(one[0] for one in inside), *(one[1] for one in inside)})
        active: list[tuple[int, int, int, Role]] = []
        out, nearest = [], 0
        for left, right in pairwise(edges):
            active = [one for one in active if one[1] > left]
            while nearest < len(inside) and inside[nearest][0] <= left:
                active.append(inside[nearest])
                nearest += 1
            roles = " ".join(sorted({one[3] for one in active}))
            numbers = tuple(sorted({one[2] for one in active}))
            out.append(Segment(self.doc.text[left:right], roles, numbers))
        return tuple(out)

    def whole(self, cited: Sequence[tuple[int, Sequence[Mark]]]) -> tuple[PrintedLine, ...]:
        """Every line that holds something, with the marks of the citations `cited` (number, marks)."""
        marks = sorted(((one, number) for number, pieces in cited for one in pieces), key=lambda pair: pair[0].start)
        opened: set[int] = set()
        active: list[tuple[Mark, int]] = []
        out, nearest = [], 0
        for line in self.doc.lines:
            if not self.doc.text[line.start : line.end].strip():
                continue
            active = [pair for pair in active if pair[0].end > line.start]
            while nearest < len(marks) and marks[nearest][0].start < line.end:
                active.append(marks[nearest])
                nearest += 1
            found = []
            for one in self.segments(line.start, line.end, active):
                opens = tuple(number for number in one.numbers if number not in opened)
                opened.update(opens)
                found.append(Segment(one.text, one.roles, one.numbers, opens))
            out.append(PrintedLine(line.label, line.label in READ_LABELS, tuple(found)))
        return tuple(out)
