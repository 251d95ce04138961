"""Which words of a text stand inside quotation marks. Paragraphs are read apart, so that a lost mark poisons no other.

Straight and curly double marks, « », „ “ and '' ''; single marks only in paragraphs without a double one. An opening
mark that is never closed holds to the end of its paragraph; the quotation goes on in the next one where that, too,
begins with a mark, as the press has it. One pass over the marks.
"""

import re

_DOUBLE = re.compile(r"[“”«»„‟\"]|''|``")
_SINGLE = re.compile(r"(?<!\w)['‘](?=\w)|(?<=[\w.,!?…])['’](?!\w)")
_OPENS, _CLOSES = frozenset("“«„‟"), frozenset("”»")
_BEFORE_OPENING = frozenset("([{—–-―/:‘'")

Quotation = tuple[int, int, bool]
"""Where a quotation's opening mark begins, where its closing one ends, and whether it was left open."""


def _way(text: str, start: int, end: int, first: int, last: int) -> int:
    """1 where the mark at `[start, end)` can only open, -1 where it can only close, 0 where the text does not say."""
    mark = text[start:end]
    before = text[start - 1] if start > first else " "
    after = text[end] if end < last else " "
    opens_here = (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()
    closes_here = not (before.isspace() or before in _BEFORE_OPENING)
    if mark == "``":
        return 1
    if mark in _OPENS:
        # „ … “ closes with the sign that opens in English
        return -1 if closes_here and not after.isalnum() else 1
    if mark in _CLOSES:
        return -1
    if opens_here:
        return 1
    return -1 if closes_here and not after.isalnum() else 0


def _doubles(text: str, first: int, last: int) -> list[Quotation] | None:
    """The quotations in double marks, or None where there is no double mark."""
    out: list[Quotation] = []
    begun = -1
    any_mark = False
    for found in _DOUBLE.finditer(text, first, last):
        any_mark = True
        start, end = found.span()
        way = _way(text, start, end, first, last)
        if begun < 0:
            if way >= 0:
                begun = start
        elif way > 0:
            # opened again before it closed: the closing mark was lost, or the new one is a quotation in the quotation
            if text[begun + 1 : start].rstrip()[-1:] in (".", "!", "?", ","):
                begun = start
        else:
            if end - begun > 2:
                out.append((begun, end, False))
            begun = -1
    if begun >= 0 and last - begun > 2:
        out.append((begun, last, True))
    return out if any_mark else None


def _singles(text: str, first: int, last: int) -> list[Quotation]:
    """The quotations in single marks: only pairs, and no plural's apostrophe while another mark could close."""
    out: list[Quotation] = []
    begun = spare = -1
    for found in _SINGLE.finditer(text, first, last):
        at, end = found.span()
        if text[at] == "‘" or (text[at] == "'" and (at == first or not _ends_word(text[at - 1]))):
            if spare >= 0:
                out.append((begun, spare, False))
            begun, spare = at, -1
        elif begun >= 0:
            if text[at - 1] in "sS" and text[end : end + 2].strip()[:1].islower():
                spare = spare if spare >= 0 else end
                continue
            out.append((begun, end, False))
            begun = spare = -1
    if spare >= 0:
        out.append((begun, spare, False))
    return out


def _ends_word(sign: str) -> bool:
    return sign.isalnum() or sign in ".,!?…"


def paragraph(text: str, first: int, last: int) -> list[Quotation]:
    """The quotations of `text[first:last]`, one paragraph, in order, none inside another."""
    found = _doubles(text, first, last)
    if found is None:
        return _singles(text, first, last) if "'" in text[first:last] or "‘" in text[first:last] else []
    return found


def numbered(text: str, paragraphs: list[tuple[int, int]]) -> list[tuple[Quotation, int]]:
    """The quotations of consecutive paragraphs with their numbers, from 1. One over several paragraphs keeps its."""
    out: list[tuple[Quotation, int]] = []
    number = 0
    left_open = False
    for first, last in paragraphs:
        found = paragraph(text, first, last)
        if found and not (left_open and found[0][0] == first):
            number += 1
        out += [(quotation, number + place) for place, quotation in enumerate(found)]
        number += max(0, len(found) - 1)
        left_open = bool(found) and found[-1][2]
    return out
