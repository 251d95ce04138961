"""Which lines of a flattened page are its article: the page's lines aligned to the article's text by 4-word shingles.

Invariant: where a line stands twice on the page, no more copies are article than the article has.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

_WORD = re.compile(r"\w+")
SHINGLE = 4
"""Words a shingle, as in ../shared/tools/score_flat.py."""


def words(text: str) -> list[str]:
    """The words of a text, case kept."""
    return _WORD.findall(text)


def _short_cover(lines: Sequence[list[str]], at: int, article: Counter[tuple[str, ...]]) -> float:
    """How surely a line too short for a shingle is article: whether it joins its neighbours as the article does."""
    joined = 0
    for step in (1, -1):
        run, near = list(lines[at]), at + step
        while 0 <= near < len(lines) and abs(near - at) <= SHINGLE - 1 and len(run) < len(lines[at]) + SHINGLE - 1:
            missing = len(lines[at]) + SHINGLE - 1 - len(run)
            run = run + lines[near][:missing] if step == 1 else lines[near][-missing:] + run
            near += step
        if len(run) >= SHINGLE:
            joined += tuple(run[:SHINGLE] if step == 1 else run[-SHINGLE:]) in article
    return (0.0, 0.6, 1.0)[joined]


def _weed_copies(lines: Sequence[list[str]], cover: list[float], text: str) -> None:
    """Of lines that stand several times keep as many as the article has, those with the most article around them."""
    groups: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        if line and cover[at] >= 0.5:
            groups[tuple(line)].append(at)
    weights = [
        min(40, len(line)) if c >= 0.5 and len(line) >= SHINGLE else 0 for line, c in zip(lines, cover, strict=True)
    ]

    def around(at: int) -> float:
        near = range(max(0, at - 6), min(len(lines), at + 7))
        return sum(weights[i] / (1 + abs(at - i)) for i in near if lines[i] != lines[at])

    for key, copies in groups.items():
        if len(copies) > 1:
            allowed = max(1, text.count(" ".join(key)))
            for at in sorted(copies, key=lambda at: (-around(at), at))[allowed:]:
                cover[at] = 0.0


def cover(page_lines: Sequence[str], article_text: str) -> list[float]:
    """For each line the share of it that is article, 0 to 1."""
    article_words = words(article_text)
    article = Counter(tuple(article_words[i : i + SHINGLE]) for i in range(len(article_words) - SHINGLE + 1))
    lines = [words(line) for line in page_lines]
    shares: list[float] = []
    for at, line in enumerate(lines):
        if len(line) >= SHINGLE:
            runs = [tuple(line[i : i + SHINGLE]) for i in range(len(line) - SHINGLE + 1)]
            shares.append(sum(run in article for run in runs) / len(runs))
        else:
            shares.append(_short_cover(lines, at, article) if line else 0.0)
    _weed_copies(lines, shares, " ".join(article_words))
    return shares
