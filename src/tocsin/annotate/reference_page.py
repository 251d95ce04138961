"""A page as references are read on it: names, trees, quotation marks and who speaks where, asked for by position.

Invariant: nothing is resolved here; every answer is a fact of the text and of the layers before.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from tocsin.annotate.reading import reading
from tocsin.annotate.reference_names import names_of
from tocsin.annotate.syntax import Tree, trees
from tocsin.core.annotations import Attribution, Mention, Sentence
from tocsin.core.document import Document
from tocsin.core.spans import covers, extent
from tocsin.model import Range

_OPEN = frozenset("“„«")
_CLOSE = frozenset("”»")
_MARKS = re.compile(r"[“”„«»\"]|\'\'")
"""Quotation marks. Two apostrophes are one, as agencies write it; single ones are not told from other apostrophes."""
_CORE = ("nsubj", "nsubjpass", "dobj", "iobj")
CLIMB = 6
"""So many appositions, conjuncts and compounds are gone up to see what a name does in its sentence."""


@dataclass(frozen=True, slots=True)
class Place:
    """A word: its sentence's number among the page's, and its place in that sentence's tree."""

    sentence: int
    at: int


class Page:
    """One document with its sentences, trees and names."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.text = doc.text
        self.mentions: tuple[Mention, ...] = names_of(doc)
        self._mention_starts = [one.span.start for one in self.mentions]
        self.sentences: tuple[Sentence, ...] = doc.layer("sentences").annotations
        self._starts = [one.span.start for one in self.sentences]
        self.attributions: tuple[Attribution, ...] = doc.layer("attributions").annotations
        self.told = {extent(one.source).start: one for one in self.attributions if one.source}
        self.trees: dict[int, Tree] = {tree.words[0].sentence: tree for tree in trees(reading(doc))}
        self.lines = [bisect_right(doc.lines, start, key=_line_start) - 1 for start in self._starts]
        self._quoted = _quotations(doc)
        self._quote_starts = [start for start, _ in self._quoted]

    def sentence_at(self, position: int) -> int:
        """The number of the last sentence that begins at or before a position; -1 before the first."""
        return bisect_right(self._starts, position) - 1

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions that lie wholly in `[start, end)`."""
        out = []
        for number in range(bisect_right(self._mention_starts, start - 1), len(self.mentions)):
            one = self.mentions[number]
            if one.span.start >= end:
                break
            if one.span.end <= end:
                out.append(one)
        return out

    def mention_over(self, start: int, end: int) -> Mention | None:
        """The mention that holds the word `[start, end)`."""
        for number in range(bisect_right(self._mention_starts, start) - 1, -1, -1):
            one = self.mentions[number]
            if one.span.end >= end and one.kind != "instrument":
                return one
            if one.span.end <= start:
                return None
        return None

    def word_at(self, position: int) -> Place | None:
        """The word that holds or follows a position in its sentence."""
        number = self.sentence_at(position)
        tree = self.trees.get(number)
        if tree is None:
            return None
        at = bisect_right(tree.words, position, key=_word_end)
        return Place(number, at) if at < len(tree.words) else None

    def head(self, start: int, end: int) -> Place | None:
        """The word of a phrase that the others hang on: the first whose own head lies outside."""
        first = self.word_at(start)
        if first is None:
            return None
        tree = self.trees[first.sentence]
        last = first.at
        while last < len(tree.words) and tree.words[last].start < end:
            last += 1
        found = None
        for at in range(first.at, last):
            above = tree.above[at]
            if (above is None or not first.at <= above < last) and tree.words[at].relation != "punct":
                if tree.words[at].pos[:1] in "NP":
                    return Place(first.sentence, at)
                found = found if found is not None else at
        return Place(first.sentence, found) if found is not None else None

    def words_in(self, start: int, end: int) -> list[str]:
        """The words of a range, as the model cuts them."""
        first = self.word_at(start)
        if first is None:
            return self.text[start:end].split()
        tree, out = self.trees[first.sentence], []
        for at in range(first.at, len(tree.words)):  # no slice: a sentence may be the whole page
            word = tree.words[at]
            if word.start >= end:
                break
            out.append(self.text[word.start : word.end])
        return out

    def low(self, place: Place) -> str:
        """A word in small letters."""
        word = self.trees[place.sentence].words[place.at]
        return self.text[word.start : word.end].lower()

    def does(self, place: Place) -> str:
        """What a word does in its sentence: "subject" of its main clause, subject of an "inner" one, "object", "owner"
        (it only says whose a subject is), or "other"."""
        tree, at = self.trees[place.sentence], place.at
        for _ in range(CLIMB):
            relation, above = tree.words[at].relation, tree.above[at]
            if relation in ("nsubj", "nsubjpass") and above is not None:
                return "subject" if self._main(tree, above) else "inner"
            if relation in _CORE:
                return "object"
            if relation == "compound" and above is not None and above < at:
                at = above  # a name behind its description, hung on it: "colleague Anna Orlova"
                continue
            if relation in ("nmod:poss", "compound") and above is not None:
                return "owner" if tree.words[above].relation in ("nsubj", "nsubjpass") else "other"
            if relation in ("appos", "conj", "flat", "name", "dep") and above is not None:
                at = above
                continue
            return "subject" if above is None and tree.words[at].pos[:1] == "N" else "other"
        return "other"

    @staticmethod
    def _main(tree: Tree, verb: int) -> bool:
        """Whether a verb is a sentence's own, or one beside it."""
        at: int | None = verb
        for _ in range(CLIMB):
            if at is None or tree.above[at] is None:
                return True
            if tree.words[at].relation not in ("conj", "parataxis"):
                return False
            at = tree.above[at]
        return True

    def quoted(self, position: int) -> Range | None:
        """The quotation that holds a position."""
        number = bisect_right(self._quote_starts, position) - 1
        return self._quoted[number] if number >= 0 and position < self._quoted[number][1] else None

    def around(self, position: int) -> list[Attribution]:
        """The attributions whose content holds a position, the shortest first."""
        number = self.sentence_at(position)
        found = [one for one in self._near(number) if covers(one.content, position)]
        return sorted(found, key=lambda one: (len(extent(one.content)), one.id))

    def _near(self, number: int) -> list[Attribution]:
        if not hasattr(self, "_by_sentence"):
            self._by_sentence: dict[int, list[Attribution]] = {}
            for one in self.attributions:
                for piece in one.content:
                    first, last = self.sentence_at(piece.start), self.sentence_at(piece.end - 1)
                    for each in range(first, last + 1):
                        held = self._by_sentence.setdefault(each, [])
                        if not held or held[-1] is not one:
                            held.append(one)
        return self._by_sentence.get(number, [])


def _line_start(line: object) -> int:
    return line.start  # type: ignore[attr-defined,no-any-return]


def _word_end(word: object) -> int:
    return word.end  # type: ignore[attr-defined,no-any-return]


def _quotations(doc: Document) -> list[Range]:
    """What stands in quotation marks, line by line; a quotation that is not closed runs to its line's end."""
    out: list[Range] = []
    for line in doc.read_lines():
        opened: int | None = None
        for found in _MARKS.finditer(doc.text, line.start, line.end):
            mark = found.group()
            if opened is None and mark not in _CLOSE:
                opened = found.end()
            elif opened is not None and mark not in _OPEN:
                out.append((opened, found.start()))
                opened = None
        if opened is not None:
            out.append((opened, line.end))
    return out
