"""What the judge is shown of a page: the sentence of an act with the part that each word plays, and a few words around.

Invariant: a passage depends on the sentence, on the words beside it and on the parts given; nothing far away enters it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from tocsin import model
from tocsin.annotate.commitment_match import Reading
from tocsin.annotate.words import Word, words_of
from tocsin.core.document import Document

AROUND, SENTENCE, ACT, CUE, VERB, HOLDER, CONDITION = range(1, 8)
_BEFORE, _BEHIND = 20, 8
"""Words around the sentence of an act that are shown."""
_FAR = 400
"""Code points before a sentence within which words around it stand; behind it half of them."""
_MOST = 80
"""Words of an act's sentence that are shown: half of them before its verb."""


@dataclass(frozen=True, slots=True)
class Parts:
    """An act as it is shown: its ranges, where its verb and its cue begin, its holder and its conditions."""

    act: Sequence[model.Range]
    verb: int
    cue: int
    holder: model.Range | None = None
    conditions: Sequence[model.Range] = ()


class PageWords:
    """The words of a page in order, and where each sentence begins and ends among them."""

    def __init__(self, doc: Document) -> None:
        self.words: list[Word] = []
        self.ends: list[int] = []
        for sentence in words_of(doc):
            self.words += sentence
            self.ends.append(len(self.words))
        self.starts = [word.start for word in self.words]

    def sentence(self, at: int) -> tuple[int, int]:
        """The first word, and the one behind the last, of the sentence that holds the word `at`."""
        number = bisect_right(self.ends, at)
        return self.ends[number - 1] if number else 0, self.ends[number]


def parts_of(reading: Reading) -> Parts:
    """A candidate with what the rules found of it."""
    words, act = reading.words, reading.candidate
    holder = (words[act.holder.start].start, words[act.holder.end - 1].end) if act.holder else None
    conditions = [(words[one.start].start, words[one.end - 1].end) for one in reading.conditions]
    return Parts(reading.pieces, words[act.verb].start, words[act.at].start, holder, conditions)


def passage(page: PageWords, parts: Parts) -> model.Passage:
    """An act as the judge reads it. A condition in the sentence beside it is shown whole."""
    verb = bisect_left(page.starts, parts.verb)
    first, behind = page.sentence(verb)
    low = max(first, min(verb - _MOST // 2, behind - _MOST))
    high = min(behind, low + _MOST)
    begin, end = low, high
    if low == first:
        far = bisect_right(page.starts, page.starts[first] - _FAR)
        begin = max(far, min([first - _BEFORE, *(bisect_left(page.starts, at) for at, _ in parts.conditions)]))
    if high == behind:
        far = bisect_left(page.starts, page.words[behind - 1].end + _FAR // 2)
        end = min(far, max([behind + _BEHIND, *(bisect_left(page.starts, to) for _, to in parts.conditions)]))

    def role(k: int) -> int:
        at, own = page.starts[k], first <= k < behind
        if k == verb:
            return VERB
        if own and at == parts.cue:
            return CUE
        if own and _within(at, parts.act):
            return ACT
        if parts.holder and _within(at, [parts.holder]):
            return HOLDER
        if _within(at, parts.conditions):
            return CONDITION
        return SENTENCE if own else AROUND

    return model.Passage(
        tuple((page.words[k].start, page.words[k].end) for k in range(begin, end)),
        tuple(role(k) for k in range(begin, end)),
        verb - begin,
    )


def _within(at: int, ranges: Sequence[model.Range]) -> bool:
    return any(start <= at < end for start, end in ranges)
