"""Sentences as trees of words, as the reading model hangs them: what depends on what, within one sentence."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from tocsin.model import Range, Reading, Word

CLAUSES = frozenset(("acl:relcl", "punct"))
"""What is left out of a source: "the minister, who left on Friday" speaks as "the minister"."""
_HANGING = frozenset(("conj", "advcl", "xcomp"))
"""How a verb hangs on the one whose subject is its own too."""
HIGHEST = 3
"""So many verbs are gone up to find a subject: "came and saw and said, adding …"."""


class Tree:
    """One sentence's words, and which of them hang on each; places count from the sentence's first word."""

    def __init__(self, words: Sequence[Word], first: int) -> None:
        self.words = words
        self.above: list[int | None] = []
        self.below: list[list[int]] = [[] for _ in words]
        for place, word in enumerate(words):
            head = None if word.head is None else word.head - first
            if head is not None and 0 <= head < len(words):
                self.below[head].append(place)
                self.above.append(head)
            else:
                self.above.append(None)

    def child(self, place: int, relation: str) -> int | None:
        """The first word that hangs on the one at `place` by `relation`."""
        return next((one for one in self.below[place] if self.words[one].relation == relation), None)

    def subject(self, verb: int) -> int | None:
        """The subject of the verb at a place, its own or that of the verb it hangs on."""
        place: int | None = verb
        for _ in range(HIGHEST):
            assert place is not None  # noqa: S101 - told by the loop's last lines
            found = self.child(place, "nsubj")
            if found is not None:
                return found
            if self.words[place].relation not in _HANGING or self.child(place, "nsubjpass") is not None:
                return None
            place = self.above[place]
            if place is None:
                return None
        return None

    def inverted(self, verb: int) -> int | None:
        """The name right behind a verb, which is taken for its object ("…, writes Reuters")."""
        found = self.child(verb, "dobj")
        right = found is not None and self.words[found].pos[:3] == "NNP" and self.extent(found)[0] == verb + 1
        return found if right else None

    def agent(self, verb: int, text: str) -> int | None:
        """Who does what a participle tells ("reported [by Reuters]")."""
        for one in self.below[verb] if self.words[verb].pos == "VBN" else ():
            if self.words[one].relation == "nmod" and any(
                text[slice(*self.span(k, k + 1))] == "by" for k in self.below[one]
            ):
                return one
        return None

    def extent(self, place: int, without: frozenset[str] = frozenset()) -> Range:
        """The places from the first to behind the last word under the one at `place`, leaving out what hangs right on
        it by a relation of `without`."""
        low = high = place
        waiting = [one for one in self.below[place] if self.words[one].relation not in without]
        while waiting:
            one = waiting.pop()
            low, high = min(low, one), max(high, one)
            waiting += self.below[one]
        return low, high + 1

    def places(self, start: int, end: int) -> range:
        """The places of the words that begin in `[start, end)` of the text, without a look at the others: a page may
        be one sentence with thousands of sayings."""
        return range(bisect_left(self.words, start, key=_start), bisect_left(self.words, end, key=_start))

    def span(self, first: int, last: int) -> Range:
        """The code points of the words at places [first, last)."""
        return self.words[first].start, self.words[last - 1].end


def _start(word: Word) -> int:
    return word.start


def trees(reading: Reading) -> Iterator[Tree]:
    """The sentences of a reading, in order. One that was too long for a window is in one piece."""
    words = reading.words
    first = 0
    for place in range(1, len(words) + 1):
        if place == len(words) or words[place].sentence != words[first].sentence:
            yield Tree(words[first:place], first)
            first = place
