"""What a page as a whole says of a line, once every line has a first score: the labeller's second look.

Invariant: linear in the number of lines and words; a pure function of the lines and their first scores.
"""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from tocsin.read.features import Fact

STRONG = 0.7
"""A first score from which a line's words and form count as the article's (set by eye: precision .97 on dev)."""
CONTENT_LETTERS = 5
"""Words of at least this many letters carry a page's subject."""


def _level(value: float, edges: Sequence[float]) -> int:
    """How many of the rising `edges` lie at or below `value`."""
    return bisect_right(edges, value)


_LOGITS = (-6.0, -4.5, -3.5, -2.5, -1.75, -1.0, -0.5, 0.0, 0.5, 1.0, 1.75, 2.5, 3.5, 4.5, 6.0)
_COARSE = (-4.0, -2.0, -0.7, 0.7, 2.0, 4.0)
_SHARES = (0.0005, 0.02, 0.1, 0.3, 0.7, 0.9, 0.98, 0.9995)
_DISTANCES = (1, 2, 3, 4, 6, 9, 15, 30, 80)
_FILLED = (0.1, 0.3, 0.5, 0.7, 0.85, 0.95)
_MASSES = (3, 10, 25, 60, 150, 400)


def _segment(gains: Sequence[float]) -> tuple[int, int]:
    """The run `[start, end)` of lines with the largest sum of gains; the earliest one on a tie."""
    best, best_start, best_end = 0.0, 0, 0
    total, start = 0.0, 0
    for index, gain in enumerate(gains):
        if total <= 0:
            total, start = 0.0, index
        total += gain
        if total > best:
            best, best_start, best_end = total, start, index + 1
    return best_start, best_end


def _distances(strong: Sequence[bool], counts: Sequence[int]) -> tuple[list[int], list[int]]:
    """For each line the number of lines, and of words, since the last strong line before it (999 where none is)."""
    lines, words = [], []
    since, heard = 999, 999
    for is_strong, count in zip(strong, counts, strict=True):
        lines.append(since)
        words.append(heard)
        if is_strong:
            since, heard = 1, 0
        elif since < 999:
            since, heard = since + 1, heard + count
    return lines, words


def context_features(facts: Sequence[Fact], scores: Sequence[float]) -> list[list[str]]:
    """For each line the features that follow from `scores` (log-odds that a line is of the article) of all lines."""
    n = len(facts)
    odds = [1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) for score in scores]
    counts = [min(fact.count, 200) for fact in facts]
    mass = [p * count for p, count in zip(odds, counts, strict=True)]
    before = [0.0, *accumulate(mass)]
    total = before[-1] or 1.0
    strong = [p >= STRONG and fact.count >= 8 for p, fact in zip(odds, facts, strict=True)]
    since, heard = _distances(strong, counts)
    until, ahead = (found[::-1] for found in _distances(strong[::-1], counts[::-1]))
    first, last = _segment(
        [max(-2.5, min(2.5, score)) * math.sqrt(count + 1) for score, count in zip(scores, counts, strict=True)]
    )
    contents = [{word for word in fact.words if len(word) >= CONTENT_LETTERS} for fact in facts]
    subject: Counter[str] = Counter()
    forms: Counter[tuple[int, bool]] = Counter()
    for fact, content, is_strong in zip(facts, contents, strong, strict=True):
        if is_strong:
            subject.update(content)
            forms[fact.indent, fact.bullet] += min(fact.count, 200)
    form = min(forms, key=lambda key: (-forms[key], key)) if forms else None
    filled = _level(total / (sum(counts) or 1), _FILLED)
    comment_parts = [0, *accumulate("comment_part" in fact.cues for fact in facts)]
    coarse = [_level(score, _COARSE) for score in scores]
    commented = ended = False
    out: list[list[str]] = []
    for i, fact in enumerate(facts):
        own = _level(scores[i], _LOGITS)
        place = _level(before[i] / total, _SHARES)
        left = (total - before[i + 1]) / total
        size = _level(fact.count, (2, 4, 8, 15, 30))
        content = contents[i]
        known = sum([subject.get(word, 0) > strong[i] for word in content])
        bond = _level(known / len(content), (0.01, 0.15, 0.3, 0.5, 0.75)) if content else 9
        inside = (
            "in"
            if first <= i < last
            else f"b{_level(first - i, _DISTANCES)}"
            if i < first
            else f"a{_level(i - last, _DISTANCES)}"
        )
        near = _level(before[i] - before[max(0, i - 3)], _MASSES)
        nearer = _level(before[min(n, i + 4)] - before[i + 1], _MASSES)
        row = [
            f"L{own}", f"L{own // 3}P{place}", f"P{place}n{size}", f"S{inside}", f"S{inside}L{own // 2}",
            f"B{bond}n{size}", f"L{own // 3}B{bond}", f"N{near}M{nearer}", f"L{own // 3}N{near}",
            f"L{own // 3}M{nearer}", f"R{_level(left, _SHARES)}",
            f"D{_level(since[i], _DISTANCES)}E{_level(until[i], _DISTANCES)}",
            f"H{_level(heard[i], _MASSES)}A{_level(ahead[i], _MASSES)}n{size // 2}",
            f"F{form == (fact.indent, fact.bullet)}L{own // 3}", f"T{_level(total, (50, 150, 400, 1000))}L{own // 3}",
        ]  # fmt: skip
        for offset in (-4, -3, -2, -1, 1, 2, 3, 4):
            j = i + offset
            row.append(f"{offset}:{coarse[j] if 0 <= j < n else 'x'}")
        row.append(f"U{filled}L{own}")
        row.append(f"U{filled}n{size}")
        chatter = comment_parts[min(n, i + 5)] - comment_parts[max(0, i - 4)]
        if chatter:
            row.append(f"C{min(chatter, 3)}P{place}")
        if 0 < i < n - 1:
            row.append(f"J{coarse[i - 1]}{coarse[i + 1]}{own // 3}")
        if commented:
            row.append(f"commented{place}")
        if ended:
            row.append(f"ended{place}")
        commented = commented or "comments" in fact.cues
        ended = ended or "end" in fact.cues
        out.append(row)
    return out


def second_features(facts: Sequence[Fact], own: Sequence[list[str]], i: int) -> list[str]:
    """What the second look takes from the lines themselves: the line's own features and its neighbours' cues."""
    row = list(own[i])
    if i:
        row.extend(f"<{name}" for name in facts[i - 1].cues)
    if i + 1 < len(facts):
        row.extend(f">{name}" for name in facts[i + 1].cues)
    return row
