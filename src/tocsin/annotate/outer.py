"""Sentences as their writer speaks them: a quotation is one word, and its full stops end nothing outside it.

The inside of a quotation is read the same way, one level deep, as sentences of whoever is quoted.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from tocsin.annotate.quotes import Quote, quotes
from tocsin.annotate.words import Word, words_of
from tocsin.core.document import Document, Line

FEW = 3
"""A quotation of so many words or fewer, without a full stop, is a name or a word held at arm's length, not speech."""
LONGEST = 400
"""A sentence of more words is no sentence; it is read in parts of this length, so that reading stays linear."""
WHOLE = 9
"""A quotation of so many words is taken for an utterance whatever ends it."""
SPEECH, TERM = '"speech', '"term'
"""The lower-case form of the one word that stands for an utterance, and for a quoted phrase."""


@dataclass(frozen=True, slots=True)
class Outer:
    """One sentence of a line: its words with quotations as single words tagged "Q", and those quotations."""

    words: list[Word]
    quotes: tuple[Quote, ...]
    line: Line
    inner: Quote | None = None


def _speech(text: str, quote: Quote, words: list[Word]) -> bool:
    """Whether a quotation is somebody's speech and not a name or a single term."""
    count = sum(1 for word in words if word.text[0].isalnum())
    return count > FEW or (count > 0 and text[quote.start : quote.end].rstrip("”\"’'»")[-1:] in ",.!?…")


def _utterance(text: str, quote: Quote, words: list[Word]) -> bool:
    """Whether a quotation is a whole utterance, by its length or its stop, and no phrase woven into a sentence."""
    count = sum(1 for word in words if word.text[0].isalnum())
    last = text[quote.start : quote.end].rstrip("”\"’'»“")[-1:]
    return count >= WHOLE or last in ",!?…" or (last == "." and count > FEW) or quote.open


def _collapse(text: str, words: list[Word], found: list[Quote]) -> tuple[list[Word], list[Quote]]:
    """Words with each speech-like quotation as one word; marks of the others left out."""
    out: list[Word] = []
    kept: list[Quote] = []
    place, size = 0, len(words)
    for quote in [*found, Quote(1 << 60, (1 << 60) + 1)]:
        while place < size and words[place].start < quote.start:
            out.append(words[place])
            place += 1
        first = place
        while place < size and words[place].start < quote.end:
            place += 1
        inside = words[first:place]
        if not inside:
            continue
        if _speech(text, quote, inside):
            out.append(Word(quote.start, quote.end, '"', SPEECH if _utterance(text, quote, inside) else TERM, "Q"))
            kept.append(quote)
        else:
            out.extend(word for word in inside if word.tag not in ("``", "''"))
    return out, kept


def outer_sentences(doc: Document) -> list[list[Outer]]:
    """For every line that is read, its outer sentences in order, each followed by those inside its quotations."""
    by_line: dict[int, list[tuple[int, int]]] = {}
    starts = [line.start for line in doc.read_lines()]
    place = 0
    for sentence in doc.layer("sentences").annotations:
        while place + 1 < len(starts) and starts[place + 1] <= sentence.span.start:
            place += 1
        by_line.setdefault(starts[place], []).append((sentence.span.start, sentence.span.end))
    return [_of_line(doc.text, line, by_line.get(line.start, [])) for line in doc.read_lines()]


def _of_line(text: str, line: Line, spans: list[tuple[int, int]]) -> list[Outer]:
    """The outer sentences of one line: sentences whose boundary lies inside a quotation are joined."""
    found = quotes(text, line)
    starts = [quote.start for quote in found]
    out: list[Outer] = []
    group: list[Word] = []
    place = 0
    for number, (start, end) in enumerate(spans):
        group.extend(words_of(text, start, end))
        while place < len(found) and found[place].end <= end:
            place += 1
        if place < len(found) and found[place].start < end and number + 1 < len(spans):
            continue
        if group:
            out.extend(_outer(text, line, group, found, starts))
        group = []
    return out


def _outer(text: str, line: Line, group: list[Word], found: list[Quote], starts: list[int]) -> list[Outer]:
    """One outer sentence (in parts where it is longer than any), then the sentences inside its quotations."""
    start, end = group[0].start, group[-1].end
    first = max(0, bisect_right(starts, start) - 1)
    mine = [quote for quote in found[first : bisect_left(starts, end)] if start < quote.end]
    words, kept = _collapse(text, group, mine)
    out = []
    for cut in range(0, len(words), LONGEST):
        part = words[cut : cut + LONGEST]
        here = tuple(quote for quote in kept if part[0].start <= quote.start < part[-1].end) if kept else ()
        out.append(Outer(part, here, line))
    place = 0
    for quote in kept:
        while place < len(group) and group[place].start < quote.start:
            place += 1
        begin = place
        while place < len(group) and group[place].end <= quote.end:
            place += 1
        out.extend(Outer(part, (), line, quote) for part in _sentences(group[begin:place]))
    return out


def _sentences(words: list[Word]) -> list[list[Word]]:
    """The words inside a quotation, cut at full stops, without marks."""
    out: list[list[Word]] = [[]]
    for word in words:
        if word.tag in ("``", "''"):
            continue
        out[-1].append(word)
        if word.tag == "." or len(out[-1]) >= LONGEST:
            out.append([])
    return [part for part in out if len(part) > 2]
