"""The words of a page with coarse Penn tags, as the reading model tells them, for the stages that go by words.

A word's span is a slice of the text; clitics ('s, n't, 're) are words of their own.
"""

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from tocsin.annotate.reading import KEPT, ranges_of, read
from tocsin.core.document import Document
from tocsin.model import Range

_FOLDED = {
    "NNPS": "NNP", "JJR": "JJ", "JJS": "JJ", "RBR": "RB", "RBS": "RB", "PDT": "DT", "WP$": "WDT",
    "FW": "NN", "LS": "CD", "SYM": ":", "#": "$", "UH": "RB",
}  # fmt: skip
"""Tags that no stage tells apart."""
TITLE_CASE = 0.85
"""A line in which a larger share of the words of four letters or more is capitalised is a headline in title case,
where capitals tell nothing."""
_APOSTROPHES = frozenset(("'", "’"))
OPENING = ("``", ":", "-LRB-")


@dataclass(frozen=True, slots=True)
class Word:
    """One token: its place in the document, its words as they stand, its lower-case form and its tag."""

    start: int
    end: int
    text: str
    low: str
    tag: str = ""


def in_title_case(words: list[str]) -> bool:
    """Whether capitals tell nothing in this sentence."""
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return len(long) > 2 and sum(word[0].isupper() for word in long) > TITLE_CASE * len(long)


@lru_cache(maxsize=KEPT)
def _words(text: str, sentences: tuple[Range, ...]) -> list[list[Word]]:
    out: list[list[Word]] = [[] for _ in sentences]
    for start, end, pos, _, _, number in read(text, sentences).words:
        word = text[start:end]
        tag = _FOLDED.get(pos, pos)
        if tag.isalpha() and not word[0].isalnum() and not any(map(str.isalnum, word)):
            tag = ":"
        if word in _APOSTROPHES and start and text[start - 1] in "sSzZ":
            tag = "POS"
        out[number].append(Word(start, end, word, word.lower().replace("’", "'"), tag))
    return out


def words_of(doc: Document) -> list[list[Word]]:
    """The words of each sentence of a page."""
    return _words(doc.text, ranges_of(doc))


def between(words: list[Word], start: int, end: int) -> list[Word]:
    """Those of a sentence's words that begin in `[start, end)`."""
    if not words or (start <= words[0].start and words[-1].start < end):
        return words
    return words[bisect_left(words, start, key=_start) : bisect_left(words, end, key=_start)]


def _start(word: Word) -> int:
    return word.start
