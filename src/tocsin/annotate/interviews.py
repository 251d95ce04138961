"""Turns of interviews and transcripts: a line that begins with a name and a colon is what that one says, with the lines
behind it until the next turn.

Invariant: only a page of several turns by several who come again has any; a list of names and figures has none. Linear
in the page.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from tocsin.core.document import Document
from tocsin.model import Range

FEWEST = 4
"""Turns of a page at least: PolNeAR's dialogues have five or more, lists under headings seldom as many by two names."""
LONGEST = 40
"""Lines of one turn at most: what runs on longer is the article again."""
WORDS = 2
"""Words in small letters that a turn has at least; "Clinton: 1,812" is a table."""
_TURN = re.compile(
    r"\s{0,9}(?:[\[(]?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?[\])]?\s{1,9})?"
    r"(?P<who>(?:[A-Z]\.\s?)?[^\W\d_a-z][\w.'’-]{1,24}(?: [^\W\d_a-z][\w.'’-]{0,24}){0,3})\s?(?P<colon>:)\s{1,9}(?=\S)"
)
_SMALL = re.compile(r"(?<!\w)[^\W\d_A-Z][\w'’-]*")


@dataclass(frozen=True, slots=True)
class Turn:
    """Who has the word (as the line names it), the colon, and the words, a range a line."""

    who: Range
    colon: Range
    words: tuple[Range, ...]


def turns(doc: Document) -> tuple[Turn, ...]:
    """The turns of a page, in order; none where it is no dialogue."""
    text, found = doc.text, list[Turn]()
    open_words: list[Range] | None = None
    heads: list[tuple[Range, Range, list[Range]]] = []
    for line in doc.lines:
        if line.label != "body":
            if line.end > line.start:
                open_words = None
            continue
        match = _TURN.match(text, line.start, min(line.end, line.start + 160))
        start = match.end() if match else line.start
        words = _stripped(text, start, line.end)
        if match:
            open_words = []
            heads.append((match.span("who"), match.span("colon"), open_words))
        if open_words is not None and words and len(open_words) < LONGEST:
            open_words.append(words)
    for who, colon, said in heads:
        small = islice(_SMALL.finditer(text, said[0][0], said[-1][1]), WORDS) if said else ()
        if len(list(small)) == WORDS:
            found.append(Turn(who, colon, tuple(said)))
    names = Counter(text[slice(*turn.who)] for turn in found)
    again = sum(1 for count in names.values() if count > 1)
    return tuple(found) if len(found) >= FEWEST and len(names) > 1 and again else ()


def _stripped(text: str, start: int, end: int) -> Range | None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
