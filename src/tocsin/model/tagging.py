"""Tags of words: the best legal sequence under a linear chain, and the runs that BIO tags spell.

An inside tag stands only behind its own kind, so that nothing is to be mended later.
"""

from collections.abc import Sequence
from functools import lru_cache

FORBIDDEN = -1e9
Run = tuple[str, int, int]
"""A kind and the words [first, last) that bear it."""


def legal(before: str, tag: str) -> bool:
    """Whether `tag` may stand behind `before` ("" at the head)."""
    return not tag.startswith("I-") or before[2:] == tag[2:] != ""


@lru_cache(maxsize=8)
def _table(
    tags: tuple[str, ...], transitions: tuple[tuple[float, ...], ...], begin: tuple[float, ...]
) -> tuple[tuple[float, ...], tuple[tuple[tuple[int, float], ...], ...]]:
    """The costs at the head, and of each tag which ones may stand before it at what score."""
    size = len(tags)
    head = tuple(begin[to] if legal("", tags[to]) else FORBIDDEN for to in range(size))
    before = tuple(
        tuple((at, transitions[at][to]) for at in range(size) if legal(tags[at], tags[to])) for to in range(size)
    )
    return head, before


def best(
    emissions: Sequence[Sequence[float]],
    tags: tuple[str, ...],
    transitions: tuple[tuple[float, ...], ...],
    begin: tuple[float, ...],
    end: tuple[float, ...],
) -> list[int]:
    """The best legal sequence of tags (Viterbi); of equal ones that of the earlier tags."""
    if not emissions:
        return []
    head, before = _table(tags, transitions, begin)
    scores = [a + b for a, b in zip(head, emissions[0], strict=True)]
    back: list[list[int]] = []
    for row in emissions[1:]:
        came, following = [], []
        for behind, emission in zip(before, row, strict=True):
            top, source = -3e38, 0
            for at, score in behind:
                value = scores[at] + score
                if value > top:
                    top, source = value, at
            came.append(source)
            following.append(top + emission)
        back.append(came)
        scores = following
    scores = [a + b for a, b in zip(scores, end, strict=True)]
    tag = scores.index(max(scores))
    out = [tag]
    for came in reversed(back):
        tag = came[tag]
        out.append(tag)
    out.reverse()
    return out


def runs(tags: Sequence[int], labels: Sequence[str]) -> list[Run]:
    """The spans of a sequence of BIO tags, in order. A stray inside tag begins a span."""
    out: list[Run] = []
    open_kind, first = "", 0
    for place, number in enumerate(tags):
        label = labels[number]
        kind = label[2:]
        if kind and kind == open_kind and label[0] == "I":
            continue
        if open_kind:
            out.append((open_kind, first, place))
        open_kind, first = kind, place
    if open_kind:
        out.append((open_kind, first, len(tags)))
    return out
