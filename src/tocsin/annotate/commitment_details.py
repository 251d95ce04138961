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
_INSIDE_LIMIT = frozenset(("at", "of", "in", "or", "and", "even", "perhaps", "later"))
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


def target(page: Page, reading: Reading, name: str | None) -> Spans:
    """The first person, body or place named in the action that is not the holder."""
    act, words = reading.candidate, reading.words
    law = instrument(page, reading)[0]
    for mention in page.between(words[act.verb].start, words[act.end - 1].end):
        if any(span.meets(mention.span) for span in law):
            continue
        if mention.kind in ("person", "organisation", "place") and mention.name != name:
            return (mention.span,)
    return ()


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
    return (), None


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
    times = cue_words("time_nouns")
    for i in range(min(len(words) - 1, last)):
        if words[i].low not in _LIMITS:
            continue
        end = i + 1
        while end < len(words) and end < i + 9 and (words[end].tag in _PHRASE or words[end].low in _INSIDE_LIMIT):
            end += 1
        while end > i + 1 and words[end - 1].low in _INSIDE_LIMIT:
            end -= 1
        phrase = words[i + 1 : end]
        if i < first - 1 and not (end < len(words) and words[end].text == "," and first - end < _NEAR):
            continue  # before the act only where it opens the clause: "By Friday, the council must vote"
        if any(w.low in times or (w.tag == "CD" and len(w.low) == 4) for w in phrase):
            return page.doc.spans((words[i].start, words[end - 1].end))
    return ()
