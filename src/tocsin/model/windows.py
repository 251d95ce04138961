"""Windows: consecutive whole paragraphs of a text, as many as fit into one forward pass, and what the graph is fed.

A paragraph that is too long for one window is packed by its sentences. (Who said it and what was said seldom stand in
different paragraphs, but often in different sentences: packing by sentences cost 1.5 points of F1 on PolNeAR dev.)
A window is made from the sentences packed into it and from the quotation marks of their paragraphs, and from nothing
else. Every word of every sentence is in exactly one window.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Any

from tocsin.model.pieces import LOWER, Pieces, pieces
from tocsin.model.quotation import Quotation, numbered
from tocsin.model.words import words

LIMIT = 192
"""Pieces in a window, its first and last sign counted. A trade of speed (attention grows with it) for context."""
OUTSIDE, INSIDE, MARK = range(3)
WITHIN, SENTENCE_HEAD, PARAGRAPH_HEAD = range(3)


@dataclass(frozen=True, slots=True)
class Window:
    """One forward pass. What is said of pieces holds 0 for the first and last sign, which belong to no word."""

    words: tuple[tuple[int, int], ...]
    """Spans in the text."""
    sentence: tuple[int, ...]
    """The number of each word's sentence within the sequence given."""
    ids: tuple[int, ...]
    """Numbers of the pieces, from [CLS] to [SEP]."""
    first: tuple[int, ...]
    """Each word's first piece, as an index into `ids`."""
    case: tuple[int, ...]
    """Of each piece: how its word is written (`pieces.case_of`)."""
    quoted: tuple[int, ...]
    """Of each piece: outside or inside quotation marks, or a mark itself."""
    place: tuple[int, ...]
    """Of each piece: 1 for the first one of a sentence, 2 for the first one of a paragraph."""
    quotation: tuple[int, ...]
    """Of each word: the number of the quotation it stands in, marks included, over all the sequence; 0 outside."""
    paragraph: tuple[int, ...]
    """Of each word: the number of its paragraph, as it was given."""


def paragraphs_of(text: str, sentences: Sequence[tuple[int, int]]) -> list[int]:
    """The number of each sentence's paragraph where a new line begins a new one."""
    out: list[int] = []
    number, behind = 0, 0
    for start, end in sentences:
        if out and "\n" in text[behind:start]:
            number += 1
        out.append(number)
        behind = end
    return out


def _extents(sentences: Sequence[tuple[int, int]], paragraphs: Sequence[int]) -> list[tuple[int, int]]:
    """From the first sentence's start to the last one's end, of each paragraph in turn."""
    out: list[tuple[int, int]] = []
    before: int | None = None
    for (start, end), number in zip(sentences, paragraphs, strict=True):
        if number == before:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
        before = number
    return out


