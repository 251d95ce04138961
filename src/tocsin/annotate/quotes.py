"""Quotations on a page: where each opens and closes, and which ones go on in the next paragraph.

Straight and curly double marks, « » and '' ''; single marks only where nothing double stands on the line. An opening
mark without a closing one runs to the end of its line. Marks are paired in one pass.
"""

import re
from dataclasses import dataclass

from tocsin.core.document import Line

_MARK = re.compile(r"[“”«»„\"]|''|``")
_SINGLE = re.compile(r"(?<!\w)['‘](?=\w)|(?<=[\w.,!?…])['’](?!\w)")
_OPEN, _CLOSE = frozenset("“«„"), frozenset("”»")


@dataclass(frozen=True, slots=True)
class Quote:
    """`[start, end)` with its marks; `open` where the line ends before it closes."""

    start: int
    end: int
    open: bool = False


def _opens(text: str, at: int, end: int, line: Line) -> bool:
    """Whether a mark of no direction opens, as far as the white space around it shows."""
    before = text[at - 1] if at > line.start else " "
    after = text[end] if end < line.end else " "
    return (before.isspace() or before in "([—–-/") and not after.isspace()


def _closes(text: str, start: int, end: int, line: Line) -> bool:
    """Whether an opening mark was typed where a quotation closes: after a word or stop, before white space."""
    after = text[end] if end < line.end else " "
    return (
        start > line.start and not text[start - 1].isspace() and text[start - 1] not in "([—–-" and after in " \t\xa0"
    )


def _pair(text: str, line: Line, marks: list[tuple[int, int, int]]) -> list[Quote]:
    """Marks as (start, end, direction: 1 opens, -1 closes, 0 unknown), paired."""
    out: list[Quote] = []
    begun: int | None = None
    for start, end, direction in marks:
        opens = direction == 1 or (direction == 0 and begun is None)
        if begun is None:
            if opens:
                begun = start
        elif opens or (direction == 0 and _opens(text, start, end, line) and _far(text, begun, start)):
            # opened again before it closed: the first one lost its closing mark
            begun = begun if opens and not _far(text, begun, start) else start
        else:
            if end - begun > 2:
                out.append(Quote(begun, end))
            begun = None
    if begun is not None and line.end - begun > 2:
        out.append(Quote(begun, line.end, True))
    return out


def _far(text: str, begun: int, start: int) -> bool:
    """Whether a sentence or more lies between two marks."""
    return start - begun > 1 and text[start - 2 : start].strip()[-1:] in ".!?"


def quotes(text: str, line: Line) -> list[Quote]:
    """The quotations of one line, in order, none inside another."""
    marks = []
    for found in _MARK.finditer(text, line.start, line.end):
        mark = found.group()
        direction = 1 if mark in _OPEN or mark == "``" else -1 if mark in _CLOSE else 0
        if direction == 1 and _closes(text, found.start(), found.end(), line):
            direction = -1
        marks.append((found.start(), found.end(), direction))
    if not marks:
        for found in _SINGLE.finditer(text, line.start, line.end):
            opening = found.start() == line.start or not text[found.start() - 1].isalnum()
            opening = opening and found.end() < line.end and text[found.end()].isalnum()
            marks.append((found.start(), found.end(), 1 if opening else -1))
        return [quote for quote in _pair(text, line, marks) if not quote.open]
    return _pair(text, line, marks)
