"""What a reading gives: spans of code points with what they are. Plain values that know nothing of the model."""

from dataclasses import dataclass
from typing import NamedTuple

Range = tuple[int, int]
"""`[start, end)` in the text that was read, in code points."""


@dataclass(frozen=True, slots=True)
class Found:
    """Who said what: ranges of code points, each role in order. `content` is never empty."""

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Name:
    """A span that names something, of the kind that the labels say."""

    start: int
    end: int
    kind: str
    confidence: float


class Word(NamedTuple):
    """One word with its part of speech, its head (an index into the reading's words, None at the root of a tree), the
    relation to it, and the number of its sentence among those given."""

    start: int
    end: int
    pos: str
    head: int | None
    relation: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one text was found to hold, each kind in the order of the text."""

    attributions: tuple[Found, ...]
    names: tuple[Name, ...]
    words: tuple[Word, ...]
