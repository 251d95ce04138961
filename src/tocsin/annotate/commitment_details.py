"""What else a commitment holds: its kind, target, instrument and deadline.

Invariant: a span given here lies in the sentence of the act; where nothing says so, the field stays empty.
"""

from dataclasses import replace

from tocsin.annotate.commitment_clauses import DASH, FINITE, NOUN, QUOTE, subject
from tocsin.annotate.commitment_kinds import own_telling
from tocsin.annotate.commitment_match import Reading
from tocsin.annotate.commitment_people import Page
from tocsin.annotate.commitment_words import Token, cue_words
from tocsin.core.commitments import Commitment
from tocsin.core.spans import Spans

_LIMITS = frozenset(("by", "until", "till", "before", "within", "through", "during", "throughout"))
_RESTS_ON = (
    ("as", "for"),
    ("under",),
    ("as", "part", "of"),
    ("within", "the", "framework", "of"),
    ("under", "the", "framework", "of"),
    ("in", "accordance", "with"),
    ("in", "line", "with"),
    ("pursuant", "to"),
    ("in", "keeping", "with"),
    ("based", "on"),
    ("according", "to"),
)
_INSIDE_LIMIT = frozenset(("at", "of", "in", "on", "or", "and", "even", "perhaps", "later", "least"))
_LONG = 9
"""Words of a time at most: "noon on the first Friday of the month"."""
_SPANS = frozenset(("next", "coming", "least", "following", "duration", "rest"))
_HOURS = frozenset(("noon", "dawn", "dusk", "sunset", "sunrise", "morning", "evening", "afternoon", "a.m.", "p.m.",
                    "am", "pm", "o'clock", "weekend", "today", "tomorrow"))  # fmt: skip
_NEAR = 6
"""Words between a time limit that opens a clause and the act's modal: a subject."""
_RESTS_FIRST = frozenset(marker[0] for marker in _RESTS_ON)
_PHRASE = NOUN | frozenset(("DT", "PPS", "JJ", "CD", "POS", "VBG", "VBN"))


def trimmed(words: list[Token], start: int, end: int) -> list[Token]:
    """The words of a condition without a comma, dash or lone quotation mark at its ends."""
    while end > start + 1 and (words[end - 1].text in (",", ".") or words[end - 1].text in DASH):
        end -= 1
    while start < end - 1 and (words[start].text == "," or words[start].text in DASH):
        start += 1
    return words[start:end]


def instrument(page: Page, reading: Reading) -> tuple[Spans, str | None]:
    """The treaty, law or force that the act rests on, and its name where it is what binds the holder."""
    act, words = reading.candidate, reading.words
    nouns = cue_words("instrument_nouns")
    if act.family in ("control", "noun"):
        verb = next((k for k in range(act.at, -1, -1) if words[k].tag in FINITE), None)
        binding = subject(words, verb) if verb is not None else None
        if binding is not None:
            spoken = {words[k].low for k in range(binding.start, binding.end)}
            if words[binding.end - 1].low in nouns or spoken & nouns:
                start, end = words[binding.start].start, words[binding.end - 1].end
                return page.doc.spans((start, end)), page.doc.text[start:end]
    for i, word in enumerate(words):
        for marker in _RESTS_ON if word.low in _RESTS_FIRST else ():
            if tuple(w.low for w in words[i : i + len(marker)]) == marker:
                start = i + len(marker)
                end = start
                while end < len(words) and (
                    words[end].tag in _PHRASE or words[end].low in ("of", "for") or words[end].text in QUOTE
                ):
                    end += 1
                while end > start and (words[end - 1].tag == "IN" or words[end - 1].text in QUOTE):
                    end -= 1
                if end > start and _is_instrument(page, words[start:end], marker):
                    return page.doc.spans((words[start].start, words[end - 1].end)), None
    return _pact_in(page, reading), None


def _pact_in(page: Page, reading: Reading) -> Spans:
    """The one treaty or deal that the act itself speaks of: "return to the Arna accord", "trigger Article 155"."""
    act, words = reading.candidate, reading.words
    for k in range(act.verb + 1, act.end):
        if words[k].low not in cue_words("treaties") or words[k].tag not in NOUN:
            continue
        first, last = k, k + 1
        while first - 1 > act.verb and words[first - 1].tag in NOUN | {"CD", "JJ", "POS"}:
            first -= 1
        if last < act.end and words[last].tag == "CD":
            last += 1
        definite = words[first - 1].low in ("the", "this", "that", "its", "their", "our")
        if definite or any(words[n].tag in ("NNP", "CD") for n in range(first, last)):
            return page.doc.spans((words[first].start, words[last - 1].end))
    return ()


