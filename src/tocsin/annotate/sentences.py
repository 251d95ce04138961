"""Sentences: each lies inside one line that is read, holds no white space at its ends, and none overlap.

A dateline belongs to no sentence.

One pass over the stops of a line; what surrounds a stop is looked at through a window of fixed width, so time is
linear in the text whatever the text is.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from tocsin.annotate.datelines import dateline
from tocsin.core.annotations import Sentence
from tocsin.core.document import Document, Line
from tocsin.core.layers import Stage
from tocsin.core.spans import Span

_STOPS = re.compile(r"[.!?…。]+")
_CLOSERS = "\"”'’»›)]"
_OPENERS = "\"“'‘«‹([—–-•*"
_FOOTNOTE = re.compile(r"\[\d{1,3}\]")
_WORD_BEFORE = re.compile(r"[\w.'’-]*$")
_WORD_AFTER = re.compile(r"[\w'’-]+")
_INITIAL = re.compile(r"(?:^|[.\s(\[“\"‘'-])[^\W\d_]$")
_ASKING = r"(?:the |a |an )?(?:[\w.'’-]+,? ){1,4}?"
WINDOW = 40
"""How far a stop is looked around, in code points: no abbreviation, and few names of a speaker, are longer."""
LIST_NUMBER = 6
"""White space and digits before the stop of "12." at the head of a list's entry are fewer."""


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """The words of `data/abbreviations.json`."""

    never: frozenset[str]
    number: frozenset[str]
    maybe: frozenset[str]
    starters: frozenset[str]
    asking: re.Pattern[str]


@cache
def abbreviations() -> Abbreviations:
    """The data file, read once."""
    text = resources.files("tocsin.annotate").joinpath("data/abbreviations.json").read_text("utf-8")
    data = json.loads(text)
    words = {name: frozenset(entry["words"]) for name, entry in data.items() if name != "about"}
    asking = re.compile(_ASKING + r"(?:" + "|".join(sorted(words["askers"])) + r")\b")
    return Abbreviations(words["never"], words["number"], words["maybe"] | words["month"], words["starters"], asking)


def _goes_on(text: str, stop: int, end: int, resume: int) -> bool:
    """Whether the single full stop at `stop` belongs to an abbreviation that does not end the sentence."""
    known = abbreviations()
    window = text[max(0, stop - WINDOW) : stop]
    found = _WORD_BEFORE.search(window)
    word = found.group().lower().lstrip(".'’-") if found else ""
    if not word or end - stop > 1 + (text[end - 1] in ")]"):
        return False  # a quotation mark after the stop closes the sentence with the quotation
    following = _WORD_AFTER.match(text, resume, resume + WINDOW)
    after = following.group() if following else ""
    if word in known.number and after[:1].isdigit():
        return True
    if word in known.never:
        return True
    if _INITIAL.search(window) or word in known.maybe:
        return after.lower() not in known.starters
    return False


def _ends(text: str, stop: re.Match[str], limit: int) -> int | None:
    """Where the sentence that `stop` closes ends, or None when it does not close one."""
    end = stop.end()
    while end < limit and end - stop.end() < WINDOW and text[end] in _CLOSERS:
        end += 1
    note = _FOOTNOTE.match(text, end, limit)
    end = note.end() if note else end
    if end == limit:
        return end
    if not text[end].isspace():
        return None
    resume = end
    while resume < limit and text[resume].isspace():
        resume += 1
    if resume == limit:
        return end
    first = text[resume]
    opening = resume
    while opening < limit and opening - resume < WINDOW and text[opening] in _OPENERS:
        opening += 1
    inner = text[opening] if opening < limit else first
    if inner.islower() and (first not in "“\"‘'«" or stop.group() != "."):
        return None
    if stop.group() == "." and _goes_on(text, stop.start(), end, resume):
        return None
    quoted = end > stop.end() and text[end - 1] in "\"”'’»›"
    if quoted and stop.group()[-1] in "!?" and abbreviations().asking.match(text, resume, resume + 2 * WINDOW):
        return None
    return end


def split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of `text[start:end]`, one line, as ranges in reading order."""
    out: list[tuple[int, int]] = []
    begin = start
    for stop in _STOPS.finditer(text, start, end):
        if stop.start() < begin:
            continue
        if stop.start() - begin < LIST_NUMBER and text[begin : stop.start()].strip().isdigit():
            continue  # the number of a list's entry
        close = _ends(text, stop, end)
        if close is not None:
            out.append((begin, close))
            begin = close
    if begin < end:
        out.append((begin, end))
    trimmed = ((a + _blank(text[a:b]), b - _blank(text[a:b][::-1])) for a, b in out)
    return [(a, b) for a, b in trimmed if a < b and any(char.isalnum() for char in text[a:b])]


def _blank(piece: str) -> int:
    """How many code points of white space `piece` starts with."""
    return len(piece) - len(piece.lstrip())


def _begin(text: str, line: Line) -> int:
    """Where a line's first sentence begins: after its dateline."""
    found = dateline(text, line) if line.label in ("body", "standfirst") else None
    return found.end if found else line.start


def annotate(doc: Document) -> tuple[Sentence, ...]:
    """The sentences of every line that is read, in reading order."""
    return tuple(
        Sentence(Span(doc.id, start, end), line.label)
        for line in doc.read_lines()
        for start, end in split(doc.text, _begin(doc.text, line), line.end)
    )


SENTENCES = Stage("sentences", (), "sentences/1", annotate)
