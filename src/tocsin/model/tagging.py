"""Tags of words: the best legal sequence under a linear chain, and the runs that BIO tags spell.

An inside tag stands only behind its own kind, so that nothing is to be mended later.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

FORBIDDEN = -1e6
"""The score of what may not be: less than the scores of a whole window can make up for."""
Floats = NDArray[np.floating[Any]]
Run = tuple[str, int, int]
"""A kind and the words [first, last) that bear it."""


def legal(before: str, tag: str) -> bool:
    """Whether `tag` may stand behind `before` ("" at the head)."""
    return not tag.startswith("I-") or before[2:] == tag[2:] != ""


@lru_cache(maxsize=8)
def _tables(
    tags: tuple[str, ...], transitions: tuple[tuple[float, ...], ...], begin: tuple[float, ...]
) -> tuple[Floats, Floats]:
    """The scores of tags at the head, and of each tag [row] before another [column]."""
    head = [score if legal("", tag) else FORBIDDEN for score, tag in zip(begin, tags, strict=True)]
    steps = [
        [score if legal(before, tag) else FORBIDDEN for score, tag in zip(row, tags, strict=True)]
        for row, before in zip(transitions, tags, strict=True)
    ]
    return np.array(head, dtype=np.float32), np.array(steps, dtype=np.float32)


def best(
    emissions: Floats,
    tags: tuple[str, ...],
    transitions: tuple[tuple[float, ...], ...],
    begin: tuple[float, ...],
    end: tuple[float, ...],
) -> list[int]:
    """The best legal sequence of tags (Viterbi) for scores [words, tags]; of equal ones that of the earlier tags.

    The scores of all ways through 2, 4, 8 … words are made level by level, then the best scores up to each word on the
    way back: a few large operations in the place of one small one a word, which took longer.
    """
    emissions = np.asarray(emissions, dtype=np.float32)
    count = len(emissions)
    if not count:
        return []
    head, steps = _tables(tags, transitions, begin)
    scores = head + emissions[0]
    if count == 1:
        return [int((scores + np.array(end, dtype=np.float32)).argmax())]
    size = len(tags)
    blocks = 1 << (count - 2).bit_length()
    ways = np.zeros((size, size, blocks), dtype=np.float32)  # [from, to, word]
    np.add(steps[:, :, None], emissions.T[None, :, 1:], out=ways[:, :, : count - 1])
    lefts = []
    while blocks > 1:
        left, right = ways[:, :, 0::2], ways[:, :, 1::2]
        lefts.append(left)
        ways = (left[:, :, None, :] + right[None]).max(axis=1)
        blocks //= 2
    before = scores[:, None]
    for left in reversed(lefts):
        finer = np.empty((size, 2 * before.shape[1]), dtype=np.float32)
        finer[:, 0::2] = before
        finer[:, 1::2] = (before[:, None, :] + left).max(axis=0)
        before = finer
    choices = before[:, None, : count - 1] + steps[:, :, None]
    came: list[list[int]] = choices.argmax(axis=0).T.tolist()
    tag = int((choices[:, :, -1].max(axis=0) + emissions[-1] + np.array(end, dtype=np.float32)).argmax())
    out = [tag]
    for row in reversed(came):
        tag = row[tag]
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
