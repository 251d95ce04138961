"""Finds which words of a page's lines an extraction of the same page holds, in order.

Invariant: a page word is matched to at most one extracted word and the matches keep the order of both, so a sentence
that stands twice on the page (teaser and article, pull quote and paragraph) is matched where its neighbours are; the
time is n log n in the words of both, whatever the texts are.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence

LINE_END = ""
"""Stands for the end of a line among the words: short lines are told apart by their ends."""
SHINGLES = (6, 3, 2, 1)
"""Words in a row that must be alike, and unique on either side of the gap that is being closed, to tie the two texts
together: long ones first, shorter ones in the gaps between them."""
SMALL_GAP = 60
"""Gaps with more words than this on the page's side are not closed by single words: what is left there is another text
with some words in common."""

_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """The words of one line as they are compared: composed Unicode, lower case."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return _WORD.findall(text.lower())


def coverage(lines: Sequence[str], extracted: str) -> tuple[float, ...]:
    """For each of the page's `lines` the share of its words that `extracted` holds; 0 for a line without words."""
    page: list[str] = []
    owner: list[int] = []
    sizes: list[int] = []
    for number, line in enumerate(lines):
        found = words(line)
        sizes.append(len(found))
        if found:
            page += [*found, LINE_END]
            owner += [number] * (len(found) + 1)
    other: list[str] = []
    for line in extracted.split("\n"):
        found = words(line)
        if found:
            other += [*found, LINE_END]
    hits = [0] * len(lines)
    for start, _, length in match(page, other):
        for position in range(start, start + length):
            if page[position] != LINE_END:
                hits[owner[position]] += 1
    return tuple(hit / size if size else 0.0 for hit, size in zip(hits, sizes, strict=True))


def match(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int, int]]:
    """Runs `(start in left, start in right, length)` that are alike, apart and in the order of both."""
    runs: list[tuple[int, int, int]] = []
    gaps = [(0, len(left), 0, len(right))]
    for size in SHINGLES:
        open_gaps: list[tuple[int, int, int, int]] = []
        for a, b, c, d in gaps:
            if b - a < size or d - c < size or (size == 1 and b - a > SMALL_GAP):
                open_gaps.append((a, b, c, d))
                continue
            found = _tie(left, right, (a, b, c, d), size)
            runs += found
            at, to = a, c
            for start, other, length in found:
                open_gaps.append((at, start, to, other))
                at, to = start + length, other + length
            open_gaps.append((at, b, to, d))
        gaps = open_gaps
    return sorted(runs)


def _tie(
    left: Sequence[str], right: Sequence[str], gap: tuple[int, int, int, int], size: int
) -> list[tuple[int, int, int]]:
    """The runs of one gap that grow from shingles of `size` words which are unique on both sides of it.

    They grow to the ends of their lines only: the next line may begin alike and still be another.
    """
    a, b, c, d = gap
    ours, theirs = _unique(left, a, b, size), _unique(right, c, d, size)
    pairs = [(ours[shingle], at) for shingle, at in theirs.items() if shingle in ours]
    runs: list[tuple[int, int, int]] = []
    at, to = a, c
    for start, other in _in_order(sorted(pairs)):
        if start < at or other < to:
            continue
        first, second = start, other
        while first > at and second > to and left[first] != LINE_END and left[first - 1] == right[second - 1]:
            first, second = first - 1, second - 1
        end, until = start + size, other + size
        while end < b and until < d and left[end - 1] != LINE_END and left[end] == right[until]:
            end, until = end + 1, until + 1
        runs.append((first, second, end - first))
        at, to = end, until
    return runs


def _unique(tokens: Sequence[str], start: int, end: int, size: int) -> dict[tuple[str, ...], int]:
    """Shingles of one line that occur once in `tokens[start:end]`, with their place. A line end alone is none."""
    seen: dict[tuple[str, ...], int] = {}
    for at in range(start, end - size + 1):
        shingle = tuple(tokens[at : at + size])
        if LINE_END in shingle[1:-1]:
            continue
        seen[shingle] = -1 if shingle in seen else at
    return {shingle: at for shingle, at in seen.items() if at >= 0 and shingle != (LINE_END,)}


def _in_order(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of `pairs`, sorted by their first, whose seconds rise."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, second) in enumerate(pairs):
        place = bisect_left(tails, second)
        before.append(last[place - 1] if place else -1)
        if place == len(tails):
            tails.append(second)
            last.append(index)
        else:
            tails[place] = second
            last[place] = index
    chain: list[tuple[int, int]] = []
    index = last[-1] if last else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]