class _Marks:
    """Where words stand to the quotations, asked in the order of the text."""

    def __init__(self, found: list[tuple[Quotation, int]]) -> None:
        self._found = found
        self._at = 0

    def of(self, spans: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
        """Of each word of a sentence: outside, inside or a mark, and the quotation's number."""
        found, at = self._found, self._at
        while at < len(found) and found[at][0][1] <= spans[0][0]:
            at += 1
        self._at = at
        if at == len(found) or found[at][0][0] >= spans[-1][1]:
            return [OUTSIDE] * len(spans), [0] * len(spans)
        states, numbers = [], []
        for start, end in spans:
            while at < len(found) and found[at][0][1] <= start:
                at += 1
            state = number = OUTSIDE
            if at < len(found) and found[at][0][0] < end:
                (opens, closes, left_open), number = found[at]
                state = MARK if start <= opens or (end >= closes and not left_open) else INSIDE
            states.append(state)
            numbers.append(number)
        self._at = at
        return states, numbers


class _Packing:
    """The words of the window that is being filled, by column."""

    def __init__(self, begin: int, end: int) -> None:
        self._begin, self._end = begin, end
        self._columns: tuple[list[Any], ...] = tuple([] for _ in range(8))
        self.size = 2

    def add(self, rows: Sequence[Sequence[Any]], size: int) -> None:
        """Take rows of words, given by column, which have `size` pieces."""
        for column, values in zip(self._columns, rows, strict=True):
            column.extend(values)
        self.size += size

    def close(self) -> Window:
        """The window; the next one begins empty."""
        spans, sentence, cut, case, quoted, place, quotation, paragraph = self._columns
        counts = [len(one) for one in cut]
        first = [1, *accumulate(counts, initial=1)][1:-1]
        pieces_of_words = chain.from_iterable
        window = Window(
            words=tuple(spans),
            sentence=tuple(sentence),
            ids=(self._begin, *pieces_of_words(cut), self._end),
            first=tuple(first),
            case=(LOWER, *pieces_of_words(map(_repeated, case, counts)), LOWER),
            quoted=(OUTSIDE, *pieces_of_words(map(_repeated, quoted, counts)), OUTSIDE),
            place=(WITHIN, *pieces_of_words(map(_leading, place, counts)), WITHIN),
            quotation=tuple(quotation),
            paragraph=tuple(paragraph),
        )
        self._columns = tuple([] for _ in range(8))
        self.size = 2
        return window


def _repeated(value: int, count: int) -> tuple[int, ...]:
    return (value,) * count


def _leading(value: int, count: int) -> tuple[int, ...]:
    return (value,) + (WITHIN,) * (count - 1)


def windows(
    text: str,
    sentences: Sequence[tuple[int, int]],
    paragraphs: Sequence[int] | None = None,
    *,
    limit: int = LIMIT,
    cut: Pieces | None = None,
) -> list[Window]:
    """The windows of `text`'s sentences, which are in order and apart. `paragraphs` numbers each sentence's paragraph;
    without it a new line begins one. `cut` is the vocabulary, the packaged one where it is not given."""
    return list(stream(text, sentences, paragraphs, limit, cut or pieces()))


def stream(
    text: str, sentences: Sequence[tuple[int, int]], paragraphs: Sequence[int] | None, limit: int, cut: Pieces
) -> Iterator[Window]:
    """The same windows one by one, each made when it is asked for."""
    if paragraphs is None:
        paragraphs = paragraphs_of(text, sentences)
    packing = _Packing(cut.begin, cut.end)
    waiting: list[_Sentence] = []  # of a paragraph that may still fit into one window
    size, fits = 0, True
    for one in _sentences(text, sentences, paragraphs, cut):
        if one.heads_paragraph:
            yield from _together(packing, waiting, limit)
            waiting, size, fits = [], 0, True
        size += one.size
        if fits and size + 2 <= limit:
            waiting.append(one)
            continue
        if fits and packing.size > 2:
            yield packing.close()
        fits = False
        for each in (*waiting, one):
            yield from _added(packing, each, limit)
        waiting = []
    yield from _together(packing, waiting, limit)
    if packing.size > 2:
        yield packing.close()


@dataclass(slots=True)
class _Sentence:
    """The words of one sentence by column, and their pieces."""

    rows: tuple[Sequence[Any], ...]
    counts: list[int]
    size: int
    heads_paragraph: bool


def _sentences(
    text: str, sentences: Sequence[tuple[int, int]], paragraphs: Sequence[int], cut: Pieces
) -> Iterator[_Sentence]:
    """The sentences that hold a word."""
    marks = _Marks(numbered(text, _extents(sentences, paragraphs)))
    before: int | None = None
    for number, (start, end) in enumerate(sentences):
        spans = words(text, start, end)
        if not spans:
            continue
        found = [cut(text[a:b]) for a, b in spans]
        count = len(spans)
        heads = paragraphs[number] != before
        before = paragraphs[number]
        rows: tuple[Sequence[Any], ...] = (
            spans,
            [number] * count,
            [ids for ids, _ in found],
            [case for _, case in found],
            (quoted := marks.of(spans))[0],
            [PARAGRAPH_HEAD if heads else SENTENCE_HEAD] + [WITHIN] * (count - 1),
            quoted[1],
            [before] * count,
        )
        counts = [len(ids) for ids, _ in found]
        yield _Sentence(rows, counts, sum(counts), heads)


def _together(packing: _Packing, paragraph: list[_Sentence], limit: int) -> Iterator[Window]:
    """Add a whole paragraph, which fits into one window: what is said in it is never parted from who says it."""
    if packing.size > 2 and packing.size + sum(one.size for one in paragraph) > limit:
        yield packing.close()
    for one in paragraph:
        packing.add(one.rows, one.size)


def _added(packing: _Packing, one: _Sentence, limit: int) -> Iterator[Window]:
    """Add a sentence of a paragraph that is too long for one window, cut where it alone is too long."""
    if packing.size > 2 and packing.size + one.size > limit:
        yield packing.close()
    if one.size + 2 <= limit:
        packing.add(one.rows, one.size)
        return
    for first, last, part in _parts(one.counts, limit - 2):
        if packing.size > 2:
            yield packing.close()
        packing.add([row[first:last] for row in one.rows], part)


def _parts(counts: list[int], most: int) -> Iterator[tuple[int, int, int]]:
    """Runs of words with at most so many pieces, as (first, last, pieces), for a sentence that is too long."""
    first = size = 0
    for place, count in enumerate(counts):
        if size + count > most and place > first:
            yield first, place, size
            first, size = place, 0
        size += count
    yield first, len(counts), size