def without(reading: Reading, law: Spans) -> Reading:
    """The reading whose action ends before "under the pact": what an act rests on is its instrument, no part of it."""
    act, words = reading.candidate, reading.words
    if not law or law[-1].end < words[act.end - 1].end or law[0].start <= words[act.verb].end:
        return reading
    at = next((k for k in range(act.end) if words[k].start >= law[0].start), 0)
    for marker in _RESTS_ON:
        start = at - len(marker)
        if start > act.verb and tuple(w.low for w in words[start:at]) == marker:
            return replace(reading, candidate=replace(act, end=start))
    return reading


def exhorts(page: Page, reading: Reading, found: Commitment) -> bool:
    """Whether another side only tells the holder what to do: "coup leaders must go", no law and no threat with it."""
    act = reading.candidate
    if act.family not in ("modal", "passive") or act.cue not in ("must", "should") or reading.negative:
        return False
    if found.conditions or found.instrument or found.said_by is None:
        return False
    return not own_telling(page, reading, found.holder_name, found.said_by)


def _is_instrument(page: Page, phrase: list[Token], marker: tuple[str, ...]) -> bool:
    if phrase[-1].low in cue_words("instrument_nouns"):
        return True
    mentions = page.between(phrase[0].start, phrase[-1].end)
    kinds = {m.kind for m in mentions}
    return "instrument" in kinds or ("organisation" in kinds and marker[-1] in ("for", "of") and len(marker) > 1)


def deadline(page: Page, reading: Reading) -> Spans:
    """A time limit on the act or its condition: "by Sept. 6", "until Friday at noon", "within ten days"."""
    act, words = reading.candidate, reading.words
    first = min([act.at, *(c.at for c in reading.conditions)])
    last = max([act.end + 1, *(c.end for c in reading.conditions)])
    for i in range(min(len(words) - 1, last)):
        start = _limit_at(words, i)
        if start is None:
            continue
        end = start
        while end < len(words) and end < start + _LONG and _in_limit(words, end):
            end += 1
        while end > start and (words[end - 1].low in _INSIDE_LIMIT or words[end - 1].text == ","):
            end -= 1
        if i < first - 1 and not (end < len(words) and words[end].text == "," and first - end < _NEAR):
            continue  # before the act only where it opens the clause: "By Friday, the council must vote"
        if any(_tells_time(word) for word in words[start:end]):
            return page.doc.spans((words[i].start, words[end - 1].end))
    return ()


def _limit_at(words: list[Token], i: int) -> int | None:
    """Where the time begins behind the word of limit at `i`, or None where none stands there."""
    low = [word.low for word in words[i : i + 4]]
    if low[0] in _LIMITS:
        return i + 1
    if low[:3] == ["no", "later", "than"]:
        return i + 3
    if low[0] in ("for", "in", "over") and len(low) > 2:
        counted = words[i + 1].tag == "CD" or (low[1] in ("the", "at", "another", "a") and low[2] in _SPANS)
        return i + 1 if counted and any(word.low in cue_words("time_nouns") for word in words[i + 2 : i + 5]) else None
    return None


def _in_limit(words: list[Token], k: int) -> bool:
    word = words[k]
    follows = words[k + 1].tag if k + 1 < len(words) else ""
    if word.text == ",":  # "by March 3, 2021"
        return words[k - 1].tag == "CD" and follows == "CD"
    if word.low in _INSIDE_LIMIT:
        return follows in ("DT", "CD") or (k + 1 < len(words) and (_tells_time(words[k + 1]) or follows == "RB"))
    return word.tag in _PHRASE or _tells_time(word)


def _tells_time(word: Token) -> bool:
    year = word.tag == "CD" and (len(word.low) == 4 or ":" in word.low)
    return (
        year or word.low in cue_words("time_nouns") or word.low.rstrip(".") in cue_words("months") or word.low in _HOURS
    )
